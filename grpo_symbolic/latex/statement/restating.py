r"""Texts that say what V^\pi, Q^\pi, A^\pi, d^\pi or the return mean in the field: nothing is claimed by them."""

from __future__ import annotations

import re

from ..parsing.field_macros import spelled_out
from ..read_error import Fault, ReadError
from .silence import NO_CLAIM

PASSED_OVER = re.compile(
    r"\\label\{[^{}]*\}|\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])|\\[,;:!]|\\q?quad(?![A-Za-z])|&|\s+|[.,]\s*$")
SPELLED = (
    (re.compile(r"\\(?:mid|[lr]?vert)(?![A-Za-z])"), "|"),
    (re.compile(r":=|\\coloneqq|\\doteq|\\triangleq|\\equiv"), "="),
    (re.compile(r"\\mathbb\s*\{\s*([EP])\s*\}"), r"\1"),
    (re.compile(r"\\Pr(?![A-Za-z])|(?<![A-Za-z\\])p(?=\s*\()"), "P"),
    (re.compile(r"\\(?:[lc]?dots)(?![A-Za-z])"), r"\\cdots"),
    (re.compile(r"\{\\geq?(?![A-Za-z])|\\geq?(?![A-Za-z])|≥"), "≥"),
    (re.compile(r"S(?=_t)"), "s"), (re.compile(r"A(?=_t)"), "a"),
    (re.compile(r"\{\s*([A-Za-z0-9]|\\[A-Za-z]+)\s*\}"), r"\1"))
POLICY = r"(?P<policy>\\pi(?:_(?:\\theta|\{[^{}]*\}))?)"
RETURN = r"\\sum_\{k=0\}\^\\infty\\gamma\^kr_\{t\+k\}"
OF_VISITS = "d^π"
AT_STATE, AT_ACTION = r"\|s_t=s", r"\|s_t=s,a_t=a"
OF_POLICY = r"[_^]\{?" + POLICY + r"\}?"
UNDER = r"E_\{?(?P=policy)\}?\["
NEXT = (r"E_\{s'\\sim(?:P|\\mathcal\{?T\}?)\((?:\\cdot\||s'\||s\||)s,a\)\}"
        r"\[r\(s,a\)\+\\gammaV[_^]\{?(?P=policy)\}?\(s'\)-V[_^]\{?(?P=policy)\}?\(s\)\]")
MEANINGS = {
    "the return": rf"G_t={RETURN}(?:=r_t\+\\gammar_\{{t\+1\}}\+\\gamma\^2r_\{{t\+2\}}\+\\cdots)?",
    "V^π": rf"V{OF_POLICY}\(s\)={UNDER}G_t{AT_STATE}\](?:={UNDER}{RETURN}{AT_STATE}\])?",
    "Q^π": rf"Q{OF_POLICY}\(s,a\)={UNDER}G_t{AT_ACTION}\](?:={UNDER}{RETURN}{AT_ACTION}\])?",
    "A^π": rf"A{OF_POLICY}\(s,a\)=Q[_^]\{{?(?P=policy)\}}?\(s,a\)-V[_^]\{{?(?P=policy)\}}?\(s\)(?:={NEXT})?",
    OF_VISITS: rf"d{OF_POLICY}\(s\)=\(1-\\gamma\)"
               rf"\\sum_(?:\{{t≥0\}}|\{{t=0\}}\^\\infty)\\gamma\^tP\(s_t=s\|(?P=policy)\)"}
KNOWN = {name: re.compile(pattern) for name, pattern in MEANINGS.items()}


class Restated(ReadError):
    """A text that says what a symbol means anyway."""


def restated(latex: str) -> str:
    r"""What it is of which a text says what it means in the field; empty for any other text.

    >>> restated(r"d_\pi(s) := (1-\gamma) \sum_{t \ge 0} \gamma^t p(s_t = s \mid \pi)")
    'd^π'
    >>> restated(r"d_\pi(s) := (1-\gamma) \sum_{t \ge 1} \gamma^t p(s_t = s \mid \pi)")
    ''
    """
    try:
        plain = spelled_out(latex)
    except Fault:
        return ""
    text = latex if plain is None else plain.text
    for printed, meant in SPELLED:
        text = printed.sub(meant, text)
    text = PASSED_OVER.sub("", text)
    return next((name for name, pattern in KNOWN.items() if pattern.fullmatch(text)), "")


def refuse_restated(latex: str) -> None:
    """Raises Restated for a text that says what a symbol means anyway."""
    if name := restated(latex):
        raise Restated(f"what {name} means: nothing is claimed", status=NO_CLAIM)
