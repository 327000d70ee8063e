r"""User macros: expanded, with their origins.

They are defined by ``\newcommand``, ``\def``, ``\let``, ``\DeclareMathOperator``, ``\NewDocumentCommand`` and
``\DeclarePairedDelimiter``, and by what is like these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..read_error import Fault, Malformed

MAX_DEPTH = 20
MAX_EXPANSIONS = 5_000
MAX_LENGTH = 200_000

CALL = re.compile(r"\\[A-Za-z]+|\\.", re.DOTALL)
LAST_CALL = re.compile(r"(\\[A-Za-z]+)\*?\s*$")
COMMAND_END = re.compile(r"\\[A-Za-z]+$")
MAX_NAME = 100
PLACE = re.compile(r"#([1-9])")
DEFINING = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])\*?|\\(?:[gex]?def|let)(?![A-Za-z])"
    r"|\\(?:New|Renew|Provide|Declare)DocumentCommand(?![A-Za-z])|\\DeclarePairedDelimiter(?:X(?:PP)?)?(?![A-Za-z])")
NAME = re.compile(r"\s*(?:\{\s*(\\(?:[A-Za-z@]+|[0-9|]))\s*\}|(\\(?:[A-Za-z@]+|[0-9|])))")
SAME = re.compile(r"\s*=?\s*(\\[A-Za-z]+)")
COUNT = re.compile(r"\s*\[\s*([0-9])\s*\]")
OPTIONAL = re.compile(r"\s*\[([^\[\]]*)\]")
STARRED = re.compile(r"\s*(\*)")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
PARAMETERS = re.compile(r"\s*((?:#[1-9]\s*)*)")
DELIMITED = re.compile(r"[^{}\n]{1,100}(?=\{)")
SINGLE = re.compile(r"\s*(\\[A-Za-z]+|\\[^A-Za-z\s])")
SPACE = re.compile(r"\s*")
# The arguments of a document command: one in braces, one in brackets with a default or none, a star. What is missing,
# and whether there is a star, prints nothing that is known.
SPECIFIED = re.compile(r"\s*[+!]*(?:(m)|O\s*\{([^{}]*)\}|(o)|(s))")
STAR, MISSING = "*", r"\NoValue"
DELIMITER_SIZE = re.compile(r"\\delimsize(?![A-Za-z])")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9 .-]*")


@dataclass(frozen=True)
class Macro:
    """A macro: how many arguments it takes, the default of the first if that is optional, its body.

    ``kinds`` has the arguments of one with several that are optional: their defaults, STAR for a star, None for one in
    braces.
    """

    arguments: int
    body: str
    optional: str | None = None
    kinds: tuple[str | None, ...] = ()

    @property
    def defaults(self) -> tuple[str | None, ...]:
        """For each argument what ``kinds`` has."""
        return self.kinds or (self.optional, *(None,) * (self.arguments - 1))[:self.arguments]


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


def definition(text: str, found: re.Match[str], braces: Mapping[int, int]) -> tuple[str, Macro | None, int]:
    r"""The macro that a ``\newcommand`` or its like defines, None if it stays unknown, and the offset after it.

    Raises Fault.

    ``braces`` has the offset after the brace that closes each opening one of the text.
    """
    name = NAME.match(text, found.end())
    if name is None:
        raise Fault(f"{found.group()} needs the name of a macro", found.start())
    pos, arguments, optional = name.end(), 0, None
    if "Document" in found.group() or "Paired" in found.group():
        make = paired if "Paired" in found.group() else document_command
        macro, end = make(text, found.group(), pos, braces)
        return name[1] or name[2], macro, end
    if found.group() == r"\let":
        same = SAME.match(text, pos)
        if same is None:
            raise Fault(rf"\let{name[1] or name[2]} needs another command", found.start())
        return name[1] or name[2], Macro(0, same[1]), same.end()
    if found.group().endswith("def"):
        places = PARAMETERS.match(text, pos)
        assert places is not None
        arguments, pos = places[1].count("#"), places.end()
        if (delimited := DELIMITED.match(text, pos)) and delimited.end() in braces:
            return name[1] or name[2], None, braces[delimited.end()]
    elif "Operator" not in found.group() and (count := COUNT.match(text, pos)):
        arguments, pos = int(count[1]), count.end()
        default = OPTIONAL.match(text, pos)
        if default:
            optional, pos = default[1], default.end()
    body, end = in_braces(text, pos, braces, f"{name[1] or name[2]} needs a body in braces")
    if "Operator" in found.group() and WORD.fullmatch(body.strip()):
        body = rf"\operatorname{{{body.strip()}}}"
    return name[1] or name[2], Macro(arguments, body, optional), end


def in_braces(text: str, pos: int, braces: Mapping[int, int], reason: str) -> tuple[str, int]:
    """What stands in the braces at a place, and the offset after them; raises Malformed."""
    gap = SPACE.match(text, pos)
    start = gap.end() if gap else pos
    if text[start:start + 1] != "{":
        raise Malformed(reason, pos)
    if start not in braces:
        raise Malformed("the brace { is never closed", start)
    return text[start + 1:braces[start] - 1], braces[start]


def document_command(text: str, command: str, pos: int, braces: Mapping[int, int]) -> tuple[Macro | None, int]:
    r"""The macro that ``\NewDocumentCommand`` or its like defines, and the offset after it; raises Malformed.

    None stands for one with arguments of other kinds, which stays unknown.
    """
    said, pos = in_braces(text, pos, braces, f"{command} needs its arguments in braces")
    kinds, place = list[str | None](), 0
    while found := SPECIFIED.match(said, place):
        kinds.append(None if found[1] else STAR if found[4] else MISSING if found[3] else found[2])
        place = found.end()
    body, pos = in_braces(text, pos, braces, f"{command} needs a body in braces")
    known = not said[place:].strip() and len(kinds) < 10
    return Macro(len(kinds), body, kinds=tuple(kinds)) if known else None, pos


def paired(text: str, command: str, pos: int, braces: Mapping[int, int]) -> tuple[Macro | None, int]:
    r"""The macro that ``\DeclarePairedDelimiter`` or its like defines, and the offset after it; raises Fault.

    Its star and its size change no meaning.
    """
    count, number = COUNT.match(text, pos) if "X" in command else None, 1
    if count is not None:
        number, pos = int(count[1]), count.end()
    parts = list[str]()
    for _ in range({"X": 3, "P": 5}.get(command[-1], 2)):
        single = SINGLE.match(text, pos)
        part, pos = (single[1], single.end()) if single else in_braces(
            text, pos, braces, f"{command} needs its parts in braces")
        parts.append(PLACE.sub(lambda found: f"#{int(found[1]) + 2}", part))
    before, after = (parts.pop(0), parts.pop(2)) if command.endswith("PP") else ("", "")
    left, right, *body = parts
    inner = DELIMITER_SIZE.sub("", body[0]) if body else "#3"
    whole = rf"{before}\left{left} {inner} \right{right}{after}"
    return Macro(number + 2, whole, kinds=(STAR, "", *(None,) * number)) if number < 8 else None, pos


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
                body, pos = self.finished(fill(macro, values), text, pos, depth)
                printed = self.expanded(body, depth + 1)
            except Fault as fault:
                raise Fault(fault.reason, call.start()) from None
            before = text[max(0, call.start() - MAX_NAME):call.start()]
            yield call.start(), pos, apart(before, printed) + " " * text[pos:pos + 1].isalpha()

    def finished(self, body: str, text: str, pos: int, depth: int) -> tuple[str, int]:
        """A body that ends with a call, whose arguments stand in the text from ``pos`` on, and the place after them."""
        while (last := LAST_CALL.search(body)) and (macro := self.macros.get(last[1])):
            self.left -= 1
            if self.left < 0 or depth > MAX_DEPTH:
                raise Malformed("this macro expands without end, or to too much text", 0)
            rest = body[last.start():] + text[pos:]
            call = CALL.match(rest)
            assert call is not None
            values, end = arguments(macro, rest, call)
            head = body[:last.start()]
            body, pos = head + apart(head[-MAX_NAME:], fill(macro, values)), pos + end - len(last[0])
        return body, pos

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
    for default in macro.defaults:
        if default is not None:
            given = (STARRED if default == STAR else OPTIONAL).match(text, pos)
            values.append(MISSING if default == STAR else given[1] if given else default)
            pos = given.end() if given else pos
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
