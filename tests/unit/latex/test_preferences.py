"""Preferences: a named probability of which only its complement is known, or what a definition says."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

pytestmark = pytest.mark.long

DATA = r"(x,y_w,y_l)\sim\mathcal{D}"
FIRST = r"P(y_1 \succ y_2|x)"
BRADLEY_TERRY = rf"{FIRST} \doteq \sigma(r(x,y_1) - r(x,y_2))"
REWARDS = [rf"\hat r_{i} \doteq \beta\log\frac{{\pi_\theta(y_{i}|x)}}{{\pi_{{\text{{ref}}}}(y_{i}|x)}}" for i in "wl"]
LOSS = rf"\mathcal{{L}}(\theta) \doteq -\mathbb{{E}}_{{{DATA}}}[\log\sigma(\hat r_w - \hat r_l)]"
SLOPE = r"\nabla_\theta(\log\pi_\theta(y_w|x) - \log\pi_\theta(y_l|x))"


@pytest.mark.parametrize(("statement", "status"), [
    (r"P(y_w \succ y_l \mid x) + P(y_l \succ y_w \mid x) = 1", "proved"),
    (r"P(y_w \succ y_l \mid x) + P(y_l \succ y_w \mid x) = 2", "refuted"),
    (r"P(y_w \succ y_l \mid x) = P(y_l \succ y_w \mid x)", "refuted"),
    (r"P(y_w \succ y_l \mid x) = P(y_l \prec y_w \mid x)", "proved"),
    (r"0 < p(y_1 \succ y_2) < 1", "proved"),
    (r"p(y \succ y) = \frac{1}{2}", "proved"),
    (r"P(y_1 \succ y_2|x) + P(y_2 \succ y_3|x) + P(y_3 \succ y_1|x) = 1", "refuted"),
    (r"\nabla_\theta P_\theta(y_w \succ y_l|x) = -\nabla_\theta P_\theta(y_l \succ y_w|x)", "proved"),
    (r"P(y_1 \succ y_2|x) \geq \frac{1}{2}", "no-claim"),
    (r"P(y_1 \succ y_2|x) \doteq \sigma(r(x,y_1) - r(x,y_2))", "definition"),
    (r"y_w \succ y_l \mid x", "no-claim"),
])
def test_of_a_preference_only_its_complement_is_known(statement, status):
    assert prove(statement).status == status


@pytest.mark.parametrize(("statement", "status"), [
    (r"P(y_w \succ y_l|x) = \frac{e^{r(x,y_w)}}{e^{r(x,y_w)} + e^{r(x,y_l)}}", "proved"),
    (r"P(y_w \succ y_l|x) = \frac{e^{r(x,y_l)}}{e^{r(x,y_w)} + e^{r(x,y_l)}}", "refuted"),
    (r"P(y_l \prec y_w|x) = \sigma(r(x,y_w) - r(x,y_l))", "proved"),
    (r"-\log P(y_w \succ y_l|x) = \log(1 + e^{r(x,y_l) - r(x,y_w)})", "proved"),
    (r"-\log P(y_w \succ y_l|x) = \log(1 + e^{r(x,y_w) - r(x,y_l)})", "refuted"),
])
def test_a_preference_that_is_defined_is_what_its_definition_says(statement, status):
    assert prove(statement, where=[BRADLEY_TERRY]).status == status


@pytest.mark.parametrize(("right", "status"), [
    (rf"-\beta\mathbb{{E}}_{{{DATA}}}[\sigma(\hat r_l - \hat r_w) {SLOPE}]", "proved"),
    (rf"\beta\mathbb{{E}}_{{{DATA}}}[\sigma(\hat r_l - \hat r_w) {SLOPE}]", "refuted"),
    (rf"-\beta\mathbb{{E}}_{{{DATA}}}[\sigma(\hat r_w - \hat r_l) {SLOPE}]", "refuted"),
    (rf"-\mathbb{{E}}_{{{DATA}}}[\sigma(\hat r_l - \hat r_w) {SLOPE}]", "refuted"),
])
def test_the_gradient_of_a_loss_on_preferences(right, status):
    assert prove(rf"\nabla_\theta \mathcal{{L}}(\theta) = {right}", where=[*REWARDS, LOSS]).status == status


@pytest.mark.parametrize(("statement", "status"), [
    (rf"\mathbb{{E}}_{{{DATA}}}[f(x,y_w)] = \mathbb{{E}}_{{{DATA}}}[f(x,y_l)]", "refuted"),
    (rf"\mathbb{{E}}_{{{DATA}}}[f(y_w) g(y_l)] = \mathbb{{E}}_{{{DATA}}}[f(y_w)] \mathbb{{E}}_{{{DATA}}}[g(y_l)]",
     "refuted"),
    (rf"\mathbb{{E}}_{{{DATA}}}[f(x,y_w) + c] = \mathbb{{E}}_{{{DATA}}}[f(x,y_w)] + c", "proved"),
    (rf"\mathbb{{E}}_{{{DATA}}}[f(x,y_w)] = \mathbb{{E}}_{{(x,y_l,y_w)\sim\mathcal{{D}}}}[f(x,y_l)]", "unread"),
    (rf"\mathbb{{E}}_{{{DATA}}}[f(x,y_w)] = \mathbb{{E}}_{{(x,y_l)\sim\mathcal{{D}}}}[f(x,y_l)]", "unread"),
])
def test_what_a_data_set_draws_together_has_one_joint_law(statement, status):
    assert prove(statement).status == status


@pytest.mark.parametrize("text", [r"P(y_w \succ y_l|x) + c", r"p^*(y_1 \succ y_2|x)^2"])
def test_preferences_are_printed_as_they_are_read(text):
    node = read_expression(text)
    assert read_expression(latex(node)) == node
