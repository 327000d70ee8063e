"""Advice that is not to be trusted: splits at thresholds without a value, parts that are no parts, values from nowhere.

``Hostile`` draws a statement of the kernel together with the advice for it. About half of the statements are such that
good advice would prove them; the advice is good, or good but for one thing, or anything.
"""

from fractions import Fraction
from itertools import islice

from hostile_families import Assumed, Families
from kernel_values import FREE, INDICES, REALS, Values

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import Compare, Members, Part, Rewrite, Split, Squares
from grpo_symbolic.proof.search.strategy import Search

HUGE, DEEPEST, FUEL = 10**30, 3, 12
RELATIONS = ("=", "≥", ">")
KINDS = ("square", "phi", "psi", *RELATIONS)


class Hostile:
    """Draws statements and what is suggested for them."""

    def __init__(self, rng, calculus):
        self.rng, self.calculus, self.hints = rng, calculus, []
        self.values, self.search = Values(rng, calculus, slopes=False), Search(calculus, FUEL)

    # Statements: pairs for the difference of the sides, a relation, assumptions with their pairs; and what would prove
    # them if nothing were asked of it

    def statement(self):
        """The difference of two sides, the relation, and what is assumed."""
        assumed = [Assumed(self.small(), self.rng.choice(RELATIONS)) for _ in range(self.rng.choice((0, 0, 1, 1, 2)))]
        families = Families(self.rng, self.values, self.hints)
        draw = self.rng.choice((self.branch, self.branch, self.squares, self.squares, self.anything, self.weighed,
                                self.cases, self.cases, self.granted, self.signed, self.signed, families,
                                families, families))
        pair, relation = draw(assumed)
        return pair, relation, [one.labelled(n) if self.rng.random() < 0.3 else one for n, one in enumerate(assumed)]

    def small(self):
        """A polynomial in few constants, or a function."""
        values, rng = self.values, self.rng
        if rng.random() < 0.2:
            return values(1)
        terms = [values.constant(rng.choice(REALS)) for _ in range(rng.choice((1, 2, 2, 3)))]
        result = terms[0]
        for term in terms[1:]:
            result = rng.choice((values.times(result, term), values.plus(result, term, rng.choice((1, -1)))))
        return result

    def branch(self, _assumed):
        """min(x, y) or max(x, y) beside one of its branches, y being a factor times something close to x."""
        values, rng = self.values, self.rng
        x, factor = self.small(), values.constant(rng.choice(REALS))
        y = rng.choice((self.small, lambda: values.times(factor, values.plus(x, self.small(), -1))))()
        over, under = values.part(values.plus(x, y, -1)), values.part(values.plus(y, x, -1))
        self.hints += [Compare(x.form - y.form)]
        return rng.choice((over, values.times(over, under), values.plus(values.plus(over, under, -1), values.plus(
            y, x, -1)))), rng.choice("=≥")

    def squares(self, _assumed):
        """Σ w x² + y² with weights of any sign, over an action or a range that may be empty."""
        values, rng = self.values, self.rng
        x, y, weight = values(1), values.constant(), rng.choice((values.constant(), values(0)))
        pair = values.plus(values.times(weight, values.times(x, x)), values.times(y, y))
        parts = [Part(weight.form, x.form, "square"), Part(k.number(1), y.form, "square")]
        if rng.random() < 0.5:
            sort = rng.choice(("action", "index"))
            var = self.calculus.fresh(sort)
            z = values(1, [*FREE, var])
            kind, span = (k.ACTION, lambda m: range(m.actions)) if sort == "action" else values.upper()
            pair = values.plus(pair, values.total(var, kind, span, values.times(z, z)))
            parts.append(Part(k.number(1), z.form, "square", {var: kind}))
        self.hints += [tuple(parts), tuple(parts[:-1])]
        return pair, rng.choice("≥≥>")

    def weighed(self, _assumed):
        """A sum over a range that may be empty of what may be positive."""
        values, rng = self.values, self.rng
        var = self.calculus.fresh("index")
        beta = values.constant("β")
        x = rng.choice((values.place(var), values.plus(beta, values.times(values.place(var), values.place(var)))))
        sort, span = values.upper()
        self.hints += [(Part(k.number(1), x.form, kind, {var: sort}),) for kind in RELATIONS]
        return values.total(var, sort, span, x), rng.choice("≥>>")

    def cases(self, _assumed):
        """A product of comparisons, often of something and of a multiple of it."""
        values, rng = self.values, self.rng
        x, v = self.small(), values.constant()
        y = rng.choice((self.small, lambda: values.times(v, x), lambda: values.times(values.times(v, v), x),
                        lambda: values.times(x, values.power(v, -1))))()
        self.hints += [Compare(x.form), Compare(y.form)]
        steps = values.times(values.step(x), values.step(rng.choice((y, values.times(y, values.number(-1))))))
        return rng.choice((steps, values.times(steps, y), values.times(steps, values.plus(x, y)))), rng.choice("=≥")

    def granted(self, assumed):
        """A weight of any sign times what is assumed, and a square."""
        values, rng = self.values, self.rng
        x, op = self.small(), rng.choice(RELATIONS)
        assumed.append(Assumed(x, op))
        weight, y = rng.choice((values.constant(), values(0))), values.constant()
        pair = values.plus(values.times(weight, x), values.times(y, y))
        given = Part(weight.form, x.form, op)
        self.hints += [(given, Part(k.number(1), y.form, "square")), (given,)]
        return pair, rng.choice(RELATIONS)

    def signed(self, assumed):
        """A comparison that something of a known sign, times or beside it, decides."""
        values, rng = self.values, self.rng
        x, product = values.constant(rng.choice(REALS)), values.times(values.constant(), values.constant())
        sure = rng.choice((values.law(FREE[0]), values.constant("β"), product))
        other = rng.choice((values.times(x, sure), values.plus(x, sure, rng.choice((1, -1)))))
        assumed.append(Assumed(rng.choice((other, values.times(values.number(-1), other))), rng.choice(RELATIONS)))
        self.hints += [Compare(x.form), Compare(other.form), *(
            Split(next(iter(k.leaves(one.form.poly)), k.leaf("A")), k.number(0)) for one in (x, sure))]
        step = rng.choice((values.step, values.part))
        sides = step(x), step(values.times(values.number(-1), x))
        return rng.choice((*sides, values.plus(sides[0], rng.choice((x, values.number(1))), -1))), rng.choice("=≥")

    def anything(self, _assumed):
        return self.values(self.rng.choice((1, 2))), self.rng.choice(RELATIONS)

    # Advice

    def suggest(self, form, relation, given, depth):
        """Up to two pieces of advice, as long as they do not nest deeply."""
        if depth > DEEPEST:
            return
        for _ in range(self.rng.choice((1, 1, 2))):
            try:
                yield self.advice(form, relation, given)
            except k.KernelError:
                continue
        if self.rng.random() < 0.15:
            yield from islice(self.search(form, relation, given, depth), 3)

    def advice(self, form, _relation, given):
        rng, split = self.rng, self.split
        if self.hints and rng.random() < 0.5:
            return rng.choice(self.hints)
        draw = rng.choice((split, split, split, self.parts, self.parts, self.compare, self.rewrite, self.squared,
                           self.member))
        return draw(form, given)

    def generators(self, form):
        found = list(k.inside(form.poly, (k.Leaf, k.Indicator, k.Sum, k.Power)))
        absent = k.leaf("absent"), k.leaf("w", (FREE[0],), sign="positive")
        return [*found, *found, *found, *absent]

    def split(self, form, _given):
        return Split(self.rng.choice(self.generators(form)), self.threshold(form))

    def threshold(self, form):
        """Where a term of the form would vanish, a quotient, a huge number, or anything."""
        rng, calculus = self.rng, self.calculus
        leaves = k.leaves(form.poly) or [k.leaf("A")]
        one, other = (k.generated(rng.choice(leaves)) for _ in "ab")

        def quotient():
            return calculus.times(one, calculus.power(other + k.number(rng.choice((-1, 0, 1))), Fraction(-1)))

        def solved():
            if not form.poly:
                return quotient()
            m, c = rng.choice(form.poly)
            compared = next(iter(k.inside(m, k.Indicator)), None)
            poly = k.of(compared.of) if compared else k.of(((m, c),))
            leaf = rng.choice(k.leaves(poly.poly) or [k.leaf("A")])
            slope = k.combine((k.of(((tuple(f for f in m if f[0] != leaf), c),)), 1) for m, c in poly.poly
                              if dict(m).get(leaf) == 1)
            rest = k.combine((k.of(((m, c),)), -1) for m, c in poly.poly if leaf not in dict(m))
            return calculus.times(rest, calculus.power(slope, Fraction(-1)))

        return rng.choice((quotient, solved, solved, solved, lambda: k.number(0),
                           lambda: k.number(HUGE), lambda: k.number(-HUGE), lambda: self.small().form,
                           lambda: one))()

    def parts(self, form, given):
        """A part for each term, or a few of any kind."""
        if self.rng.random() < 0.5:
            return tuple(self.part(k.of((term,)), given) for term in form.poly)
        return tuple(self.part(form, given) for _ in range(self.rng.choice((1, 1, 2))))

    def part(self, form, given):
        """A square or a case that the form may hold, or any weight, core and kind."""
        rng = self.rng
        if form.poly and rng.random() < 0.6:
            m, c = rng.choice(form.poly)
            root = tuple((gen, e // 2) for gen, e in m if e % 2 == 0)
            rest = tuple(factor for factor in m if factor[1] % 2)
            if root and rng.random() < 0.6:
                return Part(k.of(((rest, c),)), k.of(((root, 1),)), "square")
            at = [gen for gen, e in m if isinstance(gen, k.Sum)]
            if at:
                names, inner = self.calculus.opened(at[0])
                others = tuple(f for f in m if f[0] != at[0])
                return Part(k.of(((others, c),)), inner, rng.choice(RELATIONS), names)
            return Part(k.number(1), k.of(((m, c),)), rng.choice(RELATIONS))
        core = rng.choice([one.form for one in given] or [self.small().form])
        weight = rng.choice((k.number(1), k.number(-1), self.small().form))
        return Part(weight, core, rng.choice(KINDS), self.binders(form, given))

    def binders(self, form, given):
        """Variables to sum over, most of which are in use elsewhere."""
        if self.rng.random() < 0.5:
            return {}
        used = [v for v in k.inside((form.poly, *((one.form.poly, *one.every) for one in given)), k.Variable)
                if v.sort in ("action", "index")]
        var = self.rng.choice([*used, *FREE, *INDICES])
        return {var: self.values.over(var.sort)[0]}

    def compare(self, form, _given):
        found = [k.of(one.of) for one in k.inside(form.poly, k.Indicator)]
        return Compare(self.rng.choice([*found, *found, self.threshold(form), self.small().form]))

    def rewrite(self, form, given):
        leaves = k.leaves(form.poly) or [k.leaf("A")]
        leaf = self.rng.choice(leaves)
        solved = [k.generated(leaf) - one.form for one in given] + [k.generated(leaf) + one.form for one in given]
        return Rewrite(leaf, self.rng.choice([*solved, self.threshold(form)]))

    def squared(self, form, _given):
        greater = k.combine((k.of(((m, c),)), 1) for m, c in form.poly if c > 0)
        return Squares(greater)

    def member(self, form, _given):
        numbers = [var for var in k.inside(form.poly, k.Variable) if var.sort == "index"]
        return Members(self.rng.choice([*numbers, k.variable("i", "index")]))


def proved(hostile, pair, relation, assumed):
    """The theorem that hostile advice leads to, or None."""
    given = tuple(one.assumption() for one in assumed)
    try:
        return k.related(hostile.calculus, pair.form, k.number(0), relation, "identity", given, hostile.suggest)
    except (k.NotProved, k.KernelError):
        return None
