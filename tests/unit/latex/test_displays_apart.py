r"""Displays of a document that are passed over: what is read says the same as where all are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from grpo_symbolic.checking.texts import verdict_on
from grpo_symbolic.latex.documents.document_reader import Displays, records_in, tex_records
from grpo_symbolic.latex.documents.files import document_of
from grpo_symbolic.latex.names.defining import left_sides, may_define
from grpo_symbolic.latex.notation.profiles import PAPER
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.readings import Ambiguity, read_text
from grpo_symbolic.latex.statement.statement import Statement

DOCUMENTS = Path(__file__).parents[2] / "documents"
MEAN = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
# Claims that use what stands after them, definitions in a circle, one that cannot be read, one that is printed anew.
TANGLED = "\n".join(rf"\[ {text} \]" for text in (
    r"v + 1 = 4", r"u = v", r"v = 3", r"p := q + 1", r"1 + 1 = 2", r"q := p", r"p + q = 0", r"w := \sin v",
    rf"{MEAN}[w + f(a)] = w", r"f(a) = g(a) - 1", r"g(a) = 1", r"f(a) = 2", r"\delta_t = r_t + \gamma V(s_{t+1})",
    r"\nabla_\theta \log \pi_\theta(a|s) = 0", r"\delta_t - r_t = \gamma V(s_{t+1})", r"z ≐ v", rf"{MEAN}[z] = 3"))


def said(found: Statement | ReadError) -> Any:
    """All that was read but for what reads on."""
    if isinstance(found, Ambiguity):
        return said(found.plain), [said(one.found) for one in found.readings]
    if isinstance(found, ReadError):
        return found.reason, found.line, found.column, found.part, found.status
    return (found.kind, found.links, found.latex, list(found.environment.names), found.read_as, found.declared,
            found.taken, found.doubts, found.told, found.quantities, found.supposed)


def read(displays: Displays, places: Sequence[int]) -> list[Any]:
    """What displays at some places say."""
    return [said(displays.at(place)[1]) for place in places]


def other_apart(records: Sequence[Any]) -> list[range]:
    """The places at which displays, each alone or after some that were read, say something else than after all."""
    whole = read(Displays(records, PAPER), range(len(records)))
    chosen = [range(first, len(records), step) for step in (2, 3, len(records))
              for first in range(min(step, len(records)))]
    return [places for places in chosen
            if read(Displays(records, PAPER), places) != [whole[place] for place in places]]


def test_what_is_passed_over_changes_nothing_that_follows():
    assert other_apart(list(tex_records(TANGLED))) == []


@pytest.mark.long
@pytest.mark.parametrize("name", ["grpo-note/main.tex", "dpo.tex", "kl-estimators.tex", "softmax-bandit.ipynb"])
def test_displays_of_a_paper_may_be_read_apart(name):
    gathered = document_of(str(DOCUMENTS / name), None, "").gathered
    assert gathered is not None
    assert other_apart(list(records_in(gathered))) == []


def test_what_is_passed_over_is_read_where_it_defines_and_no_more(monkeypatch):
    texts: list[str] = []

    def noting(text: str, *more: Any) -> Statement:
        texts.append(text.strip())
        return read_text(text, *more)

    monkeypatch.setattr("grpo_symbolic.latex.documents.document_reader.read_text", noting)
    displays = Displays(list(tex_records(r"\[ 1 + 1 = 2 \] \[ u = 3 \] \[ u + 1 = 4 \] \[ 2 u = 6 \]")), PAPER)
    assert verdict_on(displays.at(3)[1]).status == "proved"
    assert texts == ["u = 3", "2 u = 6"]


def test_what_is_too_long_to_be_looked_at_may_define():
    for room, seen in ((4, False), (400, True)):
        assert may_define(left_sides(f"u + {' ' * room}u = 3", PAPER)) == seen
