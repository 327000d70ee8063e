"""What a counterexample says nothing of."""

import pytest
from verdicts import prove

import grpo_symbolic


@pytest.mark.parametrize("text", [r"\pi_\theta(y|x) = \prod_{t=1}^T \pi_\theta(a_t|x, a_{<t})",
                                  r"\log \pi_\theta(o|q) = \sum_{t=1}^{|y|} \log \pi_\theta(y_t|q, y_{<t})"])
def test_two_names_of_a_sequence_refute_nothing(text):
    verdict = grpo_symbolic.prove(text)
    assert verdict.status == "undecided"
    assert "have to do with each other" in verdict.reason


@pytest.mark.parametrize("text", [r"D_{\text{KL}}(\mu(\cdot|s) \| \pi_\theta(\cdot|s)) \leq \delta", r"\kappa > u^2",
                                  r"|\frac{\pi_\theta(a|s)}{\mu(a|s)} - 1| < \varepsilon"])
def test_a_bound_of_which_nothing_is_said_is_a_condition(text):
    verdict = grpo_symbolic.prove(text)
    assert verdict.status == "no-claim"
    assert verdict.counterexample is None


@pytest.mark.parametrize(("text", "assume", "let"), [
    (r"u^2 \leq \kappa", [r"\kappa \geq u"], []), (r"u^2 \leq \kappa u", [], []), (r"u^2 = \kappa", [], []),
    (r"u^2 + \kappa \leq \kappa", [], []), (r"u^2 \geq 1", [], []), (r"u^2 \leq \kappa", [], [r"\kappa \in [0, 1]"])])
def test_a_bound_of_which_something_is_said_is_none(text, assume, let):
    assert grpo_symbolic.prove(text, assume=assume, let=let).status == "refuted"


def test_a_difference_is_no_factor():
    assert grpo_symbolic.prove(r"\Delta z_{s,a} = \eta \pi_\theta(a|s)").status == "unread"
    assert grpo_symbolic.prove(r"\Delta \cdot u = u \cdot \Delta").status == "proved"


@pytest.mark.parametrize(("text", "status"), [
    (r"(-1)^{2n} = 1", "undecided"), (r"c^{2n} = |c|^{2n}", "undecided"), (r"(-1)^n = 2", "refuted"),
    (r"(-1)^{2n} = 2", "refuted"), (r"e^{n} = 1", "refuted"),
])
def test_a_power_of_what_may_be_negative_is_refuted_by_whole_numbers_alone(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize(("text", "statuses"), [
    (r"\sigma(X) = \sqrt{\mathrm{Var}(X)}", {"unread"}), (r"\mathbb{E}[\sigma(X)] \leq 1", {"proved"}),
    (r"\mathbb{E}[X|c] = \mathbb{E}[X]", {"unread"}), (r"\mathbb{E}[X|Y] = \mathbb{E}[X]", {"refuted"}),
])
def test_what_custom_reads_otherwise_beside_moments_is_unread(text: str, statuses: set[str]) -> None:
    assert prove(text).status in statuses


def test_a_function_without_its_arguments_is_a_limit_of_the_reader() -> None:
    known = [r"w(u, v) := u + v"]
    assert prove(r"\min(wA, w(u, v)) \leq wA", where=known).status == "unread"
    assert prove("w(u) = u", where=known).status == "ill-formed"


@pytest.mark.parametrize("latex", [
    r"\sum_{i=1}^n (c_i - \bar{c}) = 0", r"\sum_{j=1}^n (x_j - \mu_x) = 0", r"\hat{\sigma}^2 = \sigma^2",
    r"\sum_{i=1}^n (u_i - \mu_u)^2 = n \sigma_u^2", r"u - \tilde{u} = 0"])
def test_what_may_be_made_of_a_symbol_does_not_refute(latex):
    verdict = prove(latex, lore=False)
    assert verdict.status == "undecided"
    assert "have to do with each other" in verdict.reason


@pytest.mark.parametrize(("latex", "where"), [
    (r"\sum_{i=1}^n (c_i - \bar{c}) = c_1", (r"\bar{c} := \frac{1}{n} \sum_{i=1}^n c_i",)),
    (r"\sum_{i=1}^n (c_i - \bar{u}) = 0", ())])
def test_what_is_defined_or_of_another_letter_refutes(latex, where):
    assert prove(latex, where).status == "refuted"


@pytest.mark.parametrize(("latex", "where"), [
    (r"\nabla_\theta w_i = w_i \nabla_\theta \log \pi_\theta(y_i|x)", ()),
    (r"\nabla_\theta w(y) = w(y) \nabla_\theta \log \pi_\theta(y|x)", ()),
    (r"\nabla_\theta h(y) = (1 - u(y)) \nabla_\theta \log \pi_\theta(y|x)", ("h(y) = u(y) - 1 - \\log u(y)",)),
    (r"\nabla_\theta \frac{1}{G} \sum_{i=1}^G w_i c_i = \frac{1}{G} \sum_{i=1}^G w_i c_i \nabla_\theta "
     r"\log \pi_\theta(y_i|x)", ())])
def test_what_may_be_a_ratio_does_not_refute(latex, where):
    verdict = prove(latex, where)
    assert verdict.status == "undecided"
    assert "is not defined" in verdict.reason


@pytest.mark.parametrize("latex", [
    r"\nabla_\theta \mathbb{E}_{a\sim\pi_\theta}[f(a)] = \mathbb{E}_{a\sim\pi_\theta}[\nabla_\theta f(a)]",
    r"\nabla_\theta \mathbb{E}_{a\sim\pi_\theta}[c(a)] = "
    r"\mathbb{E}_{a\sim\pi_\theta}[\nabla_\theta \log \pi_\theta(a)]"])
def test_what_an_expectation_is_taken_of_refutes(latex):
    assert prove(latex).status == "refuted"


@pytest.mark.parametrize("latex", [
    r"\sum_{l=1}^{M} x_l + \underbrace{M^2 - M}_{\ge 0} = M^2 - M + \sum_{l=1}^{M} x_l",
    r"\sum_{l=1}^{X} x_l + \underbrace{\frac{1}{X}}_{> 0} = \frac{1}{X} + \sum_{l=1}^{X} x_l"])
def test_what_ends_a_range_is_a_whole_number_in_all_links(latex):
    assert prove(latex).status != "refuted"


DIVERGENCE = r"D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi_{\text{ref}}(\cdot|s))"
RATIO = r"\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)}"


@pytest.mark.parametrize(("text", "where"), [
    (rf"{DIVERGENCE} \approx {RATIO} - \log {RATIO} - 1", []),
    (r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[f(a)] \approx \frac{1}{G} \sum_{i=1}^G f(a_i)", []),
    (r"\frac{1}{G} \sum_{i=1}^G r(s, a_i) \nabla_\theta \log \pi_\theta(a_i|s) \approx \nabla_\theta J(\theta)",
     [r"J(\theta) = \mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s, a)]"]),
])
def test_an_estimate_by_samples_is_no_equality(text, where):
    verdict = prove(text, where)
    assert verdict.status == "undecided"
    assert "an estimate" in verdict.reason
    assert prove(text.replace(r"\approx", "="), where).status == "refuted"


@pytest.mark.parametrize("text", [
    r"\pi_\theta(a|s) \approx 1",
    r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[f(a)] \approx \mathbb{E}_{a \sim \pi_{\text{ref}}(\cdot|s)}[f(a)]",
])
def test_an_approximation_without_samples_is_no_estimate(text):
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "near what it is an approximation is not printed" in verdict.reason


def test_a_divergence_is_no_number():
    assert prove(rf"{DIVERGENCE} \approx 1").status == "refuted"


SCORE_RATIO = r"\exp(\log\pi_\theta(o_t|q,o_{<t}) - \operatorname{sg}(\log\pi_\theta(o_t|q,o_{<t})))"


@pytest.mark.parametrize("text", [rf"w(o_t) = {SCORE_RATIO}", r"f(\Delta_t) = \exp(-\Delta_t) + \Delta_t - 1",
                                  r"\tilde{r}(q,o_t) = A(q,o_t) - \beta f(q,o_t)", r"f(2) = 3"])
def test_an_equation_may_say_what_stands_alone_on_a_side(text):
    verdict = prove(text)
    assert verdict.status == "undecided"
    assert "may say what" in verdict.reason


def test_of_what_stands_on_both_sides_or_is_known_an_equation_claims_something():
    assert prove(r"w(o_t) = w(o_t) + 1").status == "refuted"
    assert prove(r"f(2) = 3", ["f(u) = u^2"]).status == "refuted"


def test_a_value_by_that_of_the_next_state_is_an_estimate() -> None:
    assert prove(r"V_\phi(x_t) \approx r(x_t, u_t) + \gamma V_\phi(x_{t+1})").status == "undecided"
    assert prove(r"V_\phi(s) \approx r(s,a) + \gamma V_\phi(s')").status == "undecided"
    assert "estimate" not in prove(r"f(s) \approx f(s) + 1").reason
    assert prove(r"f(s) = g(s) + f(s')").status == "refuted"
