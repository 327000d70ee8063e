"""What names one thing and is not defined: no constant under ∇, no value in a counterexample."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.kinds.named import is_name, may_move

pytestmark = pytest.mark.long

NAMES = [
    r"\hat{J}", r"\bar{L}", r"\hat{\rho}_t", r"\text{KL}", "K_2", r"V_\pi",
    r"\mathcal{K}", r"\mathcal{L}_{\text{SFT}}", r"\mathscr{F}", "J", r"J_{\text{mix}}", r"J(\theta)",
    r"J^{\pi_\theta}", r"L^{PG}", r"L_{seq}", r"L(\theta)", r"\text{loss}", r"\mathrm{Obj}_2", r"\rho", r"\rho_t",
    "k_1", "k_2", "K7", "W2", r"W_{abc}", r"V^{\pi}", r"Q^{\pi_\theta}", r"T^\pi", r"d^{\pi_\theta}", r"R^{CLIP}",
    r"B_{\text{total}}",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_no_gradient_and_no_value(name: str) -> None:
    for text in (rf"\nabla_\theta {name} = 0", rf"{name} \geq 0",
                 rf"{name} + v^2 = {name} + v", rf"{name} \cdot u = 2u",
                 rf"\nabla_\theta ({name} \cdot u) = 0", rf"v^2 = {name} + v",
                 rf"\mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[{name} \cdot R(s,a)]"
                 rf" = {name} \cdot \mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[R(s,a)]",
                 rf"\mathbb{{E}}_{{a\sim\pi_\theta(\cdot|s)}}[{name} \cdot \nabla_\theta\log\pi_\theta(a|s)] = 0"):
        verdict = prove(text, lore=False)
        assert verdict.status in ("undecided", "unread"), (text, verdict)
        assert "is not defined" in verdict.reason or "stands elsewhere in another form" in verdict.reason


def test_a_return_is_a_name_at_any_step() -> None:
    for text in ("G_0 = u + G_0^2", r"\mathbb{E}_{a\sim\pi}[G_0] = u", r"\mathbb{E}_{a\sim\pi}[G_t] = u"):
        assert prove(text).status == "undecided"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cancels(name: str) -> None:
    assert prove(rf"{name} + u = u + {name}").status == "proved"
    assert prove(rf"\nabla_\theta ({name} + u) = \nabla_\theta {name}").status == "proved"
    assert prove(rf"v({name} + 2) - 2v = v \cdot {name}").status == "proved"


def test_a_defined_name_is_what_it_says() -> None:
    where = [r"\mathcal{K} \doteq D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi_{\text{ref}}(\cdot|s))"]
    assert prove(r"\mathcal{K} \geq 0", where=where).status == "proved"
    assert prove(r"\nabla_\theta \mathcal{K} = 0", where=where).status == "refuted"
    assert prove(r"K7 = 7", where=[r"K7 \doteq 3"]).status == "refuted"


@pytest.mark.parametrize("text", [
    r"f(s) + u = h(s) + f(s)",
    "X + u = X", r"r(s,a) \geq 2 r(s,a)", r"\beta_{\text{KL}}^2 = \beta_{\text{KL}}", "c^2 = c + B",
    r"A(s,a) \leq V(s)", r"2 \varepsilon_{\text{low}} \geq 1 + c_2"])
def test_what_is_schematic_has_values(text: str) -> None:
    assert prove(text).status == "refuted"


def test_what_is_computed_from_samples_is_no_function_of_the_parameters() -> None:
    fixed = r"\nabla_\theta (\hat{A}_j \pi_\theta(a|s)) = \hat{A}_j \nabla_\theta \pi_\theta(a|s)"
    assert prove(fixed).status == "proved"
    assert prove(r"\sum_{j=1}^G \hat{A}_j = 0").status == "undecided"
    assert prove(r"\bar{R} + 1 = \bar{R} + c").status == "undecided"


@pytest.mark.parametrize(("layout", "name", "moves"), [
    (r"\mathcal{L}_{\text{PPO}}", True, True), (r"\hat{\mathcal{L}}", True, True),
    (r"V^{\pi_{\theta}}(#1)", True, True),
    (r"V^{\pi_{\text{old}}}(#1)", True, False), (r"V^{\pi_{\theta_{\text{old}}}}(#1)", True, False),
    ("V^*(#1)", True, False),
    (r"\hat{A}_{#1}", True, False), (r"\delta_{#1}", True, False), (r"\delta", False, True), ("K12", True, True),
    ("V(#1)", False, True), ("k_4", False, True), (r"\beta_{\text{KL}}", False, True), ("f(#1)", False, True),
    (r"\Lambda", False, True), (r"A_{#1}", False, True), (r"\bar{r}", True, False), (r"\bar{\rho}", True, True),
    (r"V_{\pi}(#1)", True, True), (r"\hat{J}", True, True), ("K_3", True, True), (r"\mathbf{L}_{#1}", True, True),
    (r"\hat{A}^{\lambda}_{#1}", True, False), (r"\Lambda_1", False, True),
])
def test_which_symbols_are_names(layout: str, name: bool, moves: bool) -> None:
    assert is_name(layout) is name
    if name:
        assert may_move(layout) is moves


def test_words_in_italics_are_words() -> None:
    assert prove(r"sigmoid(-u) = 1 - sigmoid(u)").status == "proved"
    for text in ("swish(2u) = 2 swish(u)", "relu(u + 2v) = relu(u) + 2relu(v)", "hut[2u] = 2hut[u]"):
        assert prove(text).status == "unread"
    assert prove("K4 = 4K").status in ("definition", "undecided")
    assert prove("K4 + 1 = 4K + 1").status == "undecided"
    assert prove("dV + 1 = Vd + 1").status == "undecided"


@pytest.mark.parametrize("text", [
    r"-\log r = \log \frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}", r"\log \pi^*(a|s) = \log \pi_{\text{ref}}(a|s)",
    r"\pi^\star(a|s) \leq \frac{1}{2}", r"\mathbb{E}_{a \sim \mu}[r] = 0"])
def test_what_a_text_says_elsewhere_refutes_nothing(text: str) -> None:
    assert prove(text).status == "undecided"
