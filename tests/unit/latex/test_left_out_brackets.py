r"""\exp without brackets, positive parts, a group in braces, critics with a parameter, letters of members."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "status"), [
    (r"\exp f(s,a) = e^{f(s,a)}", "proved"),
    (r"\exp{f(s,a)} g(s,a) = e^{f(s,a)} g(s,a)", "proved"),
    (r"\exp x = e^{2x}", "refuted"),
    (r"\exp x y = e^{x} y", "undecided"),
    (r"\exp f(s,a) / g(s,a) = e^{f(s,a)} / g(s,a)", "undecided"),
    (r"(x-y)_+ - (y-x)_+ = x-y", "proved"),
    (r"[x-y]_+^2 + [y-x]_+^2 = (x-y)^2", "proved"),
    (r"(x-y)_+ + (y-x)_+ = x-y", "refuted"),
    (r"\mathrm{mean}(\{r_j\}) = \frac{1}{G} \sum_{j=1}^G r_j", "proved"),
    (r"\mathrm{mean}(\{r_j\}) = \sum_{j=1}^G r_j", "undecided"), (r"\mathrm{mean}\{r_j\} = c", "unread"),
    (r"\sum_{j=1}^G (r_j - \mathrm{mean}(\{r_j\})) = 0", "unread"),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[Q_\phi(s,a) - Q_\phi(s,a)] = 0", "proved"),
    (r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[Q_\phi(s,a)] = 0", "refuted"),
    (r"\sum_a f(s,a) = \sum_b f(s,b)", "proved"),
    (r"\sum_a f(s,a) = \sum_b f(s,b) + 1", "refuted"),
    (r"\sum_a f(s,a) = \sum_b f(b,s)", "unread"),
    (r"\forall s \colon \sum_a \pi_\theta(a|s) = 1", "proved"),
    ("\\label{sum}\n" + r"\forall s \colon \sum_a \pi_\theta(a|s) = 2", "refuted")])
def test_it_is_read(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    r"\pi(a|s) \propto \exp Q_\omega(s,a)",
    r"\pi(a|s) = \frac{\exp Q_\omega(s,a)}{\sum_b \exp Q_\omega(s,b)}",
    r"A_i = \frac{(r_i - c)_+}{Z_+}, \quad \sigma = \mathrm{std}(\{r_j\})",
    r"\Delta_a = V^* - Q(a)", r"\Delta_a := V^* - Q(a)",
    r"\mathcal{L}_{\mathrm{PG\text{-}replay}} = \mathbb{E}[\mathrm{clip}(\cdot)]",
    r"U(\theta) := \sum_t m_t \mathrm{clip}(\cdot)"])
def test_it_claims_nothing(text: str) -> None:
    assert prove(text).status == "definition"


def test_what_has_an_action_below_is_a_function_of_it() -> None:
    gap = [r"\Delta_a = c - Q(a)"]
    mean = r"\mathbb{E}_{a\sim\pi(\cdot|s)}"
    assert prove(rf"{mean}[\Delta_a] = c - {mean}[Q(a)]", where=gap).status == "proved"
    assert prove(rf"{mean}[\Delta_a] = c", where=gap).status == "refuted"


def test_a_sign_that_only_defines_hides_no_fault_of_the_text() -> None:
    assert prove(r"f := \sum_{i=1}^G x_j").status == "ill-formed"
    assert prove(r"f(x) := \foo(x)").status == "unread"


def test_what_compares_policies_in_the_mean_over_states_is_defined_so() -> None:
    left, mean = r"D_{KL}(\pi_\theta \| \pi_{ref})", r"\mathbb{E}_{s \sim d_\pi} D_{KL}"
    assert prove(rf"{left} := {mean}(\pi_\theta(\cdot|s) \| \pi_{{ref}}(\cdot|s))").status == "definition"
    reverse = r"\sum_a \pi_{ref}(a|s) \log \frac{\pi_\theta(a|s)}{\pi_{ref}(a|s)}"
    assert prove(f"{left} := {reverse}").status == "refuted"


def test_the_information_of_a_law_is_what_a_text_defines() -> None:
    fisher = [r"F_q(\phi) := \mathbb{E}_{q(x|\phi)} \nabla_\phi \log q(x|\phi) (\nabla_\phi \log q(x|\phi))^T"]
    second = r"\left. \nabla^2_\phi D_{KL}(q(x|\phi_0) \| q(x|\phi)) \right|_{\phi = \phi_0}"
    assert prove(rf"{second} = F_q(\phi_0)", where=fisher).status == "proved"
    assert prove(rf"{second} = 2 F_q(\phi_0)", where=fisher).status == "refuted"
