"""Which hyper-parameter of the code a constant of an objective is: told by its name, its value, or found missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product

from ..algebra.evaluate import Batch, evaluate
from ..algebra.expression import divide, multiply, negative, power, stop, subtract
from ..algebra.nodes import BATCH, LIVE, ONE, TOKEN, ZERO, Expression, constant, leaf, number, parts, size
from ..algebra.normal import equal
from ..algebra.printing import plain
from ..algebra.rebuilt import mapped, total
from .any_number import unnamed
from .compared import COMPARING, NO_LETTERS, Letters, compared_with
from .one_letter import AT_END, Matched, agreeing, letter_of, names_in

# What is said by the name of a hyper-parameter, the first that fits.
MEANINGS = (
    ("length", re.compile(r"len|token", re.IGNORECASE)),
    ("c", re.compile(r"(^|_)c$|dual", re.IGNORECASE)),
    ("cap", re.compile(r"(^|_)(cap|max_weight|clip_max|weight_max)$", re.IGNORECASE)),
    ("low", re.compile(r"(^|_)(low|lower|lo|min|el|left)(_|$)|eps(ilon)?_?l(ow)?$", re.IGNORECASE)),
    ("high", re.compile(r"(^|_)(high|higher|upper|hi|max|eh|right)(_|$)|eps(ilon)?_?h(igh)?$", re.IGNORECASE)),
    ("beta", re.compile(r"beta|kl", re.IGNORECASE)),
    ("delta", re.compile(r"delta", re.IGNORECASE)),
    ("epsilon", re.compile(r"eps|clip", re.IGNORECASE)),
)
# What distances from 1 are called, and ends of a clip are not unless they are large.
DISTANCES = re.compile(r"eps", re.IGNORECASE)
MOST_WAYS = 60
OPEN_ADVANTAGE = "what the objective calls an advantage is left open"
FARTHEST = 100
SPREAD = (Fraction(1, 5), Fraction(1, 2), Fraction(1), Fraction(3), Fraction(50))


@dataclass(frozen=True)
class Way:
    """A value for every constant of an objective, in the code's hyper-parameters; what is said of it.

    ``advantage`` stands for the advantages, where the code has rewards in place of them; ``old`` for log-probabilities
    under the old policy, where the code has a stopped copy of the current ones. Of ``equated``, ``supposed`` and
    ``apart`` see ``Matched``. ``open`` are the constants that no name tells, and that may be other numbers as well.
    """

    values: Mapping[str, Expression]
    said: tuple[str, ...]
    advantage: Expression | None = None
    old: Expression | None = None
    equated: Mapping[str, Expression] = field(default_factory=dict)
    supposed: tuple[str, ...] = ()
    apart: bool = False
    open: frozenset[str] = frozenset()

    def in_code(self, node: Expression) -> Expression:
        """An expression of the code with what is supposed of its hyper-parameters."""
        def rule(part: Expression) -> Expression | None:
            return self.equated.get(part.data) if part.kind == "constant" else None
        return mapped(node, rule) if self.equated else node

    def put(self, node: Expression) -> Expression:
        """An expression with these values."""
        def rule(part: Expression) -> Expression | None:
            if part.kind == "leaf":
                return {"A": self.advantage, "o": self.old}.get(part.data[0])
            return self.values.get(part.data) if part.kind == "constant" else None
        return self.in_code(mapped(node, rule))

    def left_open(self) -> Way:
        """The way with letters of the objective itself where no name tells what they are."""
        return replace(self, values={**self.values, **{symbol: unnamed(symbol) for symbol in self.open}})

    def as_given(self, names: Set[str], given: Mapping[str, Fraction]) -> Iterator[Way]:
        """The way with hyper-parameters as they are given: first those that are nothing in the objective, then all."""
        known = names & set(given) - set(self.equated)
        free = sorted(known - names_in(*self.values.values()))
        for some in dict.fromkeys((*((one,) for one in free), tuple(free), tuple(sorted(known)))):
            if some:
                said = tuple(f"{name} = {float(given[name]):g}" for name in some)
                yield replace(self, equated={**self.equated, **{name: number(given[name]) for name in some}},
                              supposed=(*self.supposed, *said))


def meaning_of(name: str) -> str:
    """What the name of a hyper-parameter says; the name itself where that is nothing."""
    last = name.rpartition(".")[2]
    return next((meaning for meaning, pattern in MEANINGS if pattern.search(last)), last)


def role_of(symbol: str, compared: Set[str]) -> str:
    """What a constant of an objective is, as the names of hyper-parameters say it: an end only of what is compared."""
    name, _, end = symbol.partition(AT_END)
    if "epsilon" in name and not end and symbol not in compared:
        return "epsilon"
    if "epsilon" in name:
        return "low" if "low" in name or "high" not in name and end == "low" else "high"
    return name.replace("\\", "").strip("{}")


def stopped_copy(code: Expression) -> Expression | None:
    """The stopped copy of log-probabilities that code has in place of those under the old policy; None without one."""
    copy = stop(leaf(LIVE, (BATCH, TOKEN)))
    found = set(parts(code))
    return copy if copy in found and not any(one.kind == "leaf" and one.data[0] == "o" for one in found) else None


def advantages(code: Expression, wanted: Set[str]) -> Iterator[tuple[Expression | None, str]]:
    """What the advantages of an objective may be in code that has rewards alone: what the code has, if it is usual."""
    inputs = {part.data[0] for part in parts(code) if part.kind == "leaf"}
    if "A" in inputs or "A" not in wanted or "r" not in inputs:
        yield None, ""
        return
    reward, count = leaf("r", (BATCH,)), size(BATCH)
    gap = subtract(reward, divide(total(BATCH, reward), count))
    squares, fewer = total(BATCH, power(gap, 2)), subtract(count, ONE)
    spreads = [(power(divide(squares, below), Fraction(1, 2)), f"its spread over {said}")
               for below, said in ((count, "G"), (fewer, "G - 1"))]
    centred = [one for one in parts(code) if one.axes == {BATCH} and (equal(one, gap) or equal(negative(one), gap))]
    if not centred:
        yield reward, "the advantage is the reward"
        yield None, OPEN_ADVANTAGE
        return
    found = [(divide(gap, spread), f"the advantage is the reward less its mean, by {said}") for spread, said in spreads
             if any(part.kind == "power" and not part.axes and equal(part, power(spread, -1)) for part in parts(code))]
    yield from found or (
        (gap, "the advantage is the reward less its mean"),
        (multiply(divide(count, fewer), gap), "the advantage is the reward less the mean of the others"))


def with_advantage(code: Expression) -> tuple[Expression, str]:
    """Code in which what is made of rewards alone is called an advantage, and what that is; as it is without such."""
    candidates = list(advantages(code, {"A"}))
    advantage, said = candidates[0]
    if advantage is None:
        return code, ""
    wanted = _powers(advantage)

    def rule(part: Expression) -> Expression | None:
        factors = _powers(part) if part.kind == "multiply" and "r" in _letters(part) else []
        left = list(factors)
        sign = 1
        for base, exponent in wanted:
            same = next((one for one in left if one[1] == exponent and (
                equal(one[0], base) or equal(one[0], negative(base)))), None)
            if same is None:
                return None
            sign *= 1 if equal(same[0], base) else -1
            left.remove(same)
        rest = multiply(*(power(base, exponent) for base, exponent in left))
        return multiply(number(sign), leaf("A", (BATCH,)), rest)
    found = mapped(code, rule)
    return (found, f"the advantage A: {said.removeprefix('the advantage is ')}") if "r" not in _letters(found) else (
        code, "")


def _powers(node: Expression) -> list[tuple[Expression, Fraction]]:
    """The factors of a product as powers of bases."""
    factors = node.args if node.kind == "multiply" else (node,)
    return [(one.args[0], one.data) if one.kind == "power" else (one, Fraction(1)) for one in factors]


def _letters(node: Expression) -> set[str]:
    return {part.data[0] for part in parts(node) if part.kind == "leaf"}


def ways(constants: Iterable[str], code: Expression, values: Mapping[str, Fraction],
         given: Mapping[str, Fraction] | None = None, divided: bool = False,
         letters: Letters = NO_LETTERS) -> Iterator[Way]:
    """The ways to match the constants of an objective with those of the code, the likeliest first.

    A constant that no name fits may be any that is left over, or one of the numbers in the code; a penalty that is not
    there has the factor 0. ``values`` are those of the code's hyper-parameters in a run, ``given`` those that the
    user has. Each constant is one number, unless an objective may be ``divided``: then it may be another one at either
    end of a clip. With some ``letters`` something is compared.
    """
    wanted = sorted(constants)
    meant = [(meaning_of(part.data), part.data) for part in parts(code) if part.kind == "constant"]
    named = {meaning: name for meaning, name in meant if [one for one, _ in meant].count(meaning) == 1}
    roles = {symbol: role_of(symbol, letters.inside) for symbol in wanted}
    roles |= {symbol: end for symbol in wanted if symbol in letters.distances and roles[symbol] not in named
              and (end := symbol.partition(AT_END)[2])}
    left = [name for meaning, name in meant if meaning not in roles.values()]
    # two letters at the two ends of a clip are other numbers than one that is called by the name of neither
    both = {letter_of(one) for one in wanted if AT_END in one and sum(
        letter_of(other) == letter_of(one) for other in wanted) > 1}
    bare = {symbol for symbol in wanted if symbol in letters.bare and roles[symbol] not in named}
    choices = [[*_choices(symbol, roles[symbol], named, left, code, values, letter_of(symbol) not in both),
                *(_bare(symbol, code) if symbol in bare else ())] or _without(symbol) for symbol in wanted]
    # of how an end of a clip is made of letters one way alone is tried, but of objectives that are named this is theirs
    standard = letters.distances | letters.bare
    tried = letters.inside | {one for one in wanted if AT_END in one} if divided else standard
    open_ = frozenset(one for one in wanted if roles[one] not in named and one not in tried)
    for found in islice(product(*choices), MOST_WAYS):
        chosen = Matched({symbol: value for symbol, (value, _) in zip(wanted, found, strict=True)},
                         {symbol: text for symbol, (_, text) in zip(wanted, found, strict=True)})
        for one in agreeing(chosen, divided, given or {}):
            yield Way(one.values, tuple(_told(one.said)), equated=one.equated, supposed=one.supposed, apart=one.apart,
                      open=open_)


def _told(said: Mapping[str, str]) -> Iterator[str]:
    """What is said of constants; of one that is another at either end of a clip, at which it is what."""
    for symbol, text in said.items():
        same = [one for one in said if letter_of(one) == letter_of(symbol)]
        if text and len({said[one] for one in same}) > 1:
            yield f"{text} at the {'lower' if symbol.endswith('low') else 'upper'} end of the clip"
        elif text and symbol == same[0]:
            yield text


def _choices(symbol: str, role: str, named: Mapping[str, str], left: Iterable[str], code: Expression,
             values: Mapping[str, Fraction], single: bool) -> Iterator[tuple[Expression, str]]:
    printed = letter_of(symbol)
    end = role in ("low", "high")
    for meaning in (role, *(["epsilon"] if end else [])):
        if meaning in named:
            own = constant(named[meaning])
            yield own, f"{printed} is `{named[meaning]}`"
            compared = any(own in part.args for part in parts(code) if part.kind in COMPARING)
            if end and compared and _may_end(role, named[meaning], values):
                yield _distance(role, own), f"1 {'-' if role == 'low' else '+'} {printed} is `{named[meaning]}`"
            if meaning == role or not single:
                return
    if role == "high" and "cap" in named:
        yield _distance(role, constant(named["cap"])), f"1 + {printed} is `{named['cap']}`"
        return
    if end:
        yield from _ends(role, printed, code, values)
        return
    others = [name for name in left if meaning_of(name) in dict(MEANINGS)]
    yield from ((constant(name), f"{printed} is `{name}`") for name in left if name not in others)
    if role == "beta":  # a factor of 1 stands nowhere in the code
        yield from ((one, f"{printed} = {one.data}") for one in (ZERO, ONE))
    yield from ((one, f"{printed} = {one.data}") for one in _numerals(code) if one.data not in (0, 1))
    yield from ((constant(name), f"{printed} is `{name}`") for name in others)


def _without(symbol: str) -> list[tuple[Expression, str]]:
    """Values of a constant that nothing in the code can be: a loss must differ from the objective at all of them."""
    printed = letter_of(symbol)
    return [(number(value), f"{printed} = {value}, as nothing in the code is it") for value in SPREAD]


def _may_end(role: str, name: str, values: Mapping[str, Fraction]) -> bool:
    """Whether a hyper-parameter may be an end itself: not where it is as small as distances from 1 are."""
    least = Fraction(3, 4) if role == "high" else Fraction(1, 2) if DISTANCES.search(name) else Fraction(0)
    return values.get(name, Fraction(1)) >= least


def _distance(role: str, end: Expression) -> Expression:
    """How far an end of a clip is from 1."""
    return subtract(ONE, end) if role == "low" else subtract(end, ONE)


def _ends(role: str, printed: str, code: Expression,
          values: Mapping[str, Fraction]) -> Iterator[tuple[Expression, str]]:
    """What the code compares with: an end of a clip that no name tells. No lower end is one at 0, below every ratio."""
    for end in compared_with(code):
        found = _distance(role, end)
        far = float(evaluate(found, Batch({}, {name: float(value) for name, value in values.items()}, {})).item())
        if 0 < far <= (1 if role == "low" else FARTHEST):
            yield found, f"{printed} = {plain(found)}"
    if role == "low":
        yield ONE, f"{printed} = 1: no lower end"


def _bare(symbol: str, code: Expression) -> Iterator[tuple[Expression, str]]:
    """What the code compares with, as it stands there."""
    return ((end, f"{letter_of(symbol)} is `{plain(end)}`") for end in compared_with(code))


def _numerals(code: Expression) -> list[Expression]:
    found = {one for part in parts(code) if part.kind == "number" for one in (part, negative(part)) if one.data > 0}
    return sorted(found, key=lambda one: one.data)
