r"""Equations between values of a policy that do not hold in a process: nothing rests on them as definitions."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.checking.documents import check_documents
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

MEAN = r"V^\pi(s) = \sum_a \pi(a|s) Q^\pi(s,a)"
BEST = r"V^\pi(s) = \max_a Q^\pi(s,a)"
ABOVE = r"V^\pi(s) \geq Q^\pi(s,a)"
ADVANTAGE = r"A^\pi(s,a) = Q^\pi(s,a) - V^\pi(s)"
TURNED = r"A^\pi(s,a) = V^\pi(s) - Q^\pi(s,a)"
CENTRED = r"\sum_a \pi(a|s) A^\pi(s,a) = <mean>"


def statuses(*displays: str) -> list[str]:
    """The verdicts on the displays of one document."""
    text = "\n\n".join(f"\\[ {display} \\]" for display in displays)
    read = (("paper.tex", *one) for one in read_records(tex_records(text)))
    return [one.verdict.status for one in check_documents(read, 4.0)]


@pytest.mark.parametrize("display", [MEAN, ABOVE])
def test_nothing_follows_from_what_values_do_not_satisfy(display: str) -> None:
    assert statuses(BEST, display) == ["definition", "undecided"]


@pytest.mark.parametrize("display", [ADVANTAGE, CENTRED.replace("<mean>", "0"), CENTRED.replace("<mean>", "1")])
def test_a_turned_advantage_refutes_and_proves_nothing_else(display: str) -> None:
    assert statuses(TURNED, display) == ["refuted", "undecided"]


@pytest.mark.parametrize(("mean", "status"), [("0", "proved"), ("1", "refuted")])
def test_what_follows_from_what_they_satisfy_is_decided(mean: str, status: str) -> None:
    assert statuses(MEAN, ADVANTAGE, CENTRED.replace("<mean>", mean)) == ["proved", "proved", status]


def test_what_is_defined_by_its_sign_or_beside_a_statement_is_defined() -> None:
    assert statuses(BEST.replace("=", ":=", 1), ABOVE) == ["definition", "proved"]
    assert prove(ABOVE, where=[BEST]).status == "proved"
