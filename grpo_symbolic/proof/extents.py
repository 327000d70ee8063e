"""How far ranges go in terms: what counts something, the members that ranges leave out, the steps of paths."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sympy import Basic

from .. import language as lang

COUNTING = (lang.Plus, lang.Neg, lang.Times, lang.Power, lang.Min, lang.Max)
SIZES = frozenset({"G", "T"})
HORIZONS = frozenset({"T", "H", "L", "N", r"T_{\text{max}}", r"T_{\max}"})
STEPS = (lang.TokenOf, lang.Prefix, lang.After)
NUMBERING = frozenset(("index", "token"))


def sizes_of(*terms: Basic) -> frozenset[str]:
    """The names that stand in the upper ends of ranges: each counts something."""
    waiting = [lang.span(part.args[0])[1] for term in terms for part in term.parts
               if isinstance(part, (lang.Sum, lang.Product))]
    found = set()
    while waiting:
        end = waiting.pop()
        if isinstance(end, lang.Const):
            found.add(end.name)
        elif isinstance(end, lang.App):
            found.add(end.head.layout)
        elif isinstance(end, COUNTING):
            waiting += end.args
    return frozenset(found)


def members_left_out(relation: Basic) -> dict[Basic, Basic]:
    """The free indices that are left out of ranges, with the end of these where it is one name for all ranges.

    Such an index numbers a member of a family of which others are summed: c_i beside Σ_{j≠i} c_j.
    """
    sums = [part for part in relation.parts if isinstance(part, (lang.Sum, lang.Product))
            and part.args[2].sort in ("index", "token")]
    if not sums:
        return {}
    ends = {part.args[0] for part in sums}
    apps = [part for part in relation.parts if isinstance(part, lang.App)]
    summed = {(app.head, place) for app in apps for place, arg in enumerate(app.params) if isinstance(arg, lang.Bound)}
    numbered = {arg for app in apps for place, arg in enumerate(app.params) if (app.head, place) in summed}
    left_out = {part.args[1] for part in sums if isinstance(part.args[1], lang.Var)} & numbered
    return dict.fromkeys(left_out, *ends) if len(ends) == 1 and isinstance(next(iter(ends)), lang.Const) else {}


def ranged(part: Basic) -> bool:
    """Whether a part has a range of indices or tokens."""
    if isinstance(part, lang.Largest):
        return len(part.args) > 1
    return isinstance(part, (lang.Sum, lang.Product)) and part.args[2].sort in NUMBERING


def ends_of(parts: Iterable[Basic]) -> set[Basic]:
    """The ends of the ranges of indices and tokens."""
    return {lang.span(part.args[0 if isinstance(part, (lang.Sum, lang.Product)) else 1])[1] for part in parts
            if ranged(part)}


class Bounds(NamedTuple):
    """What is given of a number, where it is at ``least`` one number and at most an ``end``, or several."""

    least: tuple[int, ...]
    ends: tuple[Basic, ...]


def bounds_of(name: str, given: Collection[lang.Relation]) -> Bounds | None:
    """What is given of a number by its name; None where that is no bound, or by something else than a whole number."""
    least, ends = [], []
    for one in given:
        if not any(isinstance(part, lang.Const) and part.name == name for part in one.walk()):
            continue
        lesser, greater = (one.lhs, one.rhs) if one.op in ("<", "≤") else (one.rhs, one.lhs)
        number, alone = lang.literal(lesser), [isinstance(side, lang.Const) and side.name == name
                                               for side in (lesser, greater)]
        if one.op == "=" or one.op == "≈" or not any(alone) or alone[1] and (number is None or number.denominator > 1):
            return None
        if alone[1] and number is not None:
            least.append(int(number) + (one.op in ("<", ">")))
        elif one.op in ("≤", "≥"):
            ends.append(greater)
        else:
            return None
    return Bounds(tuple(least), tuple(ends))


def may_be_outside(var: lang.Var, given: Collection[lang.Relation], ends: Collection[Basic]) -> bool:
    """Whether what is given of an index, as a number, says where it is, and not that it is in a range to these ends."""
    found = bounds_of(var.name, given)
    return found is None or found != Bounds((), ()) and (
        min(found.least, default=1) < 1 or not any(end in ends for end in found.ends))


def may_be_some(var: lang.Var, given: Collection[lang.Relation], ends: Collection[Basic]) -> bool:
    """Whether what is given of an index, as a number, may leave out some in the ranges to these ends."""
    found = bounds_of(var.name, given)
    return found is None or max(found.least, default=1) > 1 or any({*ends} - {end} for end in found.ends)


class PathsOf(NamedTuple):
    """Of paths of which steps are named: how many terms their laws are conditioned on, and how many steps they have.

    ``horizon`` is one number for all of them, NONE where each has its own, ALL where several ends of ranges may be it.
    """

    contexts: frozenset[int]
    horizon: Basic

    @property
    def counted(self) -> str:
        """The number of steps of all paths, as it is said; empty where they have none of their own."""
        names = [term.name for term in self.horizon.walk() if isinstance(term, lang.Const)] if isinstance(
            self.horizon, lang.Term) and self.horizon != lang.ENDLESS else []
        past = end_of_steps(self.horizon).past if names else 0
        return "".join(names) + (f" + {past}" if past else "")


def paths_in(*terms: Basic) -> PathsOf | None:
    """What terms say of paths; None where nothing that is drawn has steps."""
    parts = [part for term in terms for part in term.parts]
    if not any(isinstance(part, STEPS) for part in parts):
        return None
    contexts = {len(part.context) - 1 for part in parts
                if isinstance(part, lang.Law) and part.context and isinstance(part.context[-1], lang.Prefix)}
    contexts |= {len(part.law.context) for part in parts
                 if isinstance(part, lang.Expect) and isinstance(part.law, lang.Law) and names_steps(part.scope)}
    if not contexts:
        return None
    ends = {end for part in parts if isinstance(part, (lang.Sum, lang.Product)) and part.args[-1].sort == "token"
            and any(isinstance(inner, STEPS) for inner in part.args[-1].body.walk())
            for end in [end_of_steps(lang.span(part.args[0])[1])]}
    bases = {end.base for end in ends}
    if len(bases) > 1 or ends and max(end.past for end in ends) < 0 or not all(map(counts_steps, bases)):
        return PathsOf(frozenset(contexts), lang.ALL)
    base, past = max(ends, key=lambda end: end.past) if ends else EndOfSteps(lang.NONE, 0)
    if base == lang.NONE or not past:
        return PathsOf(frozenset(contexts), base if not past else lang.ALL)
    return PathsOf(frozenset(contexts), lang.plus(base, lang.Num(past)))


def names_steps(scope: lang.Scope) -> bool:
    """Whether a body names a token or a prefix of what is drawn."""
    var, body = scope.open(scope.free)
    return any(isinstance(part, STEPS) and var in part.free for part in body.walk())


def counts_steps(base: Basic) -> bool:
    """Whether a name is one for how many steps a path has."""
    return base in (lang.NONE, lang.ENDLESS) or isinstance(base, lang.Const) and base.name in HORIZONS


class EndOfSteps(NamedTuple):
    """The end of a range of steps: a number of them, NONE for the length of a path, and how far it goes ``past`` it."""

    base: Basic
    past: int


def end_of_steps(end: Basic) -> EndOfSteps:
    """What an end is that is a name and a number; any other is one of its own."""
    terms = end.args if isinstance(end, lang.Plus) else (end,)
    numbers = [lang.literal(term) for term in terms]
    names = [term for term, number in zip(terms, numbers, strict=True) if number is None]
    past = sum(number for number in numbers if number is not None)
    if len(names) != 1:
        return EndOfSteps(end, 0)
    return EndOfSteps(lang.NONE if isinstance(names[0], lang.Length) else names[0], int(past))
