"""A statement with another letter for one of its own gets the same verdict, as far as custom goes.

What a letter is used as decides what it is; custom, of which ``text_letters`` has the list, decides only where nothing
else speaks. So a letter that is drawn, summed over or conditioned on may be any; and no statement goes from proved to
refuted, or back, but where a letter of one custom becomes one of another.
"""

from __future__ import annotations

import pytest
import seeds
import text_letters as letters
from verdicts import prove

BUDGET = 10.0
SIZE = 40
EACH = 60
DECIDED = {"proved", "refuted"}


def found(text: letters.Text) -> tuple[str, str | None]:
    """What the checker says of a statement."""
    verdict = prove(text.latex, text.where, text.assume, budget=BUDGET)
    return verdict.status, verdict.proved


def same(text: letters.Text, old: str, new: str) -> bool:
    """Whether a statement has the verdict that it has with another letter, as far as custom goes."""
    before, after = found(text), found(letters.renamed(text, old, new))
    if before == after:
        return True
    if {before[0], after[0]} == DECIDED:
        return bool(letters.customs(old) and letters.customs(new)) and letters.customs(old) != letters.customs(new)
    if after[0] == "ill-formed":
        return False
    if old in letters.bound(text) and new not in letters.BOLD:
        return bool({old, new} & letters.FIXED)
    return before[0] not in DECIDED or after[0] in ("undecided", "unread")


@pytest.mark.random
@pytest.mark.parametrize("part", range(2))
def test_a_statement_in_another_letter_gets_the_same_verdict(part: int) -> None:
    cases = list(letters.cases(letters.STATEMENTS, seeds.dice(part), EACH))
    chosen = seeds.sample(part, cases, SIZE)
    assert [(text.texts, old, new) for text, old, new in chosen if not same(text, old, new)] == []


def test_other_letters_are_other_letters_alone() -> None:
    for text in letters.STATEMENTS:
        for latex in text.texts:
            assert "".join(letters.tokens(latex)) == latex
        old, new = letters.printed(text)[0], letters.free(text)[0]
        assert letters.renamed(letters.renamed(text, old, new), new, old) == letters.renamed(text, old, old)
