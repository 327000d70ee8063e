r"""Layout: what stands between the lines of mathematics, or breaks them, changes no verdict."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.documents.joined import joined, last_side


def statuses(text: str) -> list[str]:
    """The verdicts on the displays of a document."""
    return [one.status for one in check_read(read_records(tex_records(text)), 2.0)]


@pytest.mark.parametrize(("sign", "status"), [("=", "proved"), (r"\geq", "refuted"), (r"\overset{(a)}{=}", "proved")])
def test_a_display_that_begins_with_a_relation_goes_on(sign: str, status: str) -> None:
    more = " + 1" if status == "refuted" else ""
    text = rf"\[ (u+v)^2 = u^2 + 2uv + v^2 \] which is \[ {sign} u(u + 2v) + v^2{more} \]"
    assert statuses(text) == ["proved", status]


def test_it_goes_on_from_the_last_side_and_says_where_it_fails() -> None:
    text = "\\[ (u+v)^2\n = u^2 + 2uv + v^2 \\]\nso\n\\[ \\leq 3 u^2 + 3 v^2 \\]\nand\n\\[\n = \\oops \\]"
    found = list(read_records(tex_records(text)))
    assert statuses(text) == ["proved", "proved", "unread"]
    assert found[2][1].line == 7


@pytest.mark.parametrize("between", [r"\section{New}", r"\[ u, v \]"])
def test_it_goes_on_from_nothing_else(between: str) -> None:
    assert statuses(rf"\[ u + u = 2 u \] {between} \[ = 3 u - u \]")[-1] == "unread"


@pytest.mark.parametrize(("text", "side"), [
    ("a = b", "b"), ("a = b.", "b"), (r"a = f(x = 1) + \frac{u}{v} ,", r"f(x = 1) + \frac{u}{v}"), ("a + b", ""),
    (r"a &= b \\ &= c", "c"), (r"a = b \quad \text{for all } u", ""), ("a = b, c", ""), (r"a \leq b + (c", ""),
    (r"\begin{aligned} a &= b \end{aligned}", "b"), (r"a = \begin{cases} b \end{cases}", "")])
def test_the_last_side(text: str, side: str) -> None:
    assert last_side(text) == side


def test_a_symbol_alone_is_not_defined_by_what_follows() -> None:
    assert joined("u + v = w", "= 3") is None
    assert joined("u + v = 2 w", "= 3") is not None


@pytest.mark.parametrize("text", [
    "$$ u + u =\n\n2 u $$ and so on", "$$\nu + u = 2 u\n\n$$\nand so on", "$$ u + u\n\n= 2 u $$\n\n$$ v = v $$",
    r"\[ \boxed{u + u = 2u} \tag{7} \]", r"\[ u + u \overset{\eqref{x}}{=} 2u \]",
    "\\[ u +\nu = \\frac{4\n u}{\n2} \\]", r"\[ \underbrace{u + u}_{\text{twice}} = 2u \]",
    r"\[ u + u = 2u \qquad \text{(by \eqref{x})} \]", r"\[ \text{Therefore, } u + u = 2u \]",
    r"\[ u + u = 2u \quad \text{and so} \quad u + u + 1 = 2 u + 1 \]",
    r"\begin{align} u + u &= 2u \\ \intertext{and so} &= 3u - u \end{align}"])
def test_layout_changes_nothing(text: str) -> None:
    assert set(statuses(text)) == {"proved"}
    assert "refuted" in statuses(text.replace("2u", "5u").replace("2 u", "5 u").replace("4\n u", "9 u"))


@pytest.mark.parametrize("text", ["$$ u = v\n\nand then some words follow here $$ w = z $$", "$$ u = v\n\n$$ w = z $$"])
def test_a_display_that_is_never_closed_is_still_told(text: str) -> None:
    assert "ill-formed" in statuses(text)


@pytest.mark.parametrize("words", ["(if it works)", "for some u", "(only at 0)", "unless (1)"])
def test_words_that_are_no_reason_are_not_passed_over(words: str) -> None:
    assert prove(rf"u + u = 2u \quad \text{{{words}}}").status in ("unread", "undecided")
    assert prove(r"u + u = 2u \quad \text{(by symmetry)}").status == "proved"
