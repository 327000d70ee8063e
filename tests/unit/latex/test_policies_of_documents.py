"""Whether the policies of a document have a context is told by all of its texts."""

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

OBJECTIVE = r"J(\theta) = \mathbb{E}_{a \sim \pi_\theta}[r(a)]"
CENTRED = r"\mathbb{E}_{s \sim d}[\mathbb{E}_{a \sim \pi_\theta}[f(a)]] = \mathbb{E}_{a \sim \pi_\theta}[f(a)]"


def statuses(*texts: str) -> list[str]:
    """The verdicts on the displays of one document."""
    document = "\n".join(rf"\[ {text} \]" for text in texts)
    return [verdict.status for verdict in check_read(read_records(tex_records(document)), budget=5.0)]


@pytest.mark.parametrize(("claim", "status"), [
    (r"J(\theta) = \sum_a \pi_\theta(a) r(a)", "proved"),
    (r"\nabla_\theta J(\theta) = \mathbb{E}_{a \sim \pi_\theta}[r(a) \nabla_\theta \log \pi_\theta(a)]", "proved"),
    (r"J(\theta) = -\sum_a \pi_\theta(a) r(a)", "refuted"),
])
def test_a_bandit_has_no_state_in_its_definitions(claim: str, status: str) -> None:
    assert statuses(OBJECTIVE, claim) == ["definition", status]


@pytest.mark.parametrize("other", [
    r"\sum_a \pi_\theta(a \mid s) = 1",
    r"\mathbb{E}_{s \sim d}[\pi_\theta(a) r(s, a)] = \pi_\theta(a) \mathbb{E}_{s \sim d}[r(s, a)]",
])
def test_a_context_that_is_printed_or_drawn_anywhere_stays(other: str) -> None:
    assert statuses(r"\sum_a \pi_\theta(a) = 1", CENTRED, other)[1] != "proved"


def test_to_what_a_policy_is_in_proportion_is_claimed_by_none_of_several() -> None:
    worth = r"V_{soft}^\pi(s) = \mathbb{E}_{\pi(a|s)}[Q_{soft}^\pi(s,a) - \log \pi(a|s)]"
    best = r"V_{soft}^*(s) := \max_\pi V_{soft}^\pi(s)"
    greedy = [rf"\pi(a|s) \propto \exp {name}(s,a)" for name in (r"Q_\omega", "Q_{soft}^*")]
    assert statuses(worth, greedy[0], best, greedy[1]) == ["proved", "definition", "definition", "definition"]
