r"""Another reading of texts that name steps beside a step: \delta_{t+1}, \sum_l \gamma^l r_{t+l}, V_{t+1}(s_{t+1}).

It is tried where a text cannot be read as it is printed: with quantities of a step written out, it is an equation
between numbers of steps, or one of expectations in which sums start at a step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from ..constructs.starts import constants
from ..names.declaring import Declaration
from ..parsing.parser import parse
from ..parsing.surface import Content, Expr, Item, Piece, seen_in, unwrap
from ..read_error import Fault, ReadError
from ..spelling.indexed import counted, every
from .by_step import read_steps
from .geometric_sums import value_of_steps
from .returns import as_values, terms_of
from .statement import Statement
from .whole_numbers import Form, Unsaid, added, whole_of
from .written_out import (
    IN_THE_FIELD,
    OfStep,
    definition_of,
    edited,
    in_the_field,
    left_undefined,
    uses,
    within,
    written_out,
)

VALUES = frozenset("VQA")
INFINITY = r"\infty"
DRAWING = frozenset((r"\mathbb", "E", r"\pi", "nabla", r"\tau", r"\partial"))
MOST_RANGES = 8
RETURN = r"\mathbb{E}_\pi[\sum_k \gamma^k r(s_k,a_k) | s_0 = s] = V^\pi(s)"
Reader = Callable[..., Statement]


class Way(NamedTuple):
    """One way to read a text so: what it takes quantities of custom for, and what is read then."""

    said: tuple[str, ...]
    found: Statement


def ways_to_read(latex: str, where: Sequence[str], assume: Sequence[str], read: Reader,
                 declared: Sequence[Declaration] = ()) -> list[Way]:
    """The statement under each meaning that quantities of custom have; empty where one of them cannot be read.

    ``read`` reads a text under other definitions, and what is assumed and ``declared``, as it is printed.
    """
    found = [(text, definition_of(text)) for text in where]
    known = dict(one for _, one in found if one is not None)
    others = [text for text, one in found if one is None]
    try:
        names = left_undefined([latex, *others], known)
        if names and expects(latex):
            return []  # what is expected of a critic need not be so of values
        ways = []
        for choice in product(*(IN_THE_FIELD[name] for name in names)):
            chosen: Mapping[str, OfStep] = {**known, **dict(zip(names, choice, strict=True))}
            text = written_out(latex, chosen)
            said = tuple(f"{shown(name, one)} = {one.text}" for name, one in zip(names, choice, strict=True))
            statement = in_steps(text, latex, [written_out(one, chosen) for one in others], assume, read,
                                 declared)
            ways.append(Way(said, replace(statement, quantities=(*said, *statement.quantities), by_step=True)))
    except (Fault, ReadError, Unsaid):
        return []
    return ways


def defines_a_quantity(latex: str, where: Sequence[str]) -> str:
    """The quantity of a step that an equation of numbers of steps defines, as it is printed; empty of other texts."""
    found = definition_of(latex)
    known = dict(one for one in map(definition_of, where) if one is not None)
    if found is None or found[0] in known:
        return ""
    name, quantity = found
    try:
        again = uses(quantity.text, {name: quantity})
        others = {one: ways[0] for one, ways in in_the_field([latex]).items() if one != name}
        text = written_out(quantity.text, {**others, **known})
        return "" if again or not value_of_steps(parse(text)[0]) else shown(name, quantity)
    except (Fault, Unsaid):
        return ""


def shown(name: str, quantity: OfStep) -> str:
    """How a quantity of a step is printed."""
    symbol, _, above = name.partition("^")
    return rf"{symbol}_{quantity.letter}" + (f"^{{{above}}}" if above else "")


def in_steps(text: str, latex: str, others: Sequence[str], assume: Sequence[str], read: Reader,
             declared: Sequence[Declaration] = ()) -> Statement:
    """The statement of a text in which nothing has to be written out any more. Raises Unsaid and ReadError."""
    if not expects(text):
        said = [read(one, assume=()) for one in (*assume, *(given for one in declared for given in one.given))]
        if others or any(one.kind != "num" for one in declared) or any(not one.claims for one in said):
            raise Unsaid
        found = read_steps(text, latex, [claim.relation for one in said for claim in one.claims])
        numbers = {const.name for claim in found.claims for const in constants(claim.relation)}
        return replace(found, declared=tuple((one, one.symbol in numbers) for one in declared))
    valued = [as_values(one) for one in (text, *others)]
    main, *rest = (from_a_step(of_states(one)) for one in valued)
    quantities = () if valued == [text, *others] else (RETURN,)
    return replace(read(main, rest), latex=latex, quantities=quantities)


def expects(text: str) -> bool:
    """Whether a text draws something, or differentiates; a letter that a sum counts is none of that. Raises Fault."""
    items = every(parse(text)[0])
    numbers = {name for item in items if item.kind == "big" and item.sub is not None for name in counted(item.sub)}
    return any(item.value in DRAWING - numbers for item in items)


# What is expected


def of_states(text: str) -> str:
    """A text in which the step of a value is that of its state: V(s_{t+1}) for V_{t+1}(s_{t+1})."""
    edits = []
    for items in terms_of(parse(text)[0]):
        for item, following in zip(items, items[1:], strict=False):
            if item.kind != "sym" or item.value not in VALUES or item.sub is None or following.body is None:
                continue
            first = following.body.pieces[0].only
            state = None if first is None else first.lone
            if state is not None and state.value == "s" and state.sub is not None and \
                    step_at(state.sub) == step_at(item.sub):
                edits.append((text.rindex("_", 0, item.sub.pos + 1), item.sub.end, ""))
    return edited(text, edits)


def step_at(sub: Item) -> Form | None:
    """The step that a subscript names, None where it names none."""
    try:
        return whole_of(seen_in(sub).only)
    except Unsaid:
        return None


def from_a_step(text: str) -> str:
    r"""A text in which sums over what is added to a step, \sum_{l=0} \gamma^l r_{t+l}, start at the step.

    Raises Unsaid where the steps of a sum are those of two.
    """
    for _ in range(MOST_RANGES):
        content, _ = parse(text)
        found = next((edits for items in terms_of(content) for place, item in enumerate(items)
                      if item.kind == "big" and (edits := from_step(text, item, items[place + 1:]))), None)
        if found is None:
            return text
        text = edited(text, found)
    raise Unsaid


def from_step(text: str, item: Item, items: list[Item]) -> list[tuple[int, int, str]]:
    """What to put elsewhere so that a sum starts at a step; nothing where it does not add to one."""
    if item.sub is None or item.sup is None or len(seen_in(item.sub).pieces) > 1 or not items:
        return []
    piece = seen_in(item.sub).pieces[0]
    lone = None if piece.sides[0] is None else piece.sides[0].lone
    if lone is None or [rel for rel, _ in piece.rels] != ["="] or not lone.plain:
        return []
    body = Content(Piece(Expr("", items, items[0].pos)))
    steps = [(one.sub, step) for one in every(body) if one.sub is not None and one.kind != "big"
             and (step := step_at(one.sub)) and step.get(lone.value)]
    bases = {tuple(sorted((name, count) for name, count in step.items() if name not in ("", lone.value)))
             for _, step in steps}
    if bases in (set(), {()}):
        return []
    if len(bases) > 1 or any(step[lone.value] != 1 for _, step in steps) or [n for _, n in next(iter(bases))] != [1]:
        raise Unsaid
    base, = (name for name, _ in next(iter(bases)))
    new = base
    while new in {one.value + "'" * one.primes for one in every(parse(text)[0])}:
        new += "'"
    edits = [(sub.pos, sub.end, f"{{{printed({new: 1, '': step.get('', 0)})}}}") for sub, step in steps]
    done = [(begin, end) for begin, end, _ in edits]
    for one, _, script in within(body):
        if one.value == lone.value and one.kind == "sym" and one.plain and not any(
                begin <= one.pos < end for begin, end in done):
            edits.append((one.pos, one.end, f"{{{new}-{base}}}" if script else f"({new}-{base})"))
    first = printed(added(whole_of(piece.sides[1]), {base: 1}))
    edits.append((item.sub.pos, item.sub.end, f"{{{new}={first}}}"))
    if unwrap(item.sup).value != INFINITY:
        last = printed(added(whole_of(seen_in(item.sup).only), {base: 1}))
        edits.append((item.sup.pos, item.sup.end, f"{{{last}}}"))
    return edits


def printed(form: Form) -> str:
    """A whole number as it is printed, a letter first."""
    order = sorted((name, count) for name, count in form.items() if name and count) + [("", form.get("", 0))]
    order.sort(key=lambda one: (one[1] < 0, not one[0]))
    text = ""
    for name, count in order:
        if count:
            size = name if name and abs(count) == 1 else f"{abs(count)}{name}"
            text += ("-" if count < 0 else "+" if text else "") + size
    return text or "0"
