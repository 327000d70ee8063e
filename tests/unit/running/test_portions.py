"""Documents cut into portions: each statement in one of them, and the last small, so that processes end together."""

from __future__ import annotations

import pytest

from grpo_symbolic.latex.documents.document_reader import tex_records
from grpo_symbolic.portions import LARGEST, Portions, Settings, found_in, shares

DOCUMENT = r"\[ u + 1 = 4 \] \[ 1 + 1 = 2 \] \[ u = 3 \] \[ 2 u = 6 \] \[ 3 u = 6 \]"


@pytest.mark.parametrize("size", [0, 1, 5, 40, 1000])
@pytest.mark.parametrize("pieces", [1, 4, 16])
def test_every_statement_is_in_one_portion_and_none_is_large(size, pieces):
    found = list(shares(range(size), pieces))
    assert [place for part in found for place in part] == list(range(size))
    assert all(0 < len(part) <= LARGEST for part in found)


def test_portions_grow_smaller_and_leave_little_to_wait_for():
    sizes = [len(part) for part in shares(range(1000), 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == LARGEST
    assert sizes[-1] == 1
    assert [len(part) for part in shares(range(40), 1)] == [32, 8]


def test_portions_say_in_any_order_what_a_document_says_as_one():
    records = list(tex_records(DOCUMENT))
    text = Portions(Settings(5.0, "paper", (), True), 1).text(len(records), (DOCUMENT,), records[0].gathered)
    whole = [one.verdict.status for one in found_in(text, range(5))]
    assert whole == ["proved", "proved", "definition", "proved", "refuted"]
    for places in ([3, 4], [4], [0, 1], [2], [1, 4]):
        assert [one.verdict.status for one in found_in(text, places)] == [whole[place] for place in places]
