"""Sums over actions, states, ranges and groups, and the rebuilding of forms from their leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain, permutations, product
from typing import TypeAlias

from .form import (ACTION, STATE, Exp, Form, Generator, Hypothesis, KernelError, Leaf, Log, Monomial, Power, Rational,
                   Sort, Sum, Value, Visits, atom, bound_by, combine, constant, height, is_same, leaves, made, number,
                   of_monomial, same, single)
from .functions import Functions
from .naming import alike, orders_of
from .points import ENDLESS, Binders, coincidences, innermost, is_law, is_path, law_of, replaced_args, steps_of, without
from .sign import quantified, sign, whole
from .terms import Term, mentions, numeral, replaced, variable

MAX_ENTANGLED, MOST_ORDERS, MAX_UNROLLED = 16, 720, 12
OBLIGATIONS = frozenset({"Nonzero", "Nonnegative", "OffKink"})
Rule: TypeAlias = Callable[[Binders, Monomial], Form | None]
ENDS = Hypothesis("PathEnds")
FINITE = {"action": Hypothesis("FiniteActions"), "group": Hypothesis("FiniteActions"),
          "state": Hypothesis("FiniteStates")}


class Sums(Functions):
    """Builds canonical sums; a sum over a group is an expectation over independent draws from its law."""

    _rules: tuple[Rule, ...]  # those of ``rules_of_sums``

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
        return made(form.poly).linear(partial(self._sum, binders)).with_used(used)

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

    def rules_of_sums(self) -> tuple[Rule, ...]:
        """The rules that make a sum simpler, in the order in which they are tried."""
        return self._open, self._unroll, self._picked, self._absent, self._normalise

    def _open(self, binders: Binders, m: Monomial) -> Form | None:
        """A sum inside that mentions a binder is opened and joined to it, as often as it is a factor."""
        for k, (gen, e) in enumerate(m):
            if isinstance(gen, Sum) and e > 0 and e.denominator == 1 and any(mentions(gen, v) for v in binders):
                body, joined = of_monomial(m[:k] + m[k + 1:]), dict(binders)
                for _ in range(int(e)):
                    names, inner = self.opened(gen)
                    joined |= names
                    body = self.times(body, inner)
                return body.linear(partial(self._sum, joined))
        return None

    def _unroll(self, binders: Binders, m: Monomial) -> Form | None:
        """A range up to a number is a sum of that many terms."""
        for v, sort in binders.items():
            end = constant(sort.size) if sort.kind in ("index", "token") else None
            if end is None or end.denominator != 1 or not 0 <= end <= MAX_UNROLLED:
                continue
            rest = without(binders, {v})
            parts = []
            for k in range(1, int(end) + 1):
                here = {w: replaced(other, {v: numeral(k)}) for w, other in rest.items()}
                parts.append((self.identify(of_monomial(m), {v: numeral(k)}).linear(partial(self._sum, here)), 1))
            return combine(parts)
        return None

    def _picked(self, binders: Binders, m: Monomial) -> Form | None:
        """Σ_a 1[a = b] x(a) = x(b), where a runs over a whole set, or over what b runs over."""
        for v, sort in innermost(binders):
            for k, (gen, _) in enumerate(m):
                if is_same(gen) and v in gen.args:
                    other, = (term for term in gen.args if term != v)
                    if mentions(other, v) or sort not in (ACTION, STATE) and binders.get(other) != sort:
                        continue
                    rest = self.identify(of_monomial(m[:k] + m[k + 1:]), {v: other})
                    return rest.linear(partial(self._sum, without(binders, {v})))
        return None

    def _absent(self, binders: Binders, m: Monomial) -> Form | None:
        """A binder that nothing mentions counts its range; a group that nothing mentions is drawn all the same."""
        for v, sort in innermost(binders):
            if any(mentions(gen, v) for gen, _ in m):
                continue
            rest = without(binders, {v})
            return self.times(of_monomial(m), self.size(sort)).linear(partial(self._sum, rest))
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
        for v, sort in innermost(binders):
            holding = [(gen, e) for gen, e in m if mentions(gen, v)]
            gen, e = holding[0]
            if len(holding) > 1 or e != 1 or sort not in (ACTION, STATE) or not is_law(gen, v):
                continue
            if not self.allows("normalisation"):
                return None
            ends = {ENDS} if is_path(gen) and steps_of(gen) != ENDLESS else frozenset[Hypothesis]()
            used = frozenset({Hypothesis("Normalised", gen.name), *ends})
            if gen.along:  # Σ_a D^k π(a) = D^k Σ_a π(a) moves a derivative through the sum
                return made((), used | {FINITE[sort.kind]})
            return self._sum(without(binders, {v}), tuple(f for f in m if f not in holding)).with_used(used)
        return None

    def _split(self, binders: Binders, m: Monomial) -> Form:
        """A product of connected sums, and of what mentions no binder."""
        held = [{v for v in binders if mentions(gen, v)} for gen, _ in m]
        links = held + [{w for w in binders if mentions(item, w)} for item in binders.items()]
        alone = tuple(factor for factor, names in zip(m, held, strict=True) if not names)
        parts = [of_monomial(alone)] if alone else []
        while binders:
            linked: set[Term] = set()
            more = {next(iter(binders))}
            while more != linked:
                linked, more = more, more.union(*(link for link in links if link & more))
            connected = tuple(factor for factor, names in zip(m, held, strict=True) if names & linked)
            parts.append(self._connected({v: binders[v] for v in linked}, connected))
            binders = without(binders, linked)
        return self.times(*parts)

    def opened(self, gen: Sum) -> tuple[Binders, Form]:
        """Fresh names for the bound variables of a sum, and its body at them."""
        table = {v: self.fresh(v.sort) for v in bound_by(gen)}
        names = {new: replaced(sort, table) for new, sort in zip(table.values(), gen.sorts, strict=True)}
        return names, self.identify(of_monomial(gen.body), table)

    def _connected(self, binders: Binders, factors: Monomial) -> Form:
        """One sum generator, named by the least of its renamings; only variables that look alike trade places."""
        level = 1 + height((factors, tuple(binders.values())))
        apart = alike(binders, factors) if len(binders) > 1 else [list(binders)]
        if orders_of(apart) > MOST_ORDERS or len(binders) > MAX_ENTANGLED:
            raise KernelError("too many entangled sums")
        body = of_monomial(factors)

        def renamed(order: Iterable[Term]) -> tuple[tuple[Sort, ...], Monomial, Rational]:
            table = {v: variable(f"#{level}.{k}", binders[v].kind) for k, v in enumerate(order)}
            (m, c), = self.identify(body, table).poly
            return tuple(replaced(binders[v], table) for v in table), m, c

        orders = product(*map(permutations, apart))
        sorts, m, c = min(renamed(chain(*choice)) for choice in orders)
        return single(Sum("sum", level, sorts, m)).scaled(c)

    @staticmethod
    def visits(weight: Form, steps: Form, ends: Form) -> Form:
        """Where a path is after any number of steps: where it was, if each of them has no weight."""
        used = weight.used | steps.used
        if not weight.poly:
            end, start, *_ = leaves(ends.poly)[0].args
            return same(end, start).with_used(used)
        return single(Visits("visits", weight.poly, steps.poly, ends.poly), used=used)

    # Rebuilding

    def identify(self, form: Form, table: Mapping[Term, Term]) -> Form:
        """The form with other terms for some of its terms, which may occur in it already."""
        self.in_time()

        def moved(held: Hypothesis) -> Hypothesis:
            if not isinstance(held.about, tuple) or not any(mentions(held[1:], term) for term in table):
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
            return there(body).linear(partial(self._sum, sorts))
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
        match image.poly:
            case ((((Leaf() as gen, 1),), 1),):
                if is_same(gen):
                    return same(*gen.args)
                args = (arg._replace(of=self.rebuilt(made(arg.of), single).poly) if isinstance(arg, Value) else arg
                        for arg in gen.args)
                return single(gen._replace(args=tuple(args)))
        return image


def bearable(held: Hypothesis, image: Form) -> None:
    """An error where an obligation has turned into one that nothing satisfies."""
    negative = sign((-image).poly).known == "positive"
    if negative if held.kind == "Nonnegative" else not image.poly:
        raise KernelError("a denominator that vanishes, or a kink, where points coincide or at θ_old")
