r"""What is paid in a part of a path, R(\tau_{:t}) and R(\tau_{t:}), as a sum over its steps.

Whether a part ends before its last step or with it is custom: what fails may mean the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .customary_paths import PATH
from .edits import Change, Edit, Found, end_of, products
from .joint_draws import NoJoint

PAID, BLANK = ("R", "G"), re.compile(r"[\s{}]+")
BEFORE, AFTER = re.compile(r"0?:([a-z])|<([a-z])"), re.compile(r"([a-z]):[TH]?|\\geq?([a-z])")
COUNTING = "kljin"


def in_slices(found: Found) -> Iterator[Change]:
    """What is paid in the parts of a path as sums over steps, discounted from their first on if the text has a
    discount; nothing where no part is spoken of. Raises NoJoint after that, and where more is said of parts."""
    places = list(parts_in(found))
    if all(part == "" for _, _, _, part in places):
        return
    letter = next((one for one in COUNTING if not re.search(rf"(?<![A-Za-z\\]){one}(?![A-Za-z])", found.text)), "")
    if not letter or not {name for _, _, name, _ in places} <= {*PAID} - found.defined:
        raise NoJoint
    sums = [Edit(start, end, paid(part, letter, r"\gamma" in found.text)) for start, end, _, part in places]
    if found.text.count(PATH + "_") + found.text.count(PATH + " _") == sum(part != "" for _, _, _, part in places):
        yield Change(tuple(sums), f"what is paid on a part of a path, {PATH}_{{:t}} or {PATH}_{{t:}}, is the sum over "
                     "its steps, t being the first of the second")
    raise NoJoint


def parts_in(found: Found) -> Iterator[tuple[int, int, str, str]]:
    """Where functions of a path or of a part of it stand, by which letters, and of which part."""
    for items in products(found.content):
        for item, group in zip(items, items[1:], strict=False):
            lone = None if group.kind != "group" or group.value != "(" or group.body is None else group.body.lone
            if lone is not None and lone.value == PATH and not lone.primes and lone.sup is None and group.plain:
                part = "" if lone.sub is None else BLANK.sub("", found.of(lone.sub))
                if re.search(r"[:<>]|\\[lg]e", part) or not part:
                    yield item.pos, end_of(found.text, group), found.of(item), part


def paid(part: str, step: str, discounted: bool) -> str:
    """What is paid in a part. Raises NoJoint for another part."""
    before, after = BEFORE.fullmatch(part), AFTER.fullmatch(part)
    if part and before is None and after is None:
        raise NoJoint
    first = "0" if after is None else after[1] or after[2]
    last = "T" if before is None else before[1] or before[2]
    weight = rf"\gamma^{{{step}{'' if first == '0' else '-' + first}}} " if discounted else ""
    return rf"\left( \sum_{{{step}={first}}}^{{{last}-1}} {weight}r_{step} \right)"
