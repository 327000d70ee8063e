r"""An objective that a document defines over paths \tau \sim p_\theta(\tau) is that of the policy of their steps."""

from __future__ import annotations

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

OBJECTIVE = r"J(\theta) = \mathbb{E}_{\tau\sim p_\theta(\tau)}\left[\sum_{t=0}^{T-1}\gamma^t r(s_t,a_t)\right]"
DIFFERENCE = (r"J(\theta_1) - J(\theta_0) = \mathbb{E}_{\tau\sim p_{\theta_1}(\tau)}\left[\sum_{t=0}^{T-1}\gamma^t "
              r"A^{\pi_{\theta_0}}(s_t,a_t)\right]")
GRADIENT = (r"\nabla_\theta J(\theta) = \mathbb{E}_{\tau\sim p_\theta(\tau)}\left[\sum_{t=0}^{T-1}"
            r"\nabla_\theta\log\pi_\theta(a_t|s_t) \gamma^t Q^{\pi_\theta}(s_t,a_t)\right]")


def statuses(*displays: str) -> list[str]:
    """The verdicts on the displays of one document."""
    text = "\n".join(rf"\[ {one} \]" for one in displays)
    return [found.status for found in check_read(read_records(tex_records(text)), budget=5.0)]


@pytest.mark.parametrize(("text", "printed", "bent"), [
    (DIFFERENCE, r"\gamma^t", ""), (DIFFERENCE, r"p_{\theta_1}", r"p_{\theta_0}"), (DIFFERENCE, "T-1", "T-2"),
    (DIFFERENCE, r"\pi_{\theta_0}", r"\pi_{\theta_1}"), (GRADIENT, r"\gamma^t", ""), (GRADIENT, "Q^", "2 Q^")])
def test_such_an_objective_is_that_of_a_process(text: str, printed: str, bent: str) -> None:
    assert statuses(text, OBJECTIVE) == ["proved", "definition"]
    assert printed in text
    first, second = statuses(text.replace(printed, bent, 1), OBJECTIVE)
    assert first in ("undecided", "refuted")
    assert second == "definition"


@pytest.mark.parametrize("objective", [
    OBJECTIVE.replace("r(s_t,a_t)", "r(s_t,a_t)^2"), OBJECTIVE.replace(r"p_\theta(\tau)", r"\mu(\tau)"),
    OBJECTIVE.replace(r"\gamma^t", r"\gamma^{2t}")])
def test_an_objective_that_says_something_else_is_not_that_of_custom(objective: str) -> None:
    assert statuses(DIFFERENCE, objective)[0] != "proved"


def test_what_else_a_document_says_of_the_law_of_paths_is_as_it_was() -> None:
    model = r"L(\theta) = \mathbb{E}_{\tau\sim p_\theta(\tau)}[R(\tau)]"
    slope = r"\nabla_\theta L(\theta) = \mathbb{E}_{\tau\sim p_\theta(\tau)}[R(\tau) \nabla_\theta\log p_\theta(\tau)]"
    assert statuses(OBJECTIVE, DIFFERENCE, model, slope) == ["definition", "proved", "definition", "proved"]
