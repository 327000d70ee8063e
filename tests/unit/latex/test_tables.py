r"""Derivatives by the cells of a table of parameters, ∂/∂θ_{s,a}, and comparisons of actions, 1{a = b}."""

import pytest
from verdicts import prove

TABULAR = r"\pi_\theta(a|s) \doteq \frac{e^{\theta_{s,a}}}{\sum_{c} e^{\theta_{s,c}}}"


def status(claim: str, *where: str) -> str:
    return prove(claim, where, budget=5.0).status


@pytest.mark.parametrize(("claim", "where"), [
    (r"\frac{\partial}{\partial\theta_{s,u}} \log\pi_\theta(b|s) = \mathbf{1}\{b = u\} - \pi_\theta(u|s)", TABULAR),
    (r"\frac{\partial\log\pi_\theta(a|s)}{\partial\theta_{s,b}} = \mathbb{I}[a = b] - \pi_\theta(b|s)", TABULAR),
    (r"\frac{\partial\pi_\theta(b|s)}{\partial\theta_{s,a}} = \pi_\theta(b|s)(\mathbb{1}_{a=b} - \pi_\theta(a|s))",
     TABULAR),
    (r"\frac{\partial\pi_\theta(b|s)}{\partial\theta_{s,a}} = \pi_\theta(a|s)(\mathbf{1}\{a=b\} - \pi_\theta(b|s))",
     TABULAR),
    (r"\frac{\partial}{\partial\theta_{s,c}} \log\pi_\theta(b|s) = \mathbf{1}\{c = b\} - \pi_\theta(c|s)", TABULAR),
    (r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(a|s) = 1 - \pi_\theta(a|s)", TABULAR),
    (r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(b|s') = \mathbf{1}\{s=s'\}(\mathbf{1}\{a=b\} - "
     r"\pi_\theta(a|s))", TABULAR),
    (r"\frac{\partial}{\partial\theta_{s,a}} \sum_b \pi_\theta(b|s) r(s,b) = "
     r"\pi_\theta(a|s)\left(r(s,a) - \sum_b \pi_\theta(b|s) r(s,b)\right)", TABULAR),
    (r"\sum_a \frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(b|s) = 0", TABULAR),
    (r"\frac{\partial^2}{\partial\theta_{s,a}^2} \log\pi_\theta(b|s) = -\pi_\theta(a|s)(1 - \pi_\theta(a|s))", TABULAR),
    (r"\frac{\partial\pi_w(b|s)}{\partial w(s,a)} = \pi_w(b|s)(\mathbf{1}\{a=b\} - \pi_w(a|s))",
     r"\pi_w(a|s) = \frac{e^{w(s,a)}}{\sum_{b} e^{w(s,b)}}"),
    (r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(b|s) = \frac{1}{\tau}(\mathbf{1}\{a=b\} - \pi_\theta(a|s))",
     r"\pi_\theta(a|s) \propto e^{\theta_{s,a}/\tau}"),
    (r"\frac{\partial}{\partial\theta_a} \log\pi_\theta(b) = \mathbf{1}\{a=b\} - \pi_\theta(a)",
     r"\pi_\theta(a) \doteq \frac{e^{\theta_a}}{\sum_{c} e^{\theta_c}}"),
])
def test_a_derivative_by_a_cell_is_written_out(claim: str, where: str) -> None:
    assert status(claim, where) == "proved"


@pytest.mark.long
@pytest.mark.parametrize("right", [
    r"\mathbf{1}\{a=b\} - \pi_\theta(b|s)", r"\pi_\theta(a|s) - \mathbf{1}\{a=b\}", r"1 - \pi_\theta(a|s)",
    r"-\pi_\theta(a|s)", r"\mathbf{1}\{a \neq b\} - \pi_\theta(a|s)", r"\mathbf{1}\{a=b\}(1 - \pi_\theta(a|s))",
    r"\mathbf{1}\{a=b\} - \sum_a\pi_\theta(a|s)", "0",
])
def test_another_slope_is_refuted(right: str) -> None:
    left = r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(b|s)"
    assert status(rf"{left} = {right}", TABULAR) == "refuted"


@pytest.mark.parametrize(("claim", "where"), [
    (r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(b|s) = \mathbf{1}\{a=b\} - \pi_\theta(a|s)", ()),
    (r"\frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(a|s') = 0", (TABULAR,)),  # s' may be s
    (r"\frac{\partial}{\partial\theta_{s,a}} Q(s,a) = 0", (TABULAR,)),  # may be that of π_θ
    (r"\frac{\partial}{\partial\theta_{s,a}} V^{\pi_\theta}(s) = 0", (TABULAR,)),
    (r"\frac{\partial}{\partial\theta_{s,a}} \pi_{\theta_{\text{old}}}(a|s) = 0", (TABULAR,)),
    (r"\frac{\partial}{\partial\theta_{s,a}} \sum_b \pi_\theta(b|s) r_\theta(s,b) = 0", (TABULAR,)),
    (r"\frac{\partial}{\partial\theta_{a}} \log\pi_\theta(b|s) = 0", (TABULAR,)),
    (r"\nabla_\theta \log\pi_\theta(a|s) = \frac{\partial}{\partial\theta_{s,a}} \log\pi_\theta(a|s)", (TABULAR,)),
    (r"\frac{\partial}{\partial\theta_i} \log\pi_\theta(a|s) = 0", ()),
    (r"\frac{\partial}{\partial\theta_{k}} J(\theta) = 0", ()),
])
def test_what_no_table_gives_is_refused(claim: str, where: tuple[str, ...]) -> None:
    assert status(claim, *where) == "unread"


@pytest.mark.parametrize(("true", "false"), [
    (r"\mathbf{1}\{a=b\}\pi(a|s) = \mathbf{1}\{b=a\}\pi(b|s)", r"\mathbf{1}\{a=b\}\pi(a|s) = \pi(b|s)"),
    (r"\mathbb{E}_{a\sim\pi(\cdot|s)}[\mathbf{1}\{a=b\} f(a)] = \pi(b|s) f(b)",
     r"\mathbb{E}_{a\sim\pi(\cdot|s)}[\mathbf{1}\{a=b\} f(a)] = \pi(b|s) f(a)"),
    (r"\sum_{b\in\mathcal{A}} \mathbf{1}\{a \neq b\}\pi(b|s) = 1 - \pi(a|s)",
     r"\sum_{b\in\mathcal{A}} \mathbf{1}\{a \neq b\}\pi(b|s) = \pi(a|s)"),
    (r"\mathbb{E}_{a\sim\pi}\mathbb{E}_{b\sim\pi}[\mathbf{1}\{a=b\}] = \sum_a \pi(a)^2",
     r"\mathbb{E}_{a\sim\pi}\mathbb{E}_{b\sim\pi}[\mathbf{1}\{a=b\}] = 1"),
    (r"\mathbf{1}\{u=v\} u = \mathbf{1}\{u=v\} v", r"\mathbf{1}\{u=v\} u = v"),
])
def test_actions_and_numbers_are_compared(true: str, false: str) -> None:
    assert status(true) == "proved"
    assert status(false) == "refuted"


def test_a_counterexample_says_which_letter_is_the_table() -> None:
    verdict = prove(r"\frac{\partial\pi_\theta(b|s)}{\partial\theta_{s,a}} = 0", (TABULAR,))
    assert r"\vartheta stands for \theta" in verdict.reason
    assert any(name.startswith(r"\vartheta_") for name in verdict.counterexample.record()["values"])
