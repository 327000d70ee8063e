r"""Sentences with formulas in them: which parts are formulas, so that they can be typeset, and which are words.

A formula is what the small grammar below takes whole: known commands with their arguments, single letters, numbers,
scripts, brackets that close, joined by signs. Whatever it does not take stays as it was typed, and so does a command
that stands alone, as a sentence speaks of the command then, and what is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from .text import mathematical


def named(words: str) -> frozenset[str]:
    """A set of names."""
    return frozenset(words.split())


LETTERS = named(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "infty ell partial nabla emptyset top prime")
FUNCTIONS = named("sum prod int log ln exp min max sup inf lim arg det Pr tanh")
RELATIONS = named(
    "leq le geq ge neq ne approx sim equiv in notin to mapsto mid parallel propto doteq succ prec cdot times pm "
    "subseteq ll gg rightarrow Rightarrow iff circ otimes")
ELLIPSES = named("ldots dots cdots")
SIGNS_WITHIN = ELLIPSES | named("vert Vert lVert rVert quad | { } , ; ! :")
ARGUMENTS = dict.fromkeys(named(
    "hat tilde bar vec dot widehat widetilde overline underline sqrt mathbb mathcal mathbf mathrm mathit mathsf "
    "boldsymbol"), 1) | dict.fromkeys(named("frac tfrac dfrac binom"), 2)
WORDS = named("text mathrm operatorname textrm")
COMMANDS = LETTERS | FUNCTIONS | RELATIONS | SIGNS_WITHIN | ARGUMENTS.keys() | WORDS

COMMAND = re.compile(r"\\([A-Za-z]+|[|{},;!:])")
WORD = re.compile(r"\{(?:[A-Za-z0-9 .,'+-]|\\_)*\}")
SIMPLE = re.compile(r"[A-Za-z](?![A-Za-z])|[0-9]+(?:\.[0-9]+)?")
BETWEEN = re.compile(rf"\s*(?:[=<>+\-/≤≥≠≈∼·×±∈→≐]|\\(?:{'|'.join(RELATIONS)})(?![A-Za-z]))\s*")
LOOSE = re.compile(r"[=<>+\-/*|,;:.!]|\s+")
BEYOND = re.compile(r"[^\x00-\x7f](?=([A-Za-z]?))")
BLANK = re.compile(r"\s*")
LEFT, RIGHT = (re.compile(rf"\\{side}\s*(?:[()\[\]|.]|\\[|{{}}]|\\[lr]?[vV]ert(?![A-Za-z]))")
               for side in ("left", "right"))
CLOSERS = {"(": re.compile(r"[)\]]"), "[": re.compile(r"[\])]"), "{": re.compile(r"\}")}
ARTICLES = frozenset("aAI")
QUOTES = {"'": "'", "“": "”", '"': '"', "‘": "’"}
# Where a formula may begin and end: not within a word, the name of a file or an address.
BEFORE = re.compile(r"(?:^|(?<=[\s(\[“—]))(?=\S)")
AFTER = re.compile(r"(?=$|[\s),;\]”—]|[.!?:](?:$|[\s)\]”]))")
CHUNK = re.compile(r"[(\[“]|[^\s,;([]+|.", re.DOTALL)
LONGEST, DEEPEST = 5_000, 40


class Piece(NamedTuple):
    """A part of a sentence: a formula, as LaTeX, or words."""

    text: str
    formula: bool


class Taken(NamedTuple):
    """What the grammar has taken: up to where, and whether something in it stands for a value."""

    end: int
    operand: bool


def woven(text: str) -> Iterator[Piece]:
    """The parts of a sentence, in order; together they are the sentence.

    >>> [one.text for one in woven(r"if J(\\pi') = \\mathbb{E}[r_k], it holds") if one.formula]
    ["J(\\\\pi') = \\\\mathbb{E}[r_k]"]
    """
    done = pos = 0
    if len(text) > LONGEST or depth(text) > DEEPEST:
        yield Piece(text, False)
        return
    while found := BEFORE.search(text, pos):
        start = found.start()
        if (end := quoted(text, start)) is None and (end := formula(text, start)) is not None:
            if done < start:
                yield Piece(text[done:start], False)
            yield Piece(text[start:end], True)
            done = end
        pos = end or start + len(CHUNK.match(text, start).group())  # type: ignore[union-attr]
    if done < len(text):
        yield Piece(text[done:], False)


def typeset(text: str, formula: Callable[[str], str], words: Callable[[str], str]) -> str:
    r"""A sentence with its formulas, with commands in place of characters, and its words each as a function writes it.

    >>> typeset("if π_θ is a law", "${}$".format, str.upper)
    'IF $\\pi_\\theta$ IS A LAW'
    """
    return "".join(formula(in_ascii(one.text)) if one.formula else words(one.text) for one in woven(text))


def depth(text: str) -> int:
    """How many brackets and braces are open at most, whatever closes them."""
    steps = ((char in "([{") - (char in ")]}") for char in text)
    return max(accumulate(steps, lambda level, step: max(0, level + step), initial=0))


def quoted(text: str, pos: int) -> int | None:
    """Where a quotation ends that begins here, if one does: what is quoted is there to be typed."""
    closer = QUOTES.get(text[pos])
    found = re.compile(rf"{re.escape(closer)}(?![A-Za-z0-9])").search(text, pos + 1) if closer else None
    return found.end() if found else None


def formula(text: str, pos: int) -> int | None:
    """Where the formula ends that begins here; None where none does."""
    found = joined(text, pos)
    if found is None or not found.operand or not re.search(r"[\\_^]", text[pos:found.end]):
        return None
    return found.end if AFTER.match(text, found.end) else None


def joined(text: str, pos: int) -> Taken | None:
    """Products, joined by signs."""
    found = signed(text, pos)
    while found and (sign := BETWEEN.match(text, found.end)) and (more := signed(text, sign.end())):
        found = Taken(more.end, found.operand or more.operand)
    return found


def signed(text: str, pos: int) -> Taken | None:
    """A product, with a minus sign or without."""
    return product(text, pos + (text[pos:pos + 1] in ("-", "−")))


def product(text: str, pos: int) -> Taken | None:
    """Factors one after the other. A blank stands between two only beside a command, as TeX needs it there, and never
    beside what may be an article."""
    if (found := factor(text, pos)) is None:
        return None
    while True:
        start = BLANK.match(text, found.end).end()  # type: ignore[union-attr]
        more = factor(text, start)
        if more is None or start > found.end and (
                "\\" not in (text[pos], text[start]) or {text[pos:found.end], text[start:more.end]} & ARTICLES):
            return found
        pos, found = start if start > found.end else pos, Taken(more.end, found.operand or more.operand)


def factor(text: str, pos: int) -> Taken | None:
    """A core with its primes and scripts, each once."""
    found = core(text, pos)
    end = None if found is None else scripted(text, found.end)
    return None if found is None or end is None else Taken(end, found.operand or end > found.end)


def scripted(text: str, end: int) -> int | None:
    """Where the primes and scripts end that stand here; None where one is not known, or comes twice."""
    while text[end:end + 1] == "'" and not text[end + 1:end + 2].isalnum():
        end += 1
    open_scripts = {"_", "^"}
    while (sign := text[end:end + 1]) in open_scripts:
        open_scripts.remove(sign)
        after = argument(text, end + 1)
        if after is None:
            return None
        end = after
    return None if text[end:end + 1] in ("_", "^", "'") else end


def core(text: str, pos: int) -> Taken | None:
    """A letter, a number, a command with its arguments, or brackets."""
    if found := SIMPLE.match(text, pos):
        return Taken(found.end(), True)
    if text[pos:pos + 1] == "\\":
        return command(text, pos)
    if text[pos:pos + 1] in ("(", "["):
        end = within(text, pos + 1, CLOSERS[text[pos]], words=False)
        return None if end is None else Taken(end, True)
    return Taken(pos + 1, True) if text[pos:pos + 1] and is_letter(text[pos]) else None


def command(text: str, pos: int) -> Taken | None:
    """A known command with its arguments, other than a sign between two sides."""
    found = COMMAND.match(text, pos)
    name = found[1] if found else ""
    if pair := LEFT.match(text, pos):
        end = within(text, pair.end(), RIGHT, words=False)
        return None if end is None else Taken(end, True)
    if found is None or name not in COMMANDS - RELATIONS - (SIGNS_WITHIN - ELLIPSES):
        return None
    end = found.end()
    if name in WORDS and (word := WORD.match(text, end)):
        return Taken(word.end(), True)
    if name in WORDS - ARGUMENTS.keys():
        return None
    for _ in range(ARGUMENTS.get(name, 0)):
        after = within(text, end + 1, CLOSERS["{"], words=True) if text[end:end + 1] == "{" else None
        if after is None:
            return None
        end = after
    return Taken(end, name not in FUNCTIONS)


def argument(text: str, pos: int) -> int | None:
    """Where a script ends: braces, a character, or a command; none is a word without braces."""
    if text[pos:pos + 1] == "{":
        return within(text, pos + 1, CLOSERS["{"], words=True)
    if found := SIMPLE.match(text, pos):
        return pos + 1 if len(found.group()) == 1 else None
    if text[pos:pos + 1] == "\\":
        taken = command(text, pos)
        return taken.end if taken else None
    return pos + 1 if text[pos:pos + 1] and (text[pos] in "*+-" or is_letter(text[pos])) else None


def within(text: str, pos: int, closing: re.Pattern[str], words: bool) -> int | None:
    """Where brackets or braces end whose inside begins here; within braces letters may stand side by side."""
    while pos < len(text):
        if closed := closing.match(text, pos):
            return closed.end()
        found = COMMAND.match(text, pos)
        if found and found[1] in RELATIONS | SIGNS_WITHIN:
            if (after := scripted(text, found.end())) is None:
                return None
            pos = after
        elif taken := factor(text, pos):
            pos = taken.end
        elif loose := LOOSE.match(text, pos):
            pos = loose.end()
        elif plain(text[pos]) or words and text[pos].isascii() and text[pos].isalpha():
            pos += 1
        else:
            return None
    return None


def is_letter(char: str) -> bool:
    """Whether a character is a letter beyond those of ASCII, such as π."""
    return not char.isascii() and char.isalpha() and plain(char) != ""


def plain(char: str) -> str:
    """The LaTeX of a character beyond ASCII that stands in formulas by itself; empty for any other."""
    found = "" if char.isascii() else r"\ldots" if char == "…" else mathematical(char)
    return "" if found[:1] in ("^", "'") else found


def in_ascii(formula: str) -> str:
    """A formula with commands in place of characters."""
    return BEYOND.sub(lambda found: plain(found[0]) + " " * bool(found[1]), formula)


def parts(formula: str) -> Iterator[str]:
    """The products of a formula, each after the first with the sign before it."""
    start = pos = 0
    while found := signed(formula, pos):
        sign = BETWEEN.match(formula, found.end)
        yield formula[start:found.end].strip()
        if sign is None:
            return
        start, pos = found.end, sign.end()
