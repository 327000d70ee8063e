"""Necessity witnesses: for each kind of hypothesis a theorem, and a model without it in which the theorem fails.

>>> print(witness("FiniteActions").fails)
a ∼ Uniform(0, θ): -1/θ ≠ 0
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from ...language import Claim, Node
from ..model.tables import FIXED, OLD, THETA
from . import limits
from . import stated as said
from .case import Case, Witness
from .written import EPSILON, REWARD, Side, Written, agree, both, side, standing, written

PI, REF = r"\pi", r"\pi_{\text{ref}}"
HALVES, TILTED, SLOPE = "1/2 1/2", "1/4 3/4", "1 -1"
STEP = Fraction(1, 8)


def case(model: Written, statement: Claim, setting: str = "", place: str | None = None,
         at: tuple[int, ...] = (), drawn: bool = False) -> Case:
    """Both sides on a model, at ``place`` or the first place where they differ."""
    pairs = both(statement, model, at, drawn)
    holds = all(agree(left.number, right.number) for left, right in pairs)
    wanted = [pair for pair in pairs
              if (pair[0].place == place if place is not None else not agree(pair[0].number, pair[1].number))]
    left, right = (wanted or pairs)[0]
    place_of_variables = standing(statement.expanded(), model.sizes.group, at)
    sentence = f"{setting + ': ' if setting else ''}{model.sentence()}{place_of_variables}"
    return Case(sentence, str(left), str(right), holds, left.place)


def normalised() -> Witness:
    """A family that gains mass with θ."""
    def at(slope: str) -> Written:
        return written({(PI, OLD): (HALVES, slope)}, at_old=True)

    fails = case(at("1 0"), said.QUADRATIC)
    return Witness(
        "Normalised", "the divergence from the behaviour policy is of second order", said.QUADRATIC, fails,
        case(at(SLOPE), said.QUADRATIC, place=fails.place),
        "The first order of the divergence is −Σ_a ∇π_θ(a|s) Δθ, which vanishes because the sum of π_θ is constant.")


def positive() -> Witness:
    """An action that the behaviour policy never takes."""
    def at(old: str) -> Written:
        return written({(PI, OLD): (old,), (PI, THETA): (HALVES,), (REWARD, FIXED): ("0 1",)})

    return Witness(
        "Positive", "importance sampling by the ratio", said.IMPORTANCE,
        case(at("1 0"), said.IMPORTANCE, drawn=True), case(at("3/4 1/4"), said.IMPORTANCE),
        "No weight corrects for an action that is never sampled: π_old must cover π_θ.")


def behaviour_constant() -> Witness:
    """A ratio whose denominator is the current policy."""
    return Witness(
        "BehaviourConstant", "the gradient of the ratio", said.ratio_gradient(said.old),
        case(written({(PI, THETA): (HALVES, SLOPE)}), said.ratio_gradient(said.pi), "π_θ itself in the place of π_old"),
        case(written({(PI, THETA): (HALVES, SLOPE), (PI, OLD): (HALVES,)}), said.ratio_gradient(said.old)),
        "A denominator that moves along has a gradient of its own: here the ratio is 1 for every θ.")


def constant() -> Witness:
    """A reference policy that is trained along."""
    moving, fixed = (said.log_ratio_gradient(policy) for policy in (said.moving_ref, said.ref))
    return Witness(
        "Constant", "the gradient of the log-ratio to a reference policy", fixed,
        case(written({(PI, THETA): (HALVES, SLOPE), (REF, THETA): (TILTED, "1/4 -1/4")}), moving),
        case(written({(PI, THETA): (HALVES, SLOPE), (REF, FIXED): (TILTED,)}), fixed),
        "A reference that moves with θ adds −∇log π_ref to the gradient of the log-ratio.")


def independent_samples() -> Witness:
    """A group of copies of one draw."""
    model = written({(PI, OLD): (HALVES,), (REWARD, FIXED): ("0 1",)}, group=2)
    return Witness(
        "IndependentSamples", "the expected squared spread of a group, beside the spread of the advantage",
        said.squared_spread(copies=False),
        case(model, said.squared_spread(copies=True), "G = 2 copies of one draw"),
        case(model, said.squared_spread(copies=False), "G = 2 independent draws"),
        "Copies of one sample do not vary within their group, however much one sample varies.")


def rewarded(rewards: str) -> Written:
    """Two actions with these rewards, and groups of two."""
    return written({(REWARD, FIXED): (rewards,)}, group=2)


def nonzero_spread() -> Witness:
    """A group in which every member has the same reward."""
    return Witness(
        "NonzeroSpread", "the mean square of the normalised advantage without ε", said.UNIT_SPREAD,
        case(rewarded("1 1"), said.UNIT_SPREAD, at=(1, 2)),
        case(rewarded("0 1"), said.UNIT_SPREAD, at=(1, 2)),
        "Equal rewards have spread zero, and the quotient is 0/0; dividing by σ_r + ε assumes nothing.")


def nonzero() -> Witness:
    """A group in which every member fails."""
    return Witness(
        "Nonzero", "rewards as shares of the group mean", said.SHARES,
        case(rewarded("0 0"), said.SHARES, at=(1, 2)),
        case(rewarded("0 1"), said.SHARES, at=(1, 2)),
        "The mean of a group may vanish, and then it cannot be divided by.")


def nonnegative() -> Witness:
    """A reward below zero under a root."""
    return Witness(
        "Nonnegative", "the square of the root of a reward", said.SQUARE_OF_ROOT,
        case(written({(REWARD, FIXED): ("-1",)}), said.SQUARE_OF_ROOT),
        case(written({(REWARD, FIXED): ("4",)}), said.SQUARE_OF_ROOT),
        "A negative number has no real root.")


def off_kink() -> Witness:
    """A ratio that stands on the bound at which it is clipped."""
    def at(chances: str) -> Case:
        model = {(PI, THETA): (chances, SLOPE), (PI, OLD): (HALVES,), (EPSILON, FIXED): ("1/2",)}
        left, right = said.CLIPPED_GRADIENT.lhs, said.CLIPPED_GRADIENT.rhs
        found, = side(right, written(model))
        below, above = (slope(left.args[0], model, sign * STEP) for sign in (-1, 1))
        shown = str(above) if agree(below.number, above.number) else f"{below} from below, {above} from above"
        holds = all(agree(one.number, found.number) for one in (below, above))
        sentence = written(model).sentence() + standing(said.CLIPPED_GRADIENT.relation, 1, ())
        return Case(sentence, shown, str(found), holds)

    return Witness(
        "OffKink", "the gradient of the ratio as it is clipped for a positive advantage", said.CLIPPED_GRADIENT,
        at("3/4 1/4"), at(HALVES),
        "Where the ratio meets the bound 1 + ε its clipped value has two one-sided slopes and no gradient.")


def in_range() -> Witness:
    """A clip range so wide that its lower end is negative."""
    def at(width: str) -> Case:
        return case(written({(EPSILON, FIXED): (width,)}), said.CLIPPED_ZERO)

    return Witness(
        "Range", "the ratio 0 of an action given up, clipped to 1 ± ε", said.CLIPPED_ZERO, at("2"), at("1/2"),
        "With ε > 1 the lower bound 1 − ε is negative, and no ratio is ever raised to it.", "Range(ε<1)")


def slope(term: Node, given: dict[tuple[str, str], tuple[str, ...]], change: Fraction) -> Side:
    """(f(θ + change) − f(θ)) / change, where π_θ is linear in θ: the slope of a piecewise linear f beside a kink."""
    model = written(given)
    start, direction = model.given[PI, THETA]
    moved = tuple(p + change * v for p, v in zip(start, direction, strict=True))
    (_, here), = side(term, model)
    (_, there), = side(term, written({**given, (PI, THETA): (" ".join(map(str, moved)),)}))
    return Side("", (there - here) * change.denominator / change.numerator)


WITNESSES: dict[str, Callable[[], Witness]] = {
    "Normalised": normalised,
    "Positive": positive,
    "Differentiable": limits.differentiable,
    "FiniteActions": limits.finite_actions,
    "FiniteStates": limits.finite_states,
    "BehaviourConstant": behaviour_constant,
    "Constant": constant,
    "DynamicsConstant": limits.dynamics_constant,
    "Discounted": limits.discounted,
    "PathEnds": limits.path_ends,
    "IndependentSamples": independent_samples,
    "OffKink": off_kink,
    "NonzeroSpread": nonzero_spread,
    "Range": in_range,
    "Nonzero": nonzero,
    "Nonnegative": nonnegative,
}


@cache
def witness(kind: str) -> Witness:
    """Why a hypothesis of this kind is needed, computed now. Raises KeyError for a kind that no theorem carries."""
    if kind not in WITNESSES:
        raise KeyError(f"no hypothesis of the kind {kind!r}; there are: {', '.join(WITNESSES)}")
    return WITNESSES[kind]()
