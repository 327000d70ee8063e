"""Variances, covariances, distances, and functions of a number by name."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

LAW = r"_{a\sim\pi_\theta(\cdot|s)}"

TRUE = [
    rf"\mathrm{{Var}}{LAW}[\kappa f(a)] = \kappa^2 \mathrm{{Var}}{LAW}[f(a)]",
    rf"\operatorname{{Var}}{LAW}(f(a) + \kappa) = \mathbb{{V}}{LAW}[f(a)]",
    rf"\text{{Var}}{LAW}[f(a)] \geq 0",
    rf"\text{{Var}}{LAW}^2[f(a)] = \text{{Var}}{LAW}[f(a)] \cdot \text{{Var}}{LAW}[f(a)]",
    rf"\text{{Cov}}{LAW}[f(a), h(a)] = \operatorname{{Cov}}{LAW}(h(a), f(a))",
    rf"\text{{Cov}}{LAW}[f(a), f(a)] = \text{{Var}}{LAW}[f(a)]",
    rf"\text{{Cov}}{LAW}[f(a), f(a) + \kappa] = \text{{Var}}{LAW}[f(a)]",
    r"\mathbb{V}_{y\sim q}[f(y)] = \mathbb{E}_{y\sim q}[f(y)^2] - \mathbb{E}_{y\sim q}[f(y)]^2",
    r"D_{\text{TV}}(p \| q) = D_{TV}(q \| p)",
    r"D_{\mathrm{TV}}(p \| q) = \frac{1}{2} \sum_a |q(a) - p(a)|",
    r"\mathrm{TV}(\pi_\theta(\cdot|s), \pi_{\text{ref}}(\cdot|s)) \leq 1",
    r"D_{\text{JS}}(p \| q) = \mathrm{JS}(q, p)",
    r"\mathrm{JS}(p \| q) = \frac{1}{2} \sum_a p(a) \log \frac{2 p(a)}{p(a) + q(a)} + "
    r"\frac{1}{2} \sum_a q(a) \log \frac{2 q(a)}{p(a) + q(a)}",
    r"\mathrm{JS}(p \| q) \leq \log 2",
    r"\chi^2(p \| q) = \sum_a \frac{(p(a) - q(a))^2}{q(a)}",
    r"D_{\chi^2}(p \| q) + 1 = \mathbb{E}_{a\sim q}\left[\left(\frac{p(a)}{q(a)}\right)^2\right]",
    r"\text{sigmoid}(u) = \frac{1}{1 + e^{-u}}",
    r"\text{softplus}(u) = -\log \text{sigmoid}(-u)",
    r"\sigma(u)^2 + \sigma(u)\sigma(-u) = \sigma(u)",
    r"\sigma'(u) = \sigma(u) - \sigma(u)^2",
]
FALSE = [
    rf"\mathrm{{Var}}{LAW}[\kappa f(a)] = \kappa \mathrm{{Var}}{LAW}[f(a)]",
    rf"\mathrm{{Var}}{LAW}[f(a) + h(a)] = \mathrm{{Var}}{LAW}[f(a)] + \mathrm{{Var}}{LAW}[h(a)]",
    rf"\mathbb{{V}}{LAW}^2[f(a)] = \mathbb{{V}}{LAW}[f(a)]",
    rf"\text{{Cov}}{LAW}[f(a), h(a)] = \mathbb{{E}}{LAW}[f(a)h(a)]",
    rf"\nabla_\theta \text{{Var}}{LAW}[f(a)] = 0",
    r"D_{\text{TV}}(p \| q) = \sum_a |q(a) - p(a)|",
    r"\mathrm{JS}(p \| q) = \frac{1}{2} D_{\text{KL}}(p \| q) + \frac{1}{2} D_{\text{KL}}(q \| p)",
    r"\mathrm{JS}(p \| q) = \sum_a p(a) \log \frac{2 p(a)}{p(a) + q(a)}",
    r"\nabla_\theta \mathrm{JS}(q_\theta \| p) = 0",
    r"D_{\text{TV}}^2(p \| q) = D_{\text{TV}}(p \| q)",
    r"\chi^2(p \| q) = \chi^2(q \| p)",
    r"\chi^2(p \| q) = \sum_a \frac{p(a)^2}{q(a)}",
    r"\text{sigmoid}(3u) = 3\text{sigmoid}(u)",
    r"\text{softplus}(\kappa u) = \kappa\,\text{softplus}(u)",
    r"\sigma(u + v) = \sigma(u)\sigma(v)",
    r"\sigma'(u) = \sigma(u)(1 + \sigma(u))",
    r"\sigma(u) \leq \frac{1}{2}",
]
UNREAD = [
    rf"\text{{Var}}{LAW}[X] = 0",
    rf"\text{{Var}}{LAW}[f(a), h(a)] \geq 0", rf"\text{{Cov}}{LAW}[f(a)] = 0",
    r"\text{Var}_{a\sim\pi_\theta(\cdot|s), b\sim q}[f(a) + f(b)] \geq 0",
    rf"\text{{Var}}{LAW}[\nabla_\theta\log\pi_\theta(a|s)] = 0", r"\text{sigmoid}_2(u) = \text{sigmoid}(u)",
    r"\text{sigmoid}\,u + 1 = u", r"\sigma(u) + \sigma = 1", r"\chi^3(p \| q) = 0", r"D_{\text{TV}}(u + 1 \| v) = 0",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_holds_is_proved(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.parametrize("text", FALSE)
def test_what_does_not_hold_is_refuted(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", UNREAD)
def test_without_a_law_or_with_other_arguments_nothing_is_read(text: str) -> None:
    assert prove(text).status in ("unread", "undecided")


def test_a_definition_of_what_is_known_is_checked() -> None:
    assert prove(r"\text{sigmoid}(u) := \frac{1}{1 + e^{-u}}").status == "definition"
    assert prove(r"\text{sigmoid}(u) := \frac{1}{1 + e^{u}}").status == "refuted"
    assert prove(r"D_{\text{TV}}(p \| q) \doteq \frac{1}{2}\sum_a |p(a) - q(a)|").status == "definition"


def test_a_defined_letter_is_no_logistic_function() -> None:
    assert prove(r"\sigma(u) = \sigma(-u)", where=[r"\sigma(s) \doteq 1"]).status != "refuted"


@pytest.mark.parametrize("text", [side for text in (*TRUE, *FALSE) if " = " in text for side in text.split(" = ")])
def test_it_is_printed_as_it_is_read(text: str) -> None:
    node = read_expression(text)
    assert read_expression(latex(node)) == node


def test_an_indicator_with_its_comparison_below() -> None:
    assert prove(r"\mathbb{1}_{f(a) > 0} \leq 1").status == "proved"
    assert prove(r"\mathbf{1}_{u > 0}v + \mathbf{1}_{u \leq 0}v = v").status == "proved"
    assert prove(r"\mathbb{I}_{u > 0}v = v").status == "refuted"


def test_a_temperature_is_a_number() -> None:
    assert prove(r"\frac{1}{\tau} \log \pi_\theta(a|s) = \log \pi_\theta(a|s)").status == "refuted"
    assert prove(r"\frac{\exp(u/\tau)}{\tau} = \frac{1}{\tau} \exp(\frac{u}{\tau})").status == "proved"


def test_cases_that_hold_together_must_agree() -> None:
    cases = r"\begin{cases} u + 2 & u %s 0 \\ %s & u %s 0 \end{cases}"
    assert prove(cases % (">", "2 - u", r"\leq") + " = |u| + 2").status == "proved"
    assert prove(cases % (r"\geq", "2 - u", r"\leq") + " = |u| + 2").status == "proved"
    assert prove(cases % (r"\geq", "3 - u", r"\leq") + " = 3").status == "undecided"
    assert prove(r"\begin{cases} v & u > c \\ w & c \geq u \end{cases} = v").status == "refuted"
    assert prove(r"\begin{cases} v & u \geq c \\ w & c \geq u \end{cases} = v").status == "undecided"


def test_a_logistic_function_by_its_letter_is_said() -> None:
    assert "logistic" in prove(r"\sigma(u) + \sigma(-u) = 1").reason
    assert "logistic" not in prove(r"\text{sigmoid}(u) + \text{sigmoid}(-u) = 1").reason
