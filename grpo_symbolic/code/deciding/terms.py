"""A loss as a sum of terms, each with its weight: what divides and masks it, and what is left of a token."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from ..algebra.expression import add, multiply
from ..algebra.nodes import BATCH, MASK, TOKEN, Expression, parts
from ..algebra.normal import normal
from ..algebra.polynomials import Atom, Monomial, content
from ..algebra.proving import Chain, opened
from ..algebra.rebuilding import of_monomial

POLICY, PENALTY, ENTROPY, OTHER = "policy", "penalty", "entropy", "other"
NEAR = "penalty to the old policy"


@dataclass(frozen=True)
class Term:
    """Σ weight · scale · body over the axes of a chain; ``scale`` is a number times hyper-parameters, such as β."""

    kind: str
    chain: Chain
    weight: Expression
    scale: Expression
    body: Expression


def terms_of(loss: Expression) -> tuple[Term, ...]:
    """The terms of a loss; what depends on nothing but sizes and masks is left out."""
    grouped: dict[tuple[Chain, Expression, str], list[Expression]] = {}
    for chain, body in opened(loss, ()):
        inner = {part.data for factor in _factors(body) if factor.axes for part in parts(factor)
                 if part.kind == "constant"}
        weight, rest = _split(body, partial(weighs, inner))
        uneven = [one for one in _factors(rest) if _divides_by_masked(one)]
        weight, rest = multiply(weight, *uneven), multiply(*(one for one in _factors(rest) if one not in uneven))
        for kind, part in _kinds(rest):
            grouped.setdefault((*_by_token(chain, weight), kind), []).append(part)
    found = []
    for (chain, weight, kind), bodies in grouped.items():
        scale, body = _scaled(add(*bodies))
        found.append(Term(kind, chain, weight, scale, body))
    return tuple(one for one in found if letters_of(one.body) - {MASK})


def joined(terms: Sequence[Term]) -> Term:
    """Terms of one chain and weight as one, of the kind of the first."""
    scale, body = _scaled(add(*(multiply(one.scale, one.body) for one in terms)))
    return Term(terms[0].kind, terms[0].chain, terms[0].weight, scale, body)


def _divides_by_masked(node: Expression) -> bool:
    """Whether a factor divides by something that counts tokens, if in no usual way."""
    return node.kind == "power" and node.data < 0 and MASK in letters_of(node) and not node.live


def letters_of(node: Expression) -> frozenset[str]:
    """The inputs that an expression has."""
    return frozenset(part.data[0] for part in parts(node) if part.kind == "leaf")


def kind_of(body: Expression) -> str:
    """What a term is: what has an advantage or a reward is of the policy, what has the reference then a penalty, and
    so is what has no more than the policy and that which sampled."""
    letters = letters_of(body)
    if letters & {"A", "r"}:
        return POLICY
    if "f" in letters:
        return PENALTY
    if "H" in letters:
        return ENTROPY
    return NEAR if letters & {"o", "b"} and body.live else OTHER


def _kinds(body: Expression) -> list[tuple[str, Expression]]:
    """A body by its kind; a product with a sum of several kinds in parts, numbers and the like with the penalty."""
    factors = _factors(body)
    for mixed in factors:
        kinds = [kind_of(one) for one in mixed.args] if mixed.kind == "add" else []
        named = [kind for kind in (POLICY, PENALTY, NEAR, ENTROPY) if kind in kinds]
        if len(named) > 1:
            rest = [one for one in factors if one is not mixed]
            home = next((kind for kind in (PENALTY, NEAR) if kind in named), named[0])
            return [(kind, multiply(*rest, add(*(
                one for one, own in zip(mixed.args, kinds, strict=True) if own == kind or own == OTHER and kind == home
            )))) for kind in named]
    return [(kind_of(body), body)]


def _by_token(chain: Chain, weight: Expression) -> tuple[Chain, Expression]:
    """Where a sequence counts as often as it has tokens, a sum over these."""
    factors = _factors(weight)
    length = next((one for one in factors if one.kind == "sum" and one.axes == {BATCH} and one.data == TOKEN), None)
    if TOKEN in chain or length is None:
        return chain, weight
    return (*chain, TOKEN), multiply(length.args[0], *(one for one in factors if one is not length))


def weighs(inner: Set[str], base: Atom, exponent: Fraction) -> bool:
    """Whether a factor belongs to the weight: what masks and sizes alone decide, or a hyper-parameter divided by.

    A hyper-parameter that a token's term has ``inner``, too, does not.
    """
    if base.kind == "constant":
        return exponent < 0 and base.data not in inner
    node = of_monomial(((base, Fraction(1)),))
    return letters_of(node) <= {MASK} and all(one.kind != "constant" for one in parts(node))


def _factors(node: Expression) -> tuple[Expression, ...]:
    return node.args if node.kind == "multiply" else (node,)


def scales(base: Atom, _exponent: Fraction) -> bool:
    """Whether a factor is a hyper-parameter."""
    return base.kind == "constant"


def _split(body: Expression, wanted: Callable[[Atom, Fraction], bool]) -> tuple[Expression, Expression]:
    """The factors of a product that are wanted, and the rest; what is not a factor of the whole stays."""
    taken: list[Expression] = []
    rest: list[Expression] = []
    for factor in _factors(body):
        found = normal(factor)
        monomial = found.terms[0][0] if len(found.terms) == 1 else ()
        ours = bool(monomial) and all(wanted(base, exponent) for base, exponent in monomial)
        (taken if ours else rest).append(factor)
    return multiply(*taken), multiply(*rest)


def _scaled(body: Expression) -> tuple[Expression, Expression]:
    """The hyper-parameters and the number that are factors of a body, and what is left."""
    scale, rest = _split(body, scales)
    if rest.kind == "multiply" and rest.args[0].kind == "number":
        return multiply(rest.args[0], scale), multiply(*rest.args[1:])
    if rest.kind != "add":
        return scale, rest
    _, common, _ = content(normal(rest))
    shared: Monomial = tuple(pair for pair in common if scales(*pair))
    if not shared:
        return scale, rest
    divided = add(*(multiply(term, of_monomial(tuple((base, -e) for base, e in shared))) for term in rest.args))
    return multiply(scale, of_monomial(shared)), divided

