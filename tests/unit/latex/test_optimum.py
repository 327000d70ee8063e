"""Maxima over all laws: decided by the objective, as with a divergence or an entropy, else only read."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

GAIN = r"\mathbb{E}_{y\sim\pi(\cdot|x)}[r(x,y)]"
KL = r"D_{\text{KL}}(\pi(\cdot|x) \| \pi_{\text{ref}}(\cdot|x))"
REVERSED = r"D_{\text{KL}}(\pi_{\text{ref}}(\cdot|x) \| \pi(\cdot|x))"
FREE = r"\beta \log \mathbb{E}_{y\sim\pi_{\text{ref}}(\cdot|x)}[e^{r(x,y)/\beta}]"
SOFT = r"\max_\pi \left(\mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)] + \alpha H(\pi(\cdot|s))\right)"

TRUE = [
    rf"\max_\pi {GAIN} - \beta {KL} = {FREE}",
    rf"\max_\pi \left({GAIN} - \beta {KL}\right) = {FREE}",
    rf"\min_\pi \beta {KL} - {GAIN} = -{FREE}",
    r"\max_\pi \mathbb{E}_{y\sim\pi(\cdot|x)}\left[r(x,y) - \beta\log\frac{\pi(y|x)}{\pi_{\text{ref}}(y|x)}\right] = " +
    FREE,
    r"\max_\pi \mathbb{E}_{x\sim\mathcal{D}, y\sim\pi(\cdot|x)}[r(x,y)] - \beta \mathbb{E}_{x\sim\mathcal{D}}[" + KL +
    r"] = \mathbb{E}_{x\sim\mathcal{D}}[" + FREE + "]",
    r"\max_\pi \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)] = \max_a Q(s,a)",
    r"\min_\pi \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)] = \min_a Q(s,a)",
    r"\sup_q \left(\mathbb{E}_{q}[f] - D_{\text{KL}}(q \| p)\right) = \log \mathbb{E}_{p}[e^{f}]",
    r"\max_\pi f(\pi) - \max_\pi g(\pi) \leq \max_\pi (f(\pi) - g(\pi))",
]
FALSE = [
    rf"\max_\pi {GAIN} - \beta {KL} = \log \mathbb{{E}}_{{y\sim\pi_{{\text{{ref}}}}(\cdot|x)}}[e^{{r(x,y)/\beta}}]",
    rf"\max_\pi {GAIN} - \beta {KL} = \beta \log \mathbb{{E}}_{{y\sim\pi_{{\text{{ref}}}}(\cdot|x)}}[e^{{r(x,y)}}]",
    rf"\max_\pi {GAIN} - 2 \beta {KL} = {FREE}",
    rf"\min_\pi \beta {KL} - {GAIN} = {FREE}",
    r"\max_\pi \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)] = \min_a Q(s,a)",
    r"\sup_q \left(\mathbb{E}_{q}[f] - D_{\text{KL}}(q \| p)\right) = \log \mathbb{E}_{p}[e^{-f}]",
    r"\max_\pi f(\pi) = \min_\pi (-f(\pi))",
]
UNDECIDED = [
    rf"\max_\pi {GAIN} - \beta {REVERSED} = {FREE}",
    rf"\max_\pi {GAIN} + \beta {KL} = {FREE}",
    rf"\max_\pi {GAIN}^2 = \max_y r(x,y)^2",
    rf"\max_\pi \left({GAIN} + J(\pi)\right) = \max_y r(x,y) + J(\pi)",
    r"f(\pi) \leq \max_\pi f(\pi)",
    rf"{SOFT} = \alpha \log \sum_a e^{{Q(s,a)/\alpha}}",
]


@pytest.mark.parametrize("statement", TRUE)
def test_the_largest_value_is_known_where_the_objective_decides_it(statement):
    assert prove(statement).status == "proved"


@pytest.mark.parametrize("statement", FALSE)
def test_another_value_is_refuted(statement):
    assert prove(statement).status == "refuted"


@pytest.mark.parametrize("statement", UNDECIDED)
def test_what_no_form_decides_is_left_open(statement):
    assert prove(statement).status in ("undecided", "unread")


def test_the_weight_of_an_entropy_must_be_positive():
    value = rf"{SOFT} = \alpha \log \sum_a e^{{Q(s,a)/\alpha}}"
    assert prove(value, assume=[r"\alpha > 0"]).status == "proved"
    assert prove(rf"{SOFT} = \log \sum_a e^{{Q(s,a)/\alpha}}", assume=[r"\alpha > 0"]).status == "refuted"


@pytest.mark.parametrize("law", [r"\pi", r"\mu"])
def test_no_law_does_better_than_the_one_that_is_taken(law):
    """What the meaning of a maximum rests on: it is a bound for any law, at any reference, reward and positive β."""
    gain, penalty = (text.replace(r"\pi(", law + "(") for text in (GAIN, KL))
    assert prove(rf"{gain} - \beta {penalty} \leq \max_\pi {GAIN} - \beta {KL}").status == "proved"
    assert prove(rf"{gain} - \beta {penalty} \geq \max_\pi {GAIN} - \beta {KL}").status == "refuted"


def test_an_objective_may_be_defined():
    where = [rf"J(\pi) \doteq {GAIN} - \beta {KL}"]
    assert prove(rf"\max_\pi J(\pi) = {FREE}", where=where).status == "proved"
    assert prove(rf"\max_\pi J(\pi) = 2 {FREE}", where=where).status == "refuted"


def test_what_is_defined_by_the_policy_without_showing_it_is_unread():
    assert prove(rf"\max_\pi \left({GAIN} - b(x)\right) = c", where=[rf"b(x) \doteq {GAIN}"]).status == "unread"


@pytest.mark.parametrize("text", [rf"\max_{{\pi}} \left({GAIN} - \beta {KL}\right)", r"\max_{\pi} f(\pi) + c"])
def test_maxima_over_laws_are_printed_as_they_are_read(text):
    node = read_expression(text)
    assert read_expression(latex(node)) == node


BEST = rf"\pi^*(\cdot|x) = \arg\max_\pi {GAIN} - \beta {KL}"
SUM = r"Z(x) \doteq \sum_y \pi_{\text{ref}}(y|x) e^{r(x,y)/\beta}"
IN_MEAN = (r"\pi^* = \arg\max_\pi \mathbb{E}_{x\sim\mathcal{D}, y\sim\pi(\cdot|x)}[r(x,y)]"
           rf" - \beta \mathbb{{E}}_{{x\sim\mathcal{{D}}}}[{KL}]")


@pytest.mark.parametrize("best", [BEST, IN_MEAN, rf"\pi^*(\cdot|x) = \arg\min_\pi \beta {KL} - {GAIN}"])
@pytest.mark.parametrize(("statement", "status"), [
    (r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{\text{ref}}(y|x) e^{r(x,y)/\beta}", "proved"),
    (r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{\text{ref}}(y|x) e^{r(x,y)}", "refuted"),
    (r"r(x,y) = \beta \log\frac{\pi^*(y|x)}{\pi_{\text{ref}}(y|x)} + \beta \log Z(x)", "proved"),
    (r"r(x,y) = \beta \log\frac{\pi^*(y|x)}{\pi_{\text{ref}}(y|x)} - \beta \log Z(x)", "refuted"),
])
def test_the_best_policy_is_the_one_at_which_the_objective_is_largest(best, statement, status):
    assert prove(statement, where=[best, SUM]).status == status


def test_a_best_policy_is_a_definition_and_the_optimum_that_the_field_calls_so():
    assert prove(BEST, lore=False).status == "definition"
    assert (prove(BEST).status, [one.entry for one in prove(BEST).lore]) == ("proved", ["pi*"])
    assert prove(r"\pi^* = \arg\max_\pi \mathbb{E}_{a\sim\pi(\cdot|s)}[Q(s,a)]").status == "unread"
