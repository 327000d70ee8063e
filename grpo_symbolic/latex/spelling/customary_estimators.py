r"""Estimators of a divergence beside a bare \pi_\theta, where nothing is drawn: k_2 and r in \nabla_\theta k_2."""

from __future__ import annotations

import re

from .customary_paths import POLICY
from .edits import Change, Edit, Found, end_of
from .indexed import every

POINTS = (r"\theta", r"\phi")
LETTER, RATIO = "k", "r"
FORMULAS = {"1": r"-\log {r}", "2": r"\frac{{1}}{{2}} \left(\log {r}\right)^2", "3": r"{r} - 1 - \log {r}"}
LOGGED = re.compile(r"\\log\s*\(?\s*r(?![A-Za-z_({^'])")
SIGNS = frozenset((r"\mathbb", "E", "int", "sum", "prod"))
BLANKS = re.compile(r"[\s{}]+")
AT = "(a|s)"


def pointwise_estimators(found: Found) -> Change | None:
    """k_1, k_2 and k_3 of the ratio of the reference and the one policy of a text, at any outcome."""
    items = [item for item in every(found.content) if item.kind in ("sym", "cmd", "big")]
    policies = [item for item in items if item.value == POLICY]
    points = {BLANKS.sub("", found.of(item.sub)) for item in policies}
    if len(points) != 1 or not points <= set(POINTS) or any(item.value in SIGNS for item in items) or \
            {LETTER, RATIO} & found.defined or LOGGED.search(found.text) is None:
        return None
    policy = f"{POLICY}_{points.pop()}"
    ratio = rf"\frac{{{POLICY}_{{\text{{ref}}}}{AT}}}{{{policy}{AT}}}"
    edits, used = list[Edit](), list[str]()
    for item in items:
        end = end_of(found.text, item)
        if found.text[end:].lstrip().startswith("(") and item.value in (POLICY, LETTER, RATIO):
            return None
        if item.value == POLICY:
            edits.append(Edit(item.pos, end, policy + AT))
        elif item.value == RATIO and item.plain:
            edits.append(Edit(item.pos, end, ratio))
        elif item.value == LETTER and (number := BLANKS.sub("", found.of(item.sub))) in FORMULAS and item.sup is None:
            used.append(number)
            edits.append(Edit(item.pos, end, rf"\left({FORMULAS[number].format(r=ratio)}\right)"))
        elif item.value in (RATIO, LETTER):
            return None
    if not used:
        return None
    said = [rf"r = {POLICY}_{{\text{{ref}}}}/{policy}", *(
        rf"k_{number} = {FORMULAS[number].format(r='r')}" for number in sorted(set(used)))]
    return Change(tuple(edits), ", ".join(said))
