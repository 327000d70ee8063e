"""The derivations on paths: what they print is proved from its print, what is easily mistaken for a step is none."""

from dataclasses import replace

import pytest
from places import ROOT
from verdicts import prove

from grpo_symbolic.derivations import (
    discounted_policy_gradient,
    gae,
    kl_of_sequences,
    performance_difference,
    policy_gradient,
    potential_shaping,
    trajectory_ratio,
)
from grpo_symbolic.paper.collection import TEXTBOOK, loaded, theorems
from grpo_symbolic.paper.notation import E_theta, a, score
from grpo_symbolic.paper.script import (
    KL,
    LINEARITY,
    MARKOV,
    NORMALISATION,
    RECURSION,
    by,
    grad,
    show_that,
)
from grpo_symbolic.paper.trajectories import (
    A_pi,
    E_answers,
    E_next,
    E_paths,
    E_start,
    E_visited,
    Q_pi,
    V_pi,
    action,
    beyond,
    chance,
    decay,
    discounted,
    endless,
    following,
    from_,
    gamma,
    later,
    next_state,
    paid,
    pi_old,
    pi_ref,
    pi_theta,
    potential,
    state,
    step_score,
    steps,
    t,
    token_KL,
    token_law,
    token_score,
    tokens,
)
from grpo_symbolic.proof.derivation import StepRejected
from grpo_symbolic.report.paths_page import figures_of, paths_page

PAGE = ROOT / "docs" / "paths.md"
THEOREMS = {one.id: one for one in theorems()}
ratio = chance() / chance(policy=pi_old)
after = steps(beyond(t) * discounted(later) * paid(later), later)
undone = endless(discounted() * (potential(next_state()) - potential(state())))


@pytest.mark.long
@pytest.mark.parametrize("name", THEOREMS)
def test_what_is_printed_is_proved_from_its_print(name):
    found = prove(THEOREMS[name].latex, budget=20)
    assert found.status == "proved", found.reason


# What is easily taken for the right side of a derivation, with its last reasons.
MISTAKES = {
    "the reward at the step itself is forgotten": (policy_gradient.reward_to_go, E_paths(steps(step_score() * after))),
    "rewards to go are counted from another step": (
        policy_gradient.with_values, E_paths(steps(step_score() * Q_pi(state(), action())))),
    "the weights of the steps are dropped": (
        policy_gradient.with_advantages, E_paths(steps(step_score() * A_pi(state(), action())))),
    "a baseline of the action": (
        policy_gradient.with_baseline,
        E_paths(steps(step_score() * (policy_gradient.to_go - paid())))),
    "the weights of the visited states": (discounted_policy_gradient.theorem, E_visited(Q_pi() * score(a))),
    "the states of the start": (
        discounted_policy_gradient.theorem, 1 / (1 - gamma) * E_start(E_theta(Q_pi() * score(a)))),
    "the gradient of the next value undiscounted": (
        discounted_policy_gradient.recursion, E_theta(Q_pi() * score(a) + E_next(grad(V_pi(following))))),
    "its own advantages": (performance_difference.lemma, 1 / (1 - gamma) * E_visited(A_pi())),
    "the states of the other policy": (
        performance_difference.along_paths, E_paths(endless(discounted() * A_pi(state(), action(), pi_old)), pi_old)),
    "the divergences of tokens the other way round": (kl_of_sequences.chain_rule, E_answers(tokens(
        KL(token_law(pi_ref), token_law(pi_theta))))),
    "nothing is left out": (kl_of_sequences.why_they_differ, 0 * kl_of_sequences.future),
    "the token itself is left out too": (kl_of_sequences.why_they_differ, E_answers(tokens(
        token_score() * tokens(from_(t) * token_KL(later), later)))),
    "a ratio of one action": (trajectory_ratio.weighted, E_paths(steps(discounted() * ratio * paid()), pi_old)),
    "shaping without the discount": (potential_shaping.telescope, E_paths(undone)),
    "shaping adds nothing": (potential_shaping.value, potential_shaping.rewards),
    "the decay of n-step estimates counted twice": (
        gae.sum_of_deltas, E_paths(endless(gae.weights * gae.estimate(potential, decay * decay)))),
    "the critic is not taken off": (
        gae.without_decay, E_paths(endless(gae.weights * (gae.to_go + potential(state()))))),
    "any critic is as good as the values": (
        gae.unbiased, E_paths(endless(gae.weights * gae.estimate(potential, decay)))),
}


@pytest.mark.long
@pytest.mark.parametrize("name", MISTAKES)
def test_a_common_mistake_is_no_step(name):
    right, wrong = MISTAKES[name]
    right.theorem()
    *before, last = right.steps
    claim = replace(right.claim, relation=replace_right(right.claim.relation, wrong))
    with pytest.raises(StepRejected):
        replace(right, claim=claim, steps=(*before, replace(last, expression=wrong))).theorem()


def replace_right(relation, wrong):
    """The relation with another right side."""
    return relation.func(relation.op, relation.lhs, wrong)


def test_a_reason_of_paths_carries_no_other_step():
    telescope = potential_shaping.telescope
    start = telescope.claim.lhs
    for missing in (MARKOV, NORMALISATION, RECURSION):
        reasons = tuple(one for one in (MARKOV, NORMALISATION, RECURSION) if one is not missing)
        with pytest.raises(StepRejected):
            show_that("a reason is missing", start, telescope.claim.rhs).arrive(*reasons).theorem()


def test_a_lemma_on_paths_that_end_says_nothing_of_others():
    other = show_that("other paths", grad(E_paths(endless(discounted() * paid()))), grad(policy_gradient.objective))
    with pytest.raises(StepRejected):
        other.arrive(by(policy_gradient.reward_to_go)).theorem()


def test_a_sum_without_weights_over_paths_without_an_end_is_refused():
    sums = E_paths(endless(paid()))
    with pytest.raises(StepRejected, match="undiscounted"):
        show_that("no weights", sums, sums).arrive(LINEARITY).theorem()


@pytest.mark.long
def test_every_script_is_told_of_on_the_page_and_the_page_is_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert all(loaded(topic).id == topic for topic in TEXTBOOK)
    assert figures_of(page)
    assert page == paths_page(figures_of(page))
