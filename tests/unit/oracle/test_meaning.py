"""Every construction evaluated on a model of known tables, against loops written out by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import log
from typing import Any

import numpy as np
import pytest
from symbols import a, b, group, i, j, o, old, pi, r, ref, s, t, tilde

from grpo_symbolic.language import (
    GROUP_SIZE,
    KL,
    Abs,
    AtOld,
    Clip,
    CrossEntropy,
    E,
    Entropy,
    Exp,
    Fisher,
    Head,
    Hessian,
    Indicator,
    Log,
    Max,
    Node,
    Num,
    Policy,
    Prefix,
    Root,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    grad,
    group_mean,
    group_spread,
    group_sum,
    taylor,
    total,
    unfold,
)
from grpo_symbolic.language import Length as length
from grpo_symbolic.oracle.meaning.evaluator import Axis, Context, Evaluator, Unevaluable
from grpo_symbolic.oracle.model.number_systems import Floating
from grpo_symbolic.oracle.model.tables import FIXED, OLD, THETA, Name, Rational, Sizes
from grpo_symbolic.oracle.model.tree import ragged, uniform

f, A = Head("f(#1, #2)"), Head("A(#1, #2)")
SIZES = Sizes(actions=3, group=3, states=2, directions=2)
N, S, G = range(3), range(2), range(3)


@pytest.fixture
def model() -> Rational:
    return Rational(SIZES, Floating(), np.random.default_rng(7), integers={"G": 3})


def value(model: Rational, node: Node, **free: int) -> Any:
    """The value at free actions and states, which count from 0; vectors and matrices as arrays."""
    bound: dict[Any, Any] = {}
    pick: list[int] = []
    for var in sorted(node.free, key=lambda var: var.name):
        if var.sort in ("action", "state"):
            bound[var] = Axis(len(pick), model.sizes.actions if var.sort == "action" else model.sizes.states)
            pick.append(free[var.name])
        elif var.sort == "group":
            bound[var] = tuple(Axis(len(pick) + k, model.sizes.actions) for k in range(model.sizes.group))
            pick += free[var.name + "_"]  # type: ignore[arg-type]
        else:
            bound[var] = free[var.name]
    at = Evaluator(model, bound)
    rows = at.value(unfold(node), Context(depth=len(pick)))
    shape = tuple(axis.size for axis in reversed(
        [x for found in bound.values() if not isinstance(found, int)
         for x in (found if isinstance(found[0], tuple) else [found])]))
    entries = np.array([[float(np.broadcast_to(jet.value, (*shape, 1))[(*reversed(pick), 0)]) for jet in row]
                        for row in rows])
    return entries.item() if entries.size == 1 else entries


def law(model: Rational, policy: Policy, order: int = 2) -> list[dict[tuple[int, ...], Any]]:
    """For each state the coefficients of the probabilities of the actions."""
    point = {"current": THETA, "old": OLD, "constant": FIXED}[policy.point]
    jet = model.law(policy.name, (2,), 3, point, order if point == THETA else 0)[0]
    return [{m: term[k, :, 0] for m, term in jet.terms.items()} for k in S]


def states(model: Rational) -> Any:
    return model.law(r"d^{\pi}", (), 2, OLD, 0)[0].value[:, 0]


def table(model: Rational, head: Head, *sorts: str) -> Any:
    sizes = {"action": 3, "state": 2, "index": 3}
    shape = [k for sort in sorts for k in ([3, 3, 3] if sort == "group" else [sizes[sort]])]
    return model.function(Name("function", head.layout, sorts=sorts), tuple(shape), FIXED, 0).value[..., 0]


def test_expectation_of_an_action(model: Rational) -> None:
    p, values = law(model, pi)[1][()], table(model, r, "state", "action")
    assert value(model, E((a, pi | s), r(s, a)), s=1) == pytest.approx(sum(p[x] * values[1, x] for x in N))


def test_a_term_that_stands_at_several_depths(model: Rational) -> None:
    divergence, p = KL(pi | s, ref | s), law(model, pi)
    nested = E((a, pi | s), E((b, pi | s), divergence * r(s, a) * r(s, b)))
    rewards = table(model, r, "state", "action")
    means = [sum(p[x][()][k] * rewards[x, k] for k in N) for x in S]
    one = value(model, divergence, s=1)
    assert value(model, nested + E((a, pi | s), divergence * r(s, a)), s=1) == pytest.approx(
        one * (means[1] ** 2 + means[1]))
    every = E((s, StateLaw(old)), nested)
    below = total(a, every * r(s, a)) + total(a, every * r(s, a), product=True)
    whole = value(model, every)
    assert value(model, below, s=0) == pytest.approx(whole * sum(rewards[0]) + whole ** 3 * np.prod(rewards[0]))


def test_expectation_of_a_state_and_a_group(model: Rational) -> None:
    body = group_sum(i, tilde(i, group, s) * r(s, group[i])) / GROUP_SIZE
    numbers, rewards = table(model, tilde, "index", "group", "state"), table(model, r, "state", "action")
    p, d = law(model, old), states(model)
    expected = sum(d[x] * np.prod([p[x][()][k] for k in g]) * numbers[(k, *g, x)] * rewards[x, g[k]] / 3
                   for x in S for g in product(N, repeat=3) for k in G)
    assert value(model, E((s, StateLaw(old)), (group, old | s), body)) == pytest.approx(expected)


def test_a_sum_over_pairs_without_the_diagonal(model: Rational) -> None:
    rewards, members = table(model, r, "state", "action")[0], [2, 0, 2]
    node = group_sum(i, total(j, r(s, group[i]) * r(s, group[j]), excluded=i))
    expected = sum(rewards[members[x]] * rewards[members[y]] for x in G for y in G if x != y)
    assert value(model, node, s=0, a_=members) == pytest.approx(expected)  # type: ignore[arg-type]


def test_a_sum_over_actions_that_leaves_one_out(model: Rational) -> None:
    rewards = table(model, r, "state", "action")[0]
    assert value(model, total(b, r(s, b), excluded=a), a=1, s=0) == pytest.approx(rewards[0] + rewards[2])
    assert value(model, total(b, r(s, a)), a=1, s=0) == pytest.approx(3 * rewards[1])
    assert value(model, total(b, 2 + r(s, b), product=True), s=0) == pytest.approx(np.prod(2 + rewards))


def test_group_statistics(model: Rational) -> None:
    rewards, members = table(model, r, "state", "action")[1], [0, 1, 2]
    drawn = rewards[members]
    given: Any = {"s": 1, "a_": members}
    assert value(model, group_mean(i, r(s, group[i])), **given) == pytest.approx(np.mean(drawn))
    assert value(model, group_spread(i, r(s, group[i])), **given) == pytest.approx(np.std(drawn))


def test_divergences(model: Rational) -> None:
    p, q = law(model, pi)[0][()], law(model, ref)[0][()]
    assert value(model, KL(pi | s, ref | s), s=0) == pytest.approx(sum(p[x] * log(p[x] / q[x]) for x in N))
    assert value(model, Entropy(pi | s), s=0) == pytest.approx(-sum(p[x] * log(p[x]) for x in N))
    assert value(model, CrossEntropy(pi | s, ref | s), s=0) == pytest.approx(-sum(p[x] * log(q[x]) for x in N))


def test_gradients_and_hessians(model: Rational) -> None:
    jet = law(model, pi)[0]
    p, slopes = jet[()], [jet[(k,)] for k in (0, 1)]
    second = np.array([[2 * jet[(0, 0)], jet[(0, 1)]], [jet[(0, 1)], 2 * jet[(1, 1)]]])
    score = [x[2] / p[2] for x in slopes]
    log_hessian = second[:, :, 2] / p[2] - np.outer(score, score)
    assert value(model, grad(Log(pi(a, s))), a=2, s=0)[:, 0] == pytest.approx(score)
    assert value(model, Hessian(pi(a, s)), a=2, s=0) == pytest.approx(second[:, :, 2])
    assert value(model, Hessian(Log(pi(a, s))), a=2, s=0) == pytest.approx(log_hessian)
    assert value(model, Fisher(pi | s), s=0) == pytest.approx(
        sum(np.outer([x[k] for x in slopes], [x[k] for x in slopes]) / p[k] for k in N))
    assert value(model, grad(grad(pi(a, s)).T * Step()), a=2, s=0)[:, 0] == pytest.approx(
        second[:, :, 2] @ value(model, Step())[:, 0] + [x[2] for x in slopes])


def test_stop_gradient_and_evaluation_at_old(model: Rational) -> None:
    jet, before = law(model, pi)[0], model.law(r"\pi", (2,), 3, OLD, 1)[0]
    ratio = pi(a, s) / StopGradient(pi(a, s))
    assert value(model, ratio, a=0, s=0) == 1
    assert value(model, grad(ratio), a=0, s=0)[:, 0] == pytest.approx([jet[(k,)][0] / jet[()][0] for k in (0, 1)])
    slopes = [before.terms[(k,)][1, 2, 0] for k in (0, 1)]
    assert value(model, AtOld(grad(pi(a, s))), a=2, s=1)[:, 0] == pytest.approx(slopes)
    assert not value(model, grad(AtOld(pi(a, s))), a=2, s=1).any()
    assert value(model, AtOld(pi(a, s)) - old(a, s), a=2, s=1) == 0


def test_a_taylor_polynomial(model: Rational) -> None:
    before, step = model.law(r"\pi", (2,), 3, OLD, 2)[0], value(model, Step())[:, 0]
    expected = sum(term[0, 1, 0] * np.prod([step[k] for k in m]) for m, term in before.terms.items())
    assert value(model, taylor(pi(a, s), 2), a=1, s=0) == pytest.approx(expected)


def test_regions(model: Rational) -> None:
    rewards = table(model, r, "state", "action")[0]
    for x in N:
        assert value(model, Clip(r(s, a), Num(0), Num(1)), a=x, s=0) == np.clip(rewards[x], 0, 1)
        assert value(model, Max(r(s, a), r(s, b)), a=x, b=1, s=0) == max(rewards[x], rewards[1])
        assert value(model, Indicator("≤", r(s, a), r(s, b)), a=x, b=1, s=0) == (rewards[x] <= rewards[1])
        assert value(model, Abs(r(s, a)), a=x, s=0) == abs(rewards[x])
        assert value(model, Root(r(s, a) ** 2), a=x, s=0) == pytest.approx(abs(rewards[x]))
        assert value(model, Exp(r(s, a)), a=x, s=0) == pytest.approx(np.exp(rewards[x]))


def test_powers(model: Rational) -> None:
    p = law(model, pi)[0][()][1]
    assert value(model, pi(a, s) ** (r(s, b) * 0 + 1), a=1, b=0, s=0) == pytest.approx(p)
    assert value(model, pi(a, s) ** (Num(1) / 3), a=1, s=0) == pytest.approx(p ** (1 / 3))
    assert value(model, pi(a, s) ** -GROUP_SIZE, a=1, s=0) == pytest.approx(p ** -3)
    assert value(model, Num(2) ** pi(a, s), a=1, s=0) == pytest.approx(2 ** p)
    slopes = value(model, grad(pi(a, s)), a=1, s=0)
    assert value(model, grad(Num(2) ** pi(a, s)), a=1, s=0) == pytest.approx(2 ** p * log(2) * slopes)


def test_a_sample_outside_its_group_has_no_value(model: Rational) -> None:
    with pytest.raises(Unevaluable):
        value(model, E((group, pi | s), r(s, group[4])), s=0)


def test_sequences_of_different_lengths() -> None:
    tree = ragged(2, 2)
    assert tree.tokens == ((0,), (1, 0), (1, 1))
    model = Rational(Sizes(actions=3, states=1, tree=tree), Floating(), np.random.default_rng(3))
    token = model.law(r"\pi", (1, tree.contexts), 2, THETA, 0)[0].value[0, :, :, 0]
    chance = pi(TokenOf(o, t), s, Prefix(o, t))
    products = [np.prod([token[c, w] for c, w in zip(*leaf, strict=True)])
                for leaf in zip(tree.contexts_of, tree.tokens, strict=True)]
    for k in range(3):
        assert value(model, total(t, chance, upper=length(o), product=True), o=k, s=0) == pytest.approx(products[k])
        assert value(model, pi(o, s), o=k, s=0) == pytest.approx(products[k])
        assert value(model, length(o), o=k, s=0) == (1, 2, 2)[k]
    mean = total(t, chance, upper=length(o)) / length(o)
    expected = sum(p * np.mean([token[c, w] for c, w in zip(*leaf, strict=True)])
                   for p, leaf in zip(products, zip(tree.contexts_of, tree.tokens, strict=True), strict=True))
    assert value(model, E((o, pi | s), mean), s=0) == pytest.approx(expected)
    squares = total(a, pi(a, s, Prefix(o, t)) ** 2)
    assert value(model, squares, o=1, t=2, s=0) == pytest.approx((token[1] ** 2).sum())


def test_trees_are_complete_codes() -> None:
    for tree in (ragged(2, 3), ragged(3, 2), uniform(2, 3)):
        assert sum(Fraction(1, tree.vocabulary) ** n for n in tree.lengths) == 1
        assert tree.contexts == max(map(max, tree.contexts_of)) + 1
        starts = {(context, word[:k]) for leaf, word in zip(tree.contexts_of, tree.tokens, strict=True)
                  for k, context in enumerate(leaf)}
        assert len(starts) == tree.contexts
