"""Texts that say what values mean anyway claim nothing, and leave what is said of values readable."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.documents.prose import parts
from grpo_symbolic.latex.documents.sentences import sentences
from grpo_symbolic.latex.statement.restating import restated


@pytest.mark.parametrize(("text", "name"), [
    (r"d_\pi(s) := (1 - \gamma) \sum_{t \ge 0} \gamma^t p(s_t = s \mid \pi)", "d^π"),
    (r"d^{\pi_\theta}(s) = (1-\gamma) \sum_{t=0}^{\infty} \gamma^t \Pr(s_t = s | \pi_\theta)", "d^π"),
    (r"V^\pi(s) = \mathbb{E}_\pi \left[ G_t \mid S_t = s \right]", "V^π"),
    (r"Q^\pi(s,a) = \mathbb{E}_\pi[G_t | s_t = s, a_t = a] = "
     r"\mathbb{E}_\pi[\sum_{k=0}^\infty \gamma^k r_{t+k} | s_t = s, a_t = a].", "Q^π"),
    (r"A^\pi(s,a) = Q^\pi(s,a) - V^\pi(s)", "A^π"),
    (r"G_t = \sum_{k=0}^\infty \gamma^k r_{t+k} = r_t + \gamma r_{t+1} + \gamma^2 r_{t+2} + \cdots", "the return")])
def test_what_a_symbol_means_anyway(text: str, name: str) -> None:
    assert restated(text) == name
    assert prove(text).status in ("no-claim", "definition", "proved")


@pytest.mark.parametrize("text", [
    r"d_\pi(s) := \sum_{t \ge 0} \gamma^t p(s_t = s | \pi)", r"d_\pi(s) = (1-\gamma) \sum_{t \ge 0} p(s_t = s | \mu)",
    r"V^\pi(s) = \mathbb{E}_\mu[G_t | s_t = s]", r"V^\pi(s) = 2 \mathbb{E}_\pi[G_t | s_t = s]",
    r"A^\pi(s,a) = V^\pi(s) - Q^\pi(s,a)", r"A^\pi(s,a) = Q^\mu(s,a) - V^\pi(s)",
    r"G_t = \sum_{k=0}^\infty \gamma^k r_{t+k+1}"])
def test_what_it_does_not_mean(text: str) -> None:
    assert restated(text) == ""


def statuses(*texts: str) -> list[str]:
    """The verdicts on the displays of one document."""
    document = "\n".join(rf"\[ {text} \]" for text in texts)
    return [verdict.status for verdict in check_read(read_records(tex_records(document)), budget=20.0)]


OCCUPANCY = r"d_\pi(s) := (1-\gamma) \sum_{t \ge 0} \gamma^t p(s_t = s | \pi)"
MEAN = r"J(\pi) = \frac{1}{1-\gamma} \mathbb{E}_{s\sim d_\pi} \mathbb{E}_{a\sim\pi(\cdot|s)}[r(s,a)]"
GRADIENT = (r"\nabla_\theta J(\pi) = \frac{1}{1-\gamma} \mathbb{E}_{d_\pi(s)} \mathbb{E}_{\pi(a|s)} "
            r"\nabla_\theta \log \pi_\theta(a|s) Q^\pi(s,a)")


@pytest.mark.long
def test_a_document_that_says_it_is_read_on() -> None:
    assert statuses(OCCUPANCY, MEAN, GRADIENT) == ["no-claim", "proved", "proved"]


def test_what_a_text_defines_otherwise_is_not_what_it_means_in_the_field() -> None:
    other = MEAN.replace(r"\frac{1}{1-\gamma}", "2")
    assert "proved" not in statuses(OCCUPANCY, other, GRADIENT)[1:]


@pytest.mark.parametrize(("text", "expected"), [
    (r"其中 $r = \pi_{ref}/\pi_\theta$", [(r"r = \pi_{ref}/\pi_\theta", "definition")]),
    (r"定义比率 $r = u/v$，则", [("r = u/v", "definition")]),
    (r"设 $\beta > 0$", [(r"\beta > 0", "declaration")]),
    (r"где $k = -\log r$", [(r"k = -\log r", "definition")]),
    (r"如果 $k = -\log r$", []), (r"通常不是 $k = -\log r$", []), (r"奖励 $k = -\log r$", [])])
def test_sentences_of_other_languages_name_and_hedge(text: str, expected: list[tuple[str, str]]) -> None:
    found = [one for sentence in sentences(text, 0, len(text), False, False) for one in parts(sentence)]
    assert [(one.text, one.kind) for one in found] == expected
