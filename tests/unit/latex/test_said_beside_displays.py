r"""What stands beside a display in a document: other families of its letter, cases of their own, what is taken."""

from __future__ import annotations

import pytest
from verdicts import check_read

from grpo_symbolic.checking.verdict import Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

RATIO = r"\[ r_{i,t}(\theta) = \frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\pi_{old}(o_{i,t}|q,o_{i,<t})} \]"
RETURN = r"\sum_{t=0}^{T} \gamma^t r_t = r_0 + \gamma \sum_{t=0}^{T-1} \gamma^t r_{t+1}"
TRACE = (r"\[ \sum_{l=0}^{\infty} (\gamma\lambda)^l (x_{t+l} - x_{t+l+1}) = x_t - (1 - \gamma\lambda) "
         r"\sum_{l=0}^{\infty} (\gamma\lambda)^l x_{t+l+1} \]")


def last(text: str) -> Verdict:
    """The verdict on the last display of a document."""
    *_, found = check_read(read_records(tex_records(text)), budget=5.0)
    return found


@pytest.mark.parametrize("ratio", [RATIO, RATIO.replace("r_{i,t}", "x_{i,t}")])
def test_a_family_of_two_numbers_is_not_the_one_of_one(ratio: str) -> None:
    assert last(rf"{ratio} and \[ {RETURN} \]").status == "proved"
    assert last(rf"{ratio} and \[ {RETURN.replace('= r_0', '= 2 r_0')} \]").status == "refuted"


@pytest.mark.parametrize("member", [r"r_t(\theta)", "r_{i,t}"])
def test_what_may_be_the_same_family_is_not_read_as_another(member: str) -> None:
    assert last(rf"{RATIO} and \[ {RETURN.replace('r_t', member)} \]").status not in ("proved", "refuted")


@pytest.mark.parametrize(("after", "status"), [
    (r"and for $\lambda = 1$ it is the return.", "proved"), (r"and, for $\lambda = 1$, this reduces to it.", "proved"),
    (r"and for $\lambda = 1$.", "undecided"), (r"for $\lambda = 1$ it holds.", "undecided"),
    (r"if $\lambda = 1$.", "undecided")])
def test_a_case_that_is_said_of_something_else_bears_on_no_display(after: str, status: str) -> None:
    assert last(f"{TRACE} {after}").status == status


def test_what_is_taken_is_said_on_one_line_without_labels() -> None:
    text = (r"\newtheorem{assumption}{Assumption} \begin{assumption} \begin{align}\label{eq:w} \beta > 0, "
            r"\label{eq:b} \\" "\n" r"r(s,a) \geq 0 \label{eq:c} \end{align} \end{assumption} Then "
            r"\[ \beta \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] \geq 0 \]")
    verdict = last(text)
    assert verdict.status == "proved"
    said = [(one.said(), one.record()["text"]) for one in verdict.taken]
    assert said
    assert not [one for both in said for one in both if "label" in one or "\n" in one or "  " in one]
