r"""Values, visited states and objectives of decision processes: true statements beside false twins."""

from __future__ import annotations

from functools import partial

import pytest
from verdicts import check_read

from grpo_symbolic.checking import texts
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.proof import processes

pytestmark = pytest.mark.long

prove = partial(texts.prove, budget=10)
NEXT = r"\mathbb{E}_{s'\sim P(\cdot|s,a)}"
VISITED = r"\mathbb{E}_{s\sim d^{\pi_\theta}, a\sim\pi_\theta(\cdot|s)}"
SCORE, STEP = r"\nabla_\theta\log\pi_\theta(a|s)", r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
PATHS = r"\mathbb{E}_{\tau\sim\pi_\theta}"
WHOLE = r"\sum_{t=0}^{\infty}"
FACTOR = r"\frac{1}{1-\gamma}"

TWINS = {
    "Bellman's equation": (
        r"V^\pi(s) = \sum_a \pi(a|s) [r(s,a) + \gamma \sum_{s'} P(s'|s,a) V^\pi(s')]", r"\gamma \sum",
        r"\gamma^2 \sum"),
    "of another policy": (
        r"V^\pi(s) = \sum_a \pi(a|s) [r(s,a) + \gamma \sum_{s'} P(s'|s,a) V^\pi(s')]", r"\sum_a \pi", r"\sum_a \mu"),
    "the policy gradient theorem": (
        rf"\nabla_\theta J(\theta) = {FACTOR} {VISITED}[Q^{{\pi_\theta}}(s,a) {SCORE}]", "Q^", "2 Q^"),
    "with rewards": (rf"\nabla_\theta J(\theta) = {FACTOR} {VISITED}[Q^{{\pi_\theta}}(s,a) {SCORE}]",
                     r"Q^{\pi_\theta}(s,a)", "r(s,a)"),
    "with advantages": (rf"\nabla_\theta J(\theta) = {FACTOR} {VISITED}[A^{{\pi_\theta}}(s,a) {SCORE}]", "A^", "-A^"),
    "a performance difference": (
        rf"J(\pi') - J(\pi) = {FACTOR} \mathbb{{E}}_{{s\sim d^{{\pi'}}, a\sim\pi'(\cdot|s)}}[A^\pi(s,a)]",
        r"d^{\pi'}", r"d^{\pi}"),
    "of the wrong advantage": (
        rf"J(\pi') - J(\pi) = {FACTOR} \mathbb{{E}}_{{s\sim d^{{\pi'}}, a\sim\pi'(\cdot|s)}}[A^\pi(s,a)]",
        r"A^\pi", r"A^{\pi'}"),
    "the balance of visited states": (
        r"d^\pi(s') = (1-\gamma) \rho_0(s') + \gamma \sum_s \sum_a d^\pi(s) \pi(a|s) P(s'|s,a)", r"+ \gamma", "+ "),
    "of a policy of another letter": (
        rf"J(\mu) - J(\pi) = \mathbb{{E}}_{{\tau\sim\mu}}[{WHOLE} \gamma^t A^\pi(s_t,a_t)]", r"A^\pi", r"A^\mu"),
    "the surrogate of a policy at itself": (r"L_\pi(\pi) - J(\pi) = 0", "- J", "- 2 J"),
    "the surrogate on the states of the old policy": (
        rf"L_{{\pi_{{\theta_{{\text{{old}}}}}}}}(\pi_\theta) - J(\pi_{{\theta_{{\text{{old}}}}}}) = {FACTOR} "
        r"\mathbb{E}_{s\sim d^{\pi_{\theta_{\text{old}}}}, a\sim\pi_\theta(\cdot|s)}"
        r"[A^{\pi_{\theta_{\text{old}}}}(s,a)]", r"\frac{1}{1-\gamma}", r"\frac{2}{1-\gamma}"),
    "a surrogate and what it leaves out": (
        rf"J(\pi') - L_\pi(\pi') = {FACTOR} (\mathbb{{E}}_{{s\sim d^{{\pi'}}, a\sim\pi'(\cdot|s)}}[A^\pi(s,a)] - "
        r"\mathbb{E}_{s\sim d^{\pi}, a\sim\pi'(\cdot|s)}[A^\pi(s,a)])", r"(\mathbb{E}_{s\sim d^{\pi'}",
        r"(\mathbb{E}_{s\sim d^{\pi}"),
    "discounted steps": (rf"\nabla_\theta J(\theta) = {PATHS}[{WHOLE} \gamma^t {STEP} A^{{\pi_\theta}}(s_t,a_t)]",
                         r"\gamma^t ", r"\gamma^{t+1} "),
    "rewards to go": (
        rf"\nabla_\theta {PATHS}[{WHOLE} \gamma^t r(s_t,a_t)] = "
        rf"{PATHS}[{WHOLE} \gamma^t {STEP} \sum_{{k=t}}^{{\infty}} \gamma^{{k-t}} r(s_k,a_k)]", "k-t", "k"),
    "differences over time": (rf"{PATHS}[r(s_t,a_t) + \gamma V^{{\pi_\theta}}(s_{{t+1}}) - V^{{\pi_\theta}}(s_t)] = 0",
                              r"\gamma ", r"2 \gamma "),
    "a potential": (rf"{PATHS}[{WHOLE} \gamma^t (\gamma \Phi(s_{{t+1}}) - \Phi(s_t))] = "
                    r"-\mathbb{E}_{s_0\sim\rho_0}[\Phi(s_0)]", r"\gamma \Phi", r"\Phi"),
    "a potential that stays": (rf"{PATHS}[\sum_{{t=0}}^{{T-1}} \gamma^t (\gamma \Phi(s_{{t+1}}) - \Phi(s_t))] = "
                               rf"{PATHS}[\sum_{{t=0}}^{{T-1}} (\gamma^{{t+1}} \Phi(s_{{t+1}}) - \gamma^t \Phi(s_t))]",
                               r"^{t+1}", r"^{t+2}"),
    "rewards of the state after": (
        rf"V^\pi(s) = \sum_a \pi(a|s) {NEXT}[R(s,a,s') + \gamma V^\pi(s')]", r"\gamma V", r"2 \gamma V"),
    "sums outside of means": (
        rf"\sum_{{t=0}}^{{T}} \sum_{{k=0}}^{{T}} {PATHS}[{STEP} R(s_k,a_k,s_{{k+1}})] = "
        rf"{PATHS}[\sum_{{t=0}}^{{T}} {STEP} \sum_{{k=0}}^{{T}} R(s_k,a_k,s_{{k+1}})]", "R(", "2 R("),
    "values of finite paths": (
        rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^{{T-1}} {STEP} Q_t^{{\pi_\theta}}(s_t,a_t)]", "Q_t", "2 Q_t"),
}


@pytest.mark.long
@pytest.mark.parametrize(("text", "old", "new"), TWINS.values(), ids=TWINS)
def test_a_theorem_is_proved_and_its_twin_refuted(text: str, old: str, new: str) -> None:
    assert old in text
    assert prove(text).status == "proved"
    assert prove(text.replace(old, new, 1)).status == "refuted"


@pytest.mark.parametrize("text", [
    rf"Q^\pi(s,a) = r(s,a) + \gamma {NEXT}[V^\pi(s')]",
    rf"A^\pi(s,a) = r(s,a) + \gamma {NEXT}[V^\pi(s')] - V^\pi(s)",
    rf"Q^\pi(s,a) = {NEXT}[r(s,a) + \gamma V^\pi(s')]",
    rf"J(\pi) = {FACTOR} \sum_s d^\pi(s) \sum_a \pi(a|s) r(s,a)",
])
def test_an_equation_that_would_define_is_proved_where_it_holds(text: str) -> None:
    assert prove(text).status == "proved"
    assert prove(text.replace("r(s,a)", "2 r(s,a)")).status == "definition"


def test_values_of_one_policy_belong_together_without_a_sign_of_time() -> None:
    assert prove(r"V^\pi(s) = \mathbb{E}_{a\sim\pi(\cdot|s)}[Q^\pi(s,a)]").status == "proved"
    assert prove(r"V^\pi(s) = \mathbb{E}_{a\sim\mu(\cdot|s)}[Q^\pi(s,a)]").status == "refuted"
    assert prove(r"A^\pi(s,a) = Q^\pi(s,a) - V^\pi(s)").status == "proved"


WHOLE_PATH = rf"\nabla_\theta J(\pi_\theta) = {PATHS}[\sum_{{t=0}}^{{T}} {STEP} "


@pytest.mark.long
@pytest.mark.parametrize("text", [
    WHOLE_PATH + r"R(\tau)]", WHOLE_PATH + r"\hat{R}_t]", WHOLE_PATH + r"G_t]", WHOLE_PATH + r"(\hat{R}_t - b(s_t))]",
    WHOLE_PATH + r"\sum_{t'=t}^{T} R(s_{t'},a_{t'},s_{t'+1})]",
    rf"{PATHS}[R(\tau)] = {PATHS}[\sum_{{t=0}}^{{T}} r(s_t,a_t)]",
])
def test_what_a_path_pays_is_read_where_it_is_proved_and_never_refutes(text: str) -> None:
    assert prove(text).status == "proved"
    assert prove(text.replace("= ", "= 2 ", 1)).status != "proved"
    assert prove(text.replace("= ", "= - ", 1)).status in ("undecided", "refuted")
    assert prove(text, [r"R(\tau) \doteq 1", r"\hat{R}_t \doteq 1", r"G_t \doteq 1", r"R(s,a,s') \doteq 1",
                        r"r(s,a) \doteq 1"]).status != "proved"


@pytest.mark.parametrize("text", [
    r"Q^\pi(s,a) = r(s,a) + \gamma \mathbb{E}_{s'\sim P, a'\sim\pi}[Q^\pi(s',a')]",
    r"V^\pi(s) = \mathbb{E}_{a\sim\pi, s'\sim P}[r(s,a) + \gamma V^\pi(s')]",
    r"V^\pi(s) = \mathbb{E}_{s'\sim P, a\sim\pi}[r(s,a) + \gamma V^\pi(s')]",
])
def test_a_law_without_conditions_is_one_of_its_step(text: str) -> None:
    assert prove(text).status == "proved"
    assert prove(text.replace("= ", "= 2 ", 1)).status != "proved"
    assert prove(text.replace(r"\gamma", r"\gamma^2", 1)).status == "refuted"


@pytest.mark.parametrize("text", [
    r"V^\pi(s) = \mathbb{E}_{s'\sim P}[r(s,a) + \gamma V^\pi(s')]",
    r"Q^\pi(s,a) = \mathbb{E}_{x\sim P}[V^\pi(x)] \gamma",
    r"Q^\pi(s,a) = r(s,a) + \gamma \mathbb{E}_{s'\sim P, b\sim\pi}[Q^\pi(s',b)]",
])
def test_a_law_without_conditions_that_are_sure_is_not_read(text: str) -> None:
    assert prove(text).status != "proved"


@pytest.mark.parametrize("text", [
    r"\mathbb{E}_{a\sim\pi(\cdot|s)}[r(s,a)] = V^\pi(s)", r"V^\pi(s) = V^\pi(s')", r"J(\theta) \leq 3",
    rf"\nabla_\theta J(\theta) = {VISITED}[A(s,a) {SCORE}]",
])
def test_without_a_sign_of_time_or_with_a_critic_nothing_is_refuted(text: str) -> None:
    assert prove(text).status == "undecided"


@pytest.mark.parametrize(("text", "status"), [
    (r"\nabla_\theta V^{\pi_\theta}(s) = \sum_a (\nabla_\theta \pi_\theta(a|s) Q^{\pi_\theta}(s,a) + "
     r"\pi_\theta(a|s) \nabla_\theta Q^{\pi_\theta}(s,a))", "proved"),
    (r"\nabla_\theta V^{\pi_\theta}(s) = \sum_a \nabla_\theta \pi_\theta(a|s) Q^{\pi_\theta}(s,a)", "refuted"),
    (r"V^{\pi}(s) = \mathbb{E}_{a\sim\mu(\cdot|s)}[Q^{\pi}(s,a)]", "refuted"),
    (r"V^{\pi}(s) = \mathbb{E}_{a\sim\pi(\cdot|s)}[Q^{\pi}(s,a) - \log \pi(a|s)]", "definition"),  # a soft value
    (r"V^{\pi}(s) = \max_a Q^{\pi}(s,a)", "definition"),
    (r"\nabla_\theta \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} r(s_t,a_t)] = "
     r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} \nabla_\theta \log \pi_\theta(a_t|s_t) "
     r"Q^{\pi_\theta}(s_t,a_t)]", "proved"),  # not discounted, as the sums that it prints
])
def test_values_of_actions_under_a_policy_are_values_over_time_whatever_the_discount(text: str, status: str) -> None:
    assert prove(text, budget=4.0).status == status


def test_how_visited_states_are_weighted_is_said_or_left_open() -> None:
    found = prove(rf"\nabla_\theta J(\theta) = \gamma {VISITED}[Q^{{\pi_\theta}}(s,a) {SCORE}] "
                  rf"+ (1-\gamma) {VISITED}[Q^{{\pi_\theta}}(s,a) {SCORE}]")
    assert found.status == "undecided"
    assert "depends" in found.reason
    named = prove(TWINS["the policy gradient theorem"][0]).lore
    assert any(r"(1-\gamma) \sum_k" in one.formula for one in named)


@pytest.mark.parametrize("where", [r"V^\pi(s) \doteq \max_a Q^\pi(s,a)", r"d^{\pi_\theta}(s) \doteq \frac12"])
def test_what_a_definition_says_is_not_read(where: str) -> None:
    assert not prove(TWINS["the policy gradient theorem"][0], [where]).lore


def test_a_sum_of_what_is_not_discounted_has_no_value() -> None:
    text = rf"{PATHS}[{WHOLE} r(s_t,a_t)] = {PATHS}[{WHOLE} r(s_t,a_t)] + 0 \cdot \gamma"
    assert prove(text).status == "undecided"


def test_a_product_of_means_at_one_step_is_no_product_of_series() -> None:
    mean = rf"{PATHS}[r(s_t,a_t)]"
    assert prove(rf"{mean} {mean} = {PATHS}[r(s_t,a_t)^2]").status != "proved"
    assert prove(rf"{mean} = 1").status != "proved"


BUGS = {
    "visited states have too much weight": lambda patch: patch.setattr(
        processes, "visited", lambda *args: VISITED_STATES(*args).scaled(2)),
    "values forget the first step": lambda patch: patch.setattr(
        processes, "value", lambda calculus, policy, state, discount, reward, steps: calculus.times(
            discount, VALUE(calculus, policy, state, discount, reward, steps))),
}
VISITED_STATES, VALUE = processes.visited, processes.value
SOME = [TWINS[name] for name in ("Bellman's equation", "the policy gradient theorem", "discounted steps")]


@pytest.mark.long
@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_a_wrong_meaning_loses_truths_and_what_it_proves_is_contradicted(bug, monkeypatch) -> None:
    bug(monkeypatch)
    found = [prove(text) for text, _, _ in SOME]
    assert any(one.status != "proved" for one in found)
    false = [prove(text.replace(old, new, 1)) for text, old, new in SOME]
    assert not any(one.status == "proved" for one in false)


def test_an_objective_at_one_state_is_what_a_response_to_it_pays() -> None:
    score = r"\nabla_\theta \log \pi_\theta(y|x)"
    text = rf"\nabla_\theta J(x,\theta) = \mathbb{{E}}_{{y\sim\pi_\theta(\cdot|x)}}[{score} r(x,y)]"
    assert prove(text).status == "proved"
    assert prove(text.replace("r(x,y)", "2 r(x,y)")).status == "refuted"
    assert prove(text.replace("r(x,y)", r"(r(x,y) - \beta \log \pi_\theta(y|x))")).status == "undecided"


WEIGHTED = (r"\nabla_\theta J(\theta) = \sum_s d^{\pi_\theta}(s) \sum_a \nabla_\theta \pi_\theta(a|s) "
            r"Q^{\pi_\theta}(s,a)")


@pytest.mark.parametrize("name", ["d", r"\rho"])
def test_visited_states_as_weights_need_not_sum_to_one(name: str) -> None:
    text = WEIGHTED.replace("d^", f"{name}^")
    found = prove(text, budget=10)
    assert found.status == "proved"
    assert any(r"\sum_k \gamma^k \Pr" in one.formula and "1-" not in one.formula for one in found.lore)
    assert prove(text.replace(r"\sum_s", r"\frac{1}{1-\gamma} \sum_s", 1), budget=10).status == "proved"
    assert prove(text.replace(r"\sum_s", r"\gamma \sum_s", 1), budget=10).status != "proved"


def test_what_is_drawn_from_visited_states_is_a_law() -> None:
    drawn = (r"\nabla_\theta J(\theta) = \mathbb{E}_{s\sim d^{\pi_\theta}}[\sum_a \nabla_\theta \pi_\theta(a|s) "
             r"Q^{\pi_\theta}(s,a)]")
    assert prove(drawn, budget=10).status != "proved"
    assert prove(drawn.replace(r"\mathbb", r"\frac{1}{1-\gamma} \mathbb"), budget=10).status == "proved"


def test_visited_states_that_a_document_normalises_are_a_law_in_all_of_it() -> None:
    visits = r"\[ d_\pi(s) := (1-\gamma) \sum_{t\ge 0} \gamma^t p(s_t=s|\pi) \]"
    for factor, status in (("", "undecided"), (r"\frac{1}{1-\gamma} ", "proved")):
        document = f"{visits}\n\n\\[ {WEIGHTED.replace(r'= ', '= ' + factor, 1)} \\]"
        found = check_read(read_records(tex_records(document)), budget=10.0)
        assert [verdict.status for verdict in found] == ["no-claim", status]


def test_what_is_drawn_from_visits_is_proved_by_no_other_scale() -> None:
    mean = r"J(\pi) = \mathbb{E}_{s\sim d_\pi,a\sim\pi(\cdot|s)}[r(s,a)] + 0 \cdot \gamma"
    assert prove(mean).status != "proved"
    assert prove(mean.replace("= ", r"= \frac{1}{1-\gamma} ")).status == "proved"
    assert prove(WEIGHTED, assume=[r"\sum_s d^{\pi_\theta}(s) = 1"]).status != "proved"


@pytest.mark.parametrize(("text", "status"), [
    (r"J(\theta) = \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^\infty \gamma^t r(s_t,a_t)]", "definition"),
    (r"J(\theta) = \mathbb{E}_{\tau\sim p_{\pi_\theta}(\tau)}[\sum_t r(s_t,a_t)]", "definition"),
    (r"J(\theta) = \mathbb{E}_{s_0\sim\rho_0}[V^{\pi_\theta}(s_0)]", "proved"),
    (r"J(\theta) = \frac{1}{1-\gamma} \mathbb{E}_{s\sim d^{\pi_\theta}, a\sim\pi_\theta(\cdot|s)}[r(s,a)]", "proved")])
def test_what_only_says_what_is_paid_along_a_path_defines_the_objective(text: str, status: str) -> None:
    assert prove(text).status == status
