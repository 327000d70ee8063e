r"""Means and spreads of \{r_j\}, which print no range, and \operatorname{Var}_G: they are those of the whole group."""

from __future__ import annotations

import re

from .edits import Change, Edit, Found

STATISTIC = re.compile(
    r"(?:\\(?:mathrm|text|operatorname\*?)\s*\{\s*(?:[Mm]ean|[Ss]td|[Aa]vg|[Vv]ar)\s*\}|\\(?:mean|std))\s*(?:\\left)?\s*\(\s*"
    r"(?:\\left)?\\\{\s*[A-Za-z]\s*_\s*(?:(?P<letter>[a-z])|\{\s*(?P<braced>[a-z])\s*\})\s*(?:\\right)?\\\}"
    r"(?=\s*(?:\\right)?\s*\))")
RANGE = re.compile(r"_\s*\{\s*[a-z]\s*=\s*1\s*\}\s*\^\s*(?:\{\s*([A-Z])\s*\}|([A-Z]))")
MOMENT = re.compile(
    r"\\(?:(?:mathrm|text|operatorname\*?)\s*\{\s*(?:Var|Cov|Std)\s*\}|mathbb\s*(?:[EV]|\{\s*[EV]\s*\})"
    r"|(?:Var|Cov)(?![A-Za-z]))"
    r"\s*(?P<script>_\s*(?:(?P<plain>[GKMN])|\{\s*(?P<braced>[GKMN])\s*\}))?")
SIZE = "G"


def whole_groups(found: Found) -> Change | None:
    r"""\{r_j\}_{j=1}^G for a bare \{r_j\}, where the text has no range of another size."""
    sets = list(STATISTIC.finditer(found.text))
    sizes = {one[1] or one[2] for one in RANGE.finditer(found.text)}
    if not sets or len(sizes) > 1:
        return None
    size = next(iter(sizes), SIZE)
    edits = tuple(Edit(one.end(), one.end(), f"_{{{one['letter'] or one['braced']}=1}}^{{{size}}}") for one in sets)
    return Change(edits, f"statistics are of the whole group, of {size} members")


def of_members(found: Found) -> Change | None:
    r"""\operatorname{Var} for \operatorname{Var}_G, where each moment of a text is that of the same group."""
    moments = list(MOMENT.finditer(found.text))
    sizes = {one["plain"] or one["braced"] for one in moments}
    if not moments or len(sizes) > 1 or None in sizes or r"\sim" in found.text:
        return None
    edits = tuple(Edit(one.start("script"), one.end("script"), "") for one in moments)
    return Change(edits, f"moments are those of one member of a group of {sizes.pop()}, each as likely")
