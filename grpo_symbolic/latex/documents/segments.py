r"""Where the displays of a ``.tex`` text start and end, and which macros are defined before each; one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..notation.vocabulary import words
from ..parsing.macros import BRACE, DEFINING, OPTIONAL, SPACE, Macro, definition
from ..read_error import Fault, Malformed
from .edges import EDGE, NEW_ENVIRONMENT, Edge, edge_of, environment_definition

NUMBERED = words("equation align gather multline eqnarray alignat xalignat flalign dmath IEEEeqnarray")
ROWS = words("align gather eqnarray alignat xalignat flalign IEEEeqnarray")
OPENERS = NUMBERED | words(r"displaymath $$ \[")
INNER = words("split aligned gathered alignedat multlined")
WITH_COLUMNS = words("alignat xalignat alignedat IEEEeqnarray")
TEXT = words(
    "document abstract figure table tabular tabularx longtable itemize enumerate description quote quotation center "
    "flushleft flushright minipage theorem lemma proposition corollary definition remark example proof assumption "
    "claim algorithm algorithmic algorithm2e thebibliography tikzpicture titlepage appendix appendices subequations "
    "dgroup math multicols verse frame block columns column filecontents picture axis small footnotesize tcolorbox "
    "mdframed")
CLOSERS = {"$$": "$$", r"\[": r"\]"}

SILENCED = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:%[^\n]*|\\verb\*?([^A-Za-z\s*])[^\n]*?\2|\\iffalse(?![A-Za-z]).*?(?:\\fi(?![A-Za-z])|\Z)"
    r"|\\begin\s*\{(verbatim|lstlisting|comment|minted|filecontents)\*?\}.*?(?:\\end\s*\{\3\*?\}|\Z))", re.DOTALL)
TOKEN = re.compile(
    r"(?<![\\$])\$[^$\\\n]{1,300}\$\$[^$\\\n]{1,300}\$(?!\$)|(?P<sign>\$\$|\\[\[\]])"
    r"|\\(?P<edge>begin|end)\s*\{(?P<name>[^{}\\$\s*]{1,60})(?P<star>\*?)\}"
    rf"|(?P<defining>{DEFINING.pattern})|(?P<environment>{NEW_ENVIRONMENT})"
    r"|(?P<heading>\\(?:part|chapter|(?:sub)*section)(?![A-Za-z])|\f)|(?P<blank>\n[ \t]*\n)"
    r"|(?P<macro>\\(?:[A-Za-z]+|.))",
    re.DOTALL)
NEAREST = re.compile(r"\\(?:begin|end)(?![A-Za-z])|(?<!\\)\$|\\[\[(]|\n[ \t]*\n|\Z")
OPTIONS = re.compile(r"\s*(?:\[[^\]]*\]|\{[^{}]*\})+")
APPLIED = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?\{[^{}]*\}")
MATHEMATICAL = re.compile(r"(?<!\\)[_^=]|\\(?:frac|nabla|sum|theta|pi|approx|doteq|leq|geq|left)(?![A-Za-z])")
SAYS_NOTHING = (r"(?:[\s.,;]|\\(?:tag\*?|label)\s*\{[^{}]*\}|\\[,;:!]"
                r"|\\(?:q?quad|notag|nonumber)(?![A-Za-z]))*")
AFTER_WRAPPED = {"$$": re.compile(SAYS_NOTHING + r"\$\$"), r"\[": re.compile(SAYS_NOTHING + r"\\\]")}

# What a display does not hold: words side by side, a sentence, inline mathematics, anything of a document's structure.
WORDS = re.compile(r"\\(?:text[a-z]*|mbox|mathrm|operatorname)\*?\s*\{[^{}]*\}|\\[A-Za-z]+")
PROSE = re.compile(r"[A-Za-z]{2,}[,.:]?\s+[A-Za-z]{2,}|[A-Za-z]{3,}[.:]|(?<!\\)\$|^[ \t]*(?:#{1,6}|[-*+>])[ \t]",
                   re.MULTILINE)
MOST_AFTER_BLANK = 2_000


@dataclass(frozen=True)
class Display:
    r"""A display of a text: its environment (``$$`` and ``\[`` are their own), and offsets: where it opens, where its
    body starts and ends. ``fault`` says why it cannot be read, ``status`` is the verdict on it then. ``macros``
    are those defined so far; they grow."""

    kind: str
    starred: bool
    start: int
    inner: int
    end: int
    macros: Mapping[str, Macro]
    fault: str = ""
    status: str = Malformed.status


def silenced(text: str) -> str:
    """The text with comments and verbatim parts made blank, every offset kept."""
    return SILENCED.sub(lambda found: found[1] + re.sub(r"[^\n]", " ", found.group()[len(found[1]):]), text)


def matched(text: str) -> dict[int, int]:
    """From each opening brace to the offset after the one that closes it; a brace that is never closed is left out."""
    found, waiting = {}, []
    for brace in BRACE.finditer(text):
        if brace.group() == "{":
            waiting.append(brace.start())
        elif brace.group() == "}" and waiting:
            found[waiting.pop()] = brace.end()
    return found


def opened_by(kind: str) -> str:
    """What opens a display of this kind, as it is printed."""
    return kind if kind in CLOSERS else rf"\begin{{{kind}}}"


def is_mathematics(text: str) -> bool:
    """Whether a text may be that of a display: no prose stands in it."""
    return PROSE.search(WORDS.sub(" ", text)) is None


def closed_by(kind: str) -> str:
    """What closes a display of this kind."""
    return CLOSERS.get(kind, rf"\end{{{kind}}}")


class Segments:
    """One pass over one text, of which comments have been silenced."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.macros: dict[str, Macro] = {}
        # Macros that stand for \begin{equation} or \end{equation} and nothing else; those that open a display and more;
        # environments that are displays.
        self.edges: dict[str, Edge] = {}
        self.hiding: set[str] = set()
        self.environments: dict[str, Edge] = {}
        self.opened: tuple[str, int, int] | None = None
        # What stands around an environment that is a display by itself, which browsers allow.
        self.wrapper = ""
        # Where macros are defined in the display at hand, which browsers allow, too.
        self.within: list[tuple[int, int]] = []

    @cached_property
    def braces(self) -> dict[int, int]:
        """Which braces belong together."""
        return matched(self.text)

    def displays(self) -> Iterator[Display]:
        """The displays in order, with what is wrong with those that cannot be read."""
        pos = 0
        while found := TOKEN.search(self.text, pos):
            pos = found.end()
            met = self.edge(found)
            edge, kind = met.edge, met.kind
            last = edge == "end" and kind == "document"
            if self.opened is not None:
                if found["defining"]:
                    pos = self.defined_inside(found)
                    continue
                if (closed := self.inside(found, edge, kind)) is None:
                    continue
                yield closed
                if last:
                    return
                pos = self.after_wrapper(pos)
                if edge != "begin":
                    continue
            if last:
                return
            if found["defining"] or found["environment"]:
                try:
                    pos = self.defined(found)
                except Fault as fault:
                    yield self.display("macro", fault.pos, pos, pos, fault.reason, fault.status)
            elif edge == "begin" and self.is_display(kind, found):
                self.opened = kind, found.start(), self.after_columns(kind, self.after_arguments(met, pos))
                pos, self.within = self.opened[2], []
            elif edge == "end" and kind.rstrip("*") in OPENERS:
                yield self.display(kind, found.start(), pos, pos, f"{closed_by(kind)} closes nothing")
            elif found["macro"] in self.hiding:
                yield self.display("macro", found.start(), pos, pos, f"the macro {found['macro']} opens a display and "
                                   "prints more: write what it stands for", Fault.status)
        if self.opened is not None:
            yield self.unclosed(len(self.text))

    def edge(self, found: re.Match[str]) -> Edge:
        """Whether a token begins or ends an environment, and which, with its star."""
        if found["edge"]:
            name = found["name"] + found["star"]
            return replace(self.environments.get(name, Edge(kind=name)), edge=found["edge"])
        if found["sign"] == "$$":
            return Edge("end" if self.opened is not None and self.opened[0] == "$$" else "begin", "$$")
        if found["sign"]:
            return Edge("begin" if found["sign"] == r"\[" else "end", r"\[")
        return self.edges.get(found["macro"] or "", Edge())

    def inside(self, found: re.Match[str], edge: str, kind: str) -> Display | None:
        """The display at hand if it ends at this token, properly or not."""
        assert self.opened is not None
        own, start, inner = self.opened
        if edge == "begin" and own in CLOSERS and kind.rstrip("*") in OPENERS and \
                kind not in CLOSERS and not self.text[inner:found.start()].strip():
            self.opened, self.wrapper = (kind, start, self.after_columns(kind, found.end())), own
            return None
        if edge == "end" and kind == own and self.defines_only(inner, found.start()):
            self.opened = None
            return None
        if edge == "end" and kind == own:
            return self.closed(found.start(), "" if own.rstrip("*") in OPENERS | INNER else
                               f"the environment {own} is not known: use equation, align or gather", Fault.status)
        if edge == "end" and kind.rstrip("*") in OPENERS:
            return self.closed(found.start(), f"{opened_by(own)} is closed by {closed_by(kind)}")
        blank = found["blank"] is not None and own == "$$" and self.text[inner:found.start()].strip() != "" \
            and not self.goes_on(found.end())
        if blank or found["heading"] or edge == "begin" and kind.rstrip("*") in OPENERS or \
                edge == "end" and kind == "document":
            return self.unclosed(found.start())
        return None

    def goes_on(self, pos: int) -> bool:
        """Whether what stands between a blank line and the next two dollars is mathematics and no prose.

        Where nothing does, these may open the next display: then mathematics follows them.
        """
        end = self.text.find("$$", pos, pos + MOST_AFTER_BLANK)
        if end >= 0 and not self.text[pos:end].strip():
            start, pos = end + 2, end + 2 + MOST_AFTER_BLANK
            following = self.text[start:max(start, self.text.find("$$", start, pos))]
            return not following.strip() or not is_mathematics(following)
        return end >= 0 and is_mathematics(self.text[pos:end])

    def closed(self, end: int, fault: str, status: str = Malformed.status) -> Display:
        """The display at hand, which ends here."""
        assert self.opened is not None
        (kind, start, inner), self.opened = self.opened, None
        return self.display(kind, start, inner, end, fault, status)

    def unclosed(self, end: int) -> Display:
        """The display at hand, which should have ended before this place."""
        assert self.opened is not None
        kind = self.opened[0]
        return self.closed(end, f"the display that starts here is never closed: end it with {closed_by(kind)}")

    def display(self, kind: str, start: int, inner: int, end: int, fault: str, status: str = Malformed.status
                ) -> Display:
        """A display with the macros of this place."""
        return Display(kind.rstrip("*"), kind.endswith("*"), start, inner, end, self.macros, fault, status)

    def is_display(self, kind: str, found: re.Match[str]) -> bool:
        """Whether an environment is a display: a known one, or an unknown one that mathematics stands in."""
        name = kind.rstrip("*")
        if name in OPENERS or name in INNER:
            return True
        if name in TEXT:
            return False
        nearest = NEAREST.search(self.text, found.end())
        assert nearest is not None
        chunk = self.text[found.end():nearest.start()]
        options = OPTIONS.match(chunk)
        return bool(MATHEMATICAL.search(APPLIED.sub(" ", chunk[options.end() if options else 0:])))

    def after_columns(self, kind: str, pos: int) -> int:
        """The offset after the argument in which some environments name their columns."""
        if kind.rstrip("*") not in WITH_COLUMNS:
            return pos
        return self.braces.get(pos, pos)

    def after_wrapper(self, pos: int) -> int:
        """The offset after what closes the display around one that has ended."""
        closed = AFTER_WRAPPED[self.wrapper].match(self.text, pos) if self.wrapper else None
        self.wrapper = ""
        return closed.end() if closed else pos

    def defined(self, found: re.Match[str]) -> int:
        """Note the macro that is defined here; the offset after its definition. Raises Fault."""
        if found["environment"]:
            name, begins, pos = environment_definition(self.text, found, self.braces)
            self.environments.pop(name, None)
            if begins is not None and begins.kind.rstrip("*") in OPENERS:
                self.environments[name] = begins
            return pos
        name, macro, pos = definition(self.text, found, self.braces)
        if macro is None:
            self.macros.pop(name, None)
            return pos
        self.macros[name] = macro
        edge = edge_of(macro.body, macro.arguments)
        opens = any(part[1] == "begin" and part[2] in OPENERS for part in EDGE.finditer(macro.body))
        self.edges.pop(name, None)
        self.hiding.discard(name)
        if edge is not None:
            self.edges[name] = edge
        elif opens:
            self.hiding.add(name)
        return pos

    def defined_inside(self, found: re.Match[str]) -> int:
        """Note the macro that is defined in the display at hand; the offset after its definition. What is no
        definition stays a part of the display, which cannot be read then."""
        try:
            end = self.defined(found)
        except Fault:
            return found.end()
        self.within.append((found.start(), end))
        return end

    def defines_only(self, start: int, end: int) -> bool:
        """Whether what stands between two places, in the display at hand, defines macros and nothing else."""
        edges = [start, *(edge for span in self.within for edge in span), end]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return bool(self.within) and not any(self.text[before:after].strip() for before, after in gaps)

    def after_arguments(self, edge: Edge, pos: int) -> int:
        """The offset after the arguments of what begins a display under another name."""
        if edge.optional and (given := OPTIONAL.match(self.text, pos)):
            pos = given.end()
        for _ in range(edge.arguments):
            gap = SPACE.match(self.text, pos)
            assert gap is not None
            pos = self.braces.get(gap.end(), pos)
        return pos
