r"""What a brace says of what it holds, \underbrace{X}_{= 0}, is one more claim of the statement."""

from __future__ import annotations

import pytest
from verdicts import prove

SUM, SCORE = r"\sum_a \pi(a|s)", r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)]"


@pytest.mark.parametrize(("text", "status"), [
    (rf"\underbrace{{{SUM}}}_{{= 1}} c = c", "proved"), (rf"\underbrace{{{SUM}}}_{{\leq 1}} c = c", "proved"),
    (rf"\overbrace{{{SUM}}}^{{= 1}} = 1", "proved"), (rf"\log \underbrace{{{SUM}}}_{{= 1}} = 0", "proved"),
    (rf"u \nabla_\theta v + \underbrace{{{SCORE}}}_{{= 0}} = u \nabla_\theta v", "proved"),
    (r"\underbrace{e^u}_{> 0} v = v e^u", "proved"), (r"\underbrace{D_{KL}(\pi \| \nu)}_{\geq 0} + c \geq c", "proved"),
    (rf"\underbrace{{{SUM}}}_{{= 2}} c = c", "refuted"), (r"\underbrace{e^u}_{< 0} v = v e^u", "refuted"),
    (r"\underbrace{\sum_a \pi(a|s) h(a)}_{= 1} = \sum_a \pi(a|s) h(a)", "refuted"),
    (rf"\underbrace{{{SUM}}}_{{= 1}} c = 2 c", "refuted"),
    (r"\sum_a \underbrace{\pi(a|s)}_{\leq 2} h(a) = \sum_a \pi(a|s) h(a)", "unread"),
    (r"\sum_a \underbrace{h(a) - h(a)}_{= 1} = 0", "unread"), (r"\underbrace{u}_{= 0} + v = v + u", "unread"),
    (r"u = v \implies \underbrace{u - v}_{= 0} = 0", "unread"),
    (r"\underbrace{u - v}_{= 0} = 0 \implies u = v", "unread"), (r"c \underbrace{2 u}_{= u}^2 = c", "unread"),
    (r"\underbrace{u + v}_{:= w} = v + u", "unread"), (r"\underbrace{u + v}_{0} = v + u", "unread"),
    (r"\underbrace{u + v}_{= w} = v + u", "unread"), (r"\underbrace{u + v}_{= h(s)} = v + u", "unread")])
def test_a_claim_at_a_brace(text: str, status: str) -> None:
    assert prove(text).status == status


def test_nothing_is_assumed_or_defined_at_a_brace() -> None:
    assert prove("u = 1", where=[r"u := \underbrace{v - v}_{= 1}"]).status == "undecided"
    assert prove("u = 1", assume=[r"\underbrace{v - v}_{= 1} + u = 1"]).status == "unread"
