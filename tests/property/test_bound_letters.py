r"""Whatever binds a letter binds it in the scripts of every symbol: no binder lets it pass as a label.

Each binder, with a body that shows its letter, gives statements which say that the body does not depend on that letter.
"""

from __future__ import annotations

from itertools import product

import pytest
from verdicts import prove

# Bodies that show a letter # in a script; those of a set, a law and a family in all positions of a script.
BODIES = (r"m_#", r"m^{(#)}", r"\hat{m}_#", r"m'_#", r"m_{#+1}", r"m_{x_#}", r"m_{\text{lo},#}", r"\sqrt{m_{#^2}}",
          r"\mathcal{L}_#", r"\mathcal{L}_{v_#}", r"Z_#", r"D_{\mathrm{KL}}(\pi_#\|\nu)", r"J(\pi_#)",
          r"\mathbb{E}_{b\sim\pi_#}[g(b)]", r"\mathrm{Var}_{b\sim\nu_#}[g(b)]", r"V^{\pi_#}(q)",
          r"\sum_{j=1}^{M_#} y_j", r"\sum_{j\in\mathcal{J}_#} y_j", r"\sum_{j\in\mathcal{J}^{(#)}} 1",
          r"\sum_{j\in J_#} y_j", r"\prod_{j\in\hat{\mathcal{J}}_{\text{lo},#}} y_j")
BINDERS = (r"\sum_{k=1}^{n} {body} = n {body}", r"(\sum_{k=1}^{n} {body})^2 = n \sum_{k=1}^{n} ({body})^2",
           r"\prod_{k=1}^{n} {body} = ({body})^n", r"\sum_{k\in\mathcal{K}} {body} = |\mathcal{K}| {body}",
           r"\max_k {body} = {body}",
           r"\mathbb{E}_{k\sim\mu}[f(k) {body}] = \mathbb{E}_{k\sim\mu}[f(k)]\,\mathbb{E}_{k\sim\mu}[{body}]",
           r"\sum_k \mu(k) {body} = {body}", r"\mathrm{Var}_{k\sim\mu}({body}) = 0")
DEFINITIONS = (("u", "h(u) := {body}", "h(1) = h(2)"), (r"\beta", r"h(\beta) := {body}", "h(1) = h(2)"),
               ("u", r"h(u) := u \cdot {body}", "h(2u) = 2 h(u)"), ("a", "h(a) := {body}", "h(a) = h(z)"),
               ("i", "h_i := {body}", "h_1 = h_2"))
# Random letters in the scripts of what stands beside them.
NUMBERS = (r"c_X", r"\lambda_X", r"\beta_{X,2}", r"\hat{c}_X", r"\gamma^{(X)}", r"c_{X^2}", r"c_{\text{lo},X}")


def written(pattern: str, body: str, letter: str) -> str:
    """A pattern with a body that shows a letter."""
    return pattern.replace("{body}", body.replace("#", letter + " " * letter.startswith("\\")))


@pytest.mark.parametrize("binder", BINDERS)
def test_a_binder_binds_in_scripts(binder: str) -> None:
    proved = [text for body in BODIES if prove(text := written(binder, body, "k")).status == "proved"]
    assert proved == []


@pytest.mark.parametrize(("letter", "definition", "claim"), DEFINITIONS)
def test_a_definition_binds_in_scripts(letter: str, definition: str, claim: str) -> None:
    texts = [written(definition, body, letter) for body in BODIES]
    assert [text for text in texts if prove(claim, [text]).status == "proved"] == []


def test_a_premise_binds_in_scripts() -> None:
    texts = [written(r"h(u) = u \cdot {body} \implies h(2) = 2 h(1)", body, "u") for body in BODIES]
    assert [text for text in texts if prove(text).status == "proved"] == []


def test_what_is_random_is_no_label() -> None:
    patterns = (r"\mathbb{E}[# Y] = # \mathbb{E}[Y]", r"\mathbb{E}[# X] = # \mathbb{E}[X]",
                r"\mathrm{Var}(# X) = #^2 \mathrm{Var}(X)", r"\mathrm{Cov}(# X, Y) = # \mathrm{Cov}(X, Y)")
    texts = [pattern.replace("#", number) for pattern, number in product(patterns, NUMBERS)]
    assert [text for text in texts if prove(text).status == "proved"] == []


@pytest.mark.parametrize(("claim", "where"), [
    (r"\sum_{i=1}^{G}\frac{1}{|\mathcal{J}_i|}\sum_{j\in\mathcal{J}_i} x_{i,j} = "
     r"\frac{G}{\sum_{i=1}^{G}|\mathcal{J}_i|}\sum_{i=1}^{G}\sum_{j\in\mathcal{J}_i} x_{i,j}", ""),
    (r"\mathbb{E}_{o\sim\pi}[f(o)\sum_{j\in\mathcal{J}_o} c] = "
     r"\mathbb{E}_{o\sim\pi}[f(o)]\,\mathbb{E}_{o\sim\pi}[\sum_{j\in\mathcal{J}_o} c]", ""),
    (r"\nabla_\theta \sum_{j\in\mathcal{J}_\theta} y_j = 0", ""),
    (r"\nabla_\theta \sum_{j\in\mathcal{J}_{\pi_\theta}} y_j = 0", ""),
    (r"\nabla_\phi \prod_{j\in\mathcal{J}^{\phi}} y_j = 0", ""),
    (r"\mathbb{E}_{a\sim\pi, b\sim\nu_a}[g(b)] = \mathbb{E}_{b\sim\nu_a}[g(b)]", ""),
    (r"\mathbb{E}_{a\sim\pi_\theta}[h(a)\nabla_\theta\log\pi_\theta(a|s)] = 0", r"h(a) := \beta_a"),
    (r"(\sum_{t=1}^{T} h_t)^2 = T \sum_{t=1}^{T} h_t^2", "h_t := f(a_t)"),
    (r"(\sum_{t=1}^{T} h_t)^2 = T \sum_{t=1}^{T} h_t^2", "h_t := Q(s_t, a_t) - V(s_t)"),
    (r"\prod_{t=1}^{T} h_t = h_t^T", r"h_t := \pi_\theta(a_t|s_t)"),
    (r"h(y) = h(z)", r"h(a) := \mathbb{E}_{a\sim\pi_a}[g(a)]"),
    ("h(1) = h(2)", "h(u) := f(c)_u"), ("h(1) = f(c)", "h(u) := f(c)_m"),
    (r"\mathbb{E}[\lambda_{\hat{X}} \hat{X}] = \lambda_{\hat{X}}\,\mathbb{E}[\hat{X}]", ""),
    (r"h(y) = h(z)", r"h(a) := \mathbb{E}_{q\sim d_a}[g(q)]")])
def test_a_bound_letter_is_not_lost(claim: str, where: str) -> None:
    assert prove(claim, [where] if where else []).status != "proved"


@pytest.mark.parametrize(("claim", "where"), [
    ("h(z) = 0", "h(a) := m_a - m_z"), ("h(z) = 0", "h(s) := m_s - m_z"),
    (r"\nabla_\theta \sum_{t=1}^{T} h_t w_t = \sum_{t=1}^{T} h_t w_t \nabla_\theta \log\pi_\theta(a_t|s_t)",
     r"h_t := \frac{\pi_\theta(a_t|s_t)}{\pi_{old}(a_t|s_t)}")])
def test_a_true_statement_is_not_refuted_by_a_lost_letter(claim: str, where: str) -> None:
    assert prove(claim, [where]).status not in ("refuted", "ill-formed")


@pytest.mark.parametrize(("claim", "where"), [
    (r"\sum_{k=1}^{n} m_k = \sum_{j=1}^{n} m_j", ""), (r"\sum_{k=1}^{n} m_{\text{lo}} = n m_{\text{lo}}", ""),
    (r"\sum_{k=1}^{n}\sum_{j\in\mathcal{J}_+} y_j = n \sum_{j\in\mathcal{J}_+} y_j", ""),
    (r"\nabla_\theta \sum_{j\in\mathcal{J}_{old}} y_j = 0", ""), ("h(3) = 9 m_z", "h(u) := m_z u^2"),
    (r"h(1) = h(2)", r"h(u) := D_{\mathrm{KL}}(\pi_{\theta_{old}}\|\nu)"),
    (r"\nabla_\theta h_t = h_t \nabla_\theta \log\pi_\theta(a_t|s_t)",
     r"h_t := \frac{\pi_\theta(a_t|s_t)}{\pi_{old}(a_t|s_t)}"),
    (r"\mathbb{E}[X - \mu_X] = 0", r"\mu_X := \mathbb{E}[X]"), (r"\mathbb{E}[c Y] = c\,\mathbb{E}[Y]", "")])
def test_what_nothing_binds_is_a_label_still(claim: str, where: str) -> None:
    assert prove(claim, [where] if where else []).status == "proved"
