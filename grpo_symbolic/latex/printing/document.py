r"""Derivations as aligned rows, in about the width of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language import Term
from ..notation.profiles import Profile
from .printer import RELATION_SIGNS, latex
from .text import escape

LINE = 88.0
SIZES = ((1.0, ""), (1.1, r"\small"), (1.22, r"\footnotesize"), (9.9, r"\scriptsize"))
SILENT = {r"\left", r"\right", r"\text", r"\mathbb", r"\mathcal", r"\hat", r"\tilde", r"\bar", "&"}
SPACED = {"=", "+", "-", r"\approx", r"\doteq", r"\leq", r"\geq", r"\sim", r"\parallel", "<", ">", r"\quad"}
FRACTION = re.compile(r"\\frac(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})")

Step = tuple[str, Term, str]


def width(tex: str) -> float:
    """About how many characters a formula is wide; scripts are smaller, a fraction is as wide as its wider part."""
    total, sizes, small = 0.0, [1.0], False
    tex = FRACTION.sub(lambda found: max(found[1], found[2], key=len), tex)
    for token in re.findall(r"\\[A-Za-z]+|\\.|\S", tex):
        size = sizes[-1] * (0.7 if small else 1)
        small = token in "_^"
        if token == "{":
            sizes.append(size)
        elif token == "}" and len(sizes) > 1:
            sizes.pop()
        elif not small and token not in SILENT:
            total += size * (3 if token in SPACED or token in (r"\log", r"\min", r"\max", r"\exp", r"\sum") else 1)
    return total


def broken(tex: str, room: float = LINE) -> list[str]:
    """A formula cut before the + and − outside all brackets, so that the lines fit where they can."""
    lines, line, depth = [], "", 0
    for token in re.findall(r" [+-] |\\left.|\\right.|\\[A-Za-z]+|\\.|[^\\]", tex):
        opens = token in ("(", "[", "{") or token.startswith(r"\left")
        closes = token in (")", "]", "}") or token.startswith(r"\right")
        depth += opens - closes
        if token in (" + ", " - ") and depth == 0:
            lines.append(line)
            line = token.lstrip()
        else:
            line += token
    lines.append(line)
    joined = [lines[0]]
    for line in lines[1:]:
        if width(joined[-1] + line) <= room:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def align(start: Term, steps: Sequence[Step], profile: str | Profile = "paper") -> str:
    r"""The rows of a derivation as an ``align*``: ``lhs &= rhs && \text{(reason)}``, then one row a step.

    A step is a relation sign (= ≈ ≤ ≥ < >), the next expression and a reason in plain text, or an empty one.
    Where a line would be too long, the left side or the reason moves to a line of its own.
    """
    left = latex(start, profile)
    printed = [(RELATION_SIGNS[sign], latex(term, profile), reason) for sign, term, reason in steps]
    alone = not steps or width(left) + max(width(tex) for _, tex, _ in printed) > LINE
    room = LINE - (0 if alone else width(left))
    beside = all(width(tex) + 0.9 * len(reason) + 4 <= room for _, tex, reason in printed)
    rows, widest = ([f"& {left}"], width(left)) if alone else ([], 0.0)
    for number, (sign, tex, reason) in enumerate(printed):
        lines = broken(tex, room)
        label = rf"\text{{{_reason(reason)}}}" if reason else ""
        lines[-1] += f" && {label}" if label and beside else ""
        head = f"{left} &" if number == 0 and not alone else "&"
        rows += [f"{head}{sign} {lines[0]}", *(rf"&\quad {line}" for line in lines[1:])]
        rows += [rf"&\qquad {label}"] if label and not beside else []
        widest = max(widest, *(width(line.partition("&&")[0]) for line in lines))
    size = next(size for limit, size in SIZES if widest <= limit * room or limit == SIZES[-1][0])
    return _sized("\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}", size)


def _reason(reason: str) -> str:
    text = escape(reason)
    return text if text.startswith("(") and text.endswith(")") else f"({text})"


def _sized(block: str, size: str) -> str:
    return f"{{{size}\n{block}\\par}}" if size else block
