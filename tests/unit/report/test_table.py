"""A table in a terminal: side by side where there is room for words, else each row on lines of its own."""

import re
import sys

import pytest

from grpo_symbolic.report.terminal import table

PLACE = "chapters/a-rather-long-name/of-a-document-in-a-folder.tex:1024:17"
REASON = "the two sides differ in the counterexample, whichever of the two readings is taken"


@pytest.fixture
def printed(monkeypatch, capsys):
    """What a terminal of some width shows of a table with one row, without its colours."""
    def at(width, *cells):
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        table(("place", "verdict", "reason"), [cells], status=1)
        return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    return at


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_a_place_is_whole_and_so_are_the_words(printed, width):
    shown = printed(width, PLACE, "refuted", REASON)
    assert set(REASON.split()) <= set(re.sub(r"[│┃]", " ", shown).split())
    assert PLACE in (shown if width > len(PLACE) else "".join(shown.split()))
    assert ("┃" in shown) == (width >= 120)


def test_a_short_place_leaves_room_in_a_narrow_terminal(printed):
    assert "┃ place" in printed(80, "a.tex:3:1", "refuted", REASON)
