r"""Environments that say what a display does: one of definitions, of assumptions, of a theorem; each with its proof.

What an environment is, its title says where ``\newtheorem`` declares it, else its name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

DECLARED = re.compile(r"\\newtheorem\*?\s*\{([^{}]+)\}\s*(?:\[[^\]]*\])?\s*\{([^{}]+)\}")
DECLARED_BY_KEYS = re.compile(r"\\declaretheorem\s*(?:\[([^\]]*)\])?\s*\{([^{}]+)\}")
TITLE = re.compile(r"(?:name|title)\s*=\s*\{?([^,{}\]]+)")
EDGE = re.compile(r"\\(begin|end)\s*\{([^{}\\$]{1,60})\}")
THEN = re.compile(r"\bthen\b", re.IGNORECASE)
# What a title or a name says, by how it begins.
ROLES = tuple((re.compile(words, re.IGNORECASE), role) for words, role in (
    (r"def(?:n|ns|inition|initions)?\b|notation\b", "definition"),
    (r"(?:standing )?(?:assum(?:e|ption|ptions)?\b|asm\b|conditions?\b|hypothes[ie]s\b)", "assumption"),
    (r"(?:main |key |informal )?(?:thm|theo(?:rem)?|lem(?:ma)?|prop(?:osition)?|cor(?:ollary)?|claim|fact)s?\b",
     "theorem"),
    (r"(?:proof|pf)\b", "proof")))


@dataclass(frozen=True)
class Block:
    """An environment with its role, by offsets in the text, and those of the proof that follows a theorem."""

    role: str
    start: int
    end: int
    proof: tuple[int, int] | None = None

    # Where a theorem concludes: the place of its first "then".
    then: int = 0

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """What it says is said here."""
        return ((self.start, self.end), *((self.proof,) if self.proof else ()))


def role_of(title: str) -> str:
    """What an environment of this title is, empty where that says nothing."""
    return next((role for words, role in ROLES if words.match(title.strip().rstrip("*"))), "")


class Theorems:
    """The environments of one text, of which comments have been silenced."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of environments by their names, where the text declares them."""
        found = {name.strip(): title for name, title in DECLARED.findall(self.text)}
        for keys, names in DECLARED_BY_KEYS.findall(self.text):
            titled = TITLE.search(keys)
            found |= {name.strip(): titled[1] if titled else name for name in names.split(",")}
        return found

    @cached_property
    def blocks(self) -> list[Block]:
        """The environments that have a role, in the order of their beginnings; none holds another."""
        found: list[Block] = []
        for role, start, end in self.edges():
            before = found[-1] if found else None
            if role == "proof":
                if before is not None and before.role == "theorem" and before.proof is None:
                    found[-1] = replace(before, proof=(start, end))
            elif before is None or start >= before.end:
                concluded = THEN.search(self.text, start, end)
                found.append(Block(role, start, end, then=concluded.start() if concluded else start))
        return found

    def edges(self) -> Iterator[tuple[str, int, int]]:
        """Each environment that has a role, with its offsets."""
        waiting: list[tuple[str, int]] = []
        for edge in EDGE.finditer(self.text):
            name = edge[2].strip()
            if edge[1] == "begin" and role_of(self.titles.get(name, name)):
                waiting.append((name, edge.start()))
            elif edge[1] == "end" and waiting and waiting[-1][0] == name:
                name, start = waiting.pop()
                if not waiting:
                    yield role_of(self.titles.get(name, name)), start, edge.end()

    @cached_property
    def starts(self) -> list[int]:
        """Where the environments begin."""
        return [block.start for block in self.blocks]

    def limits(self, pos: int) -> tuple[tuple[int, int], ...] | None:
        """Where what is assumed at an offset holds, if a theorem or a proof bounds that."""
        block = self.blocks[place] if (place := bisect_right(self.starts, pos) - 1) >= 0 else None
        return next((spans for spans in ([] if block is None else (block.spans, block.spans[1:]))
                     if spans and spans[0][0] <= pos < spans[0][1]), None)

    def around(self, pos: int) -> Block | None:
        """The environment that an offset stands in, its proof not included."""
        place = bisect_right(self.starts, pos) - 1
        return self.blocks[place] if place >= 0 and pos < self.blocks[place].end else None
