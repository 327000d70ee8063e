r"""Standard readings: every entry is a definition that is read, and what follows from it is named, never assumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from verdicts import prove

from grpo_symbolic.lore.matching import entry_for, formula_of, layouts
from grpo_symbolic.lore.table import LORE, Entry
from grpo_symbolic.report.lore_page import lore_page

PAGE = Path(__file__).parents[3] / "docs" / "lore.md"
UNDER = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
SCORE = r"\nabla_\theta \log \pi_\theta(y|x)"
REVERSE = r"D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi_{\text{ref}}(\cdot|s))"
DRAWS = r"\mathbb{E}_{x\sim\mathcal{D}, y\sim\pi_\theta(\cdot|x)}"
CLIP = r"\text{clip}(\rho, 1-\varepsilon, 1+\varepsilon)"
DATA = r"\mathbb{E}_{(x,y)\sim\mathcal{D}}"
PAIRS = r"\mathbb{E}_{(x,y_w,y_l)\sim\mathcal{D}}"
RATES = [rf"\beta \log \frac{{\pi_\theta(y_{i}|x)}}{{\pi_{{\text{{ref}}}}(y_{i}|x)}}" for i in "wl"]
SLOPE = r"\nabla_\theta (\log \pi_\theta(y_w|x) - \log \pi_\theta(y_l|x))"
WON, LOST = (rf"\beta \sigma({one} - {other}) {SLOPE}" for one, other in (RATES[::-1], RATES))


@pytest.mark.parametrize("entry", LORE, ids=lambda entry: entry.id)
def test_every_entry_is_read(entry: Entry) -> None:
    assert len(layouts(entry)) == len(entry.printed)
    assert any(variant.usual for variant in entry.variants)
    for variant in entry.variants:
        for formula in variant.formulas:
            assert formula_of(formula, variant.assume)[0].size > 1 or entry.still or entry.beside_clips


def test_no_symbol_has_two_entries() -> None:
    forms = [form for entry in LORE for form in entry.printed]
    assert len(forms) == len(set(forms))
    assert len({entry.id for entry in LORE}) == len(LORE)


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == lore_page()


PROVED = {
    "k3": UNDER + rf"[k_3(a)] = {REVERSE}",
    "k1": UNDER + rf"[k_1] = {REVERSE}",
    "k3 of a number": r"k_3 \geq 0",
    "a clip of a ratio": rf"\min(\rho, {CLIP}) > 0",
    "rho": r"\mathbb{E}_{\pi_{\text{old}}(\cdot|s)}[\rho(a)] = 1",
    "rho under two draws": r"\mathbb{E}_{a\sim\pi_{\text{old}}(\cdot|s)}[\mathbb{E}_{b\sim\mu(\cdot|s)}[\rho(a) h(b)]]"
                           r" = \mathbb{E}_{b\sim\mu(\cdot|s)}[h(b)]",
    "rho with bare laws": r"\mathbb{E}_{\pi_b}[\log \rho] = -D_{\mathrm{KL}}(\pi_b \| \pi_\theta)",
    "J": rf"\nabla_\theta J(\theta) = {DRAWS}[r(x,y) {SCORE}]",
    "J with a baseline": rf"\nabla_\theta J(\theta) = {DRAWS}[(r(x,y) - b(x)) {SCORE}]",
    "J without states": r"\nabla_\theta J(\theta)"
                        r" = \mathbb{E}_{y\sim\pi_\theta}[r(y) \nabla_\theta \log \pi_\theta(y)]",
    "a ratio under its logarithm": UNDER + rf"[r - 1 - \log r] = {REVERSE}",
    "the optimal policy": r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{\text{ref}}(y|x) \exp(r(x,y)/\beta)",
    "SFT": rf"\nabla_\theta \mathcal{{L}}_{{\text{{SFT}}}}(\theta) = -{DATA}[{SCORE}]",
    "DPO": rf"\nabla_\theta \mathcal{{L}}_{{\text{{DPO}}}}(\theta) = -{PAIRS}[{WON}]",
    "CLIP": r"L^{\text{CLIP}}(\theta) \leq L^{\text{CPI}}(\theta)",
    "Fisher": r"F(\theta) = -\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta^2 \log \pi_\theta(a|s)]",
    "advantage": r"\mathbb{E}_{a\sim\pi(\cdot|s)}[A^{\pi}(s,a)] = 0",
    "mean": r"\frac{1}{K} \sum_{i=1}^K (R_i - \bar R)^2 = \frac{1}{K} \sum_{i=1}^K R_i^2 - \bar{R}^2",
    "centred": r"\sum_{i=1}^G \tilde A_i = 0",
    "implicit reward": r"\hat{r}_\theta(x,y) - \hat{r}_\theta(x,z) = \beta \log \frac{\pi_\theta(y|x)}{\pi_\theta(z|x)}"
                       r" - \beta \log \frac{\pi_{\text{ref}}(y|x)}{\pi_{\text{ref}}(z|x)}",
}


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED)
def test_what_follows_is_proved_under_the_reading_that_the_verdict_names(text: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert found.lore
    assert prove(text, lore=False).status in ("undecided", "definition", "refuted")


FALSE = {
    "k2 is biased": UNDER + rf"[k_2(a)] = {REVERSE}",
    "the other divergence": UNDER + r"[k_3(a)] = D_{\text{KL}}(\pi_{\text{ref}}(\cdot|s) \| \pi_\theta(\cdot|s))",
    "the second moment": r"\mathbb{E}_{\pi_{\text{old}}(\cdot|s)}[\rho(a)^2] = 1",
    "twice the gradient": rf"\nabla_\theta J(\theta) = 2 {DRAWS}[r(x,y) {SCORE}]",
    "the gradient of the reward": rf"\nabla_\theta J(\theta) = {DRAWS}[\nabla_\theta r(x,y)]",
    "the policy for the data": rf"\nabla_\theta \mathcal{{J}}_{{\text{{SFT}}}}(\theta) = {DRAWS}[{SCORE}]",
    "the sign of a loss on preferences": rf"\nabla_\theta \mathcal{{L}}_{{\text{{DPO}}}}(\theta) = {PAIRS}[{WON}]",
    "the lost for the won": rf"\nabla_\theta \mathcal{{L}}_{{\text{{DPO}}}}(\theta) = -{PAIRS}[{LOST}]",
    "the sign of a loss": rf"\nabla_\theta \mathcal{{L}}_{{\text{{SFT}}}}(\theta) = {DATA}[{SCORE}]",
    "the bound turned": r"L^{\text{CLIP}}(\theta) \geq L^{\text{CPI}}(\theta)",
    "under another law": r"\mathbb{E}_{a\sim\mu(\cdot|s)}[A^{\pi}(s,a)] = 0",
    "the bounds of a clip exchanged": rf"{CLIP} = \min(\max(\rho, 1+\varepsilon), 1-\varepsilon)",
    "a clip on the wrong side": rf"\min(\rho \hat{{A}}, {CLIP} \hat{{A}}) = \begin{{cases}}"
                                r" \min(\rho, 1+\varepsilon) \hat{A} & \hat{A} \geq 0 \\"
                                r" \min(\rho, 1-\varepsilon) \hat{A} & \hat{A} < 0 \end{cases}",
    "the square of the mean": r"\frac{1}{K} \sum_{i=1}^K R_i^2 = \bar{R}^2",
}


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_what_fails_under_every_reading_is_refuted(text: str) -> None:
    found = prove(text)
    assert found.status == "refuted"
    assert found.lore


OPEN = {
    "the inverse ratio": r"\mathbb{E}_{\pi_b}[\log \rho] = D_{\mathrm{KL}}(\pi_b \| \pi_\theta)",
    "a ratio under its logarithm, in the wrong way": UNDER + rf"[2 \log r] = -{REVERSE}",
    "a reward": UNDER + rf"[r] + {REVERSE} = 1 + {REVERSE}",
    "the optimum at another weight": r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{\text{ref}}(y|x) \exp(\beta r(x,y))",
    "an empirical mean": r"\hat{\mathbb{E}}_t[\rho_t] = 1",
    "a law that is not named": r"\mathbb{E}[r_i - \bar r] = 0",
    "an approximation": r"\frac1M \sum_{k=1}^M r(x, y_k) \approx J(\theta)",
    "the gradient of an estimator": r"\nabla_\theta k_2 = 0",
    "trajectories": r"\nabla_\theta J(\theta) = \mathbb{E}_{s\sim d^{\pi_\theta}, a\sim\pi_\theta(\cdot|s)}"
                    r"[A(s,a) \nabla_\theta \log \pi_\theta(a|s)]",
    "the gradient of an advantage": UNDER + r"[\nabla_\theta A^{\pi_\theta}(s,a)] = 0",
    "two policies": r"\mathbb{E}_{a\sim\mu(\cdot|s)}[A^{\pi}(s,a)] = V^{\mu}(s) - V^{\pi}(s)",
    "the value of a next state": r"V^{\pi}(s) = V^{\pi}(s')",
    "another policy's value": r"\mathbb{E}_{a\sim\mu(\cdot|s)}[Q(s,a)] = V^{\mu}(s) + V^{\nu}(s)",
    "a value beside rewards": r"\mathbb{E}_{a\sim\pi(\cdot|s)}[r(s,a)] = V^{\pi}(s)",
    "the mean over states": r"\beta F(\theta) = \beta \mathbb{E}_{s\sim d, a\sim\pi_\theta(\cdot|s)}"
                            r"[\nabla_\theta \log \pi_\theta(a|s) \nabla_\theta \log \pi_\theta(a|s)^\top]",
    "two sizes": r"\frac{1}{K} \sum_{i=1}^K r_i + \frac{1}{N} \sum_{j=1}^N r_j = 2 \bar r",
    "a ratio beside no clip": r"\rho^2 \leq 1",
    "a clip that moves": rf"\nabla_\theta {CLIP} = 0",
    "two ratios": rf"{CLIP} = \text{{clip}}(\rho_i, 1-\varepsilon, 1+\varepsilon)",
    "a ratio and its mean": r"\frac{1}{G} \sum_{i=1}^G \text{clip}(\rho_i, 1-\varepsilon, 1+\varepsilon)"
                            r" = \text{clip}(\rho_i, 1-\varepsilon, 1+\varepsilon)",
    "an estimator at several samples": r"\sum_{i=1}^G k_1(a_i) = G k_1(a_1)",
    "J with a penalty": rf"\nabla_\theta J(\theta) = {DRAWS}[(r(x,y) - \beta \log \frac{{\pi_\theta(y|x)}}"
                        rf"{{\pi_{{\text{{ref}}}}(y|x)}}) {SCORE}]",
    "two other laws": r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[k_3(a)] = D_{KL}(\mu(\cdot|s) \| \nu(\cdot|s))",
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_what_depends_on_the_reading_or_has_no_roles_for_it_is_not_decided(text: str) -> None:
    assert prove(text).status in ("undecided", "unread", "definition")


def test_a_definition_beside_the_statement_comes_first() -> None:
    text = r"\mathbb{E}_{\pi_{\text{old}}(\cdot|s)}[\rho(a)] = 1"
    found = prove(text, where=[r"\rho(a) = 2 \frac{\pi_\theta(a|s)}{\pi_{\text{old}}(a|s)}"])
    assert (found.status, found.lore) == ("refuted", ())


def test_a_symbol_that_cancels_needs_no_reading() -> None:
    found = prove(r"k_3 + u = u + k_3")
    assert (found.status, found.lore) == ("proved", ())


@pytest.mark.parametrize("text", [
    r"J(\theta) = \mathbb{E}_{y\sim\pi_\theta}[r(y)^2]",
    r"F(\theta) = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a) \nabla_\theta^2 \log \pi_\theta(a|s)]",
    r"F(\theta) \doteq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta^2 \log \pi_\theta(a|s)]",
    r"P(y_w \succ y_l | x) = \sigma(\beta r(x,y_w) - \beta r(x,y_l))",
    r"P(y_w \succ y_l | x) = \frac{1}{2}",
])
def test_an_equation_for_a_symbol_that_differs_from_the_table_is_a_definition(text: str) -> None:
    assert prove(text).status == "definition"


@pytest.mark.parametrize("text", [
    r"F(\theta) = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta^2 \log \pi_\theta(a|s)]",
    r"P(y_w \succ y_l | x) = \sigma(r(x,y_l) - r(x,y_w))",
    r"P(y_w \succ y_l | x) = \frac{e^{r(x,y_l)}}{e^{r(x,y_w)} + e^{r(x,y_l)}}",
    r"p^*(y_1 \succ y_2 | x) = \frac{1}{1 + \exp(r(x,y_1) - r(x,y_2))}",
])
def test_an_equation_for_what_has_one_meaning_that_differs_by_a_sign_is_a_slip(text: str) -> None:
    found = prove(text)
    assert found.status == "refuted", found.reason
    assert "turned" in found.reason
    assert found.lore


@pytest.mark.parametrize(("text", "status"), [
    (r"\log \frac{P(y_w \succ y_l|x)}{P(y_l \succ y_w|x)} = r(x,y_w) - r(x,y_l)", "proved"),
    (r"\log \frac{P(y_w \succ y_l|x)}{P(y_l \succ y_w|x)} = r(x,y_l) - r(x,y_w)", "refuted"),
    (r"-\log P(y_w \succ y_l|x) = \log(1 + e^{r(x,y_l) - r(x,y_w)})", "proved"),
    (r"\nabla_\theta \log P_\theta(y_w \succ y_l|x) = P_\theta(y_l \succ y_w|x) "
     r"\nabla_\theta (r_\theta(x,y_w) - r_\theta(x,y_l))", "proved"),
    (r"\log P(y_w \succ y_l|x) = r(x,y_w) - r(x,y_l)", "refuted"),
    (r"P(y_1 \succ y_2|x) + P(y_2 \succ y_1|x) = 1", "proved"),
])
def test_preferences_are_those_of_rewards_in_sight(text: str, status: str) -> None:
    assert prove(text).status == status


def test_other_variants_are_listed_with_their_verdicts() -> None:
    found, = prove(PROVED["rho with bare laws"]).lore
    assert (found.entry, found.variant, found.others) == ("rho", 0, ((1, "refuted"),))
    assert found.record()["others"] == [{"variant": 1, "verdict": "refuted"}]
    assert found.formula == r"\rho = \frac{\pi_{\theta}(a|s)}{\pi_b(a|s)}"


def test_a_letter_of_no_entry_has_none() -> None:
    from grpo_symbolic.language import App, Const, Head

    assert entry_for(App(Head(r"\rho^{\pi}"))) is None
    assert entry_for(Const("k")) is None
    assert entry_for(App(Head("k_3"))).id == "k3"


@pytest.mark.parametrize(("meaning", "expected"), [
    (r"\rho_i = \frac{\pi_\theta(a_i|s)}{\pi_{\text{old}}(a_i|s)}", "refuted"), (r"\rho = 1", "refuted"),
])
def test_what_is_defined_of_members_leaves_a_bare_ratio_any(meaning: str, expected: str) -> None:
    assert prove(rf"{CLIP} = \min(\max(\rho, 1+\varepsilon), 1-\varepsilon)", where=[meaning]).status == expected
    assert prove(rf"{CLIP} = 1", where=[r"\rho = 1"]).status == "proved"
    declared = prove(rf"{CLIP} = \min(\max(\rho, 1+\varepsilon), 1-\varepsilon)", let=[r"\rho \in [0, 1]"])
    assert declared.lore == ()
