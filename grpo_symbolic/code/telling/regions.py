"""Where the coefficient of a token's score is what: its closed forms, each with the cells in which it is that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from ..algebra.cells import Cell, Condition, cells, leaf_of, replaced
from ..algebra.derivative import derivative, unstopped
from ..algebra.expression import add, multiply, subtract
from ..algebra.nodes import BATCH, MASK, MOVING, ONE, TOKEN, ZERO, Expression, leaf, number, parts
from ..algebra.normal import normal, vanishes
from ..algebra.order import DEEPEST, Facts, implied, in_logarithms
from ..algebra.polynomials import Poly, collected, content, minus, power, product, scaled
from ..algebra.printing import latex, plain
from ..algebra.rebuilding import expression_of, of_monomial
from ..algebra.rebuilt import total
from ..deciding.terms import Term

Bound = tuple[Expression, str, Expression]
Conditions = tuple[Condition, ...]


@dataclass(frozen=True)
class Region:
    """A closed form and where it holds: bounds that hold together, several times over."""

    value: Expression
    where: tuple[tuple[Bound, ...], ...]

    @property
    def dead(self) -> bool:
        """Whether the coefficient is 0 there."""
        return vanishes(normal(self.value))

    def text(self) -> str:
        """Where it holds, on a line."""
        return "; ".join(", ".join(f"{plain(left)} {op} {plain(right)}" for left, op, right in one) or "everywhere"
                         for one in self.where)

    def in_latex(self) -> str:
        """Where it holds, in LaTeX."""
        return r" \text{ or } ".join(
            ", ".join(f"{latex(left)} {op} {latex(right)}" for left, op, right in one) or r"\text{everywhere}"
            for one in self.where)


def whole(term: Term) -> Expression:
    """A term as it stands in the loss."""
    node = multiply(term.scale, term.weight, term.body)
    for axis in reversed(term.chain):
        node = total(axis, node)
    return node


def regions(slope: Expression, facts: Facts, constants: Mapping[str, Fraction]) -> tuple[Region, ...]:
    """The closed forms of the coefficient of a token that counts, for hyper-parameters that are as these are.

    Raises Unsupported where there are too many cases.
    """
    grouped: dict[Poly, list[Conditions]] = {}
    values: dict[Poly, Expression] = {}
    facts = replace(facts, values=frozenset(constants.items()))
    inside = [cell for cell in cells(at_token(unstopped(slope)), facts) if all(map(_open, cell.conditions))]
    for cell in refined(inside, facts):
        form = normal(cell.value)
        same = next((one for one in grouped if vanishes(minus(one, form))), form)
        grouped.setdefault(same, []).append(cell.conditions)
        values.setdefault(same, cell.value)
    tests = {one.test: one for found in grouped.values() for conditions in found for one in conditions}
    grouped = {form: [closed(one, tests.values(), facts) for one in found] for form, found in grouped.items()}
    found = [Region(shortest(values[form]), _widest(form, grouped, facts)) for form in grouped]
    return tuple(sorted(found, key=lambda one: (one.dead, -len(latex(one.value)), one.text())))


def _open(one: Condition) -> bool:
    """Whether a condition is not that an input is 0, of which nothing is told."""
    return bool(one.sign) or leaf_of(one.test) is None


def closed(conditions: Conditions, tests: Iterable[Condition], facts: Facts) -> Conditions:
    """Conditions with those others that follow from them."""
    known = {one.test for one in conditions}
    further = [replace(one, sign=turn) for one in tests if one.test not in known for turn in (1, -1)
               if _follows(replace(one, sign=turn), conditions, facts)]
    return (*conditions, *further)


def refined(found: list[Cell], facts: Facts) -> list[Cell]:
    """The cells, in those of an advantage where some are: each of one sign of it, and none that is seen to be empty."""
    signs = dict.fromkeys(one.test for cell in found for one in cell.conditions if _is_advantage(one.test))
    for test in signs:
        split = []
        for cell in found:
            asked = (expression_of(test), ZERO)
            own = any(one.test == test for one in cell.conditions)
            ways = [Condition(test, turn, asked) for turn in (1, -1)]
            split += [cell] if own else [replace(cell, conditions=(*cell.conditions, way)) for way in ways
                                         if not _impossible((*cell.conditions, way), facts)]
        found = split
    return [one for one in found if not _impossible(one.conditions, facts)]


def _impossible(conditions: Conditions, facts: Facts) -> bool:
    """Whether conditions are seen not to hold together."""
    return any(_exclude((one,), conditions[:place], facts) for place, one in enumerate(conditions))


def _told(one: Condition) -> str:
    """A condition as it is printed, by which conditions have one order in every run."""
    left, op, right = bound(one)
    return f"{plain(left)} {op} {plain(right)}"


def _is_advantage(test: Poly) -> bool:
    node = leaf_of(test)
    return node is not None and node.data[0] == "A"


def _widest(form: Poly, grouped: Mapping[Poly, list[Conditions]], facts: Facts) -> tuple[tuple[Bound, ...], ...]:
    """Where a closed form holds, in as few words as can be had by leaving out conditions one by one."""
    others = [found for other, cells_ in grouped.items() if other != form for found in cells_]
    wide: list[Conditions] = []
    for conditions in grouped[form]:
        kept = conditions
        for one in sorted(conditions, key=lambda found: (_is_advantage(found.test), _told(found))):
            without = tuple(other for other in kept if other is not one)
            if all(_exclude(without, other, facts) for other in others):
                kept = without
        wide.append(_needed(kept, facts))
    wide = list({frozenset((one.test, one.sign) for one in conditions): conditions for conditions in wide}.values())
    found = [one for one in wide if not any(
        other is not one and all(_follows(part, one, facts) for part in other) for other in wide)]
    bounds = [tuple(map(bound, sorted(one, key=lambda part: (not _is_advantage(part.test), _told(part)))))
              for one in found]
    return tuple(sorted(bounds, key=lambda one: [(op, plain(left), plain(right)) for left, op, right in one]))


def _exclude(ones: Conditions, others: Conditions, facts: Facts) -> bool:
    """Whether two lists of conditions cannot hold together, as far as is seen."""
    if any(one.test == other.test and one.sign != other.sign for one in ones for other in others):
        return True
    both = (*ones, *others)
    return any(one.sign and implied(scaled(-one.sign, one.test), _known(both, facts), DEEPEST) for one in both)


def _follows(one: Condition, conditions: Conditions, facts: Facts) -> bool:
    """Whether a condition follows from others."""
    if any(one.test == other.test and one.sign == other.sign for other in conditions):
        return True
    return bool(one.sign) and implied(scaled(one.sign, one.test), _known(conditions, facts), DEEPEST)


def _known(conditions: Conditions, facts: Facts) -> Facts:
    tests = frozenset(scaled(one.sign, one.test) for one in conditions if one.sign)
    return replace(facts, above=facts.above | tests)


def _needed(conditions: Conditions, facts: Facts) -> Conditions:
    """The conditions that do not follow from the others."""
    kept = list(conditions)
    for one in conditions:
        if _follows(one, tuple(other for other in kept if other is not one), facts):
            kept.remove(one)
    return tuple(kept)


def shortest(node: Expression) -> Expression:
    """An expression as it is, or what all terms of its normal form share in front: what is printed shortest."""
    form = normal(node)
    if not form.terms:
        return ZERO
    factor, common, rest = content(form)
    powers = tuple(pair for pair in common if pair[0].kind == "exp")
    others = tuple(pair for pair in common if pair not in powers)
    inside = product(Poly(((powers, Fraction(1)),)), rest)
    ways = (multiply(number(factor), of_monomial(common), expression_of(rest)),
            multiply(number(factor), of_monomial(others), expression_of(inside)), node)
    return min(ways, key=lambda way: len(plain(way)))


def slope_of(terms: tuple[Term, ...]) -> Expression:
    """The derivative of some terms."""
    return derivative(add(*map(whole, terms)))


def at_token(slope: Expression) -> Expression:
    """The coefficient at a token that is no padding."""
    return replaced(slope, leaf(MASK, (BATCH, TOKEN)), ONE)


def _letters(node: Expression) -> set[str]:
    return {part.data[0] for part in parts(node) if part.kind == "leaf"}


def bound(one: Condition) -> Bound:
    """A condition with what moves on its left."""
    sign = {1: ">", -1: "<", 0: "="}[one.sign]
    asked = normal(subtract(*one.asked))
    if asked.terms:
        factor, common, rest = content(asked)
        logs = in_logarithms(rest)
        turned = rest if logs is None else content(logs)[2]
        factor = factor if logs is None else factor * content(logs)[0]
        if turned == one.test and all(base.kind == "exp" or base.kind == "size" for base, _ in common):
            return _turned(one.asked[0], sign if factor > 0 else _opposite(sign), one.asked[1])
    return _solved(one.test, sign)


def _turned(left: Expression, op: str, right: Expression) -> Bound:
    """What moves on the left."""
    if _letters(left).isdisjoint(MOVING) and not _letters(right).isdisjoint(MOVING):
        return right, _opposite(op), left
    return left, op, right


def _opposite(op: str) -> str:
    return {">": "<", "<": ">"}.get(op, op)


def _solved(test: Poly, op: str) -> Bound:
    """A bound of what moves: its terms alone on the left, divided by what is positive in the others."""
    still = collected({mono: value for mono, value in test.terms if not _moves(Poly(((mono, value),)))})
    moving = minus(test, still)
    if not still.terms or not moving.terms:
        return expression_of(test), op, ZERO
    _, common, _ = content(still)
    shared = tuple((base, e) for base, e in common if base.kind == "exp")
    by = power(Poly(((shared, Fraction(1)),)), Fraction(-1))
    left, right = product(moving, by), scaled(-1, product(still, by))
    factor = left.terms[0][1]
    op = op if factor > 0 else _opposite(op)
    return expression_of(scaled(1 / factor, left)), op, expression_of(scaled(1 / factor, right))


def _moves(one: Poly) -> bool:
    return not _letters(expression_of(one)).isdisjoint(MOVING)
