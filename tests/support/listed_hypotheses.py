"""Whether a model satisfies the hypotheses that a theorem lists, each read from its own parts."""

import re
from fractions import Fraction
from itertools import product

from exact_jets import Small, Undefined, exp, log, power, sign
from finite_models import OLD, Excuse, Point

from grpo_symbolic import language as lang

ALWAYS = {"Differentiable", "FiniteActions", "FiniteStates", "BehaviourConstant", "Constant", "IndependentSamples",
          "Interchange", "Normalised", "Positive"}
WANTED = {"Nonzero": lambda x: sign(x) != 0, "OffKink": lambda x: sign(x) != 0, "Nonnegative": lambda x: sign(x) >= 0}
WAYS = ((1, 0), (0, 1), (2, 3), (1, -1))
RANGE = re.compile(r"(.+?)\s*(<|≤|>|≥)\s*(\d+)$")


class Unread(Exception):
    """A hypothesis that speaks of something this file does not evaluate."""


def excused(hypotheses, policies):
    """What no hypothesis asks for: probabilities that are positive, that sum to one, an ε below 1."""
    listed = {kind: {h.about for h in hypotheses if h.kind == kind} for kind in ("Positive", "Normalised")}
    ranges = {str(h.about).partition(" ")[0] for h in hypotheses if h.kind == "Range"}
    units = {r"\epsilon", r"\varepsilon"} - ranges
    return Excuse(*(frozenset(set(policies) - listed[kind]) for kind in ("Positive", "Normalised")), frozenset(units))


def signatures(claim):
    """The sorts of the arguments of each function that a claim names."""
    parts = [part for one in (claim.relation, *claim.assume) for part in one.walk() if isinstance(part, lang.App)]
    return {part.head.layout: tuple(map(lang.sort_of, part.params)) for part in parts}


def satisfied(hypotheses, model, env, sorts):
    """Whether the model has what is listed; Unread where that cannot be said. ``sorts`` are those of functions."""
    return all(holds(h, model, env, sorts) for h in hypotheses)


def holds(hypothesis, model, env, sorts):
    if hypothesis.kind in ALWAYS:
        return True
    if hypothesis.kind == "Range":
        found = RANGE.match(str(hypothesis.about))
        if not found:
            raise Unread(str(hypothesis))
        name, op, bound = found.groups()
        value = model.constant(name, "positive")
        return {"<": value < int(bound), "≤": value <= int(bound), ">": value > int(bound),
                "≥": value >= int(bound)}[op]
    if hypothesis.kind not in WANTED:
        raise Unread(str(hypothesis))
    return all(everywhere(hypothesis, Polynomials(model, point, sorts), env) for point in {still_at(model), OLD})


def still_at(model):
    """θ, or θ_old where θ is a step away from it."""
    return OLD if model.contact else model.here


def everywhere(hypothesis, read, env):
    """Whether a polynomial is as wanted for every value of the variables that it leaves open."""
    named = {f"{var.name}:{var.sort}": value for var, value in env.items()}
    sorts = read.sorts(hypothesis.about)
    open_names = [name for name in sorts if name not in named]
    for values in product(*(read.model.spots(sorts[name]) for name in open_names)):
        names = named | dict(zip(open_names, values, strict=True))
        try:
            fine = WANTED[hypothesis.kind](read.poly(hypothesis.about, names))
            if not fine and not (hypothesis.kind == "OffKink" and rests(hypothesis.about, read, names)):
                return False
        except Undefined:
            return False
    return True


def rests(poly, read, names):
    """Whether what is compared with zero is zero and stays so, wherever θ moves: then nothing changes sign."""
    steps = [tuple(Small({(1, 0): Fraction(x)}) if x else Fraction(0) for x in way[:read.model.width]) for way in WAYS]
    return all(Polynomials(read.model, Point(read.point.base, step), read.signatures).poly(poly, names) == 0
               for step in steps)


class Polynomials:
    """The values of the kernel's polynomials in a model, at a point."""

    def __init__(self, model, point, signatures):
        self.model, self.point, self.signatures = model, point, signatures

    def sorts(self, thing, found=None):
        """The sorts of the variables that stand free inside, from where they stand."""
        found = {} if found is None else found
        if not isinstance(thing, tuple) or not thing:
            return found
        if thing[0] == "atom":
            _, name, args, dirs, _, kind = thing
            if dirs or name == "#D":
                raise Unread("a derivative")
            for arg, sort in zip(args, self.signature(name, kind, len(args)), strict=True):
                self.sorts_of(arg, sort, found)
            return found
        for part in thing:
            self.sorts(part, found)
        return found

    def signature(self, name, kind, size):
        if kind == "law":
            return ("state",) if name.startswith("#d") else ("action", *("state",) * (size - 1))
        return ("action",) if name == "#length" else self.signatures.get(name, (None,) * size)

    def sorts_of(self, term, wanted, found):
        if term[0] == "v":
            name = term[1]
            sort = name.partition(":")[2] or wanted or found.get(name)
            if name[0] != "#":
                found[name] = found.get(name) or sort or self.unknown(name)
        elif term[0] in "stp":
            self.sorts_of(term[1], "group" if term[0] == "s" else "action", found)
            if term[2][0] == "v":
                self.sorts_of(term[2], "index" if term[0] == "s" else "token", found)

    def unknown(self, name):
        raise Unread(f"the sort of {name}")

    def spot(self, term, names):
        if term[0] == "v":
            return names[term[1]]
        if term[0] == "n":
            return int(term[1])
        first, second = (self.spot(part, names) for part in term[1:])
        if term[0] == "s":
            if second > len(first):
                raise Undefined("member")
            return first[second - 1]
        return (self.model.token if term[0] == "t" else self.model.prefix)(first, second)

    def poly(self, poly, names):
        return sum((self.monomial(m, names) * Fraction(c) for m, c in poly), start=Fraction(0))

    def monomial(self, m, names):
        result = Fraction(1)
        for gen, e in m:
            value = self.generator(gen, names)
            result = result * (value if e == 1 else power(value, e))
        return result

    def generator(self, gen, names):
        kind = gen[0]
        if kind == "atom":
            return self.leaf(gen, names)
        if kind == "wrap":
            return self.poly(gen[1], names)
        if kind in ("log", "exp", "ind"):
            return {"log": log, "exp": exp, "ind": lambda x: Fraction(sign(x) > 0)}[kind](self.poly(gen[1], names))
        if kind == "sum":
            level = nesting(gen)
            bound = [f"#{level}.{j}" for j in range(len(gen[1]))]
            return self.summed(dict(zip(bound, gen[1], strict=True)), gen[2], names)
        raise Unread(kind)

    def summed(self, binders, m, names):
        if not binders:
            return self.monomial(m, names)
        first = next((v for v, sort in binders.items() if not mentions(sort, binders)), None)
        sort, rest = binders[first], {v: s for v, s in binders.items() if v != first}
        if sort[0] == "coordinate":
            raise Unread("a direction")
        if sort[0] == "group":
            law = sort[2][0][0][0][0]
            weights = [self.leaf(law, {**names, "·": x}) for x in range(self.model.actions)]
            total = Fraction(0)
            for members in self.model.spots("group"):
                weight = Fraction(1)
                for x in members:
                    weight = weight * weights[x]
                total = total + weight * self.summed(rest, m, {**names, first: members})
            return total
        span = range(1, int(self.poly(sort[1], names)) + 1) if sort[1:] else self.model.spots(sort[0])
        return sum((self.summed(rest, m, {**names, first: x}) for x in span), start=Fraction(0))

    def leaf(self, gen, names):
        _, name, args, dirs, where, kind = gen
        if dirs or name == "#D":
            raise Unread("a derivative")
        if name.startswith("#") and not args:
            return Fraction({"#action": self.model.actions, "#state": self.model.states}.get(name) or self.none(name))
        if name == "#length":
            return Fraction(self.model.length(self.spot(args[0], names)))
        values = tuple(self.spot(arg, names) for arg in args)
        point = {"current": self.point, "stop": self.point, "old": OLD, "constant": Point("constant")}[where]
        if kind == "law" and name.startswith("#d"):
            return self.model.law(f"d {name[3:] or None}", (), point, self.model.states)[values[0]]
        if kind == "law":
            name = name.removesuffix("{}")
            return self.model.law(name, values[1:], point, self.model.actions)[values[0]]
        if where == "constant":
            return self.model.draw(name, values, kind) if args else self.constant(name, kind)
        return self.model.moving(name, values, kind, point)

    def constant(self, name, kind):
        return self.model.constant(name, kind)

    def none(self, name):
        raise Unread(name)


def mentions(sort, binders):
    """Whether the range of a variable depends on another of these."""
    return isinstance(sort, tuple) and any(
        part[:1] == ("v",) and part[1] in binders or mentions(part, binders)
        for part in sort if isinstance(part, tuple))


def nesting(thing):
    """How deeply sums stand in sums."""
    return (thing[:1] == ("sum",)) + max(map(nesting, thing), default=0) if isinstance(thing, tuple) else 0
