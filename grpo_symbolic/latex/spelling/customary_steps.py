r"""What a step brings on average, \mathbb{E}_\pi[r_t + \gamma V^\pi(s_{t+1}) | s_t = s], by the laws of that step.

The states and actions of the steps t, t+1, … are s, a, s', a', …; what is not given is drawn in turn, an action by the
policy and a state by where the action leads. What is paid from a step on has the mean Q^\pi, given that step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..parsing.surface import Content, Item, Piece, seen_in, unwrap
from .customary_laws import EXPECTATION, expectations
from .customary_paths import PATH, POLICY
from .edits import Change, Edit, Found, edited, end_of
from .indexed import every

KINDS = {"s": "s", "S": "s", "a": "a", "A": "a"}
REWARDS, RETURNS, ERROR = frozenset("rR"), frozenset("GR"), r"\delta"
GAMMA, VALUES = r"\gamma", frozenset("VQA")
NUMBERS = frozenset((GAMMA, r"\lambda", r"\alpha", r"\beta"))
BRACKETS, TIMES, FRACTIONS = ("(", "[", "brace"), ("·", r"\cdot", r"\times"), (r"\frac", r"\tfrac", r"\dfrac")
LAST = 3
STEP = re.compile(r"[a-z]")
BEFORE_BAR = re.compile(r"(?:\\(?:middle|[bB]igg?[mr]?)|\\[,;:!]|\s)+$")
UNDER = re.compile(rf"(?:(?:{re.escape(PATH)}|a_t)\s*\\sim\s*)?(?P<policy>{re.escape(POLICY)}[^(,]*)")

SERIES = re.compile(
    r"\\sum\s*(?:\\limits)?\s*_\{\s*(?P<k>[a-z])\s*=\s*0\s*\}\s*\^\s*\{?\s*\\infty\s*\}?\s*\\gamma\s*\^\s*\{?\s*(?P=k)\s*\}?"
    r"\s*[rR]_\{\s*(?P<step>[a-z])\s*\+\s*(?P=k)\s*(?:\+\s*(?P<after>[0-9])\s*)?\}"
    r"(?=\s*(?:[]|)+-]|\\[,;:!]|\\(?:mid|vert|right|middle|[bB]igg?[mr]?)(?![A-Za-z])))")
REWARD = re.compile(r"(?<![A-Za-z\\])[rR]_(?:\{\s*[a-z]\s*(?:\+\s*(?P<after>[0-9])\s*)?\}|[a-z])")


class Step(NamedTuple):
    """A step, so many after the one that a letter numbers, or after the start where there is no letter."""

    letter: str
    after: int


class Mean(NamedTuple):
    """An expectation given a state, or a state and an action: where it stands, of what it is, what its subscript
    prints, and the kinds of what is given, each with the name that the text gives to that."""

    start: int
    end: int
    body: Piece
    bar: int
    below: str
    given: Mapping[str, str]


class NoStep(Exception):
    """What is no mean of what a step brings."""


def rewards_in_series(found: Found) -> Change | None:
    r"""\sum_{k=0}^{\infty} \gamma^k r_{t+k} as G_t, where means are given what a step is."""
    if not any(mean_of(found, item, group) for item, group in expectations(found)):
        return None
    series = list(SERIES.finditer(found.text))
    numbers = [int(one["after"] or 0) for one in (*series, *REWARD.finditer(found.text))]
    places = [f"+{int(one['after'] or 0) - min(numbers)}".replace("+0", "") for one in series]
    edits = [Edit(one.start(), one.end(), f" G_{{{one['step']}{place}}}")
             for one, place in zip(series, places, strict=True)]
    return Change(tuple(edits), "") if edits and "G" not in found.defined else None


def one_step(found: Found) -> Change | None:
    """Means of what the next steps bring, given a state or a state and an action, as drawn step by step."""
    means = [mean for item, group in expectations(found) if (mean := mean_of(found, item, group)) is not None]
    try:
        return Steps(found, means).change() if means else None
    except NoStep:
        return None


def mean_of(found: Found, item: Item, group: Item | None) -> Mean | None:
    """An expectation given the state of a step, or that and its action; None for another one."""
    body = None if group is None or group.kind != "group" else group.body
    if group is None or body is None or not group.plain or [sign for sign, _ in body.seps[:1]] != ["|"]:
        return None
    given = [condition(piece) for piece in body.pieces[1:]]
    kinds = {one[0]: one[1] for one in given if one is not None}
    if list(kinds) not in (["s"], ["s", "a"]) or len(kinds) != len(given):
        return None
    return Mean(item.pos, group.end, body.pieces[0], body.seps[0][1], found.of(item.sub), kinds)


def condition(piece: Piece) -> tuple[str, str] | None:
    """The kind of what a piece gives, s_t or S_t = s, and the name that it gives; None for another piece."""
    sides = [None if side is None or side.lone is None else unwrap(side.lone) for side in piece.sides]
    first = sides[0]
    if first is None or first.value not in KINDS or (step := step_of(first)) is None or step.after:
        return None
    if not piece.rels:
        return KINDS[first.value], ""
    second = sides[1] if [rel for rel, _ in piece.rels] == ["="] else None
    return None if second is None or second.kind != "sym" or not second.plain else (KINDS[first.value], second.value)


def step_of(item: Item) -> Step | None:
    """The step that a symbol's subscript numbers: t, t+1, 0; None where it numbers none."""
    if item.kind != "sym" or item.sub is None or item.primes:
        return None
    only = seen_in(item.sub).only
    if only is None or [sign for sign, _, _ in only.terms] not in ([""], ["", "+"]):
        return None
    parts = [items[0] for _, items, _ in only.terms if len(items) == 1 and items[0].plain]
    if [part.kind for part in parts] == ["num"] and parts[0].value.isdecimal():
        return Step("", int(parts[0].value))
    numbered = [part.kind for part in parts] in (["sym"], ["sym", "num"]) and len(parts) == len(only.terms)
    if not numbered or not STEP.fullmatch(parts[0].value) or not all(part.value.isdecimal() for part in parts[1:]):
        return None
    return Step(parts[0].value, int(parts[1].value) if parts[1:] else 0)


class Steps:
    """What a text says of the steps that its means name, all of them by one letter."""

    def __init__(self, found: Found, means: Sequence[Mean]) -> None:
        self.found, self.means = found, means
        self.numbered = {item.pos: step for content in (found.content,) for item in every(content)
                         if (step := step_of(item)) is not None}
        letters = {self.numbered[item.pos].letter for mean in means for item in inside(mean)
                   if item.value in KINDS and item.pos in self.numbered}
        if len(letters) > 1:
            raise NoStep
        self.letter = letters.pop() if letters else "t"
        self.names = self.first_names()
        self.paid_after = self.first_reward()
        self.said = list[str]()

    def first_names(self) -> dict[str, str]:
        """The names of the state and the action that are given. Raises NoStep where there are several."""
        found = {"s": "s", "a": "a"}
        given = [pair for mean in self.means for pair in mean.given.items()]
        if len(set(given)) > len({kind for kind, _ in given}):
            raise NoStep
        return found | {kind: name for kind, name in given if name}

    def first_reward(self) -> int:
        """How many steps after its own the reward of a step is numbered: 0 or 1."""
        steps = [self.numbered[item.pos].after for mean in self.means for item in inside(mean)
                 if item.value in REWARDS and item.pos in self.numbered and not self.is_paid(mean, item)]
        if min(steps, default=0) > 1:
            raise NoStep
        return min(steps, default=0)

    def is_paid(self, mean: Mean, item: Item) -> bool:
        r"""Whether a symbol is all that is paid from a step on: G_t, or R_t beside no value and no other reward."""
        if item.value not in RETURNS or item.pos not in self.numbered or item.value in self.found.defined:
            return False
        others = {one.value for one in inside(mean) if one.pos != item.pos and (one.value == "R" or one.sup)}
        return item.value == "G" or not (self.numbered[item.pos].after or others & {*VALUES, "R"})

    def change(self) -> Change:
        """The edits: of each mean, and of the names of what is given outside of them. Raises NoStep."""
        edits = [Edit(mean.start, mean.end, self.drawn(mean)) for mean in self.means]
        named = any(name for mean in self.means for name in mean.given.values())
        for item in every(self.found.content):
            if any(mean.start <= item.pos < mean.end for mean in self.means):
                continue
            step = self.numbered.get(item.pos)
            if step is not None and step.letter == self.letter:
                if named or item.value not in KINDS or step.after:
                    raise NoStep
                edits.append(Edit(item.pos, end_of(self.found.text, item), self.name(KINDS[item.value], 0)))
            elif item.kind == "sym" and not named and item.value in self.names.values() or item.kind == "big":
                raise NoStep
        law = r"what is not given of a step is drawn, an action by the policy and a state by P(s'|s,a)"
        return Change(tuple(edits), ", ".join(dict.fromkeys([law, *self.said])))

    def name(self, kind: str, after: int) -> str:
        """The name of the state or the action so many steps after the one that is given. Raises NoStep."""
        if not 0 <= after <= LAST:
            raise NoStep
        return self.names[kind] + "'" * after

    def drawn(self, mean: Mean) -> str:
        """A mean as one over what is not given, in turn. Raises NoStep."""
        body = Body(self, mean)
        text = body.text()
        for place in reversed(range(body.last + 1)):
            kind, after = "sa"[place % 2], place // 2
            if after or kind not in mean.given:
                text = rf"{EXPECTATION}_{{{self.name(kind, after)} \sim {body.law(kind, after)}}}\left[ {text} \right]"
        return rf"\left( {text} \right)"


class Body:
    """Writes what a mean is of; ``last`` is the place of the last of s, a, s', a', … that it names."""

    def __init__(self, steps: Steps, mean: Mean) -> None:
        self.steps, self.mean, self.last = steps, mean, -1

    def text(self) -> str:
        """What the mean is of, with the names that states and actions get. Raises NoStep."""
        only, found = self.mean.body.only, self.steps.found
        if only is None:
            raise NoStep
        for _, items, _ in only.terms:
            self.paid(items)
        edits = [edit for item in inside(self.mean) for edit in self.edits(item)]
        shifted = [Edit(edit.start - only.pos, edit.end - only.pos, edit.text) for edit in edits]
        return BEFORE_BAR.sub("", edited(found.text[only.pos:self.mean.bar], shifted).text)

    def paid(self, items: Sequence[Item]) -> int | None:
        """The step from which a product counts what is paid, None where it does not. Raises NoStep where it is not
        linear in that, or has a factor that is decided by later steps."""
        befores = [None, *items]
        holders = [(item, step) for item, before in zip(items, befores, strict=False)
                   if (step := self.paid_in(item, before)) is not None]
        if not holders:
            return None
        (holder, step), *more = holders
        others = [one for item in items if item is not holder for one in every(seen_in(item))]
        if more or any(self.steps.numbered[one.pos].after > step for one in others if one.pos in self.steps.numbered):
            raise NoStep
        return step

    def paid_in(self, item: Item, before: Item | None) -> int | None:
        """The step from which a factor counts what is paid, as ``paid``: a symbol by itself, or a sum in brackets that
        are no argument of what stands before them."""
        if self.steps.is_paid(self.mean, item) and (before is None or is_factor(before) or before.kind == "sym"):
            return self.steps.numbered[item.pos].after
        free = before is None or is_factor(before) or before.value in NUMBERS
        only = item.body.only if item.value in BRACKETS and item.body is not None and item.plain and free else None
        if only is not None:
            return min((step for _, items, _ in only.terms if (step := self.paid(items)) is not None), default=None)
        if any(self.steps.is_paid(self.mean, one) for one in every(seen_in(item))):
            raise NoStep
        return None

    def edits(self, item: Item) -> Iterable[Edit]:
        """The edit of one item, where it names a step. Raises NoStep where that is not read."""
        steps = self.steps
        step = steps.numbered.get(item.pos)
        if step is None or step.letter != steps.letter:
            if item.kind == "big" or item.kind == "cmd" and item.value == r"\mathbb":
                raise NoStep
            return
        if item.sup is not None or item.value in steps.found.defined:
            raise NoStep
        yield Edit(item.pos, end_of(steps.found.text, item), self.meant(item, step.after))

    def meant(self, item: Item, after: int) -> str:
        """What a symbol of a step stands for. Raises NoStep."""
        steps = self.steps
        if item.value in KINDS:
            return self.named(KINDS[item.value], after)
        if steps.is_paid(self.mean, item):
            steps.said.append(r"what is paid from a step on has the mean Q^\pi(s_t,a_t) given that step")
            return self.value("Q", after)
        if item.value in REWARDS:
            return self.reward(after - steps.paid_after)
        if item.value == ERROR:
            steps.said.append(r"\delta_t = r(s_t,a_t) + \gamma V^\pi(s_{t+1}) - V^\pi(s_t)")
            return f"({self.reward(after)} + {GAMMA} {self.value('V', after + 1)} - {self.value('V', after)})"
        raise NoStep

    def named(self, kind: str, after: int) -> str:
        """The name of a state or an action, which is noted."""
        self.last = max(self.last, 2 * after + "sa".index(kind))
        return self.steps.name(kind, after)

    def reward(self, after: int) -> str:
        """The reward of a step."""
        self.steps.said.append(r"the reward of a step is r(s_t,a_t)")
        return f"r({self.named('s', after)},{self.named('a', after)})"

    def value(self, letter: str, after: int) -> str:
        """The value of the state of a step, or of its state and action."""
        arguments = ",".join(self.named(kind, after) for kind in ("s" if letter == "V" else "sa"))
        return rf"{letter}^{{{self.policy()}}}({arguments})"

    def law(self, kind: str, after: int) -> str:
        """What a state or an action is drawn from."""
        if kind == "a":
            return rf"{self.policy()}(\cdot|{self.steps.name('s', after)})"
        return rf"P(\cdot|{self.steps.name('s', after - 1)},{self.steps.name('a', after - 1)})"

    def policy(self) -> str:
        """The policy that a mean names, or the one policy of the values of the text. Raises NoStep."""
        if self.mean.below:
            named = {found["policy"].strip() for found in [UNDER.fullmatch(self.mean.below)] if found}
        else:
            named = {self.steps.found.of(item.sup) for item in every(self.steps.found.content)
                     if item.value in VALUES and item.sup is not None}
        if len(named) != 1 or not (policy := named.pop()).startswith(POLICY):
            raise NoStep
        return policy


def is_factor(before: Item) -> bool:
    """Whether what follows is a factor beside it, and neither its argument nor below a fraction's stroke."""
    return before.kind in ("group", "num") or before.value in (*TIMES, *FRACTIONS)


def inside(mean: Mean) -> Iterator[Item]:
    """All items of what a mean is of."""
    yield from every(Content(mean.body))
