"""Laws that a formula defines: drawn from and compared, where their probabilities sum to one."""

import pytest
from verdicts import prove

OPTIMAL = [r"\pi^*(y|x) \doteq \frac{1}{Z(x)}\pi_{\text{ref}}(y|x)\exp(r(x,y)/\beta)",
           r"Z(x) \doteq \sum_y \pi_{\text{ref}}(y|x)\exp(r(x,y)/\beta)"]
TILTED = [r"\pi^*(y|x) \propto \pi_{\text{ref}}(y|x)\exp(r(x,y)/\beta)", OPTIMAL[1]]
MIXED = [r"\pi_{\text{mix}}(y|x) \doteq \frac{1}{2}\pi_\theta(y|x) + \frac{1}{2}\mu(y|x)"]
UNDER, BEFORE = r"\mathbb{E}_{y\sim\pi^*(\cdot|x)}", r"\mathbb{E}_{y\sim\pi_{\text{ref}}(\cdot|x)}"
KL = r"D_{\text{KL}}(\pi^*(\cdot|x) \| \pi_{\text{ref}}(\cdot|x))"


@pytest.mark.parametrize("where", [OPTIMAL, TILTED])
@pytest.mark.parametrize(("statement", "status"), [
    (rf"{UNDER}[r(x,y)] - \beta {KL} = \beta \log Z(x)", "proved"),
    (rf"{UNDER}[r(x,y)] - \beta {KL} = \log Z(x)", "refuted"),
    (rf"{UNDER}[r(x,y)] + \beta {KL} = \beta \log Z(x)", "refuted"),
    (rf"{UNDER}[f(x,y)] = \frac{{1}}{{Z(x)}} {BEFORE}[e^{{r(x,y)/\beta}} f(x,y)]", "proved"),
    (rf"{UNDER}[f(x,y)] = {BEFORE}[e^{{r(x,y)/\beta}} f(x,y)]", "refuted"),
    (rf"{UNDER}[1] = 1", "proved"),
    (r"D_{\text{KL}}(\pi^*(\cdot|x) \| \pi^*(\cdot|x)) = 0", "proved"),
])
def test_an_expectation_under_a_formula_is_the_sum_that_it_means(where, statement, status):
    assert prove(statement, where=where).status == status


def test_a_mixture_is_a_law():
    mean = r"\mathbb{E}_{y\sim\pi_{\text{mix}}(\cdot|x)}[f(y)]"
    one, other = (rf"\mathbb{{E}}_{{y\sim{law}(\cdot|x)}}[f(y)]" for law in (r"\pi_\theta", r"\mu"))
    assert prove(rf"{mean} = \frac{{1}}{{2}}{one} + \frac{{1}}{{2}}{other}", where=MIXED).status == "proved"
    assert prove(rf"{mean} = {one}", where=MIXED).status == "refuted"


@pytest.mark.parametrize("formula", [
    r"\pi^*(y|x) \doteq \pi_{\text{ref}}(y|x)\exp(r(x,y)/\beta)", OPTIMAL[0],
    r"\pi^*(y|x) \doteq 2 \pi_{\text{ref}}(y|x)"])
def test_what_is_not_known_to_sum_to_one_is_not_drawn_from(formula):
    found = prove(rf"{UNDER}[1] = 1", where=[formula])
    assert found.status == "unread"
    assert "sum to one" in found.reason
