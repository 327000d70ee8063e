r"""Macros that the field's texts use where their preamble is not seen: \E, \KL, \underE{…}{…}."""

from __future__ import annotations

import re

from .macros import Expanded, Expander, Macro, closing

# Operators that stand bare. What takes an argument in braces is a macro of another preamble, and stays unknown.
BARE = {
    r"\E": r"\mathbb{E}", r"\EE": r"\mathbb{E}", r"\Exp": r"\mathbb{E}", r"\Eb": r"\mathbb{E}",
    r"\KL": r"\mathrm{KL}", r"\kl": r"\mathrm{KL}", r"\DKL": r"D_{\mathrm{KL}}", r"\Dkl": r"D_{\mathrm{KL}}",
    r"\TV": r"\mathrm{TV}", r"\Var": r"\operatorname{Var}", r"\Cov": r"\operatorname{Cov}",
    r"\clip": r"\operatorname{clip}", r"\sg": r"\operatorname{sg}", r"\sign": r"\operatorname{sign}",
    r"\policy": r"\pi", r"\discount": r"\gamma", r"\trajectory": r"\tau", r"\Val": "V", r"\Qval": "Q",
    r"\advantage": "A", r"\statespace": r"\mathcal{S}", r"\actionspace": r"\mathcal{A}",
    r"\R": r"\mathbb{R}", r"\given": r"\mid", r"\defeq": ":=", r"\eqdef": ":="}
MACROS = {
    **{name: Macro(0, body) for name, body in BARE.items()},
    r"\underE": Macro(2, r"\mathbb{E}_{#1}\left[#2\right]")}
CALL = re.compile(rf"(?P<name>{'|'.join(sorted(map(re.escape, MACROS), reverse=True))})(?![A-Za-z])(?P<braced>\s*\{{)?")


def spelled_out(text: str) -> Expanded | None:
    """A text with these macros expanded, None where it has none; raises Fault."""
    calls = [(found["name"], braced(text, found)) for found in CALL.finditer(text)]
    foreign = {name for name, arguments in calls if arguments != MACROS[name].arguments}
    used = {name for name, _ in calls} - foreign
    return Expander({name: MACROS[name] for name in used}).parts(text) if used else None


def braced(text: str, call: re.Match[str]) -> int:
    """How many arguments in braces follow a macro, at most two. Raises Malformed."""
    if call["braced"] is None:
        return 0
    end = closing(text, call.end() - 1)
    return 2 if text[end:end + 1] == "{" or text[end:].lstrip().startswith("{") else 1
