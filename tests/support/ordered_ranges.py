r"""Random sums over indices in their order, and maxima over ranges: how they are printed, and what they come to.

A range is counted member by member, at every size; nothing is shared with what reads, proves or refutes it.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

ORDERS = {"<": operator.lt, r"\le": operator.le}
TURNED = {"<": ">", r"\le": r"\ge"}
RELATIONS = {"=": operator.eq, r"\le": operator.le, r"\ge": operator.ge}
SIZES = range(1, 5)


class Sample(NamedTuple):
    """Members of families at a size: ``x[k]`` is x_k."""

    size: int
    x: dict
    y: dict


def sample(draw, size, most=9):
    """A sample of two families, with a few members more than any range here has."""
    numbers = range(-1, size + 4)
    x, y = ({k: Fraction(draw.randint(-most, most), draw.choice((1, 1, 2, 3))) for k in numbers} for _ in range(2))
    return Sample(size, x, y)


# What is summed: how it is printed, and what it is, of one, two or three indices.
BODIES = {
    1: [("x_{0}", lambda s, i: s.x[i]), ("1", lambda s, i: 1), ("{0} x_{0}", lambda s, i: i * s.x[i]),
        ("x_{0}^2", lambda s, i: s.x[i] ** 2), ("x_{0} y_{0}", lambda s, i: s.x[i] * s.y[i])],
    2: [("x_{0} x_{1}", lambda s, i, j: s.x[i] * s.x[j]), ("x_{0} y_{1}", lambda s, i, j: s.x[i] * s.y[j]),
        ("1", lambda s, i, j: 1), ("x_{0}", lambda s, i, j: s.x[i]), ("x_{1}", lambda s, i, j: s.x[j]),
        ("(x_{0} - x_{1})", lambda s, i, j: s.x[i] - s.x[j]),
        ("(x_{0} - x_{1})^2", lambda s, i, j: (s.x[i] - s.x[j]) ** 2),
        ("x_{0}^2 x_{1}", lambda s, i, j: s.x[i] ** 2 * s.x[j]), ("(x_{0} + y_{1})", lambda s, i, j: s.x[i] + s.y[j])],
    3: [("x_{0} x_{1} x_{2}", lambda s, i, j, k: s.x[i] * s.x[j] * s.x[k]), ("1", lambda s, i, j, k: 1),
        ("x_{0} y_{1} x_{2}", lambda s, i, j, k: s.x[i] * s.y[j] * s.x[k]), ("x_{1}", lambda s, i, j, k: s.x[j])]}


class Chain(NamedTuple):
    r"""\sum_{first \le i < j \le end} of a body: ``orders`` stand between the indices, ``past`` is beyond the size."""

    first: int
    orders: tuple
    past: int
    body: int

    @property
    def indices(self):
        return len(self.orders) + 1

    def value(self, at):
        """What it comes to in a sample."""
        numbers = range(self.first, at.size + self.past + 1)
        _, count = BODIES[self.indices][self.body]
        return sum(count(at, *found) for found in product(numbers, repeat=self.indices)
                   if all(ORDERS[sign](*pair) for sign, *pair in zip(self.orders, found, found[1:], strict=False)))

    def text(self, names, size, style):
        """How it is printed in one of five styles."""
        names = names[:self.indices]
        end = size + (f"{self.past:+d}" if self.past else "")
        below, signs = SIGNED[style](self, names, end)
        return below + " " + BODIES[self.indices][self.body][0].format(*names) + signs


def chained(chain, names, end):
    """All in one chain of inequalities."""
    inner = names[0] + "".join(f" {sign} {name}" for sign, name in zip(chain.orders, names[1:], strict=True))
    return rf"\sum_{{{chain.first} \le {inner} \le {end}}}", ""


def falling(chain, names, end):
    """The chain from its end."""
    inner = "".join(f"{name} {TURNED[sign]} " for sign, name in zip(chain.orders[::-1], names[:0:-1], strict=True))
    return rf"\sum_{{{end} \ge {inner}{names[0]} \ge {chain.first}}}", ""


def strictly(chain, names, end):
    """The ends outside of the range."""
    inner = names[0] + "".join(f" {sign} {name}" for sign, name in zip(chain.orders, names[1:], strict=True))
    last = end + "+1" if "+" not in end and "-" not in end else end.split("+")[0].split("-")[0] + f"{chain.past + 1:+d}"
    last = last.removesuffix("+0").removesuffix("-0")
    return rf"\sum_{{{chain.first} \le {inner} < {last}}}", ""


def after_one(chain, names, end):
    """A sum for each index, each from the one before it on."""
    found = rf"\sum_{{{names[0]}={chain.first}}}^{{{end}}}"
    for sign, before, name in zip(chain.orders, names, names[1:], strict=False):
        found += rf" \sum_{{{name}={before}{'+1' if sign == '<' else ''}}}^{{{end}}}"
    return found, ""


def up_to_one(chain, names, end):
    """A sum for each index, each up to the one after it."""
    found = rf"\sum_{{{names[-1]}={chain.first}}}^{{{end}}}"
    for sign, after, name in zip(chain.orders[::-1], names[::-1], names[-2::-1], strict=False):
        found += rf" \sum_{{{name}={chain.first}}}^{{{after}{'-1' if sign == '<' else ''}}}"
    return found, ""


SIGNED = {"chain": chained, "falling": falling, "strict": strictly, "after": after_one, "up to": up_to_one}
LETTERS = [("i", "j", "k"), ("j", "k", "l"), ("s", "t", "k"), ("i", "m", "j")]


def drawn(draw):
    """A chain of one to three indices."""
    orders = tuple(draw.choice(list(ORDERS)) for _ in range(draw.choice((0, 1, 1, 1, 2))))
    body = draw.randrange(len(BODIES[len(orders) + 1]))
    return Chain(draw.choice((0, 1, 1)), orders, draw.choice((0, 0, -1, 1)), body)


def bent(chain, draw):
    """A chain that differs in one thing."""
    place = draw.randrange(4)
    if place == 0 and chain.orders:
        k = draw.randrange(len(chain.orders))
        other, = set(ORDERS) - {chain.orders[k]}
        return chain._replace(orders=(*chain.orders[:k], other, *chain.orders[k + 1:]))
    if place == 1:
        return chain._replace(first=1 - chain.first)
    if place == 2:
        return chain._replace(past=chain.past - 1)
    return chain._replace(body=draw.randrange(len(BODIES[chain.indices])))


def equation(draw):
    """An equation between two prints of one sum, or of two, and what both sides are in a sample."""
    left = drawn(draw)
    right = left if draw.random() < 0.5 else bent(left, draw)
    names, size = draw.choice(LETTERS), draw.choice(("n", "G", "N"))
    others = names if draw.random() < 0.5 else draw.choice(LETTERS)
    texts = (one.text(own, size, draw.choice(list(SIGNED))) for one, own in ((left, names), (right, others)))
    return " = ".join(texts), left.value, right.value


def mean(values):
    return sum(values) / len(values)


class Extreme(NamedTuple):
    """The largest or smallest member of a range, or the mean or the sum of all."""

    kind: str
    first: int
    past: int
    body: int

    def value(self, at):
        """What it comes to; None where there is no member, as only a sum has a value then."""
        numbers = range(self.first, at.size + self.past + 1)
        values = [MEMBERS[self.body][1](at, k) for k in numbers]
        if self.kind == "sum":
            return sum(values)
        return {"max": max, "min": min, "mean": mean}[self.kind](values) if values else None

    def text(self, name, size, style):
        """How it is printed, in one of three styles."""
        end = size + (f"{self.past:+d}" if self.past else "")
        body = MEMBERS[self.body][0].format(name)
        if self.kind in ("max", "min"):
            below = {"chain": rf"{self.first} \le {name} \le {end}",
                     "set": rf"{name} \in \{{{self.first},\dots,{end}\}}",
                     "dots": rf"{name}={self.first},\ldots,{end}"}[style]
            return rf"\{self.kind}_{{{below}}} {body}"
        total = rf"\sum_{{{name}={self.first}}}^{{{end}}} {body}"
        number = f"{size}{self.past - self.first + 1:+d}" if self.past - self.first + 1 else size
        return total if self.kind == "sum" else rf"\frac{{1}}{{{number}}} {total}"


MEMBERS = [("x_{0}", lambda s, k: s.x[k]), ("|x_{0}|", lambda s, k: abs(s.x[k])), ("x_{0}^2", lambda s, k: s.x[k] ** 2),
           ("(x_{0} + y_{0})", lambda s, k: s.x[k] + s.y[k]), ("x_{0}", lambda s, k: s.x[k])]


def comparison(draw):
    """A comparison of a maximum with something of the same members or of others, and its sides in a sample."""
    first, past, body = draw.choice((0, 1, 1)), draw.choice((0, 0, -1)), draw.randrange(len(MEMBERS))
    left = Extreme(draw.choice(("max", "min")), first, past, body)
    right = Extreme(draw.choice(("mean", "max", "min", "sum")), first, past, body)
    if draw.random() < 0.3:
        right = right._replace(first=draw.choice((0, 1)), past=draw.choice((0, -1)))
    if draw.random() < 0.2:
        right = right._replace(body=draw.randrange(len(MEMBERS)))
    name, size = draw.choice((("t", "T"), ("i", "n"), ("k", "T"), ("i", "G"), ("m", "K")))
    relation = draw.choice(list(RELATIONS)[1:])
    styles = ("chain", "set", "dots")
    text = f"{left.text(name, size, draw.choice(styles))} {relation} {right.text(name, size, draw.choice(styles))}"
    return text, relation, left.value, right.value

