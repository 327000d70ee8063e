"""Any letter may be the parameter: a text is read with it and θ exchanged, and nothing is captured."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.checking.texts import verdict_on
from grpo_symbolic.checking.verdict import Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.kinds.parameter import Parameter, exchanged, parameter_of
from grpo_symbolic.latex.parsing.parser import parse

LETTERS = [r"\phi", r"\omega", "w", r"\vartheta", r"\boldsymbol{\theta}", r"\boldsymbol\psi", r"\bm{\eta}", "v", "W"]


def read_as(latex: str) -> Parameter:
    return parameter_of([parse(latex)[0]])


@pytest.mark.parametrize("letter", LETTERS)
def test_any_letter_is_the_parameter_by_which_a_text_differentiates(letter: str) -> None:
    law = rf"\pi_{{{letter}}}(u|h)"
    score = rf"\nabla_{{{letter}}} \log {law}"
    assert prove(rf"{score} = \frac{{\nabla_{{{letter}}} {law}}}{{{law}}}").status == "proved"
    assert prove(rf"{score} = \nabla_{{{letter}}} {law}").status == "refuted"
    assert prove(rf"\mathbb{{E}}_{{u\sim\pi_{{{letter}}}(\cdot|h)}}[b(h) {score}] = 0").status == "proved"
    assert prove(rf"\mathbb{{E}}_{{u\sim\pi_{{{letter}}}(\cdot|h)}}[b(h, u) {score}] = 0").status == "refuted"


def test_the_old_policy_has_the_letter_of_the_parameter() -> None:
    ratio = r"\frac{\pi_\omega(a|s)}{\pi_{\omega_{\text{old}}}(a|s)}"
    claim = rf"\nabla_\omega {ratio} = \nabla_\omega \log \pi_\omega(a|s)"
    assert prove(claim, assume=[r"\omega = \omega_{\text{old}}"]).status == "proved"
    assert prove(claim).status == "refuted"


@pytest.mark.parametrize("latex", [
    r"\nabla_\phi \log\pi_\theta(a|s) = 0",
    r"\nabla_\phi \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[V_\phi(s) - r(s,a)] = \nabla_\phi V_\phi(s)",
    r"\nabla_\theta (V_\phi(s) \log\pi_\theta(a|s)) = V_\phi(s) \nabla_\theta \log\pi_\theta(a|s)",
    r"\nabla_\phi (r(s,a) - U_\phi(s,a))^2 = -2 (r(s,a) - U_\phi(s,a)) \nabla_\phi U_\phi(s,a)",
])
def test_what_shows_another_letter_is_constant(latex: str) -> None:
    assert prove(latex).status == "proved"


@pytest.mark.parametrize("latex", [
    r"\nabla_\phi \log\pi_\phi(a|s) = 0",
    r"\nabla_\phi \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\log\pi_\phi(a|s)] = 0",
    r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\phi \log\pi_\phi(a|s)] = 0",
])
def test_two_letters_are_never_one(latex: str) -> None:
    assert prove(latex).status == "refuted"


def test_derivatives_in_two_letters_are_not_read() -> None:
    assert prove(r"\nabla_\phi \pi_\phi(a|s) = \nabla_\theta \pi_\theta(a|s)").status == "unread"


@pytest.mark.parametrize("latex", [
    r"\nabla_\phi \pi_{\boldsymbol\phi}(a|s) = 0", r"\nabla_{\boldsymbol\phi} \pi_\phi(a|s) = 0",
    r"\nabla_\theta \pi_{\boldsymbol\theta}(a|s) = 0", r"\nabla_\phi V_{\vec\phi}(s) = 0"])
def test_a_parameter_in_two_fonts_is_not_read(latex: str) -> None:
    assert prove(latex).status == "unread"


@pytest.mark.parametrize(("latex", "number"), [
    (r"\nabla_\phi \pi_\phi(a|s)", False),
    (r"\nabla_\phi J(\phi; \lambda)", False),
    (r"\nabla_\phi \pi_{\phi_{old}}(a|s) (\phi - \phi_{old})", False),
    (r"\nabla_w w \pi_w(a|s)", True),
    (r"\nabla_w w(a) \pi_w(a|s)", True),
    (r"\nabla_a \mathbb{E}_{a \sim \pi} [Q(s,a)]", True),
    (r"\nabla_a \pi(a|s)", True),
    (r"\nabla_c \exp(c)", True),
    (r"\nabla_c f_c^c", True),
])
def test_a_parameter_stands_where_one_can(latex: str, number: bool) -> None:
    assert read_as(latex).number is number


@pytest.mark.parametrize("latex", [
    r"\nabla_w w \pi_w(a|s) = \pi_w(a|s)", r"\nabla_a \pi(a|s) = 0",
    r"\nabla_i r_i = 0", r"\nabla_t V_t(s) = 0", r"\nabla_s (s V(s)) = V(s)"])
def test_a_letter_with_two_roles_is_not_read(latex: str) -> None:
    assert prove(latex).status == "unread"


def test_an_exchange_is_its_own_inverse() -> None:
    layout = r"L_{\theta, \phi}(w; \thetaw, \boldsymbol{\phi})"
    for letter in (r"\phi", "w", r"\boldsymbol{\phi}"):
        assert exchanged(exchanged(layout, letter), letter) == layout
    assert exchanged(r"\theta w + \omega", "w") == r"w \theta + \omega"


def document(*displays: str) -> list[str]:
    text = "\n".join(rf"\begin{{equation}}{display}\end{{equation}}" for display in displays)
    return [verdict_on(found).status for _, found in read_records(tex_records(text))]


def mean(letter: str, of: str) -> str:
    return rf"\mathbb{{E}}_{{a\sim\pi_{letter}(\cdot|s)}}[{of}]"


def test_a_definition_moves_with_the_parameter_of_its_document() -> None:
    gain = mean(r"\phi", "r(s,a)")
    score = mean(r"\phi", r"r(s,a)\nabla_\phi\log\pi_\phi(a|s)")
    assert document(f"K := {gain}", r"\nabla_\phi K = 0", rf"\nabla_\phi K = {score}", r"\nabla K = 0") == [
        "definition", "refuted", "proved", "refuted"]


def test_a_definition_is_not_constant_in_a_letter_that_it_shows() -> None:
    gain = mean(r"\theta", r"V_\phi(s)")
    assert document(f"K := {gain}", "M := 2 K", r"\nabla_\phi K = 0", r"\nabla_\phi M = 0") == [
        "definition", "definition", "undecided", "undecided"]


def test_definitions_with_two_parameters_are_not_compared() -> None:
    one, other = (mean(letter, "r(s,a)") for letter in (r"\theta", r"\phi"))
    found = document(f"K := {one}", f"M := {other}", r"K = M", r"\nabla_\phi M = \nabla_\phi K", r"M = K",
                     r"\nabla_\phi \pi_\phi(a|s) = 0")
    assert found == ["definition", "definition", "undecided", "undecided", "undecided", "refuted"]


@pytest.mark.parametrize("letter", ["x", "y", "o", "q", "w"])
def test_what_tells_policies_apart_below_a_gradient_is_the_parameter_whatever_its_letter(letter: str) -> None:
    """As x in ∇_x log π_x, which custom has for a state."""
    def verdict(text: str) -> Verdict:
        return prove(text.replace("X", letter))

    score = r"\sum_a \pi_X(a|s) \nabla_X \log \pi_X(a|s) = 0"
    assert verdict(score).status == "proved"
    assert f"Normalised(π_{letter})" in verdict(score).hypotheses
    assert verdict(r"\nabla_X \log \pi_X(a|s) = 0").status == "refuted"
    weighed = r"\mathbb{E}_{a \sim \pi_X(\cdot|s)}[b(s,a) \nabla_X \log \pi_X(a|s)] = 0"
    assert verdict(weighed).status == "refuted"
    moving = (r"\nabla_X \mathbb{E}_{a \sim \pi_X(\cdot|s)}[r_X(s,a)] = "
              r"\mathbb{E}_{a \sim \pi_X(\cdot|s)}[r_X(s,a) \nabla_X \log \pi_X(a|s)]")
    assert verdict(moving).status == "refuted"
