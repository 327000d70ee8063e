"""Ranges that begin or end at another index, indices as numbers, frozen laws, and the law of a sequence."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_statement

pytestmark = pytest.mark.long

RETURN = r"\mathbb{E}_{\tau\sim\pi_\theta}"
SCORE = r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
SEQUENCES = r"\mathbb{E}_{o\sim\pi_\theta(\cdot|q)}"
FROZEN = r"\mathbb{E}_{o\sim\operatorname{sg}[\pi_\theta(\cdot|q)]}"
K1 = r"\sum_{t=1}^{|o|} \log\frac{\pi_\theta(o_t|q,o_{<t})}{\pi_{ref}(o_t|q,o_{<t})}"
KL = r"D_{KL}(\pi_\theta(\cdot|q)\|\pi_{ref}(\cdot|q))"
PRODUCT = r"\pi_\theta(o|q) = \prod_{t=1}^{|o|} \pi_\theta(o_t|q,o_{<t})"


@pytest.mark.parametrize(("start", "end", "status"), [
    ("t", "T-1", "proved"), ("0", "T-1", "proved"), ("t+1", "T-1", "refuted"), ("0", "t", "refuted")])
def test_the_policy_gradient_needs_the_rewards_from_a_step_on(start: str, end: str, status: str) -> None:
    rewards = r"\sum_{t'=0}^{T-1} r(s_{t'},a_{t'})"
    later = rf"\sum_{{t'={start}}}^{{{end}}} r(s_{{t'}},a_{{t'}})"
    text = rf"\nabla_\theta {RETURN}[{rewards}] = {RETURN}[\sum_{{t=0}}^{{T-1}} {SCORE} {later}]"
    assert prove(text).status == status


@pytest.mark.parametrize(("first", "last"), [("0", "T-1"), ("1", "T")])
def test_a_discount_is_counted_from_where_the_range_starts(first: str, last: str) -> None:
    text = rf"{RETURN}[\sum_{{t={first}}}^{{{last}}} \sum_{{k=t}}^{{{last}}} \gamma^{{k-t}} r(s_k,a_k)] = "
    whole = rf"{RETURN}[\sum_{{k={first}}}^{{{last}}} \frac{{1-\gamma^{{<power>}}}}{{1-\gamma}} r(s_k,a_k)]"
    right, wrong = ("k+1", "k") if first == "0" else ("k", "k+1")
    assert prove(text + whole.replace("<power>", right)).status == "proved"
    assert prove(text + whole.replace("<power>", wrong)).status == "refuted"


def test_pairs_are_counted_by_either_index() -> None:
    left = r"\sum_{i=1}^N \sum_{j=1}^{i} c_j"
    assert prove(rf"{left} = \sum_{{j=1}}^N \sum_{{i=j}}^N c_j").status == "proved"
    assert prove(rf"{left} = \sum_{{j=1}}^N \sum_{{i=j+1}}^N c_j").status == "refuted"


@pytest.mark.parametrize("text", [
    r"\sum_{i=1}^N \sum_{j=i+1}^N c_j = 0", r"\sum_{i=1}^N \sum_{j=1}^{i-1} c_j = 0",
    rf"{RETURN}[\sum_{{t=1}}^T {SCORE} \sum_{{t'=t}}^T r(s_{{t'}},a_{{t'}})] = 0"])
def test_such_a_range_is_printed_as_it_is_written(text: str) -> None:
    claim, = read_statement(text).claims
    again, = read_statement(latex(claim.relation)).claims
    assert again.relation == claim.relation
    assert "mathbf{1}" not in latex(claim.relation)


@pytest.mark.parametrize(("text", "status"), [
    (r"\sum_{i=1}^3 i = 6", "proved"), (r"\sum_{i=1}^3 i = 5", "refuted"),
    (r"\sum_{i=0}^{2} i c_i = c_1 + 2 c_2", "proved"), (r"\sum_{i=0}^{2} i c_i = c_0 + 2 c_1", "refuted"),
    (rf"\nabla_\theta {SEQUENCES}[|o|] = {SEQUENCES}[\sum_{{t=1}}^{{|o|}} (|o|-t+1) "
     r"\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})]", "proved"),
    (rf"\nabla_\theta {SEQUENCES}[|o|] = {SEQUENCES}[\sum_{{t=1}}^{{|o|}} t "
     r"\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})]", "refuted")])
def test_an_index_that_stands_alone_is_its_number(text: str, status: str) -> None:
    assert prove(text).status == status


def test_the_slope_of_a_mean_under_a_frozen_law_has_no_score() -> None:
    assert prove(rf"\nabla_\theta {FROZEN}[{K1}] = 0").status == "proved"
    assert prove(rf"\nabla_\theta {FROZEN}[{K1}] = \nabla_\theta {KL}").status == "refuted"
    assert prove(rf"\nabla_\theta {SEQUENCES}[{K1}] = \nabla_\theta {KL}").status == "proved"
    assert prove(rf"\nabla_\theta {FROZEN}[\tfrac12 ({K1})^2] = \nabla_\theta {KL}").status == "proved"


def test_a_group_is_drawn_from_no_frozen_law() -> None:
    assert prove(r"\mathbb{E}_{a_{1:G}\sim\operatorname{sg}[\pi_\theta(\cdot|s)]}[r_1] = 0").status == "unread"


def test_what_a_law_of_sequences_is_may_be_said() -> None:
    assert prove(PRODUCT).status == "proved"
    claim = r"\log\pi_\theta(o|q) = \sum_{t=1}^{|o|} \log\pi_\theta(o_t|q,o_{<t})"
    assert prove(claim, [PRODUCT]).status == "proved"
    assert prove(claim, [PRODUCT.replace("= ", "= 2 ")]).status == "unread"
    assert prove(claim.replace("^{|o|}", "^{|o|-1}"), [PRODUCT]).status == "refuted"


def test_a_part_of_a_sequence_has_no_law_of_the_whole() -> None:
    assert prove(PRODUCT.replace("^{|o|}", "^{|o|-1}")).status == "refuted"
    assert prove(r"\sum_o \prod_{t=1}^{T} \pi_\theta(o_t|q,o_{<t}) = \sum_o \prod_{t=1}^{|o|} "
                 r"\pi_\theta(o_t|q,o_{<t})").status != "proved"


@pytest.mark.parametrize(("end", "status"), [("H", "proved"), ("H-1", "proved"), ("H-2", "undecided")])
def test_a_range_from_0_has_one_step_more_than_its_end_says(end: str, status: str) -> None:
    steps = rf"\sum_{{t=0}}^{{{end}}}"
    assert prove(rf"{RETURN}[{steps} {SCORE}] = 0").status == status
    assert prove(rf"{RETURN}[{steps} \gamma^t r(s_t,a_t)] = {RETURN}[{steps} r(s_t,a_t)]").status == "refuted"


def test_the_law_of_paths_is_that_of_the_policy_with_its_parameter() -> None:
    text = r"\nabla_\theta\log p_\theta(\tau) = \sum_{t=0}^{T-1} \nabla_\theta\log\pi_\theta(a_t|s_t)"
    ratio = (r"\frac{p_\theta(\tau)}{p_{\text{old}}(\tau)} = "
             r"\prod_{t=0}^{H} \frac{\pi_\theta(a_t|s_t)}{\pi_{\text{old}}(a_t|s_t)}")
    assert prove(text).status == prove(ratio).status == "proved"
    assert prove(text.replace("= ", "= 2 ")).status == "refuted"
    assert prove(ratio.replace(r"}{\pi_", r"^2}{\pi_")).status == "refuted"
    assert prove(text.replace("p_", "q_")).status == "unread"
    assert prove(r"p_\theta(\tau) = \prod_{t=0}^{T-1} \pi_\theta(a_t|s_t)").status == "definition"
    assert prove(text.replace("p_", r"\pi_")).status == "proved"
