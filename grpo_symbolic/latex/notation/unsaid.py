r"""What a print leaves unsaid and custom settles: a statement that fails as custom has it may be meant the other way.

Each is the subject of a choice, which is not taken where custom is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

# That a gradient is of all factors after it: every gradient, or the one that stands at an offset.
WHOLE = "gradients are of whole products "
# That \sum_{i \neq j} of what is the same for both of a pair has j fixed, and that \sum_{j \neq i} A_j runs over pairs.
ONE_FIXED, PAIRED = "a pair has one fixed index", "a fixed index is one of a pair"
GRADIENT, APART = re.compile(r"\\nabla(?![A-Za-z])"), re.compile(r"\\neq?(?![A-Za-z])|≠")
MOST_GRADIENTS = 3


class Other(NamedTuple):
    """The other way to mean a print: what is chosen, how a person says that, and what to write against it."""

    choices: Mapping[str, int]
    said: str
    write: str


def other_ways(latex: str) -> Iterator[Other]:
    """The ways that custom does not take, in which a text may be meant yet."""
    if APART.search(latex):
        write = "declare what is fixed, or write one sign for each"
        yield Other({ONE_FIXED: 1}, r"a sum over i \neq j has j fixed", write)
        yield Other({PAIRED: 1}, r"a sum over j \neq i runs over pairs", write)
    places = [found.start() for found in GRADIENT.finditer(latex)]
    if places:
        yield whole([""])
    for count in range(1, len(places) if 1 < len(places) <= MOST_GRADIENTS else 0):
        yield from (whole(chosen) for chosen in combinations(places, count))


def whole(places: list[str] | tuple[int, ...]) -> Other:
    """The gradients at some places are those of all that follows."""
    said = r"\nabla is that of the whole product after it"
    return Other({f"{WHOLE}{at}": 1 for at in places}, said, "write brackets")
