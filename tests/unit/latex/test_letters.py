r"""What a letter is follows from its uses: the same said with other letters has the same verdict, and stays false."""

from __future__ import annotations

import pytest
from verdicts import prove

LETTERS = ["l", "z", "S", r"\beta", r"\Gamma"]


def said(text: str, letter: str) -> str:
    """A text with a letter in place of @."""
    return text.replace("@", letter + " " * letter.startswith("\\"))


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(("text", "status"), [
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|@)}[b(@)\nabla_\theta\log\pi_\theta(a|@)] = 0", "proved"),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|@)}[b(@,a)\nabla_\theta\log\pi_\theta(a|@)] = 0", "refuted"),
    (r"\mathbb{E}_{@\sim\pi_\theta(\cdot|s)}[f(s)\nabla_\theta\log\pi_\theta(@|s)] = 0", "proved"),
    (r"\mathbb{E}_{@\sim\pi_\theta(\cdot|s)}[f(s,@)\nabla_\theta\log\pi_\theta(@|s)] = 0", "refuted"),
    (r"\sum_@ \pi(@|s) = 1", "proved"), (r"\sum_@ \pi(a|@) = 1", "refuted"),
    (r"\sum_{@=1}^{n} (x_@ - c) = \sum_{@=1}^{n} x_@ - n c", "proved"),
    (r"\sum_{@=1}^{n} (x_@ - c) = \sum_{@=1}^{n} x_@ - c", "refuted"),
    (r"\sum_{@=1}^{2} g(@) = g(1) + g(2)", "proved"), (r"\sum_{@=1}^{2} g(@) = g(1)", "refuted"),
    (r"\mathbb{E}_{x\sim @}[\frac{p(x)}{@(x)} f(x)] = \mathbb{E}_{x\sim p}[f(x)]", "proved"),
    (r"\mathbb{E}_{x\sim @}[\frac{p(x)}{@(x)} f(x)] = \mathbb{E}_{x\sim @}[f(x)]", "refuted"),
    (r"\nabla_\theta\mathbb{E}_{@\sim d_{\pi_\theta}}[f(@)] = 0", "refuted"),
    (r"\nabla_\theta\mathbb{E}_{@\sim d^{\pi_\theta}}[f(@)] = 0", "refuted"),
    (r"\sum_@ d(@) = 1", "proved"), (r"\sum_@ d(@)^2 = 1", "refuted")])
def test_the_letter_of_what_is_bound_decides_nothing(text: str, status: str, letter: str) -> None:
    assert prove(said(text, letter)).status == status


@pytest.mark.parametrize("letter", LETTERS)
def test_the_state_that_a_definition_leaves_out_is_that_of_the_text(letter: str) -> None:
    where = [said(r"w(a) := \frac{\pi_\theta(a|@)}{\mu(a|@)}", letter)]
    assert prove(said(r"\mathbb{E}_{a\sim\mu(\cdot|@)}[w(a)] = 1", letter), where).status == "proved"
    assert prove(said(r"\mathbb{E}_{a\sim\mu(\cdot|@)}[w(a)^2] = 1", letter), where).status == "refuted"


@pytest.mark.parametrize("law", [r"\mathcal{K}_{\pi_\theta}", r"m^{\pi_\theta}", r"\nu_{\pi_\theta}"])
def test_a_law_that_shows_the_parameter_is_no_constant(law: str) -> None:
    for drawn in ("z", "(z, w)", "s", r"\omega"):
        assert prove(rf"\nabla_\theta\mathbb{{E}}_{{{drawn}\sim {law}}}[f(z)] = 0").status != "proved"


@pytest.mark.parametrize("letter", ["m", "j", "B", "M", r"\zeta", r"\Gamma"])
@pytest.mark.parametrize("text", [r"\sum_a @(a) = 1", r"\mathbb{E}_{x\sim q}[\frac{@(x)}{q(x)}] = 1"])
def test_what_may_be_a_law_is_not_refuted(text: str, letter: str) -> None:
    verdict = prove(said(text, letter))
    assert verdict.status == "undecided"
    assert "may be a law" in verdict.reason
    assert prove(said(text, "f")).status == "refuted"
    assert prove(said(text, letter) + " + 1").status == "refuted"


def test_a_bare_letter_is_a_number_where_it_stands_outside() -> None:
    for letter in ("l", "p", "m", r"\omega", r"\varrho"):
        score = r"\nabla_\theta\log\pi_\theta(a|s)"
        mean = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
        assert prove(said(f"{mean}[@ {score}] = 0", letter)).status != "refuted"
        assert prove(said(f"{mean}[@ r(s,a)] = @ {mean}[r(s,a)]", letter)).status == "proved"
        assert prove(said(f"{mean}[@ r(s,a)] = @^2 {mean}[r(s,a)]", letter)).status == "refuted"
        assert prove(f"{mean}[R A] = R {mean}[A]").status != "proved"


@pytest.mark.parametrize("letter", ["g", "H", "F"])
def test_a_letter_of_vectors_is_a_number_among_numbers(letter: str) -> None:
    assert prove(said("(u + @)^2 = u^2 + 2 u @ + @^2", letter)).status == "proved"
    assert prove(said("(u + @)^2 = u^2 + @^2", letter)).status == "refuted"
    assert prove(said(r"\log @ \leq @ - 1", letter), (), [f"{letter} > 0"]).status == "proved"


def test_a_declared_domain_goes_before_custom() -> None:
    domain = [r"r : \mathcal{S} \times \mathcal{A} \to [0,1]"]
    for action in ("a", "q", "z"):
        assert prove(rf"r(s,{action}) \leq 1", domain).status == "proved"
        assert prove(rf"r(s,{action}) \leq \frac12", domain).status == "refuted"


@pytest.mark.parametrize("letter", ["i", "k", "z", r"\Gamma"])
def test_the_action_that_a_definition_leaves_out_is_that_of_its_label(letter: str) -> None:
    where = [said(r"\ell_@(\theta) := \log\pi_\theta(a_@|s) - \log\mu(a_@|s)", letter)]
    claim = said(r"\nabla_\theta \ell_@(\theta) = \nabla_\theta\log\pi_\theta(a_@|s)", letter)
    assert prove(claim, where).status == "proved"
    assert prove(claim + r" \cdot 2", where).status == "refuted"


@pytest.mark.parametrize("letter", ["t", "k", "X", r"\Gamma"])
def test_what_ends_a_prefix_is_a_position(letter: str) -> None:
    left = said(r"\nabla_\theta\log\left(\prod_{@=1}^{T}\pi_\theta(o_@|q,o_{<@})\right)", letter)
    right = said(r"\sum_{@=1}^{T}\nabla_\theta\log\pi_\theta(o_@|q,o_{<@})", letter)
    assert prove(f"{left} = {right}").status == "proved"
    assert prove(f"{left} = 2 {right}").status == "refuted"


def test_the_index_of_a_group_that_is_drawn_may_be_that_of_tokens() -> None:
    group = r"\mathbb{E}_{\{o_t\}_{t=1}^{G}\sim\pi_\theta(\cdot|q)}[\frac{1}{G}\sum_{t=1}^{G} f(o_t)]"
    mean = r"\mathbb{E}_{o\sim\pi_\theta(\cdot|q)}[f(o)]"
    assert prove(f"{group} = {mean}").status == "proved"
    assert prove(f"{group} = 2 {mean}").status == "refuted"


@pytest.mark.parametrize("word", ["old", "ref", r"\text{old}", r"\mathrm{ref}"])
def test_a_word_above_a_policy_names_it(word):
    ratio = rf"\mathbb{{E}}_{{a\sim\pi^{{{word}}}}}[\frac{{\pi_\theta(a|s)}}{{\pi^{{{word}}}(a|s)}}]"
    assert prove(rf"{ratio} = 1").status == "proved"
    assert prove(rf"{ratio} = 2").status == "refuted"
