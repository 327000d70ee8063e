r"""What the field prints by custom of paths, laws and values is read so, named in the verdict, and refutes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from verdicts import prove

from grpo_symbolic.checking.texts import verdict_on
from grpo_symbolic.latex.statement.customs import written_out
from grpo_symbolic.latex.statement.readings import read_text
from grpo_symbolic.latex.statement.statement import Told

GRADIENT = r"\nabla_\theta J(\theta) = "
# A statement, and one that a small change makes false.
TRUE_AND_FALSE = [
    (rf"{GRADIENT}\mathbb{{E}}_{{\tau\sim p_\theta(\tau)}}\left[\sum_{{t=1}}^T \nabla_\theta \log \pi_\theta(a_t|s_t)"
     r" \sum_{t'=t}^T r(s_{t'},a_{t'})\right]", "t'=t}", "t'=t+1}"),
    (r"\mathbb{E}_{\tau\sim p_\theta}[\sum_{t=1}^T \nabla_\theta \log \pi_\theta(a_t|s_t)"
     r" \sum_{t'<t} r(s_{t'},a_{t'})] = 0", "t'<t", "t'=t}^{T"),
    (r"\mathbb{E}_{\mathcal{T} \sim \pi} \sum_{t \ge 0} \gamma^t f(s_t, a_t) = "
     r"\frac{1}{1 - \gamma}\mathbb{E}_{s \sim d_\pi(s)} \mathbb{E}_{a \sim \pi(a | s)} f(s, a)", r"t \ge 0", "t > 0"),
    (rf"{GRADIENT}\mathbb{{E}}_{{\tau\sim p_{{\pi_\theta}}(\tau)}}[\nabla_\theta \log p_{{\pi_\theta}}(\tau)"
     r" \sum_t r(s_t,a_t)]", r"\sum_t", r"2 \sum_t"),
    (rf"{GRADIENT}\mathbb{{E}}[\sum_{{t=0}}^T \nabla_\theta \log \pi_\theta(a_t|s_t) \sum_{{t'=0}}^T r_{{t'}}]",
     "r_{t'}", "r_{t'}^2"),
    (r"\nabla_\theta V^{\pi_\theta}(s) = \mathbb{E}_a \mathbb{E}_{s'} [\nabla_\theta \log \pi_\theta(a|s) "
     r"Q^{\pi_\theta}(s,a) + \gamma \nabla_\theta V^{\pi_\theta}(s')]", r"\gamma ", ""),
    (r"\nabla_\theta V^{\pi_\theta}(s) = \mathbb{E}_{\tau \sim \pi_\theta \mid s_0 = s} \sum_{t \ge 0} \gamma^t "
     r"\nabla_\theta \log \pi_\theta(a_t|s_t) R_t", r"\gamma^t ", ""),
    (r"\nabla_\theta V^{\pi_\theta}(s) = \mathbb{E}_{\tau \sim \pi_\theta \mid s_0 = s} \sum_{t \ge 0} "
     r"\nabla_\theta \log \pi_\theta(a_t|s_t) R(\tau)", r"R(\tau)", "R_t"),
    (r"V^{\pi_\theta}(s) = \mathbb{E}_{\pi_\theta}\left[\sum_{t=0}^\infty \gamma^t r(s_t,a_t) \,\Big|\, s_0 = s\right]",
     r"\gamma^t", r"\gamma^{t+1}"),
    (r"\nabla_\theta J(\pi) = \frac{1}{1-\gamma} \mathbb{E}_{d_\pi(s)} \mathbb{E}_{\pi(a|s)} "
     r"\nabla_\theta \log \pi_\theta(a|s) Q^\pi(s,a)", r"\frac{1}{1-\gamma}", r"\frac{\gamma}{1-\gamma}"),
    (r"\nabla_\theta \pi(s,a;\theta) = \pi(s,a;\theta) \nabla_\theta \log \pi(s,a;\theta)", r"\log", r"2 \log"),
    (r"\nabla_{\bm{\theta}} J(\bm{\theta}) = \sum_{s \in \mathcal{N}} \rho^\pi(s) \cdot \sum_{a \in \mathcal{A}} "
     r"\nabla_{\bm{\theta}} \pi(s,a; \bm{\theta}) \cdot Q^\pi(s,a)", "Q^\\pi(s,a)", "Q^\\mu(s,a)"),
    (r"\sum_{s \in \mathcal{N}} \rho^\pi(s) \sum_a \nabla_\theta \pi(s,a;\theta) B(s) = 0", "B(s)", "B(s,a)"),
    (r"J(\theta) = \sum_{S_0 \in \mathcal{N}} p_0(S_0) V^\pi(S_0) = \sum_{S_0 \in \mathcal{N}} p_0(S_0) "
     r"\sum_{A_0} \pi(S_0,A_0;\theta) Q^\pi(S_0,A_0)", "Q^", "A^"),
    (r"\mathbb{E}_{s \sim \rho^\pi}[f(s)] = \sum_{s \in \mathcal{N}} \rho^\pi(s) f(s)", r"\mathcal{N}",
     r"\mathcal{B}"),
    (r"\left. \nabla_\theta D_{KL}(\pi^{old} \| \pi_\theta) \right|_{\theta = \theta^{old}} = 0",
     r"\theta = \theta^{old}", r"\theta = \theta^{new}")]


@pytest.mark.long
@pytest.mark.parametrize(("text", "old", "new"), TRUE_AND_FALSE)
def test_a_statement_by_custom_is_proved_and_a_changed_one_is_not(text: str, old: str, new: str) -> None:
    assert text.count(old) >= 1
    assert prove(text, budget=20).status == "proved"
    assert prove(text.replace(old, new), budget=20).status != "proved"


def test_what_is_taken_for_granted_is_named() -> None:
    text = r"\mathbb{E}_{\tau\sim p_{\pi_\theta}(\tau)}[\sum_{t=1}^T \nabla_\theta \log \pi_\theta(a_t|s_t)] = 0"
    found = prove(text)
    assert found.status == "proved"
    assert [one.formula for one in found.lore if one.entry == "by custom"] == [
        r"paths \tau have the probability \rho_0(s_0) \prod_t \pi_\theta(a_t|s_t) P(s_{t+1}|s_t,a_t)"]
    paid = r"\mathbb{E}_{\tau\sim p_{\pi_\theta}(\tau)}[\sum_{t=1}^T r(s_t,a_t)]"
    fails = prove(f"{paid} = 2 {paid}")
    assert (fails.status, fails.reason[:28]) == ("undecided", "it fails if read by custom: ")


def test_a_policy_without_a_parameter_is_the_moving_one_only_beside_it() -> None:
    score = r"\mathbb{E}_{a\sim\pi(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s) Q^\pi(s,a)]"
    gradient = r"\nabla_\theta J(\pi) = \frac{1}{1-\gamma} \mathbb{E}_{s\sim d_\pi}"
    assert prove(f"{gradient} {score}").status == "proved"
    # nothing shows that π moves: it may be another policy, or this one
    assert prove(r"\mathbb{E}_{a\sim\pi(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0").status == "undecided"
    mean = r"\mathbb{E}_{a_t\sim\pi_\theta(a_t|s_t)}[Q^\pi(s_t,a_t)]"
    assert prove(rf"V^\pi(s_t) = {mean}").status == "undecided"
    assert prove(rf"V^\pi(s_t) = 2 {mean}").status == "undecided"
    assert prove(r"\mathbb{E}_{a\sim\mu(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0").status == "refuted"
    assert written_out(r"\pi(a|s) = \mu(a|s)") is None


@pytest.mark.parametrize("text", [
    r"\sum_{t \in \mathcal{T}} r_t = \mathbb{E}_{\mathcal{T} \sim \pi}[1]",  # one letter for a set and a path
    r"\mathbb{E}_{\mathcal{T} \sim \pi}[R(\tau)]",  # which has another path
    r"\mathbb{E}_{x \sim p_\theta}[f(x)]",  # no path
    r"\mathbb{E}_a[Q(s,a)]",  # no policy is printed
    r"\mathbb{E}_a[\pi_\theta(a|s) + \mu(a|s) + \pi_{\text{old}}(a|s)]",  # two of them
    r"2\pi + \log \pi_\theta(a|s)",  # the number
    r"\bm{x} + x", r"\bm{W}\bm{x} = \bm{x}\bm{W}", r"f(\bm{W}) \bm{x}", r"(\bm{a})(\bm{s}) = 0", r"\bm{\phi}^2 \geq 0",
    r"\|\bm{s}\| = 1", r"f(\bm{s}\bm{a}) = f(\bm{a}\bm{s})"])
def test_what_may_mean_something_else_stays_as_it_is(text: str) -> None:
    assert written_out(text) is None


def test_a_law_of_paths_that_is_defined_is_what_its_definition_says() -> None:
    text = r"\mathbb{E}_{\tau\sim p_\theta(\tau)}[\sum_{t=1}^T \nabla_\theta \log \pi_\theta(a_t|s_t)] = 0"
    assert written_out(text) is not None
    found = written_out(text, ["p"])
    assert found is not None
    assert "p_\\theta" in found.text
    assert not found.customs


def test_places_are_those_of_the_printed_text() -> None:
    text = r"\mathbb{E}_{\mathcal{T} \sim \pi} \sum_{t \ge 0} \gamma^t f(s_t, a_t) = 1"
    found = written_out(text)
    assert found is not None
    assert text[found.origin(found.text.index("f(")):].startswith("f(")
    assert prove(text).position == (1, text.index("=") + 1)


def test_a_start_is_averaged_over_only_where_each_term_has_one() -> None:
    text = r"V^{\pi}(s) = \mathbb{E}_{\tau \sim \pi \mid s_0 = s}[R(\tau)]"
    assert any("first state" in said for said in written_out(text).customs)  # type: ignore[union-attr]
    for other in (f"{text} + b(s)", text.replace("V^", "c(s) V^"), text.replace("(s) =", "(s)^2 =")):
        found = written_out(other)
        assert found is None or not any("first state" in said for said in found.customs)


def test_a_set_by_the_letter_of_its_members_has_all_of_them() -> None:
    whole = r"\sum_{x\in\mathcal{X}} \sum_{y\in\mathcal{Y}} p(x) \pi_\theta(y|x)"
    assert prove(f"{whole} = 1").status == "proved"
    assert prove(f"{whole} = 2").status == "undecided"
    for part in (r"\sum_{x\in\mathcal{B}} p(x) = 1", r"\sum_{x\in\mathcal{X}} p(x) = \sum_{x\in\mathcal{B}} p(x)",
                 r"\sum_{x\in\mathcal{X}} p(x) = |\mathcal{X}|"):
        assert prove(part).status != "proved"


@pytest.mark.parametrize("text", [
    # two policies, of which one is printed with its parameter, are not one
    r"\sum_s \rho_0(s) V^{\pi}(s) = \sum_s \rho_0(s) \sum_a \mu(s,a;\theta) Q^\pi(s,a)",
    # a number that is bound by no sum says which state it is
    r"\sum_{S_0} p_0(S_0) V^\pi(S_0) = \sum_{S_0} p_0(S_0) \sum_{A_0} \pi(S_0,A_0;\theta) Q^\pi(S_1,A_0)",
    r"\sum_{s \in \mathcal{N}} f(s) = \sum_{s \in \mathcal{M}} f(s)"])
def test_what_is_not_shown_is_not_proved(text: str) -> None:
    assert prove(text).status in ("undecided", "unread")


def test_a_critic_is_another_symbol_than_what_a_policy_is_worth() -> None:
    told = read_text(r"\mathbb{E}_{a\sim\pi(\cdot|s)}[Q^\pi(s,a)] = V^\pi(s)")
    critic = replace(told, told=frozenset({Told(r"Q(s,a;\bm{w})", frozenset({"critic", "exact"}))}))
    other = replace(told, told=frozenset({Told(r"Q^\pi(s,a)", frozenset({"critic", "exact"}))}))
    moving = replace(told, told=frozenset({Told(r"Q(s,a;\bm{\theta})", frozenset({"critic", "exact"}))}))
    assert [verdict_on(one).status for one in (critic, other, moving)] == ["proved", "undecided", "undecided"]
