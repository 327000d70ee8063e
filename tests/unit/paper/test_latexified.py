"""The code that runs, the mathematics and the paper agree: read by our reader, by the kernel, and in numbers."""

import subprocess
import sys

import numpy as np
import pytest

from grpo_symbolic.language import Log
from grpo_symbolic.latex.names.meaning import DIFFERENT, EQUAL, IDENTICAL, same_meaning
from grpo_symbolic.latex.statement.reader import read_expression
from grpo_symbolic.paper import notation as paper
from grpo_symbolic.paper.collection import UnknownItem
from grpo_symbolic.paper.latexified import (
    IN_GROUPS,
    OVER_ACTIONS,
    REFERENCES,
    Reference,
    Unspoken,
    between,
    context,
    references_of,
    rendered,
    spoken,
)
from grpo_symbolic.paper.numeric import spot_check_reference
from grpo_symbolic.paper.reference import ACTIONS, GROUP, OUTCOMES

ALL = pytest.mark.parametrize("reference", REFERENCES, ids=lambda one: f"{one.name}-{one.id}")


@ALL
def test_the_code_says_the_equation(reference):
    assert reference.compare() in (IDENTICAL, EQUAL)


@ALL
def test_the_code_computes_the_equation(reference):
    found = spot_check_reference(reference)
    assert found.models == 32
    assert found.disagreements == 0
    assert found.largest < 1e-12


def test_every_numbered_equation_has_its_code():
    # (3) is the divergence of any two laws: (4) and (11) are its instances
    assert {f"eq{number:02}" for number in range(1, 14)} - {"eq03"} <= {
        one.id.removesuffix("-as-meant") for one in REFERENCES}
    assert [one.name for one in references_of("eq05")] == ["objective"]
    with pytest.raises(UnknownItem, match="eq03"):
        references_of("eq03")


# Bent code.


def inverted_ratio(pi_theta, pi_old):
    return pi_old / pi_theta


def added_log_ratio(pi_theta, pi_ref):
    return np.log(pi_theta) + np.log(pi_ref)


def uncentred_spread(reward):
    return np.sqrt(np.mean(reward**2, GROUP))


def misplaced_epsilon(centred_reward, spread, epsilon):
    return centred_reward / spread + epsilon


def rewarding_objective(probability, rho, advantage, beta, ell):
    return np.average(np.mean(rho * advantage + beta * ell, GROUP), OUTCOMES, probability)


def off_policy_objective(probability, rho, advantage, beta, ell):
    return np.average(np.mean(advantage - beta * ell, GROUP), OUTCOMES, probability)


def hopeful_clip(probability, rho, advantage, beta, ell, clip_range):
    clipped = np.clip(rho, 1 - clip_range, 1 + clip_range)
    return np.average(np.mean(clipped * advantage - beta * ell, GROUP), OUTCOMES, probability)


def escaped_penalty(probability, rho, advantage, beta, ell, clip_range):
    clipped = np.clip(rho, 1 - clip_range, 1 + clip_range)
    surrogate = np.minimum(rho * advantage, clipped * advantage)
    return np.average(np.mean(surrogate, GROUP) - beta * ell, OUTCOMES, probability)


def unpenalised_slope(probability, rho, advantage, score):
    return np.average(np.mean(rho * advantage * score, GROUP), OUTCOMES, probability)


def reverse_divergence(p, q):
    return np.sum(q * np.log(q / p), ACTIONS)


def unweighted_divergence(p, q):
    return np.sum(np.log(p / q), ACTIONS)


def whole_fisher(pi_old, step_slope):
    return np.sum(pi_old * step_slope**2, ACTIONS)


def k2(pi_theta, pi_ref):
    return np.log(pi_ref / pi_theta) ** 2 / 2


def k3_without_one(pi_theta, pi_ref):
    return pi_ref / pi_theta - np.log(pi_ref / pi_theta)


BENT = [
    Reference(inverted_ratio, "eq01", IN_GROUPS), Reference(added_log_ratio, "eq02", IN_GROUPS),
    Reference(uncentred_spread, "advantage-as-meant", IN_GROUPS, 2),
    Reference(misplaced_epsilon, "advantage-as-meant", IN_GROUPS, 1),
    Reference(rewarding_objective, "eq05", IN_GROUPS), Reference(off_policy_objective, "eq05", IN_GROUPS),
    Reference(hopeful_clip, "eq06-as-meant", IN_GROUPS), Reference(escaped_penalty, "eq06-as-meant", IN_GROUPS),
    Reference(unpenalised_slope, "eq09", IN_GROUPS),
    Reference(reverse_divergence, "eq04", between("pi_theta", "pi_ref")),
    Reference(unweighted_divergence, "eq11", between("pi_old", "pi_theta")),
    Reference(whole_fisher, "eq13", OVER_ACTIONS), Reference(k2, "k3", OVER_ACTIONS),
    Reference(k3_without_one, "k3", OVER_ACTIONS),
]


@pytest.mark.parametrize("reference", BENT, ids=lambda one: one.name)
def test_bent_code_says_something_else(reference):
    assert reference.compare() == DIFFERENT


@pytest.mark.parametrize("reference", [one for one in BENT if one.function is not escaped_penalty],
                         ids=lambda one: one.name)
def test_bent_code_computes_something_else(reference):
    found = spot_check_reference(reference)
    assert found.models == 32
    assert found.disagreements > 12


def test_the_vocabulary_is_part_of_what_is_said():
    swapped = IN_GROUPS.with_words(pi_theta=IN_GROUPS.words["pi_old"], pi_old=IN_GROUPS.words["pi_theta"])
    ratio = references_of("eq01")[0].function
    assert Reference(ratio, "eq01", swapped).compare() == DIFFERENT
    assert spot_check_reference(Reference(ratio, "eq01", swapped)).disagreements > 24


@pytest.mark.parametrize(("word", "meant"), [
    ("pi_theta", paper.pi_theta(paper.group[paper.i], paper.s)),
    ("pi_old", paper.pi_old(paper.group[paper.i], paper.s)),
    ("rho", paper.rho()), ("ell", paper.ell()), ("advantage", paper.A_tilde()),
    ("score", paper.score(paper.group[paper.i])), ("mean_reward", paper.group_reward(paper.s, paper.group)),
    ("spread", paper.spread(paper.s, paper.group)), ("beta", paper.beta), ("epsilon", paper.epsilon),
    ("clip_range", paper.clip_range),
])
def test_words_mean_the_symbols_of_the_paper(word, meant):
    assert same_meaning(read_expression(IN_GROUPS.words[word], context()), meant) == IDENTICAL


# What cannot be said is refused.


def unknown_name(pi_theta, temperature):
    return pi_theta / temperature


def unknown_call(reward):
    return np.std(reward, GROUP)


def another_axis(reward):
    return np.mean(reward, ACTIONS)


def no_axis(reward):
    return np.mean(reward)


def named_argument(reward):
    return np.mean(reward, axis=GROUP)


@pytest.mark.parametrize(("function", "reason"), [
    (unknown_name, "temperature"), (unknown_call, "std"), (another_axis, "mean"), (no_axis, "mean"),
    (named_argument, "named argument"),
])
def test_what_has_no_entry_is_refused(function, reason):
    with pytest.raises(Unspoken, match=reason):
        spoken(rendered(function), IN_GROUPS)


def sum_then_product(pi_old, pi_theta):
    return np.sum(pi_old, ACTIONS) * pi_theta


def test_a_sum_reaches_no_further_than_its_call():
    said = read_expression(spoken(rendered(sum_then_product), OVER_ACTIONS), context())
    assert same_meaning(said, paper.pi_theta(paper.a, paper.s)) == EQUAL


def log_then_product(pi_old, pi_theta):
    return np.log(pi_old) * pi_theta


def test_a_logarithm_reaches_no_further_than_its_call():
    said = read_expression(spoken(rendered(log_then_product), OVER_ACTIONS), context())
    old, current = (policy(paper.a, paper.s) for policy in (paper.pi_old, paper.pi_theta))
    assert same_meaning(said, Log(old) * current) == IDENTICAL
    assert same_meaning(said, Log(old * current)) == DIFFERENT


def test_latexify_is_loaded_only_when_something_is_rendered():
    code = ("import sys, grpo_symbolic.paper.latexified, grpo_symbolic.report.comparison\n"
            "print('latexify' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "False\n"
