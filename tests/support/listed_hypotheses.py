"""Whether a model satisfies the hypotheses that a theorem lists, each read from its own parts."""

import re
from fractions import Fraction
from math import prod

from exact_jets import Small, Undefined, coefficient, exp, log, power, sign
from finite_models import OLD, Excuse, Point

ALWAYS = {"Differentiable", "FiniteActions", "FiniteStates", "BehaviourConstant", "Constant", "IndependentSamples",
          "Interchange", "Normalised", "Positive"}
WANTED = {"Nonzero": lambda x: sign(x) != 0, "OffKink": lambda x: sign(x) != 0, "Nonnegative": lambda x: sign(x) >= 0,
          "Size": lambda x: sign(x) >= 0}
RANGE = re.compile(r"(.+?)\s*(<|≤|>|≥)\s*(\d+)$")
UNIT = frozenset({r"\epsilon", r"\varepsilon"})
DIRECTION = "u"  # the vector along which random claims differentiate


class Unread(Exception):
    """A hypothesis that speaks of something this file does not evaluate."""


def excused(hypotheses, policies, signed=()):
    """What no hypothesis asks for: probabilities that are positive, that sum to one, an ε below 1, declared signs."""
    listed = {kind: {h.about for h in hypotheses if h.kind == kind} for kind in ("Positive", "Normalised")}
    below = {str(h.about).partition(" ")[0] for h in hypotheses if h.kind == "Range" and "<" in h.about}
    ranges = (RANGE.match(str(h.about)) for h in hypotheses if h.kind == "Range")
    above = {found[1] for found in ranges if found and found[2] == ">"}
    return Excuse(*(frozenset(set(policies) - listed[kind]) for kind in ("Positive", "Normalised")), UNIT - below,
                  frozenset(signed) - above)


def satisfied(hypotheses, model, env, old=True):
    """Whether the model has what is listed, at θ_old too where it matters; Unread where that cannot be said."""
    return all(holds(h, model, env, old) for h in hypotheses)


def holds(hypothesis, model, env, old):
    if hypothesis.kind in ALWAYS:
        return True
    if hypothesis.kind == "Range":
        return in_range(str(hypothesis.about), model)
    if hypothesis.kind not in WANTED:
        raise Unread(str(hypothesis))
    return all(everywhere(hypothesis, Polynomials(model, point), env)
               for point in {OLD if model.contact else model.here, *([OLD] if old else [])})


def in_range(text, model):
    """Whether a constant is in a range; a model is so made that signs are as declared."""
    found = RANGE.match(text)
    if not found:
        raise Unread(text)
    name, op, bound = found.groups()
    if name not in (*UNIT, "G", "T"):
        return True
    value = model.constant(name, "positive")
    return {"<": value < int(bound), "≤": value <= int(bound), ">": value > int(bound), "≥": value >= int(bound)}[op]


def everywhere(hypothesis, read, env):
    """Whether a polynomial is as wanted for all values of the variables that it holds for."""
    named = {(var.name, var.sort): value for var, value in env.items()}
    ranges = [(f"∀{n}", sort) for n, sort in enumerate(hypothesis.every)]
    for names in read.assignments(ranges, named):
        try:
            if not WANTED[hypothesis.kind](read.poly(hypothesis.about, names)):
                return False
        except Undefined:
            return False
    return True


class Polynomials:
    """The values of the kernel's polynomials in a model, at a point; ``names`` has those of variables, by name and
    sort."""

    def __init__(self, model, point):
        self.model, self.point = model, point

    def assignments(self, ranges, names):
        """The names with every choice of values for variables in these ranges, one whose range is settled first."""
        if not ranges:
            yield names
            return
        first = next(pair for pair in ranges if not any(
            inside(pair[1], name) for name, _ in ranges if name != pair[0]))
        others = [pair for pair in ranges if pair is not first]
        for value in self.span(first[1], names):
            yield from self.assignments(others, {**names, (first[0], first[1].kind): value})

    def span(self, sort, names):
        """The values in a range."""
        if sort.kind == "coordinate":
            return [tuple(Fraction(i == j) for j in range(self.model.width)) for i in range(self.model.width)]
        if sort.kind in ("index", "token"):
            return range(1, int(self.poly(sort.size, names)) + 1)
        return self.model.spots(sort.kind)

    def spot(self, term, names):
        match type(term).__name__:
            case "Variable":
                return self.known(term, names)
            case "Numeral":
                return term.value
        whole, at = self.spot(term.whole, names), self.spot(term.at, names)
        if term.tag != "member":
            return (self.model.token if term.tag == "token" else self.model.prefix)(whole, at)
        if at > len(whole):
            raise Undefined("member")
        return whole[at - 1]

    def known(self, term, names):
        if (term.name, term.sort) not in names:
            raise Unread(str(term))
        return names[term.name, term.sort]

    def poly(self, poly, names):
        return sum((self.monomial(m, names) * Fraction(c) for m, c in poly), start=Fraction(0))

    def monomial(self, m, names):
        result = Fraction(1)
        for gen, e in m:
            value = self.generator(gen, names)
            result = result * (value if e == 1 else power(value, e))
        return result

    def generator(self, gen, names):
        match type(gen).__name__:
            case "Leaf":
                return self.leaf(gen, names)
            case "Power":
                return self.poly(gen.of, names)
            case "Log":
                return log(self.poly(gen.of, names))
            case "Exp":
                return exp(self.poly(gen.of, names))
            case "Indicator":
                return Fraction(sign(self.poly(gen.of, names)) > 0)
            case "Sum":
                return self.summed(gen, names)
        raise Unread(type(gen).__name__)

    def summed(self, gen, names):
        """Σ over all bound variables, each group weighed by the probability of its members."""
        level = nesting(gen)
        ranges = [(f"#{level}.{j}", sort) for j, sort in enumerate(gen.sorts)]
        total = Fraction(0)
        for inner in self.assignments(ranges, names):
            weights = [self.chance(sort, inner[name, "group"], names) for name, sort in ranges if sort.kind == "group"]
            total = total + prod(weights, start=Fraction(1)) * self.monomial(gen.body, inner)
        return total

    def chance(self, sort, members, names):
        """The probability of a group."""
        law = sort.law[0][0][0][0]
        marker = law.args[0]
        chances = [self.leaf(law, {**names, (marker.name, marker.sort): x}) for x in range(self.model.actions)]
        return prod((chances[x] for x in members), start=Fraction(1))

    def leaf(self, gen, names):
        if gen.along:
            return self.slope(gen, gen.along, names)
        if gen.name in ("#action", "#state"):
            return Fraction(self.model.actions if gen.name == "#action" else self.model.states)
        values = tuple(self.spot(arg, names) for arg in gen.args)
        if gen.name == "#length":
            return Fraction(self.model.length(*values))
        if gen.name == DIRECTION:
            return sum(x * y for x, y in zip(values[0], self.model.vector(gen.name), strict=True))
        if gen.sign == "law":
            return self.law(gen, values)
        point = self.stands(gen)
        if gen.point != "constant":
            return self.model.moving(gen.name, values, gen.sign, point)
        return self.model.draw(gen.name, values, gen.sign) if gen.args else self.model.constant(gen.name, gen.sign)

    def stands(self, gen):
        """The point at which a leaf stands."""
        return {"current": self.point, "stop": Point(self.point.base), "old": OLD, "constant": Point("constant")}[
            gen.point]

    def law(self, gen, values):
        """A probability of a state or an action."""
        first, *context = values
        if gen.name.startswith("#d"):
            return self.model.law(f"d {gen.name[3:] or None}", (), self.stands(gen), self.model.states)[first]
        name = gen.name.removesuffix("{}")
        return self.model.law(name, tuple(context), self.stands(gen), self.model.actions)[first]

    def slope(self, gen, along, names):
        """A derivative along directions: of a leaf, or of the generator that a leaf ``#D`` names."""
        base, bits = self.stands(gen), []
        for v in along:
            bits.append(1 << base.depth)
            base = base.moved(tuple(x * Small({(0, bits[-1]): Fraction(1)}) for x in self.known(v, names)))
        read = Polynomials(self.model, base)
        inner = gen.args[0] if gen.name == "#D" else gen._replace(along=(), point="current")
        value = read.generator(inner, names)
        for bit in bits:
            value = coefficient(value, bit)
        return value


def inside(thing, name):
    """Whether a variable of this name stands inside."""
    return thing == name or isinstance(thing, tuple) and any(inside(part, name) for part in thing)


def nesting(thing):
    """How deeply sums stand in sums."""
    if not isinstance(thing, tuple):
        return 0
    return (type(thing).__name__ == "Sum") + max(map(nesting, thing), default=0)
