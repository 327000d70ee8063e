"""The smart constructors: every rule of the calculus is applied here, and nowhere else.

A ``Calculus`` holds the set of rules in force. Whatever it builds is canonical for those rules, so two terms that the
rules identify are the same polynomial. With fewer rules fewer terms are identified, never more.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from fractions import Fraction
from functools import cache, partial
from itertools import chain, permutations, product
from math import gcd, inf, lcm
from time import monotonic
from typing import Any

from .form import (NOTHING, OBLIGATIONS, Form, Generator, Hypothesis, KernelError, Monomial, Poly, Rational, Term,
                   Used, atom, combine, exact, height, inside, mentions, number, prime_factors, replace_term, sign,
                   sign_of_generator, single, variable)

RULES = frozenset({"interchange", "log-derivative", "log-split", "normalisation", "constant", "group"})
STEP = variable("Δ")  # the direction of Δθ = θ − θ_old
TAU = atom("#τ", point="current")  # the length of the step along it: D_Δ τ = 1, τ = 0 at θ_old
MAX_ENTANGLED, MAX_TERMS, MAX_POWER = 6, 20_000, 1000

Sort = tuple[Any, ...]
Binders = dict[Term, Sort]
Factors = tuple[tuple[Generator, Rational], ...]
ACTION, STATE, COORDINATE = (("action",), ("state",), ("coordinate",))
FINITE = {"action": Hypothesis("FiniteActions"), "group": Hypothesis("FiniteActions"),
          "state": Hypothesis("FiniteStates")}


class Calculus:
    """Builds canonical forms under ``rules``, a subset of RULES, until ``deadline`` on the monotonic clock."""

    def __init__(self, rules: frozenset[str] = RULES, deadline: float | None = None) -> None:
        self.rules, self.deadline = rules, inf if deadline is None else deadline
        self._fresh, self._slope = 0, cache(self._derived)

    def fresh(self) -> Term:
        """A variable used nowhere else."""
        self._fresh += 1
        return variable(f"%{self._fresh}")

    def in_time(self) -> None:
        """Raise KernelError past the deadline."""
        if monotonic() > self.deadline:
            raise KernelError("the time budget is used up")

    def times(self, *forms: Form) -> Form:
        """The product of forms."""
        result = forms[0]
        for form in forms[1:]:
            if len(result.poly) * len(form.poly) > MAX_TERMS:
                raise KernelError("a product of too many terms")
            parts = [(self._join(m, n), c * d) for m, c in result.poly for n, d in form.poly]
            result = combine(parts).with_used(result.used | form.used)
        return result

    def _join(self, left: Monomial, right: Monomial) -> Form:
        """The product of two monomials."""
        self.in_time()
        if not right:
            return Form(((left, 1),))
        exponents = dict(left)
        for gen, e in right:
            exponents[gen] = exact(exponents.get(gen, 0) + e)
        return self._product(exponents)

    def _product(self, exponents: dict[Generator, Rational]) -> Form:
        """The product of powers of generators, with the relations of each applied."""
        plain: list[tuple[Generator, Rational]] = []
        opened: list[Form] = []
        for gen, e in exponents.items():
            if gen[0] == "ind" and e:
                e = 1  # an indicator is its own square
            elif gen[0] == "wrap" and (e >= 1 or not gen[1][-1][0]):  # a prime keeps an exponent below 1
                whole, e = divmod(e, 1)
                opened += [Form(gen[1])] * whole if whole > 0 else [number(Fraction(gen[1][0][1]) ** whole)]
            if e:
                plain.append((gen, e))
        core = Form(((tuple(sorted(plain)), 1),))
        return self.times(core, *opened) if opened else core

    def power(self, form: Form, exponent: Rational, known: str = "real") -> Form:
        """``form`` to a rational power; an error where that is 1/0. Who builds it may know its sign: ``known``."""
        integral = exponent.denominator == 1
        if not -MAX_POWER <= exponent <= MAX_POWER:
            raise KernelError("too high a power")
        if exponent >= 0 and integral:
            return self.times(number(1), *[form] * int(exponent)).with_used(form.used)
        if not form.poly:
            raise KernelError("division by zero" if exponent < 0 else "the root of zero")
        scale, factors, rest = self._content(form.poly, integral)
        powers = {gen: exact(e * exponent) for gen, e in factors}
        for p, k in {} if integral else prime_factors(scale).items():
            prime = ("wrap", number(p).poly)
            powers[prime] = exact(powers.get(prime, 0) + k * exponent)
        result = self._product(powers).scaled(Fraction(scale) ** int(exponent) if integral else 1)
        if rest.poly != number(1).poly:
            wrap = single(("wrap", rest.poly), exact(exponent), _definite(rest.poly, exponent, known))
            result = self.times(result, wrap)
        return result.with_used(form.used.union(*(_definite(single(gen).poly, exponent) for gen, _ in factors)))

    def _content(self, poly: Poly, integral: bool) -> tuple[Rational, Factors, Form]:
        """A rational, the factors common to all terms that may be raised to a power one by one, and the rest.

        Without ``integral`` these are positive. The rest has coprime integers, with it the first > 0, or is 1.
        """
        common = dict(poly[0][0])
        if not integral or len(poly) > 1:
            common = {gen: e for gen, e in common.items() if sign_of_generator(gen) == "positive"}
        for m, _ in poly[1:]:
            shared = {gen: e for gen, e in m if common.get(gen, 0) * e > 0}
            common = {gen: (min if e > 0 else max)(e, common[gen]) for gen, e in shared.items()}
        scale: Rational = Fraction(gcd(*(c.numerator for _, c in poly)), lcm(*(c.denominator for _, c in poly)))
        scale = exact(-scale if integral and poly[0][1] < 0 else scale)
        if not common and scale == 1:
            return scale, (), Form(poly)
        inverse = Form(((tuple(sorted((gen, -e) for gen, e in common.items())), exact(Fraction(1) / scale)),))
        return scale, tuple(common.items()), self.times(Form(poly), inverse)

    def log(self, form: Form) -> Form:
        """The logarithm of a form; of a positive monomial it splits into those of the factors."""
        if not form.poly:
            raise KernelError("the logarithm of zero")
        split = "log-split" in self.rules or len(form.poly) == len(form.poly[0][0]) == form.poly[0][1] == 1
        scale, factors, rest = self._content(form.poly, integral=False) if split else (1, (), form)
        parts: list[tuple[Form, Rational]] = [
            (single(("log", number(p).poly)), k) for p, k in prime_factors(scale).items()]
        for gen, e in factors:
            base = gen[1] if gen[0] == "wrap" else single(gen).poly
            parts.append((Form(gen[1]) if gen[0] == "exp" else single(("log", base), used=_definite(base, e)), e))
        if rest.poly != number(1).poly:
            parts.append((single(("log", rest.poly), used=_definite(rest.poly, Fraction(-1, 2))), 1))
        return combine(parts).with_used(form.used)

    def exp(self, form: Form) -> Form:
        """The exponential: a product over the terms, those of rational multiples of logarithms being powers."""
        result = number(1)
        for m, c in form.poly:
            logarithm = len(m) == 1 and m[0][1] == 1 and m[0][0][0] == "log"
            factor = self.power(Form(m[0][0][1]), c) if logarithm else single(("exp", ((m, 1),)), c)
            result = self.times(result, factor)
        return result.with_used(form.used)

    def cleared(self, form: Form, signs: Set[str] = frozenset({"positive"})) -> Form:
        """The form times what clears its denominators of these signs, as far as they stand outside all sums."""
        wraps = {gen for m, _ in form.poly for gen, e in m if gen[0] == "wrap" and e < 0 and sign(gen[1]) in signs}
        if not wraps:
            return form
        return self.cleared(self.times(form, Form(((tuple((gen, 1) for gen in sorted(wraps)), 1),))), signs)

    def sign(self, form: Form) -> str:
        """What is known of the sign of a form, its positive denominators cleared; see ``form.sign``."""
        return sign(self.cleared(form).poly)

    def step(self, form: Form) -> Form:
        """1 where the form is positive, else 0."""
        form = self.cleared(form)
        known, opposite = sign(form.poly), sign((-form).poly)
        if known == "positive" or opposite != "real":
            return number(int(known == "positive")).with_used(form.used)
        return single(("ind", self._content(form.poly, integral=False)[2].poly), used=form.used)

    def positive_part(self, form: Form) -> Form:
        """max(form, 0); of the two orientations of a comparison one is kept, since max(x, 0) = x + max(−x, 0)."""
        turned = form.poly and form.poly[0][1] < 0
        return form + self.positive_part(-form) if turned else self.times(form, self.step(form))

    def total(self, var: Term, sort: Sort, form: Form) -> Form:
        """Σ of ``form`` over ``var`` in ``sort``; over a group, its expectation over independent draws from the law."""
        def merged(poly: Poly) -> list[Form]:
            if sort[0] == "group":
                return [self.map_leaves(Form(poly), lambda gen: single(
                    replace_term(gen, dict.fromkeys(samples(gen, var), var))))]
            others = {v for v in inside(poly, "v") if v != var and v[1][0] != "#"} if mentions(poly, var) else ()
            return [self.identify(Form(poly), {var: other}) for other in others]

        _defined(form, {"Nonzero"}, merged, "where variables of a sum coincide")
        return form.linear(partial(self._sum, {var: sort}))

    def _sum(self, binders: Binders, m: Monomial) -> Form:
        """Σ over the binders of a monomial: sums inside that mention a binder are opened and joined to it."""
        for k, (gen, e) in enumerate(m):
            if gen[0] == "sum" and e > 0 and e.denominator == 1 and any(mentions(gen, v) for v in binders):
                body, joined = Form(((m[:k] + m[k + 1:], 1),)), dict(binders)
                for _ in range(int(e)):
                    names, inner = self.opened(gen)
                    joined |= names
                    body = self.times(body, inner)
                return body.linear(partial(self._sum, joined))
        for v, sort in binders.items():
            others = {w: other for w, other in binders.items() if w != v}
            if any(mentions(other, v) for other in others.values()):
                continue
            holding = [f for f in m if mentions(f[0], v)]
            if not holding and sort[0] == "group":
                return self._sum(others, m).with_used({Hypothesis("Normalised", next(inside(sort[2], "atom"))[1])})
            if not holding:
                size = Form(sort[1]) if sort[1:] else single(atom(f"#{sort[0]}", kind="positive"))
                return self.times(Form(((m, 1),)), size).linear(partial(self._sum, others))
            gen, e = holding[0]
            if (len(holding) == 1 and e == 1 and gen[0] == "atom" and gen[5] == "law" and gen[2][0] == v
                    and sort in (ACTION, STATE) and not mentions(gen[2][1:], v) and "normalisation" in self.rules):
                used = {Hypothesis("Normalised", gen[1])}
                if gen[3]:  # Σ_a D^k π(a) = D^k Σ_a π(a) moves a derivative through the sum
                    return Form((), frozenset(used | {FINITE[sort[0]]}))
                return self._sum(others, tuple(f for f in m if f not in holding)).with_used(used)
            if sort[0] == "group" and "group" in self.rules and (expected := self._expected(v, sort, others, m)):
                return expected
        result = Form(((tuple(f for f in m if not any(mentions(f[0], v) for v in binders)), 1),))
        links = [{v for v in binders if mentions(part, v)} for part in (*m, *binders.items())]
        while binders:
            linked: set[Term] = set()
            more = {next(iter(binders))}
            while more != linked:
                linked, more = more, more.union(*(link for link in links if link & more))
            connected = tuple(f for f in m if any(mentions(f[0], v) for v in linked))
            result = self.times(result, self._connected({v: binders[v] for v in linked}, connected))
            binders = {v: sort for v, sort in binders.items() if v not in linked}
        return result

    def opened(self, gen: Generator) -> tuple[Binders, Form]:
        """Fresh names for the bound variables of a sum, and its body at them."""
        sorts, level = gen[1], height(gen)
        table = {variable(f"#{level}.{k}"): self.fresh() for k in range(len(sorts))}
        names = {new: replace_term(sort, table) for new, sort in zip(table.values(), sorts, strict=True)}
        return names, self.identify(Form(((gen[2], 1),)), table)

    def _connected(self, binders: Binders, factors: Factors) -> Form:
        """One sum generator, named by the least of its renamings; variables of different kinds never trade places."""
        if len(binders) > MAX_ENTANGLED:
            raise KernelError(f"more than {MAX_ENTANGLED} entangled sums")
        level = 1 + height((factors, tuple(binders.values())))
        kinds = sorted({sort[0] for sort in binders.values()})
        apart = [sorted(v for v in binders if binders[v][0] == kind) for kind in kinds]

        def renamed(order: list[Term]) -> tuple[tuple[Sort, ...], Monomial, Rational]:
            table = {v: variable(f"#{level}.{k}") for k, v in enumerate(order)}
            (m, c), = self.identify(Form(((tuple(sorted(factors)), 1),)), table).poly
            return tuple(replace_term(binders[v], table) for v in order), m, c

        sorts, m, c = min(renamed(list(chain(*choice))) for choice in product(*map(permutations, apart)))
        return single(("sum", sorts, m)).scaled(c)

    def _expected(self, group: Term, sort: Sort, others: Binders, m: Monomial) -> Form | None:
        """The expectation of a monomial by its members; None where it needs the group as a whole."""
        members = sorted(samples(m, group))
        masked = replace_term(m, dict.fromkeys(members, ("masked",)))
        if mentions(masked, group) or any(v[1][0] == "#" for member in members for v in inside(member[2], "v")):
            return None
        # an index that also stands elsewhere is held fixed, and summed over at the end
        drawn = tuple(i for _, _, i in members if others.get(i) == ("index", sort[1]) and not mentions(masked, i))
        fixed = tuple(i for _, _, i in members if i not in drawn)
        if len(fixed) > 1 and any(i[0] != "n" for i in fixed) or len(drawn) > MAX_ENTANGLED:
            return None
        rest = {v: other for v, other in others.items() if v not in drawn}
        return self._drawn(group, sort, fixed + drawn, len(fixed), Form(((m, 1),)), (), rest)

    def _drawn(self, group: Term, sort: Sort, indices: tuple[Term, ...], fixed: int, body: Form,
               actions: tuple[Term, ...], rest: Binders) -> Form:
        """Index by index: each is a member met before, or one of the others; those that are ``fixed`` all differ."""
        law = next(inside(sort[2], "atom"))
        if not indices:
            weights = (single(("atom", law[1], (action, *law[2][1:]), *law[3:])) for action in actions)
            drawn = self.times(body, *weights).linear(partial(self._sum, rest | dict.fromkeys(actions, ACTION)))
            return drawn.with_used({Hypothesis("IndependentSamples"), Hypothesis("Normalised", law[1])})
        new, parts = self.fresh(), []
        for action in (*actions, new) if len(actions) >= fixed else (new,):
            here = self.identify(body, {("s", group, indices[0]): action})
            if action == new and len(actions) >= fixed:
                here = self.times(here, Form(sort[1]) - number(len(actions)))
            met = (*actions, new) if action == new else actions
            parts.append((self._drawn(group, sort, indices[1:], fixed, here, met, rest), 1))
        return combine(parts)

    def identify(self, form: Form, table: dict[Term, Term]) -> Form:
        """The form with other terms for some of its terms, which may occur in it already."""
        def change(gen: Generator) -> Form:
            _, name, args, dirs, point, kind = gen
            return single(atom(name, replace_term(args, table), point, kind, replace_term(dirs, table)))

        return self.map_leaves(form, change)

    def map_leaves(self, form: Form, change: Callable[[Generator], Form], known: dict[Generator, Form] | None = None
                   ) -> Form:
        """The form with every leaf replaced, and every generator that is ``known``, rebuilt from the leaves up.

        What was positive or non-zero for every value of the variables is so for those put in their place, so no
        obligation is recorded twice; what has become zero under a root or a denominator is an error.
        """
        known = {} if known is None else known
        build = {"wrap": lambda form: form, "log": self.log, "exp": self.exp, "ind": self.step}

        def inner(poly: Poly) -> Form:
            return self.map_leaves(Form(poly), change, known)

        def moved(gen: Generator) -> Form:
            if gen not in known:
                if gen[0] == "sum":
                    names, body = self.opened(gen)
                    sorts = {v: (sort[0], *(inner(poly).poly for poly in sort[1:])) for v, sort in names.items()}
                    known[gen] = inner(body.poly).linear(partial(self._sum, sorts))
                else:
                    known[gen] = change(gen) if gen[0] == "atom" else build[gen[0]](inner(gen[1]))
            return known[gen]

        mapped = form.linear(lambda m: self.times(number(1), *(
            moved(gen) if e == 1 else self.power(moved(gen), e) for gen, e in m)))
        return Form(mapped.poly, form.used | {h for h in mapped.used if h.kind not in OBLIGATIONS})

    def at_old(self, form: Form) -> Form:
        """The form at θ = θ_old, each jet an inert one of the same family; an error at a kink or a zero denominator."""
        moved = partial(self._moved, points={"current": "old", "stop": "old"})
        _defined(form, {"Nonzero", "OffKink"}, lambda poly: [moved(Form(poly))], "at θ_old")
        return moved(form)

    def stopped(self, form: Form) -> Form:
        """A copy of the form on which derivatives vanish."""
        return self._moved(form, {"current": "stop"})

    def released(self, form: Form) -> Form:
        """The form with stop marks erased: done once, outside every derivative of a statement."""
        return self._moved(form, {"stop": "current"})

    def _moved(self, form: Form, points: dict[str, str]) -> Form:
        def change(gen: Generator) -> Form:
            point = points.get(gen[4], gen[4])
            return number(0) if gen == TAU and point == "old" else single((*gen[:4], point, gen[5]))

        return self.map_leaves(form, change)

    def derivative(self, form: Form, v: Term) -> Form:
        """The derivative of the form in θ along the direction ``v``."""
        parts: list[tuple[Form, Rational]] = []
        for m, c in form.poly:
            for k, (gen, e) in enumerate(m):
                slope = self._slope(gen, v)
                if slope.poly:
                    lowered = self._product({gen: e - 1}).with_used(
                        _definite(single(gen).poly, e - 1) if 0 < e < 1 else NOTHING)
                    slope = self.times(Form(((m[:k] + m[k + 1:], 1),)), lowered, slope)
                parts.append((slope, c * e))
        return combine(parts).with_used(form.used)

    def _derived(self, gen: Generator, v: Term) -> Form:
        """The derivative of a generator; one that no rule in force carries out is a leaf of its own."""
        kind = gen[0]
        if gen == TAU:
            if v != STEP:
                raise KernelError("Δθ is differentiated along something other than itself")
            return number(1)
        if kind in ("ind", "exp", "wrap") or kind == "log" and "log-derivative" in self.rules:
            inner = self.derivative(Form(gen[1]), v)
            if kind == "ind":
                return Form((), inner.used | ({Hypothesis("OffKink", gen[1])} if inner.poly else NOTHING))
            if kind == "log" and inner.poly:
                return self.times(inner, self.power(Form(gen[1]), -1))
            return self.times(single(gen), inner) if kind == "exp" else inner
        if kind == "sum" and "interchange" in self.rules:
            names, body = self.opened(gen)
            moved = combine([(self.derivative(body, v), 1)] + [
                (self.times(body, self._score(group, sort, v)), 1)
                for group, sort in names.items() if sort[0] == "group"])
            used = frozenset(FINITE[sort[0]] for sort in names.values() if sort[0] in FINITE)
            return moved.linear(partial(self._sum, names)).with_used(used)
        leaves = set(inside(gen, "atom"))
        if kind == "atom" and gen[4] == "current":
            jet = atom(gen[1], gen[2], gen[4], gen[5], (*gen[3], v))
        elif any(leaf[4] == "current" for leaf in leaves) or (
                "constant" not in self.rules and any(leaf[5] == "law" and leaf[4] != "stop" for leaf in leaves)):
            jet = atom("#D", (gen,), "current", dirs=(v,))
        else:
            held = {"old": "BehaviourConstant", "constant": "Constant"}  # a number without arguments is so by itself
            return Form((), frozenset(Hypothesis(held[point], name) for _, name, args, _, point, _ in leaves
                                      if point == "old" or point == "constant" and args))
        return single(jet, used=smooth(jet, len(jet[3])))

    def _score(self, group: Term, sort: Sort, v: Term) -> Form:
        """Σ_i D log π(a_i): D E[X] = E[D X] + E[X Σ_i D log π(a_i)]."""
        law, index = next(inside(sort[2], "atom")), self.fresh()
        draw = single(("atom", law[1], (("s", group, index), *law[2][1:]), *law[3:]))
        return self.total(index, ("index", sort[1]), self.derivative(self.log(draw), v))


def smooth(leaf: Generator, order: int) -> Used:
    """That what a leaf is made of is differentiable that often."""
    leaves = [part for part in inside(leaf[2], "atom") if part[4] == "current"] if leaf[1] == "#D" else [leaf]
    return frozenset(Hypothesis("Differentiable", (part[1], order)) for part in leaves)


def positive_laws(poly: Poly) -> Used:
    """The laws whose positivity gives a polynomial its sign."""
    return frozenset(Hypothesis("Positive", leaf[1]) for leaf in inside(poly, "atom") if leaf[5] == "law")


def _definite(poly: Poly, exponent: Rational, known: str = "real") -> Used:
    """What the power of a polynomial asks for, beyond what its sign already says; an error where that is absurd."""
    known = sign(poly) if known == "real" else known
    if known == "positive" or not any(m for m, _ in poly) and exponent.denominator == 1:
        return positive_laws(poly)
    if exponent.denominator != 1 and sign((-Form(poly)).poly) == "positive":
        raise KernelError("the root or logarithm of something negative")
    wanted = ["Nonzero"] * (exponent < 0) + ["Nonnegative"] * (exponent.denominator != 1 and known == "real")
    return frozenset(Hypothesis(kind, poly) for kind in wanted)


def _defined(form: Form, kinds: Set[str], images: Callable[[Poly], list[Form]], where: str) -> None:
    """An error where a denominator, or the argument of a comparison that was differentiated, becomes zero."""
    if not all(image.poly for h in form.used if h.kind in kinds for image in images(h.about)):
        raise KernelError(f"a denominator that vanishes, or a kink, {where}")


def samples(thing: Any, group: Term) -> set[Term]:
    """The members of the group that are named inside."""
    return {sample for sample in inside(thing, "s") if sample[1] == group}
