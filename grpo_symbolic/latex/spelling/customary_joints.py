r"""Laws of several things at once, P(A, B), and means given some of them, \mathbb{E}_B[… | A], as draws in turn.

What a text names is drawn one after another, if it can be in an order in which each of its laws is that of what comes
next given all that came before; else laws are quotients of sums over what they do not name. What holds whatever these
draws are holds of the joint law, by the chain rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from ..parsing.naming import script
from ..parsing.surface import Expr
from .customary_laws import EXPECTATION
from .customary_paths import POLICY
from .edits import Change, Edit, Found, end_of
from .joint_draws import NoJoint
from .joint_terms import (
    PROBABILITIES,
    Bracket,
    Factor,
    Function,
    JointReader,
    Law,
    Mean,
    Over,
    Plain,
    Product,
    Quotient,
    Sum,
    Value,
)

ENDS, CDOT = (",", ".", ";", r"\\"), r"\cdot"
# The names and the laws of what is drawn in turn, each conditioned on any state s and on what is drawn before.
NAMES, LAWS, FUNCTIONS = ("a", "b", "c"), (r"\mu", r"\nu", "q"), "fghuvw"
UNNAMED = ("y", "z", "x")  # what is drawn and summed out
BELOW = re.compile(r"(?P<letter>[a-z])_(?P<step>[a-z]'*)(?P<next>\+1)?")
Blocks = Sequence[frozenset[str]]


def joint_laws(found: Found) -> Change | None:
    """All sides of a text that speaks of one joint law, with what it names drawn in turn."""
    content, reader = found.content, JointReader(found)
    if not {*PROBABILITIES, POLICY}.isdisjoint(found.defined) or any(
            rel != "=" for piece in content.pieces for rel, _ in piece.rels) or any(
            sign not in ENDS for sign, _ in content.seps):
        return None
    sides = [side for piece in content.pieces for side in piece.sides if side is not None]
    try:
        sums = [reader.sum(side) for side in sides]
        if len(reader.policies) > 1 or len(reader.letters) > 1 or len({degree(one) for one in sums}) > 1 or any(
                one.name.partition("(")[0] in found.defined for one in functions(sums)):
            return None
        written = Written(sums, max(reader.policies.values(), default=""))
        edits = [Edit(side.pos, end(found, side), f" {written.sum(one)} ")
                 for side, one in zip(sides, sums, strict=True)]
    except NoJoint:
        return None
    law = max(reader.letters, default="")
    joint = f"{law} is one joint law, with its conditional laws" if law else "all means are those of one joint law"
    return Change(tuple(edits), "; ".join((joint, *written.said())))


def end(found: Found, side: Expr) -> int:
    """Where a side ends."""
    return end_of(found.text, side.terms[-1][1][-1])


def factors(parts: Sum) -> Iterator[Factor]:
    """All factors, at any depth."""
    waiting = [factor for _, product in parts for factor in product]
    while waiting:
        factor = waiting.pop()
        yield factor
        if isinstance(factor, (Mean, Bracket)):
            waiting += [one for _, product in factor.body for one in product]
        elif isinstance(factor, Quotient):
            waiting += [one for side in factor for _, product in side for one in product]
        elif isinstance(factor, Over):
            waiting += factor.body


def functions(sums: Sequence[Sum]) -> Iterator[Function]:
    """The functions of what is named."""
    yield from (factor for one in sums for factor in factors(one) if isinstance(factor, Function))


def degree(parts: Sum) -> int:
    """How many gradients each term has as factors, at most one. Raises NoJoint where that is not told."""
    degrees = {degree_of(product) for _, product in parts}
    if len(degrees) > 1 or max(degrees) > 1:
        raise NoJoint
    return degrees.pop()


def degree_of(product: Product) -> int:
    """How many gradients a product has as factors. Raises NoJoint."""
    found = 0
    for factor in product:
        if isinstance(factor, (Mean, Bracket)):
            found += degree(factor.body)
        elif isinstance(factor, Quotient):
            found += degree(factor.above) + 2 * degree(factor.below)  # two are too many
        elif isinstance(factor, Over):
            found += degree_of(factor.body)
        elif isinstance(factor, Function):
            found += factor.degree
    return found


class Written:
    """Writes sides that speak of one joint law, of which ``blocks`` are drawn in turn. Raises NoJoint where no order
    does, or the text has no law of several things."""

    def __init__(self, sums: Sequence[Sum], policy: str) -> None:
        every = [factor for one in sums for factor in factors(one)]
        laws = [one.law for one in every if isinstance(one, (Mean, Value))]
        apart = any(isinstance(one, Value) and one.law.policy for one in every)
        overs = [one.of for one in every if isinstance(one, Over)]
        if not any(law.given or law.of is None for law in laws) and not any(
                isinstance(one, Value) and len(one.law.of or ()) > 1 for one in every):
            raise NoJoint
        self.blocks, self.apart, self.ordered = in_turn(laws, overs, apart)
        self.policy, self.names, self.whole = policy, dict[str, str](), set[str]()
        if len(self.blocks) > len(NAMES):
            raise NoJoint

    def said(self) -> Iterator[str]:
        """What else is taken for granted."""
        if self.apart and len(self.blocks) > 2:
            steps = sorted({found["step"] for block in self.blocks[:-2] for one in block
                            if (found := BELOW.fullmatch(one)) is not None})
            yield from (f"{step} < {step_of(self.blocks[-1])}" for step in steps)
        for name in sorted(self.whole):
            yield f"{name} is a function of {listed(self.blocks)}"

    def name(self, place: int) -> str:
        """The name of what is drawn at a place."""
        later = place - len(self.blocks) + 2
        return ("s'", "a'")[later] if self.apart and later >= 0 else NAMES[place]

    def law(self, place: int, of: str) -> str:
        """The law at a place, of something."""
        later = place - len(self.blocks) + 2
        if self.apart and later >= 0:
            return (f"P({of}|s,a)", f"{self.policy}({of}|s')")[later]
        return f"{LAWS[place]}({of}|{','.join(['s', *map(self.name, range(place))])})"

    def places(self, of: frozenset[str] | None) -> list[int]:
        """The places of what a law is of. Raises NoJoint where that is a part of one."""
        places = [place for place, block in enumerate(self.blocks) if of is None or block & of]
        if of is not None and frozenset().union(*(self.blocks[place] for place in places)) != of:
            raise NoJoint
        return places

    def sum(self, parts: Sum) -> str:
        """A sum in the names of what is drawn in turn."""
        return " ".join(f"{sign} {self.product(product)}" for sign, product in parts)

    def product(self, product: Product) -> str:
        """A product in these names."""
        return " ".join(map(self.factor, product))

    def factor(self, factor: Factor) -> str:
        """A factor in these names."""
        match factor:
            case Plain(text):
                return text
            case Quotient(above, below):
                return rf"\frac{{{self.sum(above)}}}{{{self.sum(below)}}}"
            case Bracket(body):
                return rf"\left( {self.sum(body)} \right)"
            case Function():
                return self.function(factor)
            case Value(law):
                return self.chance(law)
            case Over(of, body):
                return self.summed(self.places(of)) + self.product(body)
            case Mean(law, body):
                return self.mean(law, self.sum(body))

    def mean(self, law: Law, text: str) -> str:
        """A mean of what a text is."""
        places = self.places(law.of)
        if not self.ordered:
            return rf"\left( {self.summed(places)} {self.chance(law)} \left( {text} \right) \right)"
        for place in reversed(places):
            text = rf"{EXPECTATION}_{{{self.name(place)} \sim {self.law(place, CDOT)}}}\left[ {text} \right]"
        return text

    def summed(self, places: Sequence[int]) -> str:
        """The signs of sums over what is drawn at some places."""
        return "".join(rf"\sum_{{{self.name(place)}}} " for place in places)

    def chance(self, law: Law) -> str:
        """The probability of what a law is of."""
        of, given = self.places(law.of), self.places(law.given)
        if self.ordered:
            return " ".join(self.law(place, self.name(place)) for place in of)
        return rf"\frac{{{self.all_of([*of, *given])}}}{{{self.all_of(given)}}}"

    def all_of(self, places: Sequence[int]) -> str:
        """The probability of what is drawn at some places, whatever is drawn before at others."""
        drawn = range(max(places, default=-1) + 1)
        names = [self.name(place) if place in places else UNNAMED[place] for place in drawn]
        below = "".join(rf"\sum_{{{names[place]}}} " for place in drawn if place not in places)
        return below + " ".join(f"{LAWS[place]}({names[place]}|{','.join(['s', *names[:place]])})" for place in drawn) \
            if drawn else "1"

    def function(self, function: Function) -> str:
        """A function, by a letter of its own. Raises NoJoint where it is of something else than what is named."""
        named = frozenset().union(*self.blocks)
        if not function.of <= named:
            if not function.of <= {found["step"] for one in named if (found := BELOW.fullmatch(one))}:
                raise NoJoint
            self.whole.add(function.name)
        places = [place for place, block in enumerate(self.blocks) if not function.of <= named or block & function.of]
        name = self.names.setdefault(function.name, FUNCTIONS[len(self.names):][:1])
        if not name:
            raise NoJoint
        return f"{name}({','.join(map(self.name, places))})"


def in_turn(laws: Sequence[Law], overs: Sequence[frozenset[str]], apart: bool) -> tuple[Blocks, bool, bool]:
    """What laws name, in blocks that can be drawn one after another, whether an action is drawn given the state of its
    step alone, whatever came before, and whether each law is that of what comes next. Raises NoJoint.

    ``apart`` says that the text has a law of an action given the state of its step.
    """
    sets = [*(law.of for law in laws if law.of is not None), *(law.given for law in laws), *overs]
    alike = dict[tuple[bool, ...], set[str]]()
    for one in sorted(frozenset().union(*sets)):
        alike.setdefault(tuple(one in found for found in sets), set()).add(one)
    blocks = tuple(frozenset(found) for found in alike.values())
    if len(blocks) > len(NAMES):
        raise NoJoint
    for alone in (True,) if apart else (False, True):
        for order in permutations(blocks):
            if all(comes_next(law, order, alone) for law in laws) and (not alone or is_after(order)):
                return order, alone, True
    if apart or not any(law.given for law in laws) or any(law.given & (law.of or law.given) for law in laws):
        raise NoJoint  # what no condition tells may be of other laws
    return blocks, False, False


def comes_next(law: Law, order: Blocks, apart: bool) -> bool:
    """Whether a law is that of what comes next in an order, given all that came before."""
    if apart and law.policy:
        return order[-2:] == (law.given, law.of)
    ends = [frozenset().union(*order[:place]) for place in range(len(order) + 1)]
    return law.given in ends and (ends[-1] if law.of is None else law.given | law.of) in ends


def is_after(order: Blocks) -> bool:
    """Whether an order ends with a state and its action, and all before is of a step by another letter, or the state
    after that: what may be of the same step, or a later one, may say something of the action."""
    step, before = step_of(order[-1]), [BELOW.fullmatch(one) for block in order[:-2] for one in block]
    return not before or bool(step) and all(
        one is not None and one["step"] != step and one["letter"] in ("sa", "s")[bool(one["next"])] for one in before)


def step_of(block: frozenset[str]) -> str:
    """The step of what is drawn at once, empty where it names none."""
    found = BELOW.fullmatch(min(block))
    return "" if found is None or found["next"] else found["step"]


def listed(blocks: Blocks) -> str:
    """What blocks name, as it is printed."""
    names = (one.partition("_") for one in sorted(frozenset().union(*blocks)))
    return ", ".join(f"{letter}_{script(step)}" if step else letter for letter, _, step in names)
