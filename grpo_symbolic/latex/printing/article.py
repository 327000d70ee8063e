r"""A document that reads like a paper: contents, each statement with its verdict and derivation, a table of verdicts.

What is too wide for a page TeX itself finds out and makes narrower, so that nothing passes the margin. The packages
are those of every installation of LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from .document import broken
from .text import escape
from .woven import typeset

UNPRINTED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])|\\(?:label|tag)\*?\{[^{}]*\}|(?<!\\)%.*")
ROWS = re.compile(r"(?<!\\)&|\\\\")
# After a sign, and within a word that is longer than any word.
BREAKS = re.compile(r"(\\[_{}]|(?<!\\)[(),;:/=.]|[A-Za-z0-9]{12}(?=[A-Za-z0-9]{12}))(?=\S)")


@dataclass(frozen=True)
class Chain:
    """A derivation: where it starts, each step with its sign, its expression and its reason, what it has shown."""

    title: str
    start: str
    steps: tuple[tuple[str, str, str], ...]
    shown: str = ""


@dataclass(frozen=True)
class Part:
    """A statement: what it is called, the verdict in a word and in sentences, LaTeX to display with a word before each,
    a text that is shown as it was typed, rows of a table, changes that make it true as displays, derivations; the
    ``place`` in its file."""

    name: str
    title: str
    number: str
    status: str
    said: str
    displays: tuple[tuple[str, str], ...]
    source: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    chains: tuple[Chain, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Chapter:
    """Statements under one title, with a sentence on them."""

    title: str
    said: str
    parts: tuple[Part, ...]


def article(chapters: Sequence[Chapter], title: str) -> str:
    """A complete document in LaTeX."""
    body = "\n\n".join(block for chapter in chapters for block in chapter_blocks(chapter))
    return (PREAMBLE.replace("TITLE", breakable(title)) + body + "\n\n"
            + verdict_table([part for chapter in chapters for part in chapter.parts]) + "\n\\end{document}\n")


def chapter_blocks(chapter: Chapter) -> Iterator[str]:
    """A chapter, block by block."""
    yield rf"\section{{{breakable(chapter.title)}}}"
    if chapter.said:
        yield breakable(chapter.said)
    for part in chapter.parts:
        yield from part_blocks(part)


def part_blocks(part: Part) -> Iterator[str]:
    """A statement, block by block."""
    heading = breakable(f"{part.title} {part.number}".strip())
    yield rf"\subsection{{{heading}}}"
    if part.source:
        source = breakable(UNPRINTED.sub("", part.source).strip())
        yield rf"{{\small\ttfamily {source}\par}}"
    yield from display_blocks(part.displays)
    yield rf"\textbf{{{escape(part.status.capitalize())}.}} {sentences(part)}".rstrip()
    if part.rows:
        rows = "\n".join(rf"{name} & {breakable(value)} \\" for name, value in part.rows)
        yield f"\\begin{{longtable}}{{@{{}}ll}}\n{rows}\n\\end{{longtable}}".replace("{@{}ll}", COLUMNS)
    yield from display_blocks(part.changes)
    for chain in part.chains:
        yield from chain_blocks(chain)


def display_blocks(displays: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Formulas, each after its word, block by block; a word that stands before the last one too is not repeated."""
    before = ""
    for word, tex in displays:
        if word and word != before:
            yield rf"{{\small {escape(word)}}}"
        yield displayed(tex)
        before = word


def chain_blocks(chain: Chain) -> Iterator[str]:
    """A derivation, block by block."""
    yield rf"\medskip\textbf{{{breakable(chain.title)}}}\par\nobreak"
    steps = [rf"\step{{{within(chain.start)}}}{{}}"]
    steps += [rf"\step{{{sign}{{}} {within(tex)}}}{{{breakable(reason)}}}" for sign, tex, reason in chain.steps]
    yield "\n".join(steps)
    if chain.shown:
        yield rf"{{\small {breakable(chain.shown)}\par}}"


def displayed(tex: str) -> str:
    """A formula on a line of its own, no wider than the page."""
    return f"\\[\n\\fit{{{within(tex)}}}\n\\]"


def within(tex: str) -> str:
    """A formula as it stands within a box: its rows below each other, cut where it is long."""
    text = UNPRINTED.sub(" ", tex).strip()
    if ROWS.search(text):
        return text if r"\begin" in text else rf"\begin{{aligned}}{text}\end{{aligned}}"
    lines = broken(text)
    if len(lines) == 1:
        return text
    rows = " \\\\\n&\\quad ".join(lines)
    return f"\\begin{{aligned}}[t]&{rows}\\end{{aligned}}"


def breakable(text: str) -> str:
    """Text that TeX prints as it stands, and may break after signs too, as code has no spaces."""
    return BREAKS.sub(r"\1\\allowbreak{}", escape(text))


def sentences(part: Part) -> str:
    """Where a statement stands, and its verdict in sentences."""
    return (f"At {breakable(part.place)}. " if part.place else "") + prose(part.said)


def prose(text: str) -> str:
    """A sentence that TeX prints, its formulas typeset."""
    return typeset(text, lambda one: f"${cut(one)}$", breakable)


def cut(formula: str) -> str:
    """A formula that may be cut at its blanks outside of braces, as TeX by itself cuts only at signs."""
    depths = accumulate((char == "{") - (char == "}") for char in formula)
    return "".join(r" \allowbreak " if char == " " and depth == 0 else char
                   for char, depth in zip(formula, depths, strict=True))


def verdict_table(parts: Sequence[Part]) -> str:
    """The table of verdicts at the end."""
    rows = "\n".join(
        rf"{breakable(part.name)} & {escape(part.number)} & {escape(part.status)} & {sentences(part)} \\"
        for part in parts)
    return f"{TABLE}\n{rows}\n\\end{{longtable}}\n}}"


COLUMNS = r"{@{}>{\raggedright}p{0.3\linewidth}>{\raggedright\arraybackslash}p{0.6\linewidth}@{}}"
TABLE = r"""\section{All verdicts}
{\footnotesize
\begin{longtable}{@{}>{\raggedright}p{0.24\linewidth}>{\raggedright}p{0.06\linewidth}>{\raggedright}p{0.12\linewidth}
  >{\raggedright\arraybackslash}p{0.46\linewidth}@{}}
\textbf{statement} & \textbf{no.} & \textbf{verdict} & \textbf{hypotheses, or the reason} \\ \hline
\endhead"""
PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{amsmath,amssymb}
\usepackage{array,graphicx,longtable}
\setlength{\textwidth}{6.5in}
\setlength{\oddsidemargin}{0in}
\setlength{\textheight}{9in}
\setlength{\topmargin}{-0.5in}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\setlength{\emergencystretch}{4em}
\raggedright
\allowdisplaybreaks
\newsavebox{\formula}
\newcommand{\narrow}{\ifdim\wd\formula>\linewidth \resizebox{\linewidth}{!}{\usebox{\formula}}\else
  \usebox{\formula}\fi}
\newcommand{\fit}[1]{\sbox{\formula}{$\displaystyle #1$}\narrow}
\newcommand{\step}[2]{\par\sbox{\formula}{$\displaystyle #1$}%
  \ifdim\wd\formula>0.64\linewidth
    \noindent\narrow\par\nobreak\noindent\hspace*{0.3\linewidth}\parbox{0.7\linewidth}{\raggedleft\small\itshape #2}\par
  \else\noindent\makebox[0.66\linewidth][l]{\usebox{\formula}}\parbox{0.33\linewidth}{\raggedright\small\itshape #2}\par
  \fi}
\makeatletter
\renewcommand*{\l@subsection}{\@dottedtocline{2}{1.5em}{3.2em}}
\makeatother
\title{\raggedright TITLE}
\date{}
\begin{document}
\maketitle
\tableofcontents

"""
