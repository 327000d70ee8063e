"""A macro prints tokens: what stands before it never swallows its first letter."""

from __future__ import annotations

import pytest

from grpo_symbolic.latex.document_reader import tex_records


@pytest.mark.parametrize(("preamble", "body", "printed"), [
    (r"\newcommand{\beh}{q}", r"y\sim\beh", r"y\sim q"), (r"\newcommand{\beh}{q}", r"\beh\sim y", r"q\sim y"),
    (r"\newcommand{\lp}[1]{\log#1}", r"\lp u", r"\log u"),
    (r"\newcommand{\two}[2]{#1#2}", r"\two{\beta}{u}", r"\beta u"),
    (r"\newcommand{\back}[1]{#1x}", r"\back{\beta}", r"\beta x"), (r"\newcommand{\beh}{q}", r"p\beh", "pq"),
    (r"\newcommand{\beh}{q}\newcommand{\alt}{\log\beh}", r"\beta\alt", r"\beta\log q"),
    (r"\let\eps\varepsilon", r"2\eps x", r"2\varepsilon x"), (r"\let\eps=\varepsilon", r"\eps", r"\varepsilon"),
    (r"\newcommand{\KL}{D_{KL}}", r"\beta\KL", r"\beta D_{KL}"),
])
def test_tokens_stay_apart(preamble: str, body: str, printed: str) -> None:
    record, = tex_records(f"{preamble} $${body}$$")
    assert record.latex == printed
