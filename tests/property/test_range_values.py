r"""Random ranges over one family: what is proved or refuted holds or fails for the members, counted one by one."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

import pytest
from seeds import shifted
from verdicts import prove

SIZES = range(1, 8)  # of N


class Part(NamedTuple):
    r"""± \sum_{k=start}^{end} c_{k+by}, or ± c_start where there is no end; an end has N where ``symbolic``."""

    sign: int
    start: int
    end: int | None = None
    by: int = 0
    symbolic: bool = False

    def members(self, size: int) -> Counter[int]:
        """How often each member of the family is counted at N = size."""
        if self.end is None:
            return Counter({self.start: self.sign})
        last = self.end + (size if self.symbolic else 0)
        return Counter({k + self.by: self.sign for k in range(self.start, last + 1)})

    def text(self, index: str) -> str:
        sign = "+" if self.sign > 0 else "-"
        if self.end is None:
            return f"{sign} c_{{{self.start}}}"
        end = str(self.end) if not self.symbolic else "N" + (f"{self.end:+d}" if self.end else "")
        place = index + (f"{self.by:+d}" if self.by else "")
        return rf"{sign} \sum_{{{index}={self.start}}}^{{{end}}} c_{{{place}}}"


def drawn(draw: Random) -> Part:
    sign, start = draw.choice((1, 1, -1)), draw.randrange(4)
    if draw.random() < 0.25:
        return Part(sign, start)
    symbolic = draw.random() < 0.6
    return Part(sign, start, draw.randint(-1, 2) if symbolic else draw.randint(start - 1, 5),
                draw.randint(-min(start, 1), 1), symbolic)


def rewritten(part: Part, draw: Random) -> list[Part]:
    """The same members in another print: the range moved, or its first member apart."""
    if part.end is None:
        return [part]
    if draw.random() < 0.5 and (part.symbolic or part.end >= part.start):
        first = Part(part.sign, part.start + part.by)
        return [first, part._replace(start=part.start + 1)]
    by = draw.choice([step for step in (-1, 1, 2) if part.start + step >= 0])
    return [part._replace(start=part.start + by, end=part.end + by, by=part.by - by)]


def counted(parts: list[Part], size: int) -> dict[int, int]:
    total: Counter[int] = Counter()
    for part in parts:
        total.update(part.members(size))
    return {member: times for member, times in total.items() if times}


def printed(parts: list[Part], draw: Random) -> str:
    return " ".join(part.text(draw.choice("klji")) for part in parts).removeprefix("+ ")


@pytest.mark.random
@pytest.mark.parametrize("seed", shifted(range(2)))
def test_a_verdict_on_ranges_is_what_their_members_say(seed: int) -> None:
    draw, found = Random(seed), Counter[str]()
    for number in range(40):
        left = [drawn(draw) for _ in range(draw.randint(1, 2))]
        right = [other for part in left for other in rewritten(part, draw)]
        if number % 2:
            place = draw.randrange(len(right))
            right[place] = drawn(draw)
        text = f"{printed(left, draw)} = {printed(right, draw)}"
        agree = {size: counted(left, size) == counted(right, size) for size in SIZES}
        # a proof may rest on that no range ends earlier than just before it starts
        fits = [size for size in SIZES if all(part.end is None or part.end + size * part.symbolic >= part.start - 1
                                              for part in left + right)]
        verdict = prove(text, budget=0.4).status
        found[verdict] += 1
        assert verdict in ("proved", "refuted", "undecided", "unread"), text
        assert verdict != "proved" or all(agree[size] for size in fits), text
        assert verdict != "refuted" or not all(agree.values()), text
    assert found["proved"] > 4
    assert found["refuted"] > 4
