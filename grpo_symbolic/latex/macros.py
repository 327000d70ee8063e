r"""User macros (``\newcommand``, ``\def``, ``\let``, ``\DeclareMathOperator``): expanded, with their origins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .read_error import Fault, Malformed

MAX_DEPTH = 20
MAX_EXPANSIONS = 5_000
MAX_LENGTH = 200_000

CALL = re.compile(r"\\[A-Za-z]+|\\.", re.DOTALL)
COMMAND_END = re.compile(r"\\[A-Za-z]+$")
MAX_NAME = 100
PLACE = re.compile(r"#([1-9])")
DEFINING = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])\*?|\\(?:def|let)(?![A-Za-z])")
NAME = re.compile(r"\s*(?:\{\s*(\\[A-Za-z]+)\s*\}|(\\[A-Za-z]+))")
SAME = re.compile(r"\s*=?\s*(\\[A-Za-z]+)")
COUNT = re.compile(r"\s*\[\s*([0-9])\s*\]")
OPTIONAL = re.compile(r"\s*\[([^\[\]]*)\]")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
PARAMETERS = re.compile(r"\s*((?:#[1-9]\s*)*)")
SPACE = re.compile(r"\s*")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9 .-]*")


@dataclass(frozen=True)
class Macro:
    """A macro: how many arguments it takes, the default of the first if that is optional, its body."""

    arguments: int
    body: str
    optional: str | None = None


@dataclass(frozen=True)
class Expanded:
    """An expanded text. ``starts`` and ``origins`` say where its parts come from; what a macro printed comes from
    the place of its call."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[tuple[int, bool], ...]

    def origin(self, pos: int) -> int:
        """The offset in the source of an offset in the text."""
        place = bisect_right(self.starts, pos) - 1
        if place < 0:
            return pos
        offset, verbatim = self.origins[place]
        return offset + (pos - self.starts[place] if verbatim else 0)


def closing(text: str, start: int) -> int:
    """The offset after the brace that closes the one at ``start``; raises Fault."""
    depth = 0
    for found in BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    raise Malformed("the brace { is never closed", start)


def definition(text: str, found: re.Match[str], braces: Mapping[int, int]) -> tuple[str, Macro, int]:
    r"""The macro that a ``\newcommand`` or its like defines, and the offset after it; raises Fault.

    ``braces`` has the offset after the brace that closes each opening one of the text.
    """
    name = NAME.match(text, found.end())
    if name is None:
        raise Fault(f"{found.group()} needs the name of a macro", found.start())
    pos, arguments, optional = name.end(), 0, None
    if found.group() == r"\let":
        same = SAME.match(text, pos)
        if same is None:
            raise Fault(rf"\let{name[1] or name[2]} needs another command", found.start())
        return name[1] or name[2], Macro(0, same[1]), same.end()
    if found.group() == r"\def":
        places = PARAMETERS.match(text, pos)
        assert places is not None
        arguments, pos = places[1].count("#"), places.end()
    elif "Operator" not in found.group() and (count := COUNT.match(text, pos)):
        arguments, pos = int(count[1]), count.end()
        default = OPTIONAL.match(text, pos)
        if default:
            optional, pos = default[1], default.end()
    gap = SPACE.match(text, pos)
    start = gap.end() if gap else pos
    if text[start:start + 1] != "{":
        raise Malformed(f"{name[1] or name[2]} needs a body in braces", found.start())
    if start not in braces:
        raise Malformed("the brace { is never closed", start)
    end = braces[start]
    body = text[start + 1:end - 1]
    if "Operator" in found.group() and WORD.fullmatch(body.strip()):
        body = rf"\operatorname{{{body.strip()}}}"
    return name[1] or name[2], Macro(arguments, body, optional), end


class Expander:
    """Expands one text; ``left`` bounds the number of expansions, ``spent`` is how much text they have had."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self.macros = macros
        self.left = MAX_EXPANSIONS
        self.spent = 0

    def parts(self, text: str) -> Expanded:
        """The text expanded, with origins; raises Fault at the call that cannot be expanded."""
        pieces: list[str] = []
        starts: list[int] = []
        origins: list[tuple[int, bool]] = []
        length = pos = 0
        for start, end, printed in self.calls(text):
            for piece, origin, verbatim in ((text[pos:start], pos, True), (printed, start, False)):
                if piece:
                    starts.append(length)
                    origins.append((origin, verbatim))
                    pieces.append(piece)
                    length += len(piece)
            pos = end
            if length > MAX_LENGTH:
                raise Fault("the macros of this display expand to too much text", start)
        starts.append(length)
        origins.append((pos, True))
        return Expanded("".join([*pieces, text[pos:]]), tuple(starts), tuple(origins))

    def calls(self, text: str, depth: int = 0) -> Iterator[tuple[int, int, str]]:
        """The outermost calls in a text: where each starts, where it ends, what it prints."""
        pos = 0
        while call := CALL.search(text, pos):
            pos = call.end()
            macro = self.macros.get(call.group())
            if macro is None:
                continue
            try:
                values, pos = arguments(macro, text, call)
                printed = self.expanded(fill(macro, values), depth + 1)
            except Fault as fault:
                raise Fault(fault.reason, call.start()) from None
            before = text[max(0, call.start() - MAX_NAME):call.start()]
            yield call.start(), pos, apart(before, printed) + " " * text[pos:pos + 1].isalpha()

    def expanded(self, text: str, depth: int) -> str:
        """A macro's text, expanded in turn."""
        self.left -= 1
        self.spent += len(text)
        if depth > MAX_DEPTH or self.left < 0 or len(text) > MAX_LENGTH:
            raise Malformed("this macro expands without end, or to too much text", 0)
        pieces, pos, length = [], 0, 0
        for start, end, printed in self.calls(text, depth):
            pieces += [text[pos:start], printed]
            length += len(printed)
            if length > MAX_LENGTH:
                raise Fault("this macro expands to too much text", 0)
            pos = end
        return "".join([*pieces, text[pos:]])


def arguments(macro: Macro, text: str, call: re.Match[str]) -> tuple[list[str], int]:
    """The arguments of a call and the offset after them; raises Fault."""
    values, pos = [], call.end()
    for place in range(macro.arguments):
        if place == 0 and macro.optional is not None:
            default = OPTIONAL.match(text, pos)
            values.append(default[1] if default else macro.optional)
            pos = default.end() if default else pos
            continue
        while pos < len(text) and text[pos].isspace():
            pos += 1
        if pos == len(text):
            raise Malformed(f"{call.group()} takes {macro.arguments} arguments: one is missing", call.start())
        if text[pos] == "{":
            end = closing(text, pos)
            values.append(text[pos + 1:end - 1])
        else:
            single = CALL.match(text, pos)
            end = single.end() if single else pos + 1
            values.append(text[pos:end])
        pos = end
    return values, pos


def fill(macro: Macro, values: list[str]) -> str:
    """The body with its arguments; raises Fault where it names one that it does not take."""
    places = [int(place) for place in PLACE.findall(macro.body)]
    if places and max(places) > len(values):
        raise Fault(f"this macro uses argument #{max(places)} but takes {len(values)}", 0)
    if len(macro.body) + sum(len(values[place - 1]) for place in places) > MAX_LENGTH:
        raise Fault("this macro expands to too much text", 0)
    first, *rest = PLACE.split(macro.body)
    text = first
    for place, after in zip(rest[::2], rest[1::2], strict=True):
        text += apart(text[-MAX_NAME:], values[int(place) - 1])
        text += apart(text[-MAX_NAME:], after)
    return text


def apart(before: str, text: str) -> str:
    """A text that follows another, with a blank where a command before it would swallow its first letter."""
    return " " + text if text[:1].isalpha() and COMMAND_END.search(before) else text
