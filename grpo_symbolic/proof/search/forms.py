"""What the finders of suggestions share: monomials as forms, sums opened, weights that sum to one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from ... import kernel as k
from ...kernel import Form, Monomial, Part, Rational

ONE = k.number(1)


def minus(form: Form, calculus: k.Calculus, parts: Sequence[Part]) -> Form:
    """What the parts leave of the form."""
    return form - k.combine((k.total_of(calculus, part), 1) for part in parts)


def opened(calculus: k.Calculus, gen: k.Generator) -> tuple[dict[k.Term, k.Sort], Monomial]:
    """The ranges of a sum, its variables named ``?0``, ``?1``, …, and the monomial that it sums."""
    names, body = calculus.opened(gen)
    table = {name: k.variable(f"?{n}", name.sort) for n, name in enumerate(names)}
    (m, _), = calculus.identify(body, table).poly
    return {table[name]: k.replaced(sort, table) for name, sort in names.items()}, m


def single_sum(m: Monomial) -> int | None:
    """Where a monomial has its first plain factor that is a sum."""
    return next((n for n, (gen, e) in enumerate(m) if isinstance(gen, k.Sum) and e == 1), None)


def monomial(m: Monomial, c: Rational = 1) -> Form:
    """A monomial with its coefficient, as a form."""
    return k.of(((m, c),))


def quotient(calculus: k.Calculus, above: Monomial, below: Monomial, c: Rational = 1) -> Form:
    """c·above/below, what they share left out before anything is divided by."""
    exponents = dict(above)
    for gen, e in below:
        exponents[gen] = exponents.get(gen, 0) - e
    powers = [calculus.power(k.generated(gen), Fraction(e)) for gen, e in exponents.items() if e]
    return calculus.times(k.number(c), *powers)


def negatives(form: Form) -> int:
    """How many terms of a form are not known to be non-negative."""
    return sum(1 for m, c in form.poly if k.sign(((m, c),)).known == "real")


def uniform(calculus: k.Calculus, var: k.Term, sort: k.Sort, form: Form) -> Iterator[Form]:
    """Weights over a range that sum to one: one over its size, or a law of the variable that the form mentions."""
    if sort.kind in ("index", "token"):
        yield calculus.power(k.of(sort.size), -1)
    elif sort in (k.ACTION, k.STATE):
        yield from (k.generated(leaf) for leaf in sorted(set(k.leaves(form.poly))) if is_probability(leaf, (var,)))


def is_probability(gen: k.Generator, variables: Container[k.Term]) -> bool:
    """Whether a generator is a probability of one of the variables."""
    return isinstance(gen, k.Leaf) and gen.sign == "law" and not gen.along and gen.args[0] in variables
