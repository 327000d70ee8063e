"""The penalty of a loss: which estimator it is, and which divergence its gradient follows, which the kernel decides.

On-policy the sample is drawn from π_θ, at θ = θ_old; off-policy from π_old. What is decided is the expectation of the
coefficient times the score, at one action, for every finite set of actions and every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ... import language as lang
from ...checking.check import check_claim
from ..algebra.derivative import derivative, unstopped
from ..algebra.expression import divide, exp, multiply, negative, power, stop, subtract
from ..algebra.nodes import BATCH, ONE, TOKEN, Expression, leaf, number, parts
from ..algebra.normal import equal, normal
from ..algebra.order import Facts
from ..algebra.printing import latex
from ..algebra.rebuilt import mapped
from ..deciding.sayable import POLICIES, Unsayable, said
from ..deciding.terms import NEAR, OTHER, PENALTY, POLICY, Term, joined
from .regions import Region, regions

BUDGET = 2.0
AXES = (BATCH, TOKEN)
X, OF_OLD, F = (leaf(letter, AXES) for letter in "xof")
W = exp(subtract(X, OF_OLD))
WEIGHTS = {"": ONE, "w·": W, "sg(w)·": stop(W)}


def estimators(to: Expression) -> dict[str, Expression]:
    """The estimators of the divergence from a policy, given by its log-probabilities."""
    k1, half = subtract(X, to), number(Fraction(1, 2))
    return {"k1": k1, "k2": multiply(half, power(k1, 2)),
            "k3": subtract(subtract(exp(negative(k1)), negative(k1)), ONE),
            f"k3 with π_θ and {REFERENCES[to.data[0]]} swapped": subtract(subtract(exp(k1), k1), ONE)}


REFERENCES = {"f": "π_ref", "o": "π_old", "b": "π_rollout"}
K1, K2, K3, SWAPPED = estimators(F).values()
NOTHING, REVERSE, FORWARD = "0", "∇KL(π_θ‖π_ref), the reverse one", "∇KL(π_ref‖π_θ), the forward one"
NONE, UNDECIDED = "none of 0, ∇KL(π_θ‖π_ref), ∇KL(π_ref‖π_θ)", "undecided"
ACTION, STATE = lang.Var("a", "action"), lang.Var("s", "state")
THETA = POLICIES["x"]
OLD = POLICIES["o"]


@dataclass(frozen=True)
class Penalty:
    """A penalty: its factor, the estimator, the coefficient of a token's score, and what its mean gradient is.

    ``reference`` is the policy that it leads to.
    """

    factor: Expression
    estimator: str
    body: Expression
    regions: tuple[Region, ...]
    on_policy: str
    off_policy: str
    reference: str

    def record(self) -> dict[str, object]:
        """The penalty as plain data."""
        return {"estimator": self.estimator, "factor": latex(self.factor), "latex": latex(self.body),
                "coefficient": [{"where": one.in_latex(), "latex": latex(one.value)} for one in self.regions],
                "on_policy": self.on_policy, "off_policy": self.off_policy,
                "reference": self.reference}


def penalties(terms: Sequence[Term], facts: Facts, constants: Mapping[str, Fraction]) -> list[Penalty]:
    """The penalties of a loss. Raises Unsupported where a coefficient has too many cases."""
    of_policy = any(one.kind == POLICY for one in terms)
    grouped: dict[object, list[Term]] = {}
    for one in terms:
        if one.kind in (PENALTY, NEAR, OTHER):
            grouped.setdefault((one.chain, one.weight), []).append(one)
    found = [one for group in grouped.values() for one in _named(group)]
    return [penalty_of(one, facts, constants) for one in found if one.body.live and one.chain and (
        one.kind == PENALTY or one.kind == NEAR and (of_policy or estimator(of_sign(one)[0])))]


def _named(group: list[Term]) -> list[Term]:
    """Terms of one weight, those as one which are an estimator together."""
    for kinds in ((PENALTY, NEAR, OTHER), (PENALTY, OTHER), (NEAR, OTHER), (PENALTY, NEAR)):
        some = sorted((one for one in group if one.kind in kinds), key=lambda one: kinds.index(one.kind))
        if len(some) > 1 and some[0].kind != OTHER and estimator(of_sign(joined(some))[0]):
            return [joined(some), *(one for one in group if one not in some)]
    return group


def penalty_of(term: Term, facts: Facts, constants: Mapping[str, Fraction]) -> Penalty:
    """What a penalty term is. Raises Unsupported where its coefficient has too many cases."""
    body, factor = of_sign(term)
    found = regions(derivative(body), facts, constants)
    live = [one.value for one in found if not one.dead]
    letter = reference_of(body)
    on_policy, off_policy = (followed(live[0] if len(live) == 1 else derivative(body), old, letter)
                             for old in (False, True))
    return Penalty(factor, estimator(body), body, found, on_policy, off_policy, REFERENCES[letter])


def reference_of(body: Expression) -> str:
    """The letter of the policy that a penalty leads to: the reference, else that which sampled."""
    letters = {part.data[0] for part in parts(body) if part.kind == "leaf"}
    return next((letter for letter in "fob" if letter in letters), "f")


def of_sign(term: Term) -> tuple[Expression, Expression]:
    """The body and its factor, that number in the body or before it which makes an estimator of it."""
    numbers = multiply(*(one for one in (term.scale.args if term.scale.kind == "multiply" else (term.scale,))
                         if one.kind == "number"))
    whole, rest = multiply(numbers, term.body), divide(term.scale, numbers)
    ways = [(whole, rest), (term.body, term.scale), (negative(whole), negative(rest)),
            (negative(term.body), negative(term.scale))]
    ways += [(divide(whole, number(by)), multiply(number(by), rest)) for by in multiples(whole)]
    return next((way for way in ways if estimator(way[0])), ways[0])


def multiples(body: Expression) -> list[Fraction]:
    """The numbers by which a body may be several times an estimator."""
    leading = {mono: value for mono, value in normal(body).terms}
    forms = [normal(one) for one in candidates(reference_of(body)).values()]
    return list(dict.fromkeys(leading[mono] / value for form in forms for mono, value in form.terms
                              if mono in leading))


@cache
def candidates(letter: str) -> dict[str, Expression]:
    """The estimators of the divergence from a policy, with their weights, by their names."""
    return {weight + name: multiply(factor, known) for weight, factor in WEIGHTS.items()
            for name, known in estimators(leaf(letter, AXES)).items()}


def estimator(body: Expression) -> str:
    """The name of an estimator that has this value and this gradient, or of two; empty where none has."""
    known = candidates(reference_of(body))
    gaps = {name: normal(subtract(body, wanted)).terms for name, wanted in known.items()}
    values = [name for name, gap in gaps.items() if not gap]
    slopes = [name for name, wanted in known.items() if equal(derivative(body), derivative(wanted))]
    both = [name for name in values if name in slopes]
    if both:
        return both[0]
    if values and slopes:
        return f"{values[0]} with the gradient of {slopes[0]}"
    near = next((name for name in slopes if all(mono == () for mono, _ in gaps[name])), "")
    if near:
        return f"{near} up to a constant"
    capped = next((arg for arg in body.args if body.kind in ("min", "max", "clip") and estimator(arg)), None)
    return f"{estimator(capped)}, clamped" if capped is not None else ""


def followed(coefficient: Expression, old: bool, letter: str = "f") -> str:
    """What E[coefficient · score] is, the sample drawn from π_old, or else from π_θ at θ = θ_old."""
    try:
        claims = list(_claims(coefficient, old, letter))
    except Unsayable:
        return UNDECIDED
    open_ = False
    for name, claim in claims:
        verdict = check_claim(claim, budget=BUDGET)
        if verdict.status == "proved":
            return name.replace(REFERENCES["f"], REFERENCES[letter])
        open_ = open_ or verdict.status != "refuted"
    return UNDECIDED if open_ else NONE.replace(REFERENCES["f"], REFERENCES[letter])


def _claims(coefficient: Expression, old: bool, letter: str) -> Iterator[tuple[str, lang.Claim]]:
    """The statements that the mean gradient is each of the candidates."""
    plain_ = unstopped(coefficient)
    if not old:
        plain_ = mapped(plain_, lambda part: X if part is OF_OLD else None)
    score = lang.grad(lang.Log(THETA(ACTION, STATE)))
    mean = lang.E((ACTION, (OLD if old else THETA) | STATE), lang.times(said(plain_, ACTION, STATE), score))
    to = POLICIES[letter]
    for name, target in ((NOTHING, lang.Num(0)), (REVERSE, lang.grad(lang.KL(THETA | STATE, to | STATE))),
                         (FORWARD, lang.grad(lang.KL(to | STATE, THETA | STATE)))):
        yield name, lang.Claim(lang.Relation("=", mean, target))
