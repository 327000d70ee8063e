r"""From text to lexemes: brackets matched, bars told apart, spacing dropped, everything unknown refused.

What a bar means is decided here, level by level of brackets: ``|o_i|`` is a length, the bar of ``\pi(a|s)`` a
condition, that of ``f \big|_{\theta=\theta_0}`` an evaluation.
"""

from __future__ import annotations

import re
from typing import Any

from ..notation import vocabulary as known
from ..notation.vocabulary import NAMES, OPERATOR_WORDS
from ..read_error import Fault, Malformed
from .bars import Lexeme, closer, operand_ends, shown, tidy, told_apart
from .characters import DOUBTFUL, SCRIPTS, command, unbraced, unescaped
from .columns import equation_before, equation_follows
from .macros import closing
from .remarks import (
    AT_ROW_END,
    DONE,
    NUMBER,
    ends_row,
    gives_reason,
    in_one_size,
    refuse_conditions,
    refuse_formula,
    refuse_statement,
    unboxed,
)
from .surface import Item

MAX_LENGTH = 200_000
MAX_LEXEMES = 8_000
MAX_DEPTH = 40
MAX_DIGITS = 30
MAX_WORD = 200
MAX_COLOURS = 200

LEXEME = re.compile(
    r"(?P<space>[ \t\r\n~]+|%[^\n]*)|(?P<macro>\\(?:[A-Za-z]+|.))"
    r"|(?P<number>(?:\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)"
    r"|(?P<letter>[A-Za-z])|(?P<other>\|\||\.\.+|:=|>=|<=|.)", re.DOTALL)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# The star of an operator whose name is a symbol in a font, and an operator without a name, which is a space.
OPERATOR, EMPTY = re.compile(r"\*?(?=\s*\{\s*\\math(?:bb|bf|cal)(?![A-Za-z]))"), re.compile(r"\s*\{\s*\}")
BRACED = re.compile(r"\*?\s*(?:\{([^{}\\$]*(?:(?:\\[_ ]|\\(?:text|mbox|textrm)\{[^{}\\$]*\})[^{}\\$]*)*)\}|([A-Za-z]))")
INNER_TEXT = re.compile(r"\\(?:text|mbox|textrm)\{([^{}]*)\}")
STAR = re.compile(r"\*")
SHORT_SCRIPT = re.compile(r"\s*(?:\{\s*(?:([A-Za-z0-9]|\\[A-Za-z]+)|([+*-]))\s*\}|([A-Za-z0-9])|([+*-]))")
BLANKS, BRACE = re.compile(r"\s*"), re.compile(r"\s*\{")
SUBSCRIPTED = re.compile(r"\s*_")
# What follows a full stop that is printed for \cdot, and the second half of a norm's bar.
ANY_OF = re.compile(r"(?:\s|\\[,;:!])*(?:[|)∣]|\\(?:mid|vert|middle)(?![A-Za-z]))")
TWICE = re.compile(r"\s*\\[bB]igg?[lrm]?\s*\|(?!\|)")
SCRIPTED = re.compile(r"\s*[_^']")
ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}")
POSITION = re.compile(r"\s*\[[tcb]\]")
COLUMNS = re.compile(r"\s*\{[A-Za-z|\d ]*\}")
NAME = re.compile(r"[A-Za-z](\d+)(?![A-Za-z])|[A-Za-z]{2,}(?!\d)")
APPLIED = re.compile(r"\s*(?:[(\[]|\\(?:left|[bB]igg?l?)?\s*(?:[(\[]|\\\{))")
LABELLED = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*(?:\{\s*([=<>]|\\[A-Za-z]+)\s*\}|([=<>]|\\[A-Za-z]+))")
FONT = re.compile(r"\\(?:text|textrm|mathrm|textup|scriptsize|tiny|small|rm)(?![A-Za-z])")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?:\.\d+)?")
SEPARATOR = re.compile(r"\{,\}|\\,|,")
SPACER = re.compile(r"\s*\[\s*-?[\d.]*\d\s*[a-z]{2}[-\d. a-z]*\]")


class Lexer:
    """One pass over one text. ``lexemes`` is the result; ``bars`` the lexemes that are bars still to be told apart."""

    def __init__(self, text: str) -> None:
        check_text(text)
        self.text = text = in_one_size(unboxed(text))
        last = max(len(text) - 200, 0)
        ending = NUMBER.search(text, last) or DONE.search(text, last)
        self.end = len(text) if ending is None else ending.start()
        self.pos = 0
        self.lexemes: list[Lexeme] = []
        self.bars: list[int] = []
        self.painted: set[int] = set()
        # Open brackets: (kind, offset, index of the lexeme, level around it, arguments still due around it).
        self.open: list[tuple[str, int, int, int, int]] = []
        self.level = self.levels = 0
        self.sized = ""
        self.pending = 0
        # Wide spaces outside brackets: the place of the next lexeme, and their offset.
        self.spaced: list[tuple[int, int]] = []

    def run(self) -> list[Lexeme]:
        """The lexemes of the text; raises Fault."""
        match, text, end, lexemes = LEXEME.match, self.text, self.end, self.lexemes
        while self.pos < end:
            found = match(text, self.pos, end)
            assert found is not None
            start, self.pos = self.pos, found.end()
            kind = found.lastgroup
            if kind == "space":
                continue
            word = found.group()
            if kind == "letter":
                alone = not text[self.pos:self.pos + 1].isalnum()
                if not alone and (said := unescaped(text, start, end,
                                                    any(opened[0] == "script" for opened in self.open))):
                    raise Fault(said, start)
                if alone or self.pending or not self.named(start):
                    self.add("ATOM", Item("sym", word, start, self.pos), start)
            elif kind == "number":
                self.number(word, start)
            elif kind == "macro":
                self.macro(word, start)
            else:
                self.other(word, start)
            if len(lexemes) > MAX_LEXEMES:
                raise Fault(f"the statement has more than {MAX_LEXEMES} symbols: split it", start)
        if self.open:
            kind, pos, *_ = self.open[-1]
            raise Malformed(f"{shown(kind)} is never closed", pos)
        if self.sized:
            raise Malformed(f"{self.sized} stands without a bracket", end)
        for place, start in self.spaced:
            refuse_wide_product(lexemes, place, start)
        return tidy(told_apart(lexemes, self.bars))

    def add(self, kind: str, value: Any, pos: int) -> None:
        if self.pending:
            self.pending -= 1
        self.lexemes.append(Lexeme(kind, value, pos, self.level))

    def number(self, word: str, start: int) -> None:
        if len(word) > MAX_DIGITS:
            raise Fault(f"a number of more than {MAX_DIGITS} digits", start)
        if self.pending and len(word) > 1:
            if word[0] == ".":
                raise Fault("a decimal without its zero stands here as an argument: put it in braces", start)
            word = word[0]
            self.pos = start + 1
        if len(word) > 1 and word[0] == "0" and word[1] != ".":
            raise Fault("a number begins with 0: write a sign between two factors", start)
        if not self.pending and (grouped := THOUSANDS.match(self.text, start, self.end)) and not any(
                kind not in known.LAYOUT_ENVIRONMENTS for kind, *_ in self.open):
            self.pos, word = grouped.end(), grouped.group()  # a list stands in brackets, or has blanks
        word = SEPARATOR.sub("", word)
        self.add("ATOM", Item("num", word, start, self.pos), start)

    def named(self, start: int) -> bool:
        """Add the name or the word that letters spell from an offset on: K3, log; whether they spell one."""
        found = NAME.match(self.text, start, self.end)
        if found is None or self.text[start - 1:start].isalpha() or any(kind == "script" for kind, *_ in self.open):
            return False
        word, bracket = found[0], APPLIED.match(self.text, found.end(), self.end)
        kind = "sym" if found[1] or word in NAMES else "fn" if "\\" + word in known.FUNCTIONS else \
            "text" if bracket and word in OPERATOR_WORDS else ""
        if not kind and bracket and len(word) > 2:
            raise Fault(f"{word} before brackets may be a function: write \\operatorname{{{word}}}, or \\cdot for a "
                        "product", start)
        if kind:
            self.pos = found.end()
            self.add("ATOM", Item(kind, word, start, self.pos), start)
        return bool(kind)

    def labelled(self, word: str, start: int) -> None:
        """A sign of relation with a label over it."""
        found = LABELLED.match(self.text, self.pos, self.end)
        label = "" if found is None else FONT.sub("", found[1]).replace(" ", "").strip("{}")
        sign = None if found is None else known.RELATIONS.get(found[2] or found[3])
        known_one = label in known.DEFINING_LABELS and sign == "=" or label in known.INDEPENDENT and sign == "∼"
        if found is None or sign is None or not (known_one or re.fullmatch(known.STEP_LABEL, label)):
            raise Fault(f"what stands over the sign in {word} may change what it says: write the sign alone", start)
        self.pos = found.end()
        self.add("REL", ":=" if label in known.DEFINING_LABELS else sign, start)

    def percent(self, start: int) -> None:
        """The number before a sign of per cent, as a decimal."""
        last = self.lexemes[-1] if self.lexemes else None
        if last is None or last.type != "ATOM" or last.value.kind != "num":
            raise Fault(r"\% stands after a number", start)
        whole, _, rest = last.value.value.partition(".")
        whole = whole.zfill(3)
        last.value.value = f"{whole[:-2]}.{whole[-2:]}{rest}"

    def other(self, word: str, start: int) -> None:
        if word in "_^" and word:
            self.script(word, start)
        elif word in "+-":
            self.add("ADD", word, start)
        elif word in "−–":
            self.add("ADD", "-", start)
        elif word == "'":
            self.add("SCRIPT", ("'", None), start)
        elif word == "{":
            self.push("brace", start, self.pending == 0)
        elif word == "}" and start in self.painted:
            return
        elif word == "}":
            self.pop("brace", start)
        elif word == ":=":
            self.add("REL", word, start)
        elif word in (">=", "<="):
            self.add("REL", "≥" if word == ">=" else "≤", start)
        elif word == "." and self.sized:
            self.invisible(start)
        elif word == "." and self.lexemes and self.lexemes[-1].type == "OPEN" and ANY_OF.match(self.text, self.pos):
            self.sign(r"\cdot", start)
        elif self.sign(word, start):
            return
        elif word[:2] == ".." or word in ("…", "⋯"):
            self.add("ATOM", Item("dots", r"\ldots", start, self.pos), start)
        elif word == "&":
            self.ampersand(start)
        elif word in SCRIPTS:
            self.raised(*SCRIPTS[word], start)
        elif word in DOUBTFUL:
            raise Fault(f"{word} may be a sign or a letter: write {DOUBTFUL[word]}", start)
        elif spelled := command(word):
            self.spelled(spelled, start)
        elif word == "$":
            raise Fault("a statement is written without $ around it", start)
        else:
            raise Fault(f"the character “{word}” has no meaning here", start)

    def spelled(self, command: str, start: int) -> None:
        """What a character prints: a letter or a command, perhaps in a font."""
        *fonts, letter = command.split()
        for font in fonts:
            self.macro(font, start)
        if letter[0] == "\\":
            self.macro(letter, start)
        else:
            self.add("ATOM", Item("sym", letter, start, self.pos), start)

    def raised(self, where: str, symbol: str, start: int) -> None:
        """A character that is a script."""
        kind, value = ("mark", "⊤") if symbol == r"\top" else ("num" if symbol.isdigit() else "sym", symbol)
        self.add("SCRIPT", (where, Item(kind, value, start, self.pos)), start)

    def sign(self, word: str, start: int) -> bool:
        """Add a relation, bracket, bar, separator or operator, be it a character or a command; whether it is one."""
        if word in known.RELATIONS:
            self.add("REL", known.RELATIONS[word], start)
        elif word in known.BARS:
            self.bar(word, start)
        elif word in known.OPENING:
            self.push(known.OPENING[word], start)
        elif word in known.CLOSING:
            self.pop(known.CLOSING[word], start)
        elif word in known.SEPARATORS:
            self.add("SEP", known.SEPARATORS[word], start)
        elif word in known.OPERATORS:
            free = word == r"\cdot" and (not self.lexemes or self.lexemes[-1].type in ("OPEN", "LONG", "SEP"))
            self.add("ATOM", Item("any" if free else "op", known.OPERATORS[word], start, self.pos), start)
        else:
            return False
        return True

    def macro(self, word: str, start: int) -> None:
        word = known.SAME_FONT.get(word, word)
        if word in known.GREEK:
            self.add("ATOM", Item("sym", word, start, self.pos), start)
        elif word in known.SILENT:
            if word in known.WIDE and self.in_row():
                self.spaced.append((len(self.lexemes), start))
        elif word in known.SIZES:
            self.sized = word
        elif word in known.FUNCTIONS:
            self.add("ATOM", Item("fn", word[1:], start, self.pos), start)
        elif word in known.BIG:
            self.add("ATOM", Item("big", known.BIG[word], start, self.pos), start)
        elif word == r"\operatorname" and (named := OPERATOR.match(self.text, self.pos, self.end)):
            self.pos = named.end()
            self.macro(r"\mathop", start)
        elif word == r"\mathop" and (empty := EMPTY.match(self.text, self.pos, self.end)):
            self.pos = empty.end()
        elif word in known.WORDS:
            self.words(word, start)
        elif word in known.TWO_ARGUMENTS:
            self.add("TWO", r"\underset" if word == r"\underset" else r"\frac", start)
            self.pending = 2
        elif word == r"\sqrt" and self.text[self.pos:self.end].lstrip().startswith("["):
            raise Fault(r"only square roots are known: write a power for \sqrt[n]", start)
        elif word in known.ONE_ARGUMENT:
            self.add("ONE", word, start)
            self.pending = 1
        elif self.sign(word, start):
            return
        elif word in known.DOTS:
            self.add("ATOM", Item("dots", r"\ldots", start, self.pos), start)
        elif word in known.STARS:
            self.add("ATOM", Item("mark", word, start, self.pos), start)
        elif word in (r"\top", r"\intercal"):
            self.add("ATOM", Item("mark", "⊤", start, self.pos), start)
        elif word == r"\bot":
            self.add("ATOM", Item("mark", "⊥", start, self.pos), start)
        elif word == r"\prime":
            self.add("ATOM", Item("mark", "'", start, self.pos), start)
        elif word == r"\\":
            self.skip(SPACER)
            if not self.between_arguments():
                self.add("SEP", r"\\", start)
        elif word in (r"\begin", r"\end"):
            self.environment(word, start)
        elif word in known.SILENT_WITH_ARGUMENT:
            self.skip(STAR)
            printed = self.argument(word, start)
            if word == r"\tag":
                refuse_formula(printed, start)
            if word == r"\textcolor":
                self.paint(start)
        elif word in known.BETWEEN_ROWS:
            if not self.between_rows():
                raise Fault(f"{word} stands between two rows", start)
            refuse_conditions(self.argument(word, start), start)
        elif word in (r"\overset", r"\stackrel"):
            self.labelled(word, start)
        elif word == r"\%":
            self.percent(start)
        elif word == r"\&":
            raise Fault(r"\& has no meaning in a formula", start)
        else:
            raise Fault(f"unknown macro {word}: define it, or write what it stands for", start)

    def paint(self, start: int) -> None:
        r"""The braces of ``\textcolor{red}{…}`` only colour: a bracket may open inside and close outside."""
        opening = BRACE.match(self.text, self.pos, self.end)
        if opening is None or len(self.painted) == MAX_COLOURS:
            raise Fault(rf"\textcolor takes a colour and a formula, at most {MAX_COLOURS} times", start)
        self.painted.add(closing(self.text, opening.end() - 1) - 1)
        self.pos = opening.end()

    def argument(self, word: str, start: int) -> str:
        """The text in the braces that must follow a command, which are passed over."""
        opening = BRACE.match(self.text, self.pos, self.end)
        if opening is None:
            raise Fault(f"{word} takes its argument in braces", start)
        self.pos = closing(self.text, opening.end() - 1)
        return self.text[opening.end():self.pos - 1]

    def in_row(self) -> bool:
        """Whether no bracket is open but those of the layout."""
        return all(kind in known.LAYOUT_ENVIRONMENTS for kind, *_ in self.open)

    def between_rows(self) -> bool:
        """Whether a row begins here."""
        return self.in_row() and (not self.lexemes or self.lexemes[-1].value == r"\\")

    def skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self.pos, self.end):
            self.pos = found.end()

    def words(self, macro: str, start: int) -> None:
        found = BRACED.match(self.text, self.pos, self.end)
        if found is None:
            raise Fault(f"{macro} takes plain words in braces", start)
        self.pos = found.end()
        word = " ".join(INNER_TEXT.sub(r"\1", found[1] if found[2] is None else found[2]).split())
        if not word:
            return
        if len(word) > MAX_WORD:
            raise Fault(f"a text of more than {MAX_WORD} characters", start)
        joining = word.removesuffix(",").removesuffix(":")
        joining = joining if known.WORD_SEPARATORS.get(joining) == "∴" else word
        if gives_reason(word) and ends_row(self.text, self.pos, self.end):
            return
        if joining in known.WORD_SEPARATORS and not self.pending:
            self.add("SEP", known.WORD_SEPARATORS[joining], start)
        elif len(word) == 1 and word.isalpha() and macro in known.FONTS:
            self.add("ATOM", Item("sym", word, start, self.pos), start)
        else:
            self.add("ATOM", Item("text", word, start, self.pos), start)

    def script(self, where: str, start: int) -> None:
        """A script: one symbol, a command, or something in braces."""
        if said := unbraced(self.text, self.pos, self.end):
            raise Fault(said, start)
        found = SHORT_SCRIPT.match(self.text, self.pos, self.end)
        if found:
            symbol, sign = found[1] or found[3], found[2] or found[4]
            at = found.start(found.lastindex or 0)
            if sign:
                self.pos = found.end()
                self.add("SCRIPT", (where, Item("mark", sign, at, self.pos)), start)
                return
            if len(symbol) == 1 or symbol in known.GREEK:
                self.pos = found.end()
                kind = "num" if symbol.isdigit() else "sym"
                self.add("SCRIPT", (where, Item(kind, symbol, at, at + len(symbol))), start)
                return
            if symbol == r"\top":
                self.pos = found.end()
                self.add("SCRIPT", (where, Item("mark", "⊤", at, at + 4)), start)
                return
        self.skip(BLANKS)
        if self.text.startswith("{", self.pos) and self.pos < self.end:
            self.push("script", self.pos, where)
            self.pos += 1
            return
        macro = LEXEME.match(self.text, self.pos, self.end)
        if macro is None:
            raise Malformed(f"nothing stands after {where}", start)
        word = macro.group()
        if word in known.ONE_ARGUMENT or word in known.TWO_ARGUMENTS:
            self.add("MARK", where, start)
            self.pending = 1
            return
        before = len(self.lexemes)
        self.pos, self.pending = macro.end(), 1
        if macro.lastgroup == "macro" or command(word):
            (self.macro if macro.lastgroup == "macro" else self.other)(word, macro.start())
        if len(self.lexemes) == before + 1 and self.lexemes[-1].type == "ATOM":
            self.lexemes[-1] = Lexeme("SCRIPT", (where, self.lexemes[-1].value), start, self.level)
            return
        raise Fault(f"what stands after {where} is not one symbol: put it in braces", start)

    def push(self, kind: str, start: int, more: Any = False) -> None:
        sized, self.sized = self.sized, ""
        if sized in (r"\right", r"\middle") or sized.endswith("r") and sized != "":
            raise Malformed(f"{sized} stands before an opening bracket", start)
        if len(self.open) >= MAX_DEPTH:
            raise Fault(f"brackets are nested more than {MAX_DEPTH} deep", start)
        if kind == "script":
            self.add("LONG", more, start)
        else:
            self.add("OPEN", kind, start)
        label = kind if kind != "brace" or not more else "loose"
        if sized == r"\left":
            label = "left " + label
        self.open.append((label, start, len(self.lexemes) - 1, self.level, self.pending))
        self.pending = 0
        self.levels += 1
        self.level = self.levels

    def pop(self, kind: str, start: int) -> None:
        sized, self.sized = self.sized, ""
        if not self.open:
            raise Malformed(f"{closer(kind)} closes nothing", start)
        if sized == r"\right" and [one[0] for one in self.open[-2:]] == [kind, "left ."]:  # ( \left. \right) is ( )
            self.lexemes[self.open.pop()[2]].type, sized = "GONE", ""
        opened, pos, index, level, pending = self.open[-1]
        plain = opened.removeprefix("left ")
        if opened == "left ." and sized == r"\right" and any(one.value == "half" for one in self.lexemes):
            raise Fault(rf"which bracket {closer(kind)} after \left. closes cannot be told: leave \right. out", start)
        if opened == "left ." or {"loose": "brace", "script": "brace"}.get(plain, plain) != kind:
            raise Malformed(f"{shown(opened)} is closed by {closer(kind)}: brackets must match", start)
        if opened.startswith("left ") != (sized == r"\right"):
            raise Malformed(r"\left and \right do not match", start)
        self.open.pop()
        self.level = level
        if opened == "loose" and not SCRIPTED.match(self.text, self.pos, self.end):
            # Braces that carry no script are invisible on paper, and so here.
            self.lexemes[index].type = "GONE"
        else:
            self.lexemes.append(Lexeme("CLOSE", kind, start, level))
        self.pending = pending

    def invisible(self, start: int) -> None:
        r"""``\left.`` and ``\right.``."""
        sized = self.sized
        if sized == r"\left":
            self.push(".", start)
            return
        self.sized = ""
        if sized == r"\right" and self.open and self.open[-1][0].startswith("left "):
            opened, pos, index, level, pending = self.open.pop()
            if opened == "left ." and not SCRIPTED.match(self.text, self.pos, self.end):
                self.lexemes[index].type, self.level, self.pending = "GONE", level, pending
                return
            if opened == "left .":
                raise Fault(r"what carries the script after \left. and \right. is not seen: put it in brackets", start)
            if opened not in (r"left \{", "left ["):
                if opened != "left (":
                    raise Malformed(f"{shown(opened)} is closed by nothing", start)
                self.open.append(("(", pos, index, level, pending))  # \left( \right. ) is ( )
                return
            self.lexemes[index].value = "half"
            self.level = level
            self.add("CLOSE", ".", start)
            return
        raise Malformed(f"{sized}. closes nothing", start)

    def bar(self, word: str, start: int) -> None:
        sized, self.sized = self.sized, ""
        if sized in (r"\left", r"\right") and word == "||":
            self.pos, word = self.pos - 1, "|"  # one bar is sized, the other stands inside
        kind = known.BARS[word]
        if sized == r"\left":
            self.sized = sized
            self.push(kind, start)
        elif sized == r"\right":
            if self.open and self.open[-1][0] == "left .":
                if kind != "|":
                    raise Fault(r"after \left. and \right a single bar stands, where something is evaluated", start)
                _, _, index, level, _ = self.open.pop()
                self.level = level
                if SUBSCRIPTED.match(self.text, self.pos, self.end):
                    self.add("CLOSE", ".", start)
                else:
                    self.lexemes[index].type = "GONE"
                    self.add("SEP", kind, start)
            else:
                self.sized = sized
                self.pop(kind, start)
        elif sized == r"\middle":
            self.add("SEP", kind, start)
        elif kind == "|" and SUBSCRIPTED.match(self.text, self.pos, self.end):
            self.add("ATOM", Item("bar", "|", start, self.pos), start)
        elif kind == "|" and sized and (twice := TWICE.match(self.text, self.pos, self.end)) and self.in_pairs():
            self.pos = twice.end()
            self.bars.append(len(self.lexemes))
            self.add("BAR", "‖", start)
        else:
            self.bars.append(len(self.lexemes))
            self.add("BAR", "||" if word == "||" else kind, start)

    def in_pairs(self) -> bool:
        """Whether every single bar that stands between these brackets so far has another."""
        return sum(one.level == self.level and one.type == "BAR" and one.value == "|" for one in self.lexemes) % 2 == 0

    def between_arguments(self) -> bool:
        """Whether a line ends after a comma between brackets: the comma parts what it does."""
        last = self.lexemes[-1] if self.lexemes else None
        return last is not None and (last.type, last.value) == ("SEP", ",") and bool(self.open) and (
            self.open[-1][0] in ("(", "[", r"\{"))

    def ampersand(self, start: int) -> None:
        if self.open and self.open[-1][0] in ("cases", "array"):
            self.add("SEP", "&", start)
            return
        if not self.in_row():
            return
        if found := AT_ROW_END.match(self.text, self.pos, self.end):
            if found[1]:
                refuse_statement(found[1], found.start())
            self.pos = found.end()
        if equation_follows(self.text, self.pos, self.end) and equation_before(self.lexemes, self.level):
            self.add("SEP", ",", start)

    def environment(self, word: str, start: int) -> None:
        found = ENVIRONMENT.match(self.text, self.pos, self.end)
        if found is None:
            raise Fault(f"{word} needs the name of an environment in braces", start)
        self.pos, name = found.end(), found[1]
        if word == r"\begin" and name in known.LAYOUT_ENVIRONMENTS | known.COLUMN_ENVIRONMENTS:
            self.skip(POSITION)
        if word == r"\begin" and name in known.COLUMN_ENVIRONMENTS:
            self.skip(COLUMNS)
        if name in known.LAYOUT_ENVIRONMENTS:
            if word == r"\begin":
                self.open.append((name, start, -1, self.level, 0))
            elif not self.open or self.open.pop()[0] != name:
                raise Malformed(rf"\end{{{name}}} closes nothing: brackets must match", start)
        elif name in known.TABLE_ENVIRONMENTS:
            kind = known.TABLE_ENVIRONMENTS[name]
            if word == r"\begin":
                self.push(kind, start)
            else:
                self.pop(kind, start)
        else:
            raise Fault(f"unknown environment {name}", start)


def check_text(text: str) -> None:
    """Refuse what is too long or holds control characters."""
    if len(text) > MAX_LENGTH:
        raise Fault(f"the statement is longer than {MAX_LENGTH} characters: split it", MAX_LENGTH)
    if found := CONTROL.search(text):
        raise Malformed(f"a control character (code {ord(found.group()):#x}) stands in the text: delete it",
                        found.start())


def refuse_wide_product(lexemes: list[Lexeme], place: int, pos: int) -> None:
    """Refuse a bracket or a symbol after a formula and a wide space: a condition, a number or a remark, no factor."""
    row = next((k for k in range(place - 1, -1, -1) if lexemes[k].value == r"\\"), -1)
    if place in (0, len(lexemes)) or not any(lexeme.type == "REL" for lexeme in lexemes[row + 1:place]):
        return
    after = lexemes[place]
    begins = after.type == "OPEN" and after.value in ("(", "[") or after.type == "ATOM" and \
        after.value.kind in ("sym", "num", "text")
    if begins and operand_ends(lexemes[place - 1]):
        raise Fault("what stands after this wide space may be a condition or a remark: write a sign between factors",
                    pos)
