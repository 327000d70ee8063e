"""The penalty of a loss: which estimator it is, and which divergence its gradient follows, which the kernel decides.

On-policy the sample is drawn from π_θ, at θ = θ_old; off-policy from π_old. What is decided is the expectation of the
coefficient times the score, at one action, for every finite set of actions and every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ... import language as lang
from ...checking.check import check_claim
from ..algebra.derivative import derivative, unstopped
from ..algebra.expression import divide, exp, multiply, negative, power, stop, subtract
from ..algebra.nodes import BATCH, ONE, TOKEN, Expression, leaf, number
from ..algebra.normal import equal
from ..algebra.order import Facts
from ..algebra.printing import latex
from ..algebra.rebuilt import mapped
from ..deciding.sayable import Unsayable, said
from ..deciding.terms import Term
from .regions import Region, regions

BUDGET = 2.0
AXES = (BATCH, TOKEN)
X, OF_OLD, F = (leaf(letter, AXES) for letter in "xof")
K1 = subtract(X, F)
K2 = multiply(number(Fraction(1, 2)), power(K1, 2))
K3 = subtract(subtract(exp(subtract(F, X)), subtract(F, X)), ONE)
SWAPPED = subtract(subtract(exp(K1), K1), ONE)
W = exp(subtract(X, OF_OLD))
ESTIMATORS = {"k1": K1, "k2": K2, "k3": K3, "k3 with π_θ and π_ref swapped": SWAPPED}
WEIGHTS = {"": ONE, "w·": W, "sg(w)·": stop(W)}
NOTHING, REVERSE, FORWARD = "0", "∇KL(π_θ‖π_ref), the reverse one", "∇KL(π_ref‖π_θ), the forward one"
NONE, UNDECIDED = "none of 0, ∇KL(π_θ‖π_ref), ∇KL(π_ref‖π_θ)", "undecided"
ACTION, STATE = lang.Var("a", "action"), lang.Var("s", "state")
THETA = lang.Policy(r"\pi")
OLD, REF = lang.Policy(r"\pi", lang.OLD), lang.Policy(r"\pi_{\text{ref}}", lang.CONSTANT)


@dataclass(frozen=True)
class Penalty:
    """A penalty: its factor, the estimator, the coefficient of a token's score, and what its mean gradient is."""

    factor: Expression
    estimator: str
    body: Expression
    regions: tuple[Region, ...]
    on_policy: str
    off_policy: str

    def record(self) -> dict[str, object]:
        """The penalty as plain data."""
        return {"estimator": self.estimator, "factor": latex(self.factor), "latex": latex(self.body),
                "coefficient": [{"where": one.in_latex(), "latex": latex(one.value)} for one in self.regions],
                "on_policy": self.on_policy, "off_policy": self.off_policy}


def penalty_of(term: Term, facts: Facts, constants: Mapping[str, Fraction]) -> Penalty:
    """What a penalty term is. Raises Unsupported where its coefficient has too many cases."""
    body, factor = of_sign(term)
    name = estimator(body)
    found = regions(derivative(body), facts, constants)
    live = [one.value for one in found if not one.dead]
    means = [followed(live[0] if len(live) == 1 else derivative(body), old) for old in (False, True)]
    return Penalty(factor, name, body, found, *means)


def of_sign(term: Term) -> tuple[Expression, Expression]:
    """The body and its factor, numbers of the factor with the body where that makes an estimator of it."""
    numbers = multiply(*(one for one in (term.scale.args if term.scale.kind == "multiply" else (term.scale,))
                         if one.kind == "number"))
    whole, rest = multiply(numbers, term.body), divide(term.scale, numbers)
    ways = ((whole, rest), (term.body, term.scale), (negative(whole), negative(rest)),
            (negative(term.body), negative(term.scale)))
    return next((way for way in ways if estimator(way[0])), ways[0])


def estimator(body: Expression) -> str:
    """The name of an estimator that has this value and this gradient, or of two; empty where none has."""
    candidates = {weight + name: multiply(factor, known) for weight, factor in WEIGHTS.items()
                  for name, known in ESTIMATORS.items()}
    values = [name for name, wanted in candidates.items() if equal(body, wanted)]
    slopes = [name for name, wanted in candidates.items() if equal(derivative(body), derivative(wanted))]
    both = [name for name in values if name in slopes]
    if both:
        return both[0]
    if values and slopes:
        return f"{values[0]} with the gradient of {slopes[0]}"
    capped = next((arg for arg in body.args if body.kind in ("min", "max", "clip") and estimator(arg)), None)
    return f"{estimator(capped)}, clamped" if capped is not None else ""


def followed(coefficient: Expression, old: bool) -> str:
    """What E[coefficient · score] is, the sample drawn from π_old, or else from π_θ at θ = θ_old."""
    try:
        claims = list(_claims(coefficient, old))
    except Unsayable:
        return UNDECIDED
    open_ = False
    for name, claim in claims:
        verdict = check_claim(claim, budget=BUDGET)
        if verdict.status == "proved":
            return name
        open_ = open_ or verdict.status != "refuted"
    return UNDECIDED if open_ else NONE


def _claims(coefficient: Expression, old: bool) -> Iterator[tuple[str, lang.Claim]]:
    """The statements that the mean gradient is each of the candidates."""
    plain_ = unstopped(coefficient)
    if not old:
        plain_ = mapped(plain_, lambda part: X if part is OF_OLD else None)
    score = lang.grad(lang.Log(THETA(ACTION, STATE)))
    mean = lang.E((ACTION, (OLD if old else THETA) | STATE), lang.times(said(plain_, ACTION, STATE), score))
    for name, target in ((NOTHING, lang.Num(0)), (REVERSE, lang.grad(lang.KL(THETA | STATE, REF | STATE))),
                         (FORWARD, lang.grad(lang.KL(REF | STATE, THETA | STATE)))):
        yield name, lang.Claim(lang.Relation("=", mean, target))


