r"""What begins or ends an environment, by its own name or by that of a macro or environment which stands for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NEW_ENVIRONMENT = r"\\(?:(?:re)?newenvironment|(?:New|Renew|Provide|Declare)DocumentEnvironment)(?![A-Za-z])\*?"
EDGE = re.compile(r"\\(begin|end)\s*\{([^{}\\$\s*]{1,60})(\*?)\}")
LABELLED = re.compile(r"\\label\s*\{\s*#[1-9]\s*\}|\s+")
GAP = re.compile(r"\s*(?:\[[^\[\]]*\]\s*)*")
TAKEN = re.compile(r"\s*(?:\[\s*([0-9])\s*\]\s*(\[)?)?")


@dataclass(frozen=True)
class Edge:
    """The beginning or end of an environment, as ``edge`` says; how many arguments in braces it takes, and whether one
    in brackets before them."""

    edge: str = ""
    kind: str = ""
    arguments: int = 0
    optional: bool = False


def edge_of(body: str, arguments: int = 0, optional: bool = False) -> Edge | None:
    """The edge that a macro's text prints, if it prints nothing else but a label."""
    found = EDGE.fullmatch(LABELLED.sub("", body))
    return None if found is None else Edge(found[1], found[2] + found[3], arguments, optional)


def environment_definition(text: str, found: re.Match[str], braces: Mapping[int, int]) -> tuple[str, Edge | None, int]:
    r"""The environment that a ``\newenvironment`` or its like defines, how it begins another one, None if that is not
    all that it does, and the offset after its definition."""
    ends, groups = [found.end()], list[str]()
    for _ in range(4 if "Document" in found.group() else 3):
        gap = GAP.match(text, ends[-1])
        assert gap is not None
        ends.append(braces.get(gap.end(), ends[-1]))
        groups.append(text[gap.end() + 1:ends[-1] - 1])
    taken = TAKEN.match(text, ends[1])
    assert taken is not None
    name, *kinds, begins, _ = groups
    said = "".join(kinds)
    optional = taken[2] is not None or "O" in said or "o" in said
    arguments = int(taken[1] or 0) - (taken[2] is not None) + said.count("m")
    return name.strip(), edge_of(begins, arguments, optional), ends[-1]
