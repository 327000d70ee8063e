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

# isort: off
from .form import (NOTHING, OBLIGATIONS, ONE, Form, Generator, Hypothesis, KernelError, Monomial, Poly, Rational, Term,
                   Used, atom, combine, exact, height, inside, mentions, number, prime_factors, replace_term, sign,
                   sign_of_generator, single, variable)
# isort: on

RULES = frozenset({"interchange", "log-derivative", "log-split", "normalisation", "constant", "group"})
STEP = variable("Δ")  # the direction of Δθ = θ − θ_old
TAU = atom("#τ", point="current")  # the length of the step along it: D_Δ τ = 1, τ = 0 at θ_old
MAX_ENTANGLED, MAX_TERMS = 6, 20_000

Sort = tuple[str, Poly]
Factors = list[tuple[Generator, Rational]]
Change = Callable[[Generator], Form]
WHOLE: tuple[Sort, Sort, Sort] = (("action", ()), ("state", ()), ("coordinate", ()))
ACTION, STATE, COORDINATE = WHOLE
FINITE = {ACTION: Hypothesis("FiniteActions"), STATE: Hypothesis("FiniteStates")}


class Calculus:
    """Builds canonical forms under ``rules``, a subset of RULES; KernelError past ``deadline``, a ``monotonic()``."""

    def __init__(self, rules: frozenset[str] = RULES, deadline: float | None = None) -> None:
        self.rules = rules
        self.deadline = inf if deadline is None else deadline
        self._fresh = 0
        self._derivatives: dict[tuple[Generator, Term], Form] = {}

    def in_time(self) -> None:
        """Raise KernelError past the deadline."""
        if monotonic() > self.deadline:
            raise KernelError("the time budget is used up")

    def fresh(self) -> Term:
        """A variable used nowhere else."""
        self._fresh += 1
        return variable(f"%{self._fresh}")

    def times(self, *forms: Form) -> Form:
        """The product of forms."""
        self.in_time()
        result = forms[0]
        for form in forms[1:]:
            if len(result.poly) * len(form.poly) > MAX_TERMS:
                raise KernelError("a product of too many terms")
            parts = [(self._join(m, n), c * d) for m, c in result.poly for n, d in form.poly]
            result = combine(parts).with_used(result.used | form.used)
        return result

    def _join(self, left: Monomial, right: Monomial) -> Form:
        """The product of two monomials, exponents added and the relations of each generator applied."""
        self.in_time()
        if not right:
            return Form(((left, ONE),))
        exponents = dict(left)
        for gen, e in right:
            exponents[gen] = exact(exponents.get(gen, 0) + e)
        return self._product(exponents)

    def _product(self, exponents: dict[Generator, Rational]) -> Form:
        plain: Factors = []
        forms: list[Form] = []
        power = Form(())
        single_exp = sum(gen[0] == "exp" for gen in exponents) == 1
        for gen, e in exponents.items():
            if not e:
                continue
            kind = gen[0]
            if kind == "exp" and not (single_exp and e == 1):
                power = power + Form(gen[1]).scaled(e)
            elif kind == "ind":
                plain.append((gen, ONE))  # an indicator is its own square
            elif kind == "wrap" and e >= 1:
                whole, rest = divmod(e, 1)
                forms += [Form(gen[1])] * int(whole)
                plain += [(gen, rest)] if rest else []
            else:
                plain.append((gen, e))
        if power.poly:
            forms.append(self.exp(power))
        core = Form(((tuple(sorted(plain)), ONE),))
        return self.times(core, *forms) if forms else core

    def power(self, form: Form, exponent: Rational, known: str = "real") -> Form:
        """``form`` to a rational power. Records what must be positive or non-zero; a negative power of 0 is an error.

        ``known`` is the sign of the form, where whoever built it knows more than its terms show.
        """
        exponent = exact(exponent)
        integral = exponent.denominator == 1
        if exponent >= 0 and integral:
            return self.times(number(1), *[form] * int(exponent)).with_used(form.used)
        if not form.poly:
            raise KernelError("division by zero" if exponent < 0 else "the root of zero")
        content, rest = self._content(form.poly, signed=integral)
        (m, c), = content.poly
        exponents = {gen: exact(e * exponent) for gen, e in m}
        for p, k in {} if integral else prime_factors(c).items():
            prime = ("wrap", number(p).poly)
            exponents[prime] = exact(exponents.get(prime, 0) + k * exponent)
        result = self._product(exponents).with_used(form.used | self._definite(content.poly, exponent))
        if integral:
            result = result.scaled(Fraction(c) ** int(exponent))
        if rest.poly == number(1).poly:
            return result
        if integral and len(rest.poly) == 1:
            powers = (single(gen, e * exponent, self._definite(((((gen, ONE),), ONE),), -1))
                      for gen, e in rest.poly[0][0])
            return self.times(result, *powers)
        return self.times(result, single(("wrap", rest.poly), exponent, self._definite(rest.poly, exponent, known)))

    @staticmethod
    def _definite(poly: Poly, exponent: Rational, known: str = "real") -> Used:
        """What the power of a polynomial asks for, beyond what its sign already says; an error where that is absurd."""
        known = sign(poly) if known == "real" else known
        if known == "positive" or not any(m for m, _ in poly) and exponent.denominator == 1:
            return frozenset(Hypothesis("Positive", part[1]) for part in inside(poly, "atom") if part[5] == "law")
        if exponent.denominator != 1 and sign((-Form(poly)).poly) == "positive":
            raise KernelError("the root or logarithm of something negative")
        wanted = ["Nonzero"] * (exponent < 0) + ["Nonnegative"] * (exponent.denominator != 1 and known == "real")
        return frozenset(Hypothesis(kind, poly) for kind in wanted)

    def _content(self, poly: Poly, signed: bool) -> tuple[Form, Form]:
        """The positive factor common to all terms, and the rest: integers without one, the first > 0 if ``signed``."""
        common: dict[Generator, Rational] = {
            gen: e for gen, e in poly[0][0]
            if sign_of_generator(gen) == "positive" and (gen[0] != "exp" or len(poly) == 1)}
        for m, _ in poly[1:]:
            shared = {gen: e for gen, e in m if common.get(gen, 0) * e > 0}
            common = {gen: (min if e > 0 else max)(e, common[gen]) for gen, e in shared.items()}
        scale = Fraction(gcd(*(c.numerator for _, c in poly)), lcm(*(c.denominator for _, c in poly)))
        lead = exact(-scale if signed and poly[0][1] < 0 else scale)
        content = Form(((tuple(sorted(common.items())), lead),))
        if not common and lead == 1:
            return content, Form(poly)
        inverse = Form(((tuple(sorted((gen, -e) for gen, e in common.items())), exact(Fraction(1) / lead)),))
        return content, self.times(Form(poly), inverse)

    def log(self, form: Form) -> Form:
        """The logarithm of a form; of a positive monomial it splits into those of the factors."""
        if not form.poly:
            raise KernelError("the logarithm of zero")
        content, rest = number(1), form
        if "log-split" in self.rules or len(form.poly) == len(form.poly[0][0]) == form.poly[0][1] == 1:
            content, rest = self._content(form.poly, signed=False)
        (m, c), = content.poly
        parts: list[tuple[Form, Rational]] = [
            (single(("log", number(p).poly)), k) for p, k in prime_factors(c).items()]
        for gen, e in m:
            base = gen[1] if gen[0] == "wrap" else ((((gen, ONE),), ONE),)
            part = Form(gen[1]) if gen[0] == "exp" else single(("log", base), used=self._definite(base, e))
            parts.append((part, e))
        if rest.poly != number(1).poly:
            parts.append((single(("log", rest.poly), used=self._definite(rest.poly, Fraction(-1, 2))), ONE))
        return combine(parts).with_used(form.used)

    def exp(self, form: Form) -> Form:
        """The exponential; rational multiples of logarithms leave it as powers."""
        rest: list[tuple[Monomial, Rational]] = []
        result = number(1)
        for m, c in form.poly:
            if len(m) == 1 and m[0][1] == 1 and m[0][0][0] == "log":
                result = self.times(result, self.power(Form(m[0][0][1]), c))
            else:
                rest.append((m, c))
        if rest:
            result = self.times(result, Form((((((("exp", tuple(rest)), ONE),)), ONE),)))
        return result.with_used(form.used)

    def cleared(self, form: Form, signs: Set[str] = frozenset({"positive"})) -> Form:
        """The form times what clears its denominators of these signs, as far as they stand outside all sums."""
        wraps = {gen for m, _ in form.poly for gen, e in m if gen[0] == "wrap" and e < 0 and sign(gen[1]) in signs}
        if not wraps:
            return form
        return self.cleared(self.times(form, Form(((tuple((gen, ONE) for gen in sorted(wraps)), ONE),))), signs)

    def sign(self, form: Form) -> str:
        """What is known of the sign of a form, its positive denominators cleared; see ``form.sign``."""
        return sign(self.cleared(form).poly)

    def step(self, form: Form) -> Form:
        """1 where the form is positive, else 0."""
        form = self.cleared(form)
        if not form.poly:
            return form
        known, opposite = sign(form.poly), sign((-form).poly)
        if known == "positive" or opposite != "real":
            return number(known == "positive").with_used(form.used)
        content, rest = self._content(form.poly, signed=False)
        return single(("ind", rest.poly), used=form.used | content.used)

    def positive_part(self, form: Form) -> Form:
        """max(form, 0); of the two orientations of a comparison one is kept, since max(x, 0) = x + max(−x, 0)."""
        opposite = -form
        if form.poly and form.poly[0][1] < 0:
            return form + self.times(opposite, self.step(opposite))
        return self.times(form, self.step(form))

    def total(self, var: Term, sort: Sort, form: Form) -> Form:
        """Σ of ``form`` over ``var`` in ``sort``, by linearity and the relations of a law."""
        def merged(poly: Poly) -> list[Form]:
            others = {v for v in inside(poly, "v") if v != var and v[1][0] != "#"} if mentions(poly, var) else ()
            return [self.identify(Form(poly), {var: other}) for other in others]

        self._defined(form, {"Nonzero"}, merged, "where two variables of a sum coincide")
        return form.linear(lambda m: self._sum({var: sort}, m))

    def _sum(self, binders: dict[Term, Sort], m: Monomial) -> Form:
        """Σ over the binders of a monomial: sums inside that mention a binder are opened and joined to it."""
        for k, (gen, e) in enumerate(m):
            if gen[0] == "sum" and e > 0 and e.denominator == 1 and any(mentions(gen, v) for v in binders):
                return self._reopened(binders, m, k, self._sum)
        for v, sort in binders.items():
            holding = [f for f in m if mentions(f[0], v)]
            others = {w: other for w, other in binders.items() if w != v}
            if any(mentions(other, v) for other in others.values()):
                continue
            if not holding:
                size = single(atom(f"#{sort[0]}", kind="positive")) if sort in WHOLE else Form(sort[1])
                return self.times(Form(((m, ONE),)), size).linear(partial(self._sum, others))
            gen, e = holding[0]
            if (len(holding) == 1 and e == 1 and gen[0] == "atom" and gen[5] == "law" and gen[2][0] == v
                    and sort in FINITE and not mentions(gen[2][1:], v) and "normalisation" in self.rules):
                used = {Hypothesis("Normalised", gen[1])}
                if gen[3]:  # Σ_a D^k π(a) = D^k Σ_a π(a) moves a derivative through the sum
                    return Form((), frozenset(used | {FINITE[sort]}))
                return self._sum(others, tuple(f for f in m if f not in holding)).with_used(used)
        free = tuple(f for f in m if not any(mentions(f[0], v) for v in binders))
        parts = components(binders, [f for f in m if f not in free])
        connected = (self._connected({v: binders[v] for v in names}, part) for names, part in parts)
        return self.times(Form(((free, ONE),)), *connected)

    def _reopened(self, binders: dict[Term, Sort], m: Monomial, at: int,
                  then: Callable[[dict[Term, Sort], Monomial], Form]) -> Form:
        """``then`` over a monomial whose sum at position ``at`` is opened, its variables joined to the binders."""
        gen, e = m[at]
        body, opened = Form(((m[:at] + m[at + 1:], ONE),)), dict(binders)
        for _ in range(int(e)):
            names, inner = self.opened(gen)
            opened |= names
            body = self.times(body, inner)
        return body.linear(lambda n: then(opened, n))

    def opened(self, gen: Generator) -> tuple[dict[Term, Sort], Form]:
        """Fresh names for the bound variables of a sum, and its body at them."""
        sorts, m = gen[1], gen[2]
        level = height(gen)
        table = {variable(f"#{level}.{k}"): self.fresh() for k in range(len(sorts))}
        names = {table[variable(f"#{level}.{k}")]: replace_term(sort, table) for k, sort in enumerate(sorts)}
        return names, self.rename(Form(((m, ONE),)), table)

    def _connected(self, binders: dict[Term, Sort], factors: Factors) -> Form:
        """One sum generator, named by the least of its renamings; variables of different kinds never trade places."""
        if len(binders) > MAX_ENTANGLED:
            raise KernelError(f"more than {MAX_ENTANGLED} entangled sums")
        level = 1 + height((tuple(factors), tuple(binders.values())))
        kinds = sorted({sort[0] for sort in binders.values()})
        groups = [sorted(v for v in binders if binders[v][0] == kind) for kind in kinds]

        def renamed(order: list[Term]) -> tuple[tuple[Sort, ...], Monomial, Rational]:
            table = {v: variable(f"#{level}.{k}") for k, v in enumerate(order)}
            (m, c), = self.rename(Form(((tuple(sorted(factors)), ONE),)), table).poly
            return tuple(replace_term(binders[v], table) for v in order), m, c

        sorts, m, c = min(renamed(list(chain(*choice))) for choice in product(*map(permutations, groups)))
        return single(("sum", sorts, m)).scaled(c)

    def mean(self, group: Term, law: Generator, size: Form, form: Form) -> Form:
        """The expectation of ``form`` over a group of ``size`` independent draws; ``law`` is the atom of one draw."""
        def merged(poly: Poly) -> list[Form]:
            return [self.map_atoms(Form(poly), lambda gen: single(
                replace_term(gen, dict.fromkeys(samples(gen, group), group))))]

        self._defined(form, {"Nonzero"}, merged, "for a group of equal members")
        return self._mean(group, law, size.poly, {}, form).with_used(size.used)

    def _mean(self, group: Term, law: Generator, size: Poly, binders: dict[Term, Sort], form: Form) -> Form:
        return form.linear(lambda m: self._expected(group, law, size, binders, m))

    def _expected(self, group: Term, law: Generator, size: Poly, binders: dict[Term, Sort], m: Monomial) -> Form:
        """Σ over the binders, all of them members' indices, of the expectation of a monomial.

        By set partitions of the indices; where a factor needs the whole group it stays an opaque linear functional.
        """
        everyone = ("index", size)

        def opened(names: dict[Term, Sort], n: Monomial) -> Form:
            inner = self._sum({v: sort for v, sort in names.items() if sort != everyone}, n)
            return self._mean(group, law, size, {v: s for v, s in names.items() if s == everyone}, inner)

        for k, (gen, e) in enumerate(m):
            if gen[0] == "sum" and e > 0 and e.denominator == 1 and mentions(gen, group) and everyone in gen[1]:
                return self._reopened(binders, m, k, opened)
        outside = tuple(f for f in m if not mentions(f[0], group))
        within = tuple(f for f in m if mentions(f[0], group))
        if not within:
            return self._sum(binders, outside).with_used({Hypothesis("Normalised", law[1])})
        members = samples(within, group)
        masked = dict.fromkeys(members, ("masked",))
        whole = mentions(replace_term(within, masked), group) or any(
            v[1][0] == "#" for sample in members for v in inside(sample[2], "v"))
        # an index that also stands elsewhere is held fixed, and summed over at the end
        held = {v: everyone for v in binders if any(mentions(replace_term(gen, masked), v) for gen, _ in m)}
        fixed = [i for _, _, i in members if i not in binders or i in held]
        summed = [v for v in binders if v not in held]
        if "group" in self.rules and not whole and len(fixed) <= 1 and len(summed) <= MAX_ENTANGLED:
            drawn = self._drawn(group, law, size, [*fixed, *summed], len(fixed), Form(((m, ONE),)), [])
            return drawn.linear(lambda n: self._sum(held, n)).with_used(
                {Hypothesis("IndependentSamples"), Hypothesis("Normalised", law[1])})
        name = variable(f"#{1 + height((within, law, size))}.0")
        (n, c), = self.rename(Form(((within, ONE),)), {group: name}).poly
        opaque = self.times(Form(((outside, c),)), single(("mean", law, size, n)))
        return opaque.linear(lambda n: self._sum(binders, n))

    def _drawn(self, group: Term, law: Generator, size: Poly, indices: list[Term], fixed: int, body: Form,
               actions: list[Term]) -> Form:
        """The expectation, index by index: each is a member met before, or one of the others, drawn independently."""
        if not indices:
            weights = (single(("atom", law[1], (action, *law[2][1:]), *law[3:])) for action in actions)
            return self.times(body, *weights).linear(lambda m: self._sum(dict.fromkeys(actions, ACTION), m))
        new, parts = self.fresh(), []
        for action in [*actions, new]:
            here = self.identify(body, {("s", group, indices[0]): action})
            others = Form(size) - number(len(actions)) if action == new and len(actions) >= fixed else number(1)
            met = [*actions, new] if action == new else actions
            parts.append((self.times(others, self._drawn(group, law, size, indices[1:], fixed, here, met)), ONE))
        return combine(parts)

    @staticmethod
    def _defined(form: Form, kinds: Set[str], images: Callable[[Poly], list[Form]], where: str) -> None:
        """An error where a denominator, or the argument of a comparison that was differentiated, becomes zero."""
        if not all(image.poly for h in form.used if h.kind in kinds for image in images(h.about)):
            raise KernelError(f"a denominator that vanishes, or a kink, {where}")

    def rename(self, form: Form, table: dict[Term, Term]) -> Form:
        """The form with variables renamed one to one: the same element, under other names."""
        return Form(self.identify(form, table).poly, form.used)

    def identify(self, form: Form, table: dict[Term, Term]) -> Form:
        """The form with other terms for some of its terms, which may occur in it already."""
        def change(gen: Generator) -> Form:
            _, name, args, dirs, point, kind = gen
            return single(atom(name, replace_term(args, table), point, kind, replace_term(dirs, table)))

        return self.map_atoms(form, change, table)

    def map_atoms(self, form: Form, change: Change, table: dict[Term, Term] | None = None, inert: str = "") -> Form:
        """The form with every leaf replaced, rebuilt from the leaves up.

        What was positive or non-zero for every value of the variables is so for those put in their place, so no
        obligation is recorded twice; what has become zero under a root or a denominator is an error. With ``inert``,
        a derivative that the rules do not carry out becomes a leaf at that point.
        """
        moved = cache(lambda gen: self._map_generator(gen, change, table or {}, inert))

        def rebuilt(m: Monomial) -> Form:
            return self.times(number(1), *(moved(gen) if e == 1 else self.power(moved(gen), e) for gen, e in m))

        mapped = form.linear(rebuilt)
        return Form(mapped.poly, form.used | {h for h in mapped.used if h.kind not in OBLIGATIONS})

    def _map_generator(self, gen: Generator, change: Change, table: dict[Term, Term], inert: str) -> Form:
        def inner(poly: Poly) -> Form:
            return self.map_atoms(Form(poly), change, table, inert)

        kind = gen[0]
        if kind == "atom":
            return change(gen)
        if kind == "wrap":
            return inner(gen[1])
        if kind in ("log", "exp"):
            return self.log(inner(gen[1])) if kind == "log" else self.exp(inner(gen[1]))
        if kind == "ind":
            return self.step(inner(gen[1]))
        if kind == "D" and inert:
            return single(atom("#D", gen[1:], inert))
        if kind == "D":
            result = self._map_generator(gen[2], change, table, inert)
            for v in gen[1]:
                result = self.derivative(result, replace_term(v, table))
            return result
        if kind == "sum":
            names, body = self.opened(gen)
            sorts = {v: (sort[0], inner(sort[1]).poly) for v, sort in names.items()}
            return self.map_atoms(body, change, table, inert).linear(lambda m: self._sum(sorts, m))
        law, size, m = gen[1:]
        group = self.fresh()
        bound = {variable(f"#{height(gen)}.0"): group}
        opened = self.map_atoms(self.rename(Form(((m, ONE),)), bound), change, table, inert)
        (((law, _),), _), = change(law).poly
        return self.mean(group, law, inner(size), opened)

    def at_old(self, form: Form) -> Form:
        """The form evaluated at θ = θ_old: every jet becomes the inert jet of the same family there.

        An error where a denominator vanishes there, or a comparison that was differentiated is at its kink.
        """
        points = {"current": "old", "stop": "old"}
        self._defined(form, {"Nonzero", "OffKink"}, lambda poly: [self._moved(Form(poly), points, "old")], "at θ_old")
        return self._moved(form, points, "old")

    def stopped(self, form: Form) -> Form:
        """A copy of the form on which derivatives vanish."""
        return self._moved(form, {"current": "stop"}, "stop")

    def released(self, form: Form) -> Form:
        """The form with stop marks erased: done once, outside every derivative of a statement."""
        return self._moved(form, {"stop": "current"}, "")

    def _moved(self, form: Form, points: dict[str, str], inert: str) -> Form:
        def change(gen: Generator) -> Form:
            at_old = gen == TAU and inert == "old"
            return number(0) if at_old else single((*gen[:4], points.get(gen[4], gen[4]), gen[5]))

        return self.map_atoms(form, change, inert=inert)

    def derivative(self, form: Form, v: Term) -> Form:
        """The derivative of the form in θ along the direction ``v``."""
        parts: list[tuple[Form, Rational]] = []
        for m, c in form.poly:
            for k, (gen, e) in enumerate(m):
                if (gen, v) not in self._derivatives:
                    self._derivatives[gen, v] = self._derived(gen, v)
                inner = self._derivatives[gen, v]
                if not inner.poly:
                    parts.append((inner, ONE))
                    continue
                lowered = self._product({gen: e - 1})
                if 0 < e < 1:
                    lowered = lowered.with_used(self._definite(((((gen, ONE),), ONE),), e - 1))
                rest = Form(((m[:k] + m[k + 1:], ONE),))
                parts.append((self.times(rest, lowered, inner), c * e))
        return combine(parts).with_used(form.used)

    def _derived(self, gen: Generator, v: Term) -> Form:
        kind = gen[0]
        if gen == TAU:
            if v != STEP:
                raise KernelError("Δθ is differentiated along something other than itself")
            return number(1)
        if kind == "atom" and gen[4] == "current":
            jet = atom(gen[1], gen[2], gen[4], gen[5], (*gen[3], v))
            return single(jet, used=frozenset({Hypothesis("Differentiable", (gen[1], len(jet[3])))}))
        if kind == "ind":
            inner = self.derivative(Form(gen[1]), v)
            return Form((), inner.used | ({Hypothesis("OffKink", gen[1])} if inner.poly else NOTHING))
        if kind == "exp":
            return self.times(single(gen), self.derivative(Form(gen[1]), v))
        if kind == "wrap":
            return self.derivative(Form(gen[1]), v)
        if kind == "log" and "log-derivative" in self.rules:
            inner = self.derivative(Form(gen[1]), v)
            return self.times(inner, self.power(Form(gen[1]), -ONE)) if inner.poly else inner
        if kind == "sum" and "interchange" in self.rules:
            names, body = self.opened(gen)
            used = frozenset(FINITE[sort] for sort in names.values() if sort in FINITE)
            return self.derivative(body, v).linear(lambda m: self._sum(names, m)).with_used(used)
        if kind == "mean" and "interchange" in self.rules:
            return self._derived_mean(gen, v)
        leaves = set(inside(gen, "atom"))
        if any(leaf[4] == "current" for leaf in leaves) or (
                "constant" not in self.rules and any(leaf[5] == "law" and leaf[4] != "stop" for leaf in leaves)):
            dirs, base = (tuple(sorted((*gen[1], v))), gen[2]) if kind == "D" else ((v,), gen)
            jets = {Hypothesis("Differentiable", (leaf[1], len(dirs))) for leaf in leaves if leaf[4] == "current"}
            return single(("D", dirs, base), used=frozenset(jets))
        return Form((), frozenset().union(*map(held_constant, leaves)))

    def _derived_mean(self, gen: Generator, v: Term) -> Form:
        """D E[X] = E[D X] + E[X Σ_i D log π(a_i)]."""
        law, size, m = gen[1:]
        group, index = self.fresh(), self.fresh()
        body = self.rename(Form(((m, ONE),)), {variable(f"#{height(gen)}.0"): group})
        draw = ("atom", law[1], (("s", group, index), *law[2][1:]), *law[3:])
        score = self.total(index, ("index", size), self.derivative(self.log(single(draw)), v))
        moved = self.derivative(body, v) + self.times(body, score)
        return self.mean(group, law, Form(size), moved).with_used({Hypothesis("FiniteActions")})


def held_constant(leaf: Generator) -> Used:
    """What is assumed where the derivative of a leaf is taken to be zero; nothing for numbers and stopped copies."""
    if leaf[4] == "old":
        return frozenset({Hypothesis("BehaviourConstant", leaf[1])})
    return frozenset({Hypothesis("Constant", leaf[1])}) if leaf[4] == "constant" and leaf[2] else NOTHING


def components(binders: dict[Term, Sort], factors: Factors) -> list[tuple[set[Term], Factors]]:
    """The bound variables that factors or ranges connect, with the factors that mention them."""
    links: list[tuple[set[Term], Factors]] = [
        ({v} | {w for w in binders if mentions(sort, w)}, []) for v, sort in binders.items()]
    found: list[tuple[set[Term], Factors]] = []
    for names, part in links + [({v for v in binders if mentions(f[0], v)}, [f]) for f in factors]:
        for group in [group for group in found if group[0] & names]:
            found.remove(group)
            names, part = names | group[0], group[1] + part
        found.append((names, part))
    return found


def samples(thing: Any, group: Term) -> set[Term]:
    """The members of the group that are named inside."""
    return {sample for sample in inside(thing, "s") if sample[1] == group}
