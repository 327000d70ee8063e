"""A macro prints tokens: what stands before it never swallows its first letter."""

from __future__ import annotations

import pytest

from grpo_symbolic.latex.documents.document_reader import tex_records


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


DOCUMENT = r"""
\NewDocumentCommand{\mean}{m m}{\mathbb{E}_{#1}[#2]}
\RenewDocumentCommand\gap{O{\pi} m}{D_{KL}(#1 \| #2)}
\ProvideDocumentCommand{\at}{o m}{h_{#1}(#2)}
\DeclareDocumentCommand{\either}{s m}{\IfBooleanTF{#1}{u}{#2}}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\DeclarePairedDelimiterX{\two}[2]{(}{)}{#1 \,\delimsize\|\, #2}
\DeclarePairedDelimiterXPP\expected[2]{\mathbb{E}_{#1}}{[}{]}{^2}{#2}
"""


@pytest.mark.parametrize(("body", "printed"), [
    (r"\mean{a \sim \pi}{h(a)}", r"\mathbb{E}_{a \sim \pi}[h(a)]"), (r"\gap{\nu}", r"D_{KL}(\pi \| \nu)"),
    (r"\gap[\mu]{\nu}", r"D_{KL}(\mu \| \nu)"), (r"\at[1]{s}", "h_{1}(s)"), (r"\at{s}", r"h_{\NoValue}(s)"),
    (r"\either{v}", r"\IfBooleanTF{\NoValue}{u}{v}"), (r"\abs{u}", r"\left\lvert u \right\rvert"),
    (r"\abs*{u}", r"\left\lvert u \right\rvert"), (r"\abs[\Big]{u}", r"\left\lvert u \right\rvert"),
    (r"D\two{\mu}{\nu}", r"D\left( \mu \,\|\, \nu \right)"),
    (r"\expected*{a \sim \pi}{c}", r"\mathbb{E}_{a \sim \pi}\left[ c \right]^2"),
])
def test_commands_with_arguments_of_every_kind(body: str, printed: str) -> None:
    record, = tex_records(f"{DOCUMENT} $${body}$$")
    assert record.latex == printed


def test_arguments_of_other_kinds_leave_a_command_unknown() -> None:
    known, unknown = tex_records(r"\NewDocumentCommand{\odd}{+m}{#1} $$\odd{u}$$"
                                 r"\RenewDocumentCommand{\odd}{v}{#1} $$\odd{u}$$")
    assert known.latex == "u"
    assert unknown.latex == r"\odd{u}"


def test_a_definition_that_is_cut_off_is_a_fault() -> None:
    for preamble in (r"\NewDocumentCommand{\odd}{m}", r"\DeclarePairedDelimiter{\odd}{(}"):
        first, *_ = tex_records(f"{preamble} $$u = u$$")
        assert first.fault is not None


@pytest.mark.parametrize("preamble", [
    r"\DeclarePairedDelimiterX{\divx}[2]{(}{)}{#1 \delimsize\| #2}\newcommand{\KL}{D\divx}",
    r"\DeclarePairedDelimiterX{\divx}[2]{(}{)}{#1 \delimsize\| #2}\newcommand{\KL}{D\divx*}",
    r"\newcommand{\two}[2]{\left( #1 \| #2 \right)}\newcommand{\one}{\two}\newcommand{\KL}{D\one}"])
def test_a_macro_may_end_with_one_that_takes_what_follows(preamble: str) -> None:
    record, = tex_records(preamble + r" $$\KL{\mu}{\nu} + \KL\nu\mu$$")
    found = record.latex.replace(" ", "")
    assert found == r"D\left(\mu\|\nu\right)+D\left(\nu\|\mu\right)"


def test_a_delimiter_may_be_a_command_without_braces() -> None:
    record, = tex_records(r"\DeclarePairedDelimiter\abs\lvert\rvert $$\abs{u v}$$")
    assert record.latex == r"\left\lvert u v \right\rvert"
