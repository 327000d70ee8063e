r"""Bold letters for questions, answers and their tokens, as \pi_\theta(\mathbf{y}|\mathbf{x}), which are no vectors."""

from __future__ import annotations

import pytest
from verdicts import prove

FACTORS = r"\log \pi_\theta(\mathbf{y}|\mathbf{x}) = "
TRUE = [
    FACTORS + r"\sum_{t=1}^{|\mathbf{y}|} \log \pi_\theta(\mathbf{y}_t|\mathbf{x}, \mathbf{y}_{<t})",
    FACTORS + r"\log \prod_{t=1}^{T} \pi_\theta(\mathbf{y}_t|\mathbf{x}, \mathbf{y}_{<t})",
    r"\mathbb{E}_{\mathbf{y} \sim \pi_\theta(\cdot|\mathbf{x})}[r(\mathbf{x}, \mathbf{y})] = "
    r"\sum_{\mathbf{y}} \pi_\theta(\mathbf{y}|\mathbf{x}) r(\mathbf{x}, \mathbf{y})",
]
NOT_TRUE = [
    FACTORS + r"\frac{1}{T} \sum_{t=1}^{|\mathbf{y}|} \log \pi_\theta(\mathbf{y}_t|\mathbf{x}, \mathbf{y}_{<t})",
    FACTORS + r"\sum_{t=1}^{|\mathbf{x}|} \log \pi_\theta(\mathbf{y}_t|\mathbf{x}, \mathbf{y}_{<t})",
    FACTORS + r"\sum_{t=2}^{|\mathbf{y}|} \log \pi_\theta(\mathbf{y}_t|\mathbf{x}, \mathbf{y}_{<t})",
    FACTORS + r"\sum_{t=1}^{|\mathbf{y}|} \log \pi_\theta(\mathbf{y}_t|\mathbf{x})",
    FACTORS + r"\sum_{t=1}^{|\mathbf{y}|} \log \pi_\theta(y_t|\mathbf{x}, \mathbf{y}_{<t})",
]
# A norm or a determinant: nothing says that the letter is drawn.
NO_LENGTH = [r"|\mathbf{A}| \ge 0", r"f(\mathbf{A}) = |\mathbf{A}| \implies f(\mathbf{A}) \ge 0",
             r"|\mathbf{A}| |\mathbf{B}| = |\mathbf{B}| |\mathbf{A}|",
             r"\log \pi_\theta(\mathbf{y}|\mathbf{x}) + |\mathbf{A}| \ge \log \pi_\theta(\mathbf{y}|\mathbf{x})"]


@pytest.mark.parametrize("latex", TRUE)
def test_bold_questions_and_answers_are_read(latex: str) -> None:
    assert prove(latex).status == "proved"


@pytest.mark.parametrize("latex", NOT_TRUE)
def test_what_is_bent_is_not_proved(latex: str) -> None:
    assert prove(latex).status not in ("proved", "ill-formed")


@pytest.mark.parametrize("latex", NO_LENGTH)
def test_bars_around_what_is_not_drawn_are_no_length(latex: str) -> None:
    assert prove(latex).status == "unread"
