r"""What a symbol shows in a script, it may depend on: a bound letter in a label or under a power is never dropped."""

from __future__ import annotations

import pytest
from verdicts import prove

SUMMED = [
    "k^2", "{k}^2", "k^{-1}", "k^c", "k^T", r"\frac{1}{k^3}", r"f(k^2)", r"\log_k c", "c_{k^2}", r"c_{\sqrt{k}}",
    r"c_{\text{m}, k^2}", r"c_{\sigma(k)}", "c_{x_k}", r"c_{\hat{k}}", r"c^{(k)}", r"\theta_k", r"\pi_k(a|s)",
    r"\pi_{\theta_k}(a|s)", r"V^{\pi_k}(s)", r"D_{\mathrm{KL}}(p_k \| q)", r"H(p_k)", r"D_{\mathrm{TV}}(p_k, q)",
    r"\mathbb{E}_{a \sim \pi_k}[f(a)]", r"\mathbb{E}_{z \sim p_k}[f(z)]", r"\mathrm{Var}_{z \sim p_k}[f(z)]"]
DRAWN = [
    ("a", r"\pi_\theta(\cdot|s)", "a^2"), ("a", r"\pi_\theta(\cdot|s)", "c_a"), ("a", r"\pi_\theta(\cdot|s)", "e_a"),
    ("z", "q", "c_z"), ("z", "q", "w^z"), ("s", "d", "c_s"), ("y", r"\pi(\cdot|x)", "c_{y,x}"),
    ("o", r"\pi_\theta(\cdot|q)", r"c_{|o|}"), ("a", r"\pi_\theta(\cdot|s)", r"\theta_{s,a}"),
    ("a", r"\pi_\theta(\cdot|s)", r"\pi_a(b|s)")]


@pytest.mark.parametrize("body", SUMMED)
def test_what_shows_an_index_does_not_leave_its_sum(body: str) -> None:
    assert prove(rf"\sum_{{k=1}}^{{n}} {body} = n {body}").status != "proved"


@pytest.mark.parametrize(("var", "law", "body"), DRAWN)
def test_what_shows_a_draw_does_not_leave_its_expectation(var: str, law: str, body: str) -> None:
    assert prove(rf"\mathbb{{E}}_{{{var} \sim {law}}}[{body}] = {body}").status != "proved"


@pytest.mark.parametrize("text", [
    r"\sum_{k=1}^{n} c_{\text{k}} = n c_{\text{k}}",
    r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[c_{max}] = c_{max}",
    r"\mathbb{E}_{o \sim \pi_{old}(\cdot|q)}\left[\frac{\pi_\theta(o|q)}{\pi_{old}(o|q)}\right] = 1",
    r"\sum_{k=1}^{n} c_{k} = \sum_{j=1}^{n} c_{j}"])
def test_a_word_in_a_script_is_a_word_and_an_index_is_one(text: str) -> None:
    assert prove(text).status == "proved"
