"""What the text between two displays says of the one before it, of the one after it, and of a case in words."""

import pytest
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

CLIPPED = r"\min(wA, \operatorname{clip}(w, 1-\epsilon, 1+\epsilon) A) = \min(w, 1+\epsilon) A"
BOUND = r"\min(w, 1+\epsilon) A \leq w A"


def statuses(text: str) -> list[str]:
    """The verdicts on the displays of a document."""
    return [one.status for one in check_read(read_records(tex_records(text)), 2.0)]


@pytest.mark.parametrize(("between", "status"), [
    (r"and, for $A \ge 0$, is a lower bound:", "undecided"), (r"and for $A \geq 0$", "undecided"),
    (r"for $A \geq 0$, and", "proved"), (r"where $A \geq 0$, and", "proved"), ("Also,", "refuted")])
def test_a_case_after_and_is_not_one_of_what_stands_before(between: str, status: str) -> None:
    assert statuses(rf"It is \[ {CLIPPED}, \] {between} \[ {BOUND}. \]")[0] == status


@pytest.mark.parametrize(("said", "plain", "display"), [
    ("For deterministic policies the entropy is zero:", "The entropy is zero:",
     r"\mathcal{H}(\pi_\theta(\cdot|s)) = 0"),
    ("On policy, the ratio is one:", "The ratio is one:", r"\frac{\pi_\theta(a|s)}{\pi_{\theta_{old}}(a|s)} = 1"),
    ("For two actions,", "Also,", r"\pi_\theta(a_1|s) = 1 - \pi_\theta(a_2|s)"),
    (r"For binary rewards with $p = \frac1G\sum_i r_i$,", r"With $p = \frac1G\sum_i r_i$,",
     r"\operatorname{std}(\{r_1,\dots,r_G\}) = \sqrt{p(1-p)}"),
    ("For a group of one,", "For a group,", r"x_1 = \frac1G \sum_{j=1}^G x_j")])
def test_what_is_said_of_a_case_in_words_is_not_refuted(said: str, plain: str, display: str) -> None:
    assert statuses(rf"{said} \[ {display}. \]") == ["undecided"]
    assert statuses(rf"{plain} \[ {display}. \]") == ["refuted"]


@pytest.mark.parametrize("said", ["The gradient depends on policy parameters:", "For any policy,", "In two steps,",
                                  "Of the two terms,", "We optimise on policy data with one objective:"])
def test_words_that_name_no_case_leave_a_verdict(said: str) -> None:
    assert statuses(rf"{said} \[ \mathcal{{H}}(\pi_\theta(\cdot|s)) = 0. \]") == ["refuted"]


RATIO, TURNED = (rf"\rho(a) = \frac{{\pi_{one}(a|s)}}{{\pi_{other}(a|s)}}" for one, other in (
    (r"\theta", r"{\theta_{old}}"), (r"{\theta_{old}}", r"\theta")))
MEAN = r"\mathbb{E}_{a\sim\pi_{\theta}}[\rho(a)] = 1"


@pytest.mark.parametrize("said", ["In this section we write", "Now let", "Here we define", "From now on we write"])
def test_what_is_defined_anew_is_not_what_it_was(said: str) -> None:
    text = rf"The ratio is \[ {RATIO}. \] {said} \[ {TURNED}. \] Then \[ {MEAN}. \]"
    assert statuses(text) == ["definition", "unread", "undecided"]


def test_after_a_heading_so_is_what_the_text_writes() -> None:
    text = rf"The ratio is \[ {RATIO}. \] \section{{Reverse}} We write \[ {TURNED}. \] Then \[ {MEAN}. \]"
    assert statuses(text) == ["definition", "unread", "undecided"]


def test_what_can_be_written_otherwise_is_a_claim() -> None:
    text = rf"The ratio is \[ {RATIO}. \] \section{{More}} It can also be written, as we may write \[ {TURNED}. \]"
    assert statuses(text) == ["definition", "refuted"]
