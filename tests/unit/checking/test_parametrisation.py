"""A policy in the form of a function or a law that nothing defines: what says so defines it, and nothing else does."""

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.statement.parametrised import named_law

SOFTMAX = r"\pi_\theta(a|s) = \frac{\exp(f_\theta(s,a))}{\sum_{a'} \exp(f_\theta(s,a'))}"


def checked(*displays: str) -> list[str]:
    """The verdicts on displays of one document."""
    text = "\n\n".join(rf"\[ {display} \]" for display in displays)
    return [verdict.status for verdict in check_read(read_records(tex_records(text)), 2.0)]


@pytest.mark.parametrize("text", [
    SOFTMAX,
    SOFTMAX.replace("=", ":="),
    r"\pi_\theta(a|s) \propto \exp(f_\theta(s,a)/T)",
    r"\pi_\theta(y|x) = \frac{\pi_{\text{ref}}(y|x) e^{h_\theta(x,y)}}"
    r"{\sum_{y'} \pi_{\text{ref}}(y'|x) e^{h_\theta(x,y')}}",
    r"\pi_\theta(a|s) = \mathcal{N}(a \mid \mu_\theta(s), \sigma_\theta^2(s))",
    r"\pi_\theta(\cdot|s) = \mathcal{N}\left(\mu_\theta(s), \Sigma_\theta(s)\right)",
    r"\pi_\theta(a|s) = \operatorname{softmax}(f_\theta(s,\cdot))_a",
])
def test_a_policy_is_given_a_form(text: str) -> None:
    assert prove(text).status == "definition"


@pytest.mark.parametrize("text", [
    SOFTMAX.replace("f_\\theta(s,a'))}", "-f_\\theta(s,a'))}"),
    SOFTMAX.replace("f_\\theta(s,a'))}", "f_\\theta(s,a))}"),
    SOFTMAX.replace("f_\\theta(s,", "f_\\theta("),
    SOFTMAX + r" + 1",
    r"\pi_\theta(a|s) = \operatorname{softmax}(f_\theta(s,\cdot))_a + 1",
    r"\pi_\theta(a|s) = \mathcal{N}(a|\mu_\theta(s), 1) + \mathcal{N}(a|\mu_\theta(s), 2)",
])
def test_what_is_no_form_of_a_policy_defines_none(text: str) -> None:
    assert prove(text).status in ("undecided", "unread")


def test_a_form_of_a_function_that_is_defined_is_claimed() -> None:
    log = r"f_\theta(s,a) = \log \pi_\theta(a|s)"
    assert prove(SOFTMAX, [log]).status == "proved"
    assert prove(SOFTMAX, [log.replace(r"\log", r"2 \log")]).status == "refuted"


def test_a_policy_of_a_named_form_is_refuted_of_nothing_and_any_policy_still_is() -> None:
    false, true = r"\pi_\theta(a|s) = \pi_\theta(a|s)^2", r"\sum_a \nabla_\theta \pi_\theta(a|s) = 0"
    normal = r"\pi_\theta(a|s) = \mathcal{N}(a \mid \mu_\theta(s), 1)"
    assert checked(normal, false, true) == ["definition", "undecided", "proved"]
    assert checked(SOFTMAX, false, true) == ["definition", "refuted", "proved"]


def test_a_law_with_a_name_is_told_from_the_print() -> None:
    assert named_law(r"\pi_\phi(a|s) = \mathcal{N}(a; \mu_\phi(s), 1)") == r"\pi_\phi"
    assert named_law(r"V_\phi(s) = \mathcal{N}(s; \mu_\phi(s), 1)") == ""
