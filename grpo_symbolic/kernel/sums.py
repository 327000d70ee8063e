"""Sums over actions, states, ranges and groups, and the rebuilding of forms from their leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import product
from typing import TypeAlias

from ..naming import orders
from .form import (ACTION, STATE, Exp, Form, Generator, Hypothesis, KernelError, Leaf, Log, Monomial, Power, Rational,
                   Sort, Sum, Value, Visits, atom, bound_by, combine, constant, is_same, leaf_of, made, number,
                   of_monomial, same, single)
from .points import (ENDLESS, Binders, alone, coincidences, height, is_law, is_path, law_of, naming, ordered, parted,
                     ranging, replaced_args, steps_of, without)
from .ring import Functions
from .sign import quantified, sign, whole
from .terms import Term, Variable, inside, mentions, numeral, replaced, variable

MAX_UNROLLED = 12
OBLIGATIONS = frozenset({"Nonzero", "Nonnegative", "OffKink"})
Rule: TypeAlias = Callable[[Binders, Monomial], Form | None]
ENDS = Hypothesis("PathEnds")
FINITE = {"action": Hypothesis("FiniteActions"), "group": Hypothesis("FiniteActions"),
          "state": Hypothesis("FiniteStates")}


class Sums(Functions):
    """Builds canonical sums; a sum over a group is an expectation over independent draws from its law."""

    _rules: tuple[Rule, ...]  # in the order in which they are tried

    def total(self, var: Term, sort: Sort, form: Form) -> Form:
        """Σ of ``form`` over ``var`` in ``sort``."""
        return self.closed({var: sort}, form)

    def closed(self, binders: Binders, form: Form) -> Form:
        """Σ over binders: what the form rests on then holds for all their values, also where points coincide."""
        if not binders:
            return form
        used = quantified(form.used, binders)
        for held in used - form.used:
            self.tenable(held)
        return self._over(binders, made(form.poly)).with_used(used)

    def tenable(self, held: Hypothesis) -> None:
        """An error where what is to hold for all values of some variables fails where points coincide."""
        if held.kind in OBLIGATIONS and held.every:
            for change in coincidences(held):
                bearable(held, self.rebuilt(made(held.about), change))

    # One monomial

    def _sum(self, binders: Binders, m: Monomial) -> Form:
        """Σ over the binders of a monomial; the first rule that applies makes it simpler."""
        for rule in self._rules:
            if (found := rule(binders, m)) is not None:
                return found
        return self._split(binders, m)

    def _over(self, binders: Binders, form: Form) -> Form:
        """Σ over the binders of each term of a form."""
        return form.linear(partial(self._sum, binders))

    def _put(self, binders: Binders, form: Form, table: Mapping[Term, Term]) -> Form:
        """Σ over the other binders of a form at terms that a table gives, in the ranges that it gives."""
        there = partial(self.identify, table=table)
        ranges = {v: self.range_at(sort, there) for v, sort in binders.items() if v not in table}
        return self._over(ranges, there(form))

    def _cut(self, binders: Binders, m: Monomial, gone: Collection[Term], value: Form) -> Form:
        """Σ over the binders, with a value for the sum over those that are gone of all that mentions them."""
        _, rest = parted(m, gone)
        return self._over(without(binders, gone), self.times(of_monomial(rest), value))

    def _open(self, binders: Binders, m: Monomial) -> Form | None:
        """A sum inside that mentions a binder is opened and joined to it, once if it is a factor several times."""
        for k, (gen, e) in enumerate(m):
            if isinstance(gen, Sum) and e > 0 and e.denominator == 1 and any(mentions(gen, v) for v in binders):
                names, inner = self.opened(gen)
                others = self.power(single(gen), e - 1)
                return self._over(binders | names, self.times(of_monomial(m[:k] + m[k + 1:]), others, inner))
        return None

    def _unroll(self, binders: Binders, m: Monomial) -> Form | None:
        """A range up to a number is a sum of that many terms."""
        for v, sort in binders.items():
            end = constant(sort.size) if sort.kind in ("index", "token") else None
            if end is not None and end.denominator == 1 and 0 <= end <= MAX_UNROLLED:
                places = map(numeral, range(1, int(end) + 1))
                return combine((self._put(binders, of_monomial(m), {v: place}), 1) for place in places)
        return None

    def _picked(self, binders: Binders, m: Monomial) -> Form | None:
        """Σ_a 1[a = b] x(a) = x(b), where a runs over a whole set, or over what b runs over."""
        for v, (k, (gen, _)) in product(binders, enumerate(m)):
            if is_same(gen) and v in gen.args:
                other, = (term for term in gen.args if term != v)
                if not mentions(other, v) and binders[v] in (ACTION, STATE, binders.get(other)):
                    return self._put(binders, of_monomial(m[:k] + m[k + 1:]), {v: other})
        return None

    def _absent(self, binders: Binders, m: Monomial) -> Form | None:
        """A binder that nothing mentions counts its range; a group that nothing mentions is drawn all the same."""
        for v, sort in binders.items():
            if not ranging(binders, v) and not naming(m, [v]):
                return self._cut(binders, m, [v], self.size(sort))
        return None

    @staticmethod
    def size(sort: Sort) -> Form:
        """How many members a range has; an end that may be negative is an obligation. A group is drawn once."""
        if sort.kind == "group":
            return number(1).with_used({Hypothesis("Normalised", law_of(sort).name)})
        if sort.kind not in ("index", "token"):
            return atom(f"#{sort.kind}", sign="size")
        if sort.size == ENDLESS:
            raise KernelError("a sum without an end of what does not vanish")
        if not whole(sort.size):
            raise KernelError("the end of a range that is no whole number")
        found = sign(sort.size)
        held = {Hypothesis("Size", sort.size)} if found.known == "real" else found.rests
        return made(sort.size, frozenset(held))

    def _normalise(self, binders: Binders, m: Monomial) -> Form | None:
        """Σ_a π(a) = 1 and Σ_a D^k π(a) = 0, where nothing else mentions the action."""
        for v, (gen, e) in product(binders, m):
            if e == 1 and is_law(gen, v) and alone(binders, m, single(gen), v) and self.allows("normalisation"):
                ends = {ENDS} if is_path(gen) and steps_of(gen) != ENDLESS else frozenset[Hypothesis]()
                # Σ_a D^k π(a) = D^k Σ_a π(a) moves a derivative through the sum
                moved = {FINITE[binders[v].kind]} if gen.along else frozenset[Hypothesis]()
                mass = number(int(not gen.along)).with_used({Hypothesis("Normalised", gen.name), *ends, *moved})
                return self._cut(binders, m, [v], mass)
        return None

    def _split(self, binders: Binders, m: Monomial) -> Form:
        """A product of connected sums, and of what mentions no binder."""
        if not binders:
            return of_monomial(m)
        links = [binders.keys() & inside(part, Variable) for part in (*dict(m), *binders.items())]
        linked = {next(iter(binders))}
        while more := {v for link in links if link & linked for v in link} - linked:
            linked |= more
        own, rest = parted(m, linked)
        one, others = self._connected({v: binders[v] for v in linked}, own), without(binders, linked)
        return self.times(one, self._split(others, rest)) if others or rest else one

    def opened(self, gen: Sum) -> tuple[Binders, Form]:
        """Fresh names for the bound variables of a sum, and its body at them."""
        table = {v: self.fresh(v.sort) for v in bound_by(gen)}
        names = {new: replaced(sort, table) for new, sort in zip(table.values(), gen.sorts, strict=True)}
        self.ranges |= names
        return names, self.identify(of_monomial(gen.body), table)

    def _connected(self, binders: Binders, factors: Monomial) -> Form:
        """One sum generator, named by the least of the renamings that are proposed."""
        level = 1 + height((factors, tuple(binders.values())))

        def renamed(order: Iterable[Term]) -> tuple[tuple[Sort, ...], Monomial, Rational]:
            table = {v: variable(f"#{level}.{k}", binders[v].kind) for k, v in enumerate(order)}
            (m, c), = self.identify(of_monomial(factors), table).poly
            return tuple(replaced(binders[v], table) for v in table), m, c

        found = [renamed(order) for order in orders(binders, factors, ordered) if sorted(order) == sorted(binders)]
        if not found:
            raise KernelError("too many entangled sums")
        sorts, m, c = min(found)
        return single(Sum("sum", level, sorts, m)).scaled(c)

    @staticmethod
    def visits(weight: Form, steps: Form, ends: Form) -> Form:
        """Where a path is after any number of steps: where it was, if each of them has no weight."""
        used, visits = weight.used | steps.used, Visits("visits", weight.poly, steps.poly, ends.poly)
        if not weight.poly:
            end, start, *_ = visits.places
            return same(end, start).with_used(used)
        return single(visits, used=used)

    # Rebuilding

    def identify(self, form: Form, table: Mapping[Term, Term]) -> Form:
        """The form with other terms for some of its terms, which may occur in it already."""
        self.in_time()

        def moved(held: Hypothesis) -> Hypothesis:
            if not any(mentions(held[1:], term) for term in table):
                return held
            about = self.identify(made(held.about), table).poly
            return Hypothesis(held.kind, about, tuple(replaced(sort, table) for sort in held.every))

        image = self.rebuilt(form, lambda leaf: single(replaced_args(leaf, table)))
        return made(image.poly, frozenset(map(moved, form.used)) | image.used - form.used)

    @staticmethod
    def range_at(sort: Sort, change: Callable[[Form], Form]) -> Sort:
        """A range with all that it mentions changed."""
        return Sort(sort.kind, *(change(made(poly)).poly if poly else poly for poly in (sort.size, sort.law)))

    def rebuilt(self, form: Form, change: Callable[[Leaf], Form], known: dict[Generator, Form] | None = None) -> Form:
        """The form with every leaf changed, and every generator that is ``known``, rebuilt from the leaves up.

        What the form is obliged to is obliged for whatever is put in, so an image records no obligation again; what
        has become zero under a root or a denominator is an error.
        """
        known = {} if known is None else known

        def image(gen: Generator) -> Form:
            if (found := known.get(gen)) is None:
                found = known[gen] = self._image(gen, change, known)
            return found

        def product(m: Monomial) -> Form:
            return self.times(*(image(gen) if e == 1 else self.power(image(gen), e) for gen, e in m))

        mapped = form.linear(product)
        return made(mapped.poly, form.used | {held for held in mapped.used if held.kind not in OBLIGATIONS})

    def _image(self, gen: Generator, change: Callable[[Leaf], Form], known: dict[Generator, Form]) -> Form:
        """A generator rebuilt from its leaves."""
        if isinstance(gen, Leaf):
            return self._renamed(change(gen)) if is_same(gen) or Value in map(type, gen.args) else change(gen)
        there = partial(self.rebuilt, change=change, known=known)
        if isinstance(gen, Sum):
            names, body = self.opened(gen)
            sorts = {v: self.range_at(sort, there) for v, sort in names.items()}
            return self._over(sorts, there(body))
        if isinstance(gen, Visits):
            return self.visits(*(there(made(part)) for part in (gen.weight, gen.steps, gen.ends)))
        inner = there(made(gen.of))
        if isinstance(gen, Power):
            return inner
        if isinstance(gen, Log):
            return self.log(inner)
        return self.exp(inner) if isinstance(gen, Exp) else self.step(inner)

    def _renamed(self, image: Form) -> Form:
        """The image of a comparison of two terms, which may have become one, or of a function of numbers."""
        gen = leaf_of(image.poly)
        if gen is None or is_same(gen):
            return image if gen is None else same(*gen.args)
        args = [arg._replace(of=self.rebuilt(made(arg.of), single).poly) if isinstance(arg, Value) else arg
                for arg in gen.args]
        return single(gen._replace(args=tuple(args)))


def bearable(held: Hypothesis, image: Form) -> None:
    """An error where an obligation has turned into one that nothing satisfies."""
    negative = sign((-image).poly).known == "positive"
    if negative if held.kind == "Nonnegative" else not image.poly:
        raise KernelError("a denominator that vanishes, or a kink, where points coincide or at θ_old")
