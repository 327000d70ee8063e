"""Names, binders and the four notations."""

from __future__ import annotations

from typing import Any

import pytest

from grpo_symbolic.language import (
    KL,
    AtOld,
    Bound,
    Const,
    Definition,
    E,
    Head,
    Hessian,
    LanguageError,
    Length,
    Log,
    Node,
    Policy,
    Power,
    Prefix,
    Relation,
    StateLaw,
    Step,
    TokenOf,
    Transpose,
    Var,
    grad,
    group_mean,
    group_spread,
    group_sum,
    total,
)
from grpo_symbolic.latex.notation.profiles import PROFILES, profile_named
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_expression

STATE, ACTION, OTHER, GROUP = Var("s", "state"), Var("a", "action"), Var("b", "action"), Var("a", "group")
INDEX, SECOND, TIME = Var("i", "index"), Var("j", "index"), Var("t", "token")
QUERY, OUTPUT, OUTPUTS = Var("q", "state"), Var("o", "action"), Var("o", "group")
PI, OLD, REF = Policy(r"\pi"), Policy(r"\pi", "old"), Policy(r"\pi_{\text{ref}}", "constant")
F, REWARD = Head("f(#1)"), Head("r(#1, #2)")
RATIO = Head(r"\rho_{#1}(\theta)", theta=True)(INDEX, GROUP, STATE)
RAW, ADVANTAGE = Head(r"\hat{A}_{#1}")(INDEX, GROUP, STATE), Head(r"\tilde{A}_{#1}")(INDEX, GROUP, STATE)
OBJECTIVE = Definition(Head(r"\mathcal{J}_{\text{GRPO}}(\theta)", theta=True)(),
                       E((STATE, StateLaw()), (GROUP, OLD | STATE), group_sum(INDEX, RATIO * ADVANTAGE)))


def test_a_bound_name_never_meets_a_free_one() -> None:
    captured = E((ACTION, PI | STATE), F(ACTION) * E((ACTION, OLD | STATE), F(ACTION)))
    assert latex(captured) == (r"\mathbb{E}_{a \sim \pi_{\theta}(\cdot|s)} [f(a) "
                               r"\mathbb{E}_{a' \sim \pi_{\theta_{\text{old}}}(\cdot|s)} [f(a')]]")


def test_nested_sums_take_the_next_letter_and_siblings_share_one() -> None:
    rewards = group_sum(INDEX, REWARD(STATE, GROUP[INDEX]))
    assert latex(group_sum(INDEX, REWARD(STATE, GROUP[INDEX]) * rewards)) == (
        r"\sum_{i=1}^G r(s, a_i) \sum_{j=1}^G r(s, a_j)")
    assert latex(rewards + rewards) == r"\sum_{i=1}^G r(s, a_i) + \sum_{i=1}^G r(s, a_i)"


def test_alpha_equal_terms_print_alike_up_to_the_name() -> None:
    one, two = (group_sum(index, F(GROUP[index])) for index in (INDEX, SECOND))
    assert one == two
    assert latex(one).replace("i", "j") == latex(two).replace("i", "j")


@pytest.mark.parametrize(("term", "printed"), [
    (total(SECOND, F(GROUP[SECOND]), excluded=INDEX), r"\sum_{j \neq i} f(a_j)"),
    (total(SECOND, F(GROUP[SECOND]), upper=Const("K"), excluded=INDEX), r"\sum_{j=1, j \neq i}^K f(a_j)"),
    (total(OTHER, F(OTHER), excluded=ACTION), r"\sum_{b \neq a} f(b)"),
    (total(TIME, PI(TokenOf(OUTPUTS[INDEX], TIME), QUERY, Prefix(OUTPUTS[INDEX], TIME)), upper=Length(OUTPUTS[INDEX])),
     r"\sum_{t=1}^{|o_i|} \pi_{\theta}(o_{i,t}|q, o_{i,<t})"),
    (PI(TokenOf(OUTPUT, TIME), QUERY, Prefix(OUTPUT, TIME)), r"\pi_{\theta}(o_t|q, o_{<t})"),
    (GROUP[1], "a_1"),
    (GROUP, "a_{1:G}"),
    (group_mean(INDEX, F(GROUP[INDEX])), r"\text{mean}(\{f(a_i)\}_{i=1}^G)"),
    (group_spread(INDEX, F(GROUP[INDEX])), r"\text{std}(\{f(a_i)\}_{i=1}^G)"),
    (E((STATE, StateLaw()), (ACTION, PI | STATE), F(ACTION)),
     r"\mathbb{E}_s [\mathbb{E}_{a \sim \pi_{\theta}(\cdot|s)} [f(a)]]"),
    (E((STATE, StateLaw(PI)), (ACTION, OLD | STATE), F(ACTION), style="bar"),
     r"\mathbb{E}_{s \sim d^{\pi_{\theta}}, a \sim \pi_{\theta_{\text{old}}}(\cdot|s)} [f(a)]"),
    (E((ACTION, OLD | STATE), Log(PI(ACTION, STATE).hinted(form="bare")), style="law"),
     r"\mathbb{E}_{\pi_{\theta_{\text{old}}}} [\log \pi_{\theta}]"),
    (AtOld(Head(r"Q^{\pi_\theta}(#1)", theta=True)(ACTION)), r"Q^{\pi_{\theta_{\text{old}}}}(a)"),
    (AtOld(grad(Log(PI(ACTION, STATE)))).T * Step(),
     r"\left( \left. \nabla_{\theta} \log \pi_{\theta}(a|s) \right|_{\theta = \theta_{\text{old}}} \right)^{\top}"
     r" \Delta\theta"),
    (Head(r"\pi^*")(ACTION) ** 2, r"(\pi^*)^2"),
])
def test_the_paper_notation(term: Any, printed: str) -> None:
    assert latex(term) == printed


@pytest.mark.parametrize(("notation", "printed"), [
    ("paper", r"\mathcal{J}_{\text{GRPO}}(\theta) \doteq \mathbb{E}_s \left[ \mathbb{E}_{a_{1:G} \sim"
              r" \pi_{\theta_{\text{old}}}(\cdot|s)} \left[ \sum_{i=1}^G \rho_i(\theta) \tilde{A}_i \right] \right]"),
    ("deepseekmath", r"\mathcal{J}_{GRPO}(\theta) = \mathbb{E}_{q \sim P(Q), \{o_i\}_{i=1}^G \sim"
                     r" \pi_{\theta_{old}}(O|q)} \left[ \sum_{i=1}^G \rho_i(\theta) \hat{A}_i \right]"),
    ("ppo", r"\mathcal{J}_{\text{GRPO}}(\theta) = \mathbb{E}_{s_t} \left[ \mathbb{E}_{a_{t,1:G} \sim"
            r" \pi_{\theta_{\text{old}}}(\cdot|s_t)}"
            r" \left[ \sum_{i=1}^G r_{t,i}(\theta) \hat{A}_{t,i} \right] \right]"),
    ("plain", r"\mathcal{J}_{GRPO}(\theta) := \mathbb{E}_s [\mathbb{E}_{a_{1:G} \sim \pi_{old}(\cdot|s)}"
              r" [\sum_{i=1}^G \rho_i(\theta) \tilde{A}_i]]"),
])
def test_one_objective_in_every_notation(notation: str, printed: str) -> None:
    assert latex(OBJECTIVE, notation) == printed


@pytest.mark.parametrize(("notation", "printed"), [
    ("paper", r"D_{\text{KL}}(\pi_{\theta}(\cdot|s) \parallel \pi_{\text{ref}}(\cdot|s))"),
    ("deepseekmath", r"\mathbb{D}_{KL}\left[\pi_{\theta} || \pi_{ref}\right]"),
    ("ppo", r"\text{KL}[\pi_{\theta}(\cdot|s_t) || \pi_{\text{ref}}(\cdot|s_t)]"),
    ("plain", r"D_{KL}(\pi_\theta(\cdot|s) || \pi_{ref}(\cdot|s))"),
])
def test_one_divergence_in_every_notation(notation: str, printed: str) -> None:
    assert latex(KL(PI | STATE, REF | STATE), notation) == printed


def test_the_names_of_a_notation() -> None:
    assert latex(REWARD(STATE, GROUP[INDEX]), "deepseekmath") == "r_i"
    assert latex(REWARD(STATE, ACTION), "deepseekmath") == "r(q, o)"
    assert latex(Head("A(#1, #2)")(STATE, ACTION) * Head(r"\rho(\theta)", theta=True)(ACTION, STATE), "ppo") == (
        r"\hat{A}_t r_t(\theta)")


@pytest.mark.parametrize("notation", PROFILES)
def test_no_notation_confuses_two_functions(notation: str) -> None:
    distinct = [RATIO, RAW, ADVANTAGE, REWARD(STATE, ACTION), REWARD(STATE, GROUP[INDEX]),
                Head("A(#1, #2)")(STATE, ACTION), Head(r"\rho(\theta)", theta=True)(ACTION, STATE),
                Const("r"), Const("A")]
    assert len({latex(term, notation) for term in distinct}) == len(distinct)


@pytest.mark.parametrize("notation", PROFILES)
def test_two_free_names_stay_two(notation: str) -> None:
    both = PI(ACTION, STATE) / PI(OUTPUT, QUERY)
    top, bottom = latex(both, notation).removeprefix(r"\frac").split("}{")
    assert top.strip("{}") != bottom.strip("{}")


def test_hints_change_the_print_and_not_the_meaning() -> None:
    plain = Relation("=", F(ACTION), 0)
    assert plain == plain.hinted(op="doteq")
    assert latex(plain.hinted(op="doteq")) == r"f(a) \doteq 0"
    assert latex(plain) == "f(a) = 0"


@pytest.mark.parametrize("notation", PROFILES)
@pytest.mark.parametrize("term", [
    grad(Transpose(PI(ACTION, STATE))), Transpose(grad(PI(ACTION, STATE))), Transpose(grad(Log(PI(ACTION, STATE)))),
    grad(Log(Transpose(PI(ACTION, STATE)))), grad(Power(PI(ACTION, STATE), Const("T", "positive"))),
    Hessian(Power(PI(ACTION, STATE), Const("T", "positive"))), Transpose(Hessian(Log(PI(ACTION, STATE)))),
    Head(r"\mathbf{1}[#1 \text{ is good}]", sign="nonnegative")(ACTION),
])
def test_what_stands_after_a_gradient_is_read_back(term: Node, notation: str) -> None:
    """A transpose of the gradient is not that of what it is taken of, nor is it a power."""
    assert read_expression(latex(term, notation), profile=notation) == term


def test_errors_name_what_is_wrong() -> None:
    with pytest.raises(LanguageError, match="a Bound has no notation"):
        latex(Bound(0, "action"))
    with pytest.raises(LanguageError, match="argument 3 is printed, but there are 1"):
        latex(Head("f(#3)")(ACTION))
    with pytest.raises(LanguageError, match="unknown notation"):
        profile_named("arxiv")
