"""Random terms on paths: the kernel's form has the value of the term by definition, unless a rule is wrong."""

import math
from dataclasses import replace
from functools import lru_cache

import pytest
from kernel_traps import TRUE
from path_processes import Process
from path_terms import Terms
from seeds import blocks, dice, shifted

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import chains, paths
from grpo_symbolic.language import Relation, node, unfold
from grpo_symbolic.proof.extents import paths_in
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.sequent import DIRECTIONS
from grpo_symbolic.proof.translate import Translator, Untranslatable

MOST_TERMS = 4  # for paths of three steps
SHARED = 100  # so many terms are judged on one process, or two

BLOCKS = blocks(5000, 200, SHARED)
process_of = lru_cache(8)(Process)


def outcome(seed):
    """``agree``, or ``open`` where the form still names a path; else both values."""
    chosen = dice(seed)
    fixed = chosen.random() < 0.5
    term, value = Terms(chosen, fixed).mean()
    calculus = k.Calculus()
    relation = unfold(Relation("=", term, node(0)))
    translate = Translator(calculus, paths=paths_in(relation))
    try:
        form = translate(term).at(*DIRECTIONS[: term.shape.count("d")])
    except (k.KernelError, Untranslatable):
        return "open"
    if paths_in(relation) is None or k.holds(form.poly, k.Point):
        return "open"
    process = process_of(seed // SHARED, 2 if len(form.poly) > MOST_TERMS else 1 + seed // SHARED % 3, not fixed)
    left, right = value(process).value, process.form(form.poly, {}).value
    agree = math.isclose(left, right, rel_tol=1e-7, abs_tol=1e-9)
    return "agree" if agree else f"{term}: {left} by definition, {right} by the form"


@pytest.mark.random
@pytest.mark.parametrize("seeds", BLOCKS)
def test_a_form_has_the_value_of_the_term_on_every_process(seeds):
    found = [outcome(seed) for seed in shifted(seeds)]
    assert [one for one in found if one not in ("agree", "open")] == []
    assert found.count("agree") > 0.7 * len(found)


def orders_without_ties(timed):
    """Times never meet."""
    return (blocks for blocks in ORDERS(timed) if len(blocks) == len(timed.times))


def twice(form):
    """Two of a form, if there is one."""
    return None if form is None else form.scaled(2)


def alive_everywhere(self, state, horizon, context):
    """No path ends."""
    return k.number(1)


BUGS = {
    "times never meet": lambda patch: patch.setattr(paths, "orders", orders_without_ties),
    "orders of times are forgotten": lambda patch: patch.setattr(
        paths, "orders", lambda timed: ORDERS(replace(timed, before=[]))),
    "no path ends": lambda patch: patch.setattr(chains.Chains, "alive", alive_everywhere),
    "what has not ended is dropped always": lambda patch: patch.setattr(
        chains, "reached", lambda node, m, context: [v for gen, _ in m for v in chains.edge_of(gen)]),
    "no step is taken off": lambda patch: patch.setattr(chains, "same", lambda left, right: k.number(0)),
    "a step has no weight": lambda patch: patch.setattr(
        k.Calculus, "visits", staticmethod(lambda weight, steps, ends: VISITS(k.number(1), steps, ends))),
    "the visits do not move": lambda patch: patch.setattr(
        k.Calculus, "_of_visits", lambda self, gen, v: k.number(0)),
    "no time is another one": lambda patch: patch.setattr(
        paths, "orders", lambda timed: ORDERS(replace(timed, before=[(t, u, 1) for t, u, _ in timed.before]))),
}
VISITS, OF_PATH, COUNTED = k.Calculus.visits, k.Calculus._of_path, chains.Chains._counted
ORDERS = paths.orders
SOME = range(5000)


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_a_wrong_rule_is_found(bug, monkeypatch):
    bug(monkeypatch)
    assert any(outcome(seed) not in ("agree", "open") for seed in SOME)


# What random terms do not meet: a bug, and a truth that is lost with it.
RARE = {
    "a score counts twice": (lambda patch: patch.setattr(
        k.Calculus, "_of_path", lambda self, path, v: OF_PATH(self, path, v).scaled(2)), "what a sequence is worth"),
    "paths have twice as many steps": (lambda patch: patch.setattr(
        chains.Chains, "_counted", lambda self, *at: twice(COUNTED(self, *at))),
        "as many steps as there are"),
}


@pytest.mark.parametrize(("bug", "truth"), RARE.values(), ids=RARE)
def test_a_wrong_rule_loses_a_truth(bug, truth, monkeypatch):
    claim = TRUE[truth]()
    prove(claim)
    bug(monkeypatch)
    with pytest.raises(Unproved):
        prove(claim)
