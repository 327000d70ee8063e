"""A document that reads like a paper: with standard packages alone, each statement once, nothing past the margin."""

from __future__ import annotations

import re

from grpo_symbolic.latex.printing.article import Chain, Chapter, Part, article, breakable

WIDE = " + ".join(rf"\frac{{a_{{{k}}}}}{{b_{{{k}}}}}" for k in range(60))
UNBROKEN = rf"\left( {WIDE} \right)"
LONG = "a reason that goes on " * 20 + r"with \code_that{has}_no(spaces)_in_it" * 6
STEPS = (("=", "b", "short"), ("=", UNBROKEN, LONG), (r"\leq", WIDE, ""))
CHAPTERS = [
    Chapter("First & foremost", "All of π_θ.", (
        Part("one", LONG, "(1)", "proved", LONG, (("", UNBROKEN), ("where", WIDE)), chains=(
            Chain("why", "a", STEPS, "Under Positive(π_θ)."),)),
        Part("two", "Second", "", "refuted", "False.", (("", r"a &= b \\ &= c \label{eq:x}"),),
             rows=((r"$\pi$", ", ".join(["1/3"] * 60)), ("left side", "0"))),
        Part("three", r"\input{/etc/passwd}", "", "unread", "No.", (), source=r"\input{/etc/passwd} $ % " * 30))),
]


def plain(tex: str) -> str:
    """The body without literal braces."""
    return tex[tex.index(r"\begin{document}"):].replace(r"\{", "").replace(r"\}", "")


def test_each_statement_stands_once_and_in_the_table() -> None:
    tex = article(CHAPTERS, "A title")
    assert tex.count(r"\section{") == 2  # the chapter, and the table of verdicts
    assert tex.count(r"\subsection{") == 3
    table = tex[tex.index(r"\section{All verdicts}"):]
    assert [table.count(f"\n{name} &") for name in ("one", "two", "three")] == [1, 1, 1]
    assert tex.index(r"\tableofcontents") < tex.index(r"\section{First \& foremost}")


def test_an_accent_keeps_its_letter() -> None:
    assert breakable("definition of r̄, ċ = 1") == (
        r"definition of \={r}, \.{c} = 1")


def test_what_is_typed_is_shown_and_never_obeyed() -> None:
    assert r"\input" not in article(CHAPTERS, "A title")
    assert r"\label" not in article(CHAPTERS, "A title")


def test_braces_and_environments_match() -> None:
    body = plain(article(CHAPTERS, "A title"))
    assert body.count("{") == body.count("}")
    assert sorted(re.findall(r"\\begin\{(.*?)\}", body)) == sorted(re.findall(r"\\end\{(.*?)\}", body))
