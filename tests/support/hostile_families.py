"""Statements about a function on a range, of which something is assumed at one place, or at all places of some range.

Names are drawn from few, so that what is bound often has the name of something free, and ranges often differ.
"""

from typing import Any, NamedTuple

from kernel_values import FREE, INDICES, MOST, SIGNED, Pair, Values, at

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import Assumption, Members, Part, Rewrite, Split

NOTHING = frozenset()
NAMES = {"action": FREE, "index": INDICES}


class Assumed(NamedTuple):
    """A pair related to zero for all values of ``every``, a variable to its range; where ``label`` is listed, if any.

    With the relation ``members`` it says that an index is one of its range.
    """

    pair: Pair
    relation: str
    every: Any = {}
    label: frozenset = NOTHING

    def labelled(self, number):
        """The same, assumed only where a hypothesis of its own is listed; what range an index is of always is."""
        if self.relation == "members":
            return self
        return self._replace(label=frozenset({k.Hypothesis("Range", f"L{number} > 0")}))

    def assumption(self):
        """What the kernel is given."""
        return Assumption(self.pair.form, self.relation, self.label, {v: sort for v, (sort, _) in self.every.items()})


class Families:
    """Draws statements, and hints of what would prove them if nothing were asked of it."""

    def __init__(self, rng, values: Values, hints):
        self.rng, self.values, self.hints = rng, values, hints
        self.sort = rng.choice(("action", "action", "index"))
        self.names, self.shape = NAMES[self.sort], rng.randrange(5)
        self.kind = rng.choice(("f", "f", "w"))

    def __call__(self, assumed):
        """A pair and a relation; what is assumed is added."""
        return self.rng.choice((self.summed, self.summed, self.placed, self.counted, self.product))(assumed)

    # The function, at any place

    def function(self, name, term):
        kind = "positive" if name in SIGNED else "real"
        return Pair(k.atom(name, (term,), sign=kind), lambda m, _p, n: m.draw(name, (at(n, term),), kind))

    def at(self, term):
        """The function that the statement is about."""
        values, f = self.values, self.function(self.kind, term)
        c = values.constant("c")
        return (f, values.plus(f, c, -1), values.times(f, self.function("h", term)), values.times(f, c), values.plus(
            values.times(f, f), c, -1))[self.shape]

    def anywhere(self):
        """A variable in use, or a number."""
        number = [k.numeral(self.rng.randint(1, MOST))] if self.sort == "index" else []
        return self.rng.choice([*self.names, *number])

    def assume(self, assumed):
        """Something of the function at one place, or at all places of a range."""
        var, relation = self.rng.choice(self.names), self.rng.choice("=≥>")
        over = self.rng.choice((var, var, self.rng.choice(self.names)))
        every = self.rng.choice(({}, {over: self.values.over(self.sort)}, {over: self.values.over(self.sort)}))
        assumed.append(Assumed(self.at(var), relation, every))
        leaf, = k.leaves(self.function(self.kind, var).form.poly)
        self.hints += [Rewrite(leaf, value) for value in (k.generated(leaf) - self.at(var).form, k.number(0))]
        self.hints += [Split(leaf, k.number(0))]
        return relation

    # Statements

    def summed(self, assumed):
        """A sum of the function, or of a weight of any sign times it, over a range."""
        relation = self.assume(assumed)
        var = self.rng.choice((*self.names, self.values.calculus.fresh(self.sort)))
        sort, span = self.values.over(self.sort)
        weight = self.rng.choice((self.values.number(1), self.values.number(1), self.function("w", var)))
        pair = self.values.total(var, sort, span, self.values.times(weight, self.at(var)))
        self.hints += [(Part(weight.form, self.at(var).form, kind, {var: sort}),) for kind in (
            "=", "≥", ">")] + [(Part(k.number(1), self.at(name).form, self.rng.choice("=≥>")),) for name in self.names]
        return pair, self.rng.choice((relation, relation, "≥"))

    def placed(self, assumed):
        """The function at one place."""
        relation, term = self.assume(assumed), self.anywhere()
        self.hints += [(Part(k.number(1), self.at(term).form, self.rng.choice("=≥>")),)]
        return self.at(term), relation

    def counted(self, assumed):
        """The function at an index that is known to number one of a few, of which something is assumed."""
        if self.sort != "index":
            return self.placed(assumed)
        (index, other), relation = INDICES, self.rng.choice("=≥>")
        most = self.rng.randint(0, MOST)
        sort = k.Sort("index", k.number(most).poly)
        span = range(1, most + 1)
        assumed.append(Assumed(self.values.number(most), "members", {self.rng.choice((index, index, other)): (
            sort, lambda _m: span)}))
        for number in range(1, self.rng.randint(1, MOST) + 1):
            place = self.at(k.numeral(number))
            assumed.append(Assumed(place, relation))
            self.hints += [(Part(k.number(1), place.form, self.rng.choice("=≥>")),)]
        self.hints += [Members(index), Members(index)]
        return self.at(index), relation

    def product(self, assumed):
        """A product of sums, of which an assumption of every place says less than of one."""
        values, relation = self.values, self.rng.choice("=≥>")
        var, (sort, span) = self.rng.choice(self.names), values.over(self.sort)
        f, h = self.function("f", var), self.function("h", var)
        assumed.append(Assumed(values.times(f, h), relation, {var: (sort, span)}))
        self.hints += [Split(k.leaf(name, (one,)), k.number(0)) for name in "fh" for one in self.names]
        new = values.calculus.fresh(self.sort)
        parts = [values.total(new, sort, span, self.function(name, new)) for name in "fh"]
        self.hints += [(Part(parts[1].form, self.function("f", new).form, kind, {new: sort}),) for kind in (
            "=", "≥", ">")]
        return self.rng.choice((values.times(*parts), values.times(self.function("f", self.anywhere()), parts[1]),
                                values.times(*(self.function(name, self.anywhere()) for name in "fh")))), relation
