"""Sentences of a paper, which are LaTeX, in plain words: with the letters and signs of their formulas, where they have
these alone."""

from __future__ import annotations

import re

from ..latex.printing.text import SIGNS
from ..proof.hypotheses import ACCENTS, GREEK, plain_name

FORMULA = re.compile(r"\$([^$]*)\$|\\ensuremath\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}|\\\((.*?)\\\)", re.DOTALL)
REFERENCE = re.compile(r"\(?\\(?:eq)?ref\s*\{([^{}]*)\}\)?")
COMMAND = re.compile(r"\\([A-Za-z]+)")
SPACE = re.compile(r"\\[,;:!> ]")
SPOKEN = {tex[1:]: sign for sign, tex in SIGNS.items() if COMMAND.fullmatch(tex) and tex[1:] not in GREEK} | {
    "dots": "…", "ldots": "…", "cdots": "…", "le": "≤", "ge": "≥", "ne": "≠", "mid": "|", "vert": "|", "Vert": "‖"}
SILENT = {"text", "textrm", "mathrm", "mathit", "mathcal", "mathbb", "operatorname", "left", "right", "middle", "big",
          "bigl", "bigr"}
KNOWN = {*GREEK, *ACCENTS, *SPOKEN, *SILENT}


def plain(text: str) -> str:
    """LaTeX of a sentence in plain words."""
    text = REFERENCE.sub(r"(\1)", FORMULA.sub(lambda found: spelled(found[1] or found[2] or found[3] or ""), text))
    text = re.sub(r"\\(?:emph|textbf|textit|text)\s*\{([^{}]*)\}", r"\1", text).replace("~", " ")
    return re.sub(r"\s+", " ", re.sub(r"\\([^A-Za-z])", r"\1", text)).strip()


def spelled(formula: str) -> str:
    """A formula by its letters and signs; as it stands where it has more than these, of which none may be lost."""
    formula = SPACE.sub(" ", formula).replace(r"\|", "‖").strip()
    if any(command not in KNOWN for command in COMMAND.findall(formula)):
        return formula
    signed = COMMAND.sub(lambda found: SPOKEN.get(found[1], found[0]), formula)
    return "π" if signed == r"\pi" else plain_name(signed)
