r"""What the field prints and what it means: each notation beside the node it must become."""

from __future__ import annotations

from typing import Any

import pytest

from grpo_symbolic.language import (
    KL,
    Apply,
    AtOld,
    Clip,
    Const,
    Definition,
    E,
    Entropy,
    Exp,
    Fisher,
    GroupMean,
    GroupSpread,
    Head,
    Hessian,
    Indicator,
    Length,
    Log,
    Max,
    Maximum,
    Min,
    Num,
    Parameter,
    Policy,
    Power,
    Prefix,
    Relation,
    Root,
    Scope,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    Transpose,
    Var,
    grad,
    group_sum,
    node,
    plus,
    remainder,
    total,
)
from grpo_symbolic.language.formal import Formal
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

S, A_ONE, GROUP, I, J, T = (Var("s", "state"), Var("a", "action"), Var("a", "group"), Var("i", "index"),  # noqa: E741
                            Var("j", "index"), Var("t", "token"))
Q, O_ONE, O_ALL, X, Y = (Var("q", "state"), Var("o", "action"), Var("o", "group"), Var("x", "state"),
                         Var("y", "action"))
PI, OLD, REF = Policy(r"\pi"), Policy(r"\pi", "old"), Policy(r"\pi_{\text{ref}}", "constant")
BETA, EPS, SIZE = (Const(name, "positive") for name in (r"\beta", r"\varepsilon", "G"))
RHO = Head(r"\rho_{#1}(\theta)", theta=True)(I, GROUP, S)
ELL = Head(r"\ell_{#1}(\theta)", theta=True)(I, GROUP, S)
ADVANTAGE = Head(r"\tilde{A}_{#1}")(I, GROUP, S)
OBJECTIVE = Head(r"\mathcal{J}_{\text{GRPO}}(\theta)", theta=True)()
REWARD = Head("r(#1, #2)")
SCORE, SCORE_I = grad(Log(PI(A_ONE, S))), grad(Log(PI(GROUP[I], S)))


def rollout(body: Any) -> Any:
    """The mean over a state and a group under the behaviour policy."""
    return E((S, StateLaw(OLD)), (GROUP, OLD | S), 1 / SIZE * group_sum(I, body))


def mean(body: Any, policy: Policy = PI) -> Any:
    """The mean over one action."""
    return E((A_ONE, policy | S), body)


def content(latex: str, *where: str) -> Any:
    """The one relation, definition or expression that a text is."""
    found = read_statement(latex, where).links[-1].content
    return getattr(found, "relation", found)


PAPER = [
    (r"\rho_i(\theta) \approx \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)} \tag{1}",
     Definition(RHO, PI(GROUP[I], S) / OLD(GROUP[I], S))),
    (r"\ell_i(\theta) \approx \log \pi_\theta(a_i|s) - \log \pi_{\text{ref}}(a_i|s) \quad (2)",
     Definition(ELL, Log(PI(GROUP[I], S)) - Log(REF(GROUP[I], S)))),
    (r"\max_{\theta} \mathbb{E}_{s,a \sim \pi_{\theta_{\text{old}}}} [\rho(\theta) A(s, a)] \quad \ni \quad"
     r" \mathbb{E}_s [D_{\text{KL}}(\pi_{\theta}(a|s) \parallel \pi_{\theta_{\text{old}}}(a|s))] \leq \delta",
     Maximum(E((S, StateLaw(OLD)), (A_ONE, OLD | S),
               Head(r"\rho(\theta)", theta=True)(S, A_ONE) * Head("A(#1, #2)")(S, A_ONE)),
             E((S, StateLaw()), KL(PI | S, OLD | S)), Const(r"\delta"))),
    (r"\mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}} \left[\frac{1}{G}"
     r" \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta)) \right] \quad (5)",
     Definition(OBJECTIVE, rollout(RHO * ADVANTAGE - BETA * ELL))),
    (r"\nabla_{\theta} \rho_i(\theta) = \rho_i(\theta) \nabla_{\theta} \log \pi_{\theta}(a_i|s). \quad (7)",
     Relation("=", grad(RHO), RHO * SCORE_I)),
    (r"\nabla_{\theta} \mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s, a_{1:G} | \pi_{\theta_{\text{old}}}}"
     r" \left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta) \nabla_{\theta} \log \pi_{\theta}(a_i|s)"
     r" \right]. \quad (9)",
     Relation("≈", grad(OBJECTIVE), rollout((RHO * ADVANTAGE - BETA) * SCORE_I))),
    (r"\log \pi_{\theta}(a|s) \approx \log \pi_{\theta_{\text{old}}}(a|s) + (\nabla_{\theta} \log \pi_{\theta}(a|s))"
     r"^{\top} \Delta\theta,",
     Relation("≈", Log(PI(A_ONE, S)), Log(OLD(A_ONE, S)) + Transpose(SCORE) * Step())),
    (r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) \approx \frac{1}{2}"
     r" \Delta\theta^{\top} F_s(\theta_{\text{old}}) \Delta\theta, \quad (13)",
     Relation("≈", KL(OLD | S, PI | S), node(1) / 2 * Step().T * Fisher(OLD | S) * Step())),
    (r"-\mathbb{E}_{\pi_{\theta_{\text{old}}}}[\log \pi_{\theta}]", -mean(Log(PI(A_ONE, S)), OLD)),
    (r"r_i \approx r(s, a_i)", Definition(Head("r_{#1}")(I, GROUP, S), REWARD(S, GROUP[I]))),
    (r"\Delta\theta \doteq \theta - \theta_{\text{old}}", Definition(Step(), Parameter() - Parameter("old"))),
]

SPELLINGS = [
    (r"\pi_{\theta}(a\mid s)", PI(A_ONE, S)),
    (r"\pi_\theta(a \vert s)", PI(A_ONE, S)),
    (r"\pi_\theta\!\left(a \,\middle|\, s\right)", PI(A_ONE, S)),
    (r"\pi_\theta^s(a)", PI(A_ONE, S)),
    (r"\pi_{\theta_{old}}(a|s)", OLD(A_ONE, S)),
    (r"\pi_{\theta_\mathrm{old}}(a|s)", OLD(A_ONE, S)),
    (r"\pi_{\mathrm{old}}(a|s)", OLD(A_ONE, S)),
    (r"\pi_{old}(a|s)", OLD(A_ONE, S)),
    (r"\pi_{\mathrm{ref}}(a|s)", REF(A_ONE, S)),
    (r"\pi_\theta(o_{i,t} \mid q, o_{i,< t})", PI(TokenOf(O_ALL[I], T), Q, Prefix(O_ALL[I], T))),
    (r"\pi_\theta(o_t | q, o_{<t})", PI(TokenOf(O_ONE, T), Q, Prefix(O_ONE, T))),
    (r"\pi_\theta(y_t | y_{<t}, x)", PI(TokenOf(Y, T), X, Prefix(Y, T))),
    (r"|o_i|", Length(O_ALL[I])),
    (r"\text{clip}(\beta, 1-\varepsilon, 1+\varepsilon)", Clip(BETA, 1 - EPS, 1 + EPS)),
    (r"\operatorname{clip}\bigl(\beta, 0, 1\bigr)", Clip(BETA, Num(0), Num(1))),
    (r"\min\{\beta, 1\} \max(0, \beta, 2)", Min(BETA, Num(1)) * Max(Num(0), Max(BETA, Num(2)))),
    (r"\operatorname{sg}[\beta]", StopGradient(BETA)),
    (r"\texttt{stop\_grad}(\beta)", StopGradient(BETA)),
    (r"\left[\beta\right]_{\text{no grad}}", StopGradient(BETA)),
    (r"[\beta]_\bot", StopGradient(BETA)),
    (r"\mathbf{1}[\beta \leq 1]", Indicator("≤", BETA, Num(1))),
    (r"\nabla_\theta^2 \log\pi_\theta(a|s)", Hessian(Log(PI(A_ONE, S)))),
    (r"\nabla\log\pi_\theta(a|s)", SCORE),
    (r"\left. \nabla_\theta \log\pi_\theta(a|s) \right|_{\theta = \theta_{\text{old}}}", AtOld(SCORE)),
    (r"\nabla_\theta \log\pi_\theta(a|s) \big|_{\theta_{old}}", AtOld(SCORE)),
    (r"O(\|\Delta\theta\|^3)", remainder(3)),
    (r"O(\lVert\Delta\theta\rVert)", remainder(1)),
    (r"\sqrt{\beta}\, e^{\beta}", Root(BETA) * Exp(BETA)),
    (r"\tfrac12 \beta", Num(1) / Num(2) * BETA),
    (r"1/G", Num(1) / SIZE),
    (r"\beta^2 \cdot 2.5", Power(BETA, Num(2)) * Num("5/2")),
    (r"\mathcal{H}(\pi_\theta(\cdot|s))", Entropy(PI | S)),
    (r"\mathbb{D}_{KL}\left[\pi_\theta \| \pi_{\text{ref}}\right]", KL(PI | S, REF | S)),
    (r"\mathrm{KL}(\pi_\theta(\cdot|s) || \pi_{\text{ref}}(\cdot|s))", KL(PI | S, REF | S)),
    (r"\sum_a \pi_\theta(a|s)", total(A_ONE, PI(A_ONE, S))),
    (r"\sum_{a\in\mathcal{A}} \pi_\theta(a|s)", total(A_ONE, PI(A_ONE, S))),
    (r"\prod_{t=1}^{|o|} \pi_\theta(o_t|q,o_{<t})",
     total(T, PI(TokenOf(O_ONE, T), Q, Prefix(O_ONE, T)), Length(O_ONE), product=True)),
    (r"\frac{1}{G-1} \sum_{j \neq i} r_j", Num(1) / (SIZE - 1) * total(J, REWARD(S, GROUP[J]), excluded=I)),
    (r"\text{mean}(\mathbf{r})", GroupMean(Scope.close(I, REWARD(S, GROUP[I])))),
    (r"\text{std}(\{r_1, r_2, \ldots, r_G\})", GroupSpread(Scope.close(I, REWARD(S, GROUP[I])))),
    (r"\operatorname{mean}(\{r_j\}_{j=1}^G)", GroupMean(Scope.close(I, REWARD(S, GROUP[I])))),
    (r"\text{mean}(r(s,a_1), \ldots, r(s,a_G))", GroupMean(Scope.close(I, REWARD(S, GROUP[I])))),
    (r"\text{mean}(r(s,a_1)^2 + 1, r(s,a_2)^2 + 1, \ldots, r(s,a_G)^2 + 1)",
     GroupMean(Scope.close(I, Power(REWARD(S, GROUP[I]), Num(2)) + 1))),
    (r"\operatorname{std}(\{r_1,…,r_G\})", GroupSpread(Scope.close(I, REWARD(S, GROUP[I])))),
    (r"(\log\pi_\theta - \log\pi_{\text{ref}})(a)", Log(PI(A_ONE, S)) - Log(REF(A_ONE, S))),
    (r"\nabla_\theta\log\pi_\theta(a|s)^\top \Delta\theta", Transpose(SCORE) * Step()),
    (r"\nabla_\theta (\pi_\theta(a|s)^\top)", grad(Transpose(PI(A_ONE, S)))),
    (r"\nabla_\theta^2 (\log\pi_\theta(a|s))^\top", Transpose(Hessian(Log(PI(A_ONE, S))))),
    (r"\bar{D}(\theta \| \theta_k)", Head(r"\bar{D}(\theta \| \theta_k)", theta=True)()),
    (r"\mathbf{1}[a \text{ is good}]", Head(r"\mathbf{1}[#1 \text{ is good}]", sign="nonnegative")(A_ONE)),
    (r"\mathbb{E}_{a\sim\pi_\theta}[r(s,a)]", mean(REWARD(S, A_ONE))),
    (r"\mathbb{E}_{a\sim\pi_\theta(a|s)}[r(s,a)]", mean(REWARD(S, A_ONE))),
    (r"\underset{a\sim\pi_\theta(\cdot|s)}{\mathbb{E}}\left[r(s,a)\right]", mean(REWARD(S, A_ONE))),
    (r"\mathbb{E}_{q\sim P(Q), \{o_i\}_{i=1}^G\sim\pi_{\theta_{old}}(O|q)}\left[\frac1G \sum_{i=1}^G r_i\right]",
     E((Q, StateLaw()), (O_ALL, OLD | Q), Num(1) / SIZE * group_sum(I, REWARD(Q, O_ALL[I])))),
]


@pytest.mark.parametrize(("latex", "meaning"), PAPER)
def test_the_paper_reads_as_it_means(latex: str, meaning: Any) -> None:
    assert content(latex) == meaning


@pytest.mark.parametrize(("latex", "meaning"), SPELLINGS)
def test_every_spelling_has_its_meaning(latex: str, meaning: Any) -> None:
    assert read_expression(latex) == meaning


def test_a_conditional_policy_repeats_itself() -> None:
    found = read_statement(r"\pi_\theta^s(a) \doteq \pi_\theta(a|s),")
    assert (found.kind, content(r"\pi_\theta^s(a) \doteq \pi_\theta(a|s)")) == (
        "definition", Definition(PI(A_ONE, S), PI(A_ONE, S)))


def test_a_trailing_law_is_that_of_its_expectation() -> None:
    laws = Policy("P", "constant"), Policy("Q", "constant")
    x = Var("x", "action")
    found = content(r"D_{\text{KL}}(P\|Q) \doteq \mathbb{E}_x \left[\log \left(\frac{P(x)}{Q(x)} \right) \right]"
                    r" \quad \ni \quad x \sim P \quad (3)")
    assert found == Definition(KL(laws[0].law, laws[1].law), E((x, laws[0].law), Log(laws[0](x) / laws[1](x))))


def test_case_decoration_and_subscript_are_never_folded() -> None:
    texts = ["A", "a'", r"\hat A", r"\tilde A", r"\tilde{A}_i", "A_i", r"\mathcal{A}", r"\bar{A}", r"\widehat{A}",
             r"A_{\text{old}}", "A_0", "A^*", r"\epsilon", r"\varepsilon"]
    nodes = [read_expression(text) for text in texts if text != "a'"]
    assert len(set(nodes)) == len(nodes)
    assert read_expression(r"\hat A") == read_expression(r"\hat{A}")


def test_brackets_after_a_constant_are_a_factor() -> None:
    assert read_expression(r"\beta(G+1)") == BETA * (SIZE + 1)
    assert read_expression(r"\tilde{A}_i \cdot (G + 1)") == ADVANTAGE * (SIZE + 1)
    assert read_expression(r"A - A(1 + \varepsilon)") == Const("A") - Const("A") * (1 + EPS)


def test_brackets_after_a_function_are_its_arguments() -> None:
    assert read_expression("A(s,a)") == Head("A(#1, #2)")(S, A_ONE)
    assert read_expression("f(G + 1)") == Apply(Head("f(#1)"), plus(SIZE, Num(1)))
    assert read_expression(r"\ell(a, s; \theta)") == Head(r"\ell(#1, #2; \theta)", theta=True)(A_ONE, S)
    assert read_expression(r"A^{\pi_\theta}(s,a)") == Head(r"A^{\pi_{\theta}}(#1, #2)", theta=True)(S, A_ONE)


def test_a_sum_reaches_to_the_next_sign() -> None:
    inside = read_expression(r"\sum_{i=1}^G \tilde{A}_i \beta + 1")
    assert inside == group_sum(I, ADVANTAGE * BETA) + 1
    assert read_expression(r"\beta \sum_{i=1}^G (\tilde{A}_i + 1)") == BETA * group_sum(I, ADVANTAGE + 1)


def test_log_and_nabla_reach_over_one_factor() -> None:
    assert read_expression(r"\log\pi_\theta(a|s)\,\nabla_\theta\log\pi_\theta(a|s)") == Log(PI(A_ONE, S)) * SCORE
    assert read_expression(r"\nabla_\theta \log\pi_\theta(a|s) (\nabla_\theta\log\pi_\theta(a|s))^\top") == (
        SCORE * Transpose(SCORE))


def test_a_group_statistic_depends_on_the_whole_group() -> None:
    found = read_expression(r"\mathbb{E}_{s, a_{1:G}|\pi_{\text{old}}}[\sum_{i=1}^G r_i \hat{X}_i]")
    assert found == E((S, StateLaw(OLD)), (GROUP, OLD | S),
                      group_sum(I, REWARD(S, GROUP[I]) * Head(r"\hat{X}_{#1}")(I, GROUP, S)))


def test_what_is_drawn_at_a_step_is_what_its_advantage_depends_on() -> None:
    s_t, a_t = Var("s_t", "state"), Var("a_t", "action")
    found = read_expression(r"\mathbb{E}_{a_t\sim\pi_\theta(\cdot|s_t)}[\hat{A}_t]")
    assert found == E((a_t, PI | s_t), Head(r"\hat{A}_{\cdot}")(s_t, a_t))


def test_definitions_serve_in_order() -> None:
    where = [r"\bar{r} \doteq \frac{1}{G}\sum_{j=1}^{G} r(s,a_j)", r"\hat{A}_i \doteq r_i - \bar{r}"]
    claim = read_statement(r"\sum_{i=1}^G \hat{A}_i = 0", where).claims[0]
    centred = REWARD(S, GROUP[I]) - Num(1) / SIZE * group_sum(J, REWARD(S, GROUP[J]))
    assert [definition.lhs for definition in claim.where] == [
        Head(r"\bar{r}")(GROUP, S), Head(r"\hat{A}_{#1}")(I, GROUP, S)]
    assert claim.expanded() == Relation("=", group_sum(I, centred), 0)


def test_only_the_definitions_that_are_used_go_with_a_claim() -> None:
    claim = read_statement(r"\rho(a) > 0", [r"c \doteq 1", r"\rho(a) \doteq \pi_\theta(a|s)/\pi_{\text{ref}}(a|s)"])
    assert [definition.head.layout for definition in claim.claims[0].where if definition.head] == [r"\rho(#1)"]


def test_a_function_at_the_old_parameter() -> None:
    fisher = r"F(\theta) \doteq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s)" \
             r" (\nabla_\theta\log\pi_\theta(a|s))^\top]"
    found = content(r"\Delta\theta^\top F(\theta_{\text{old}}) \Delta\theta = 0", fisher)
    assert found.lhs == Step().T * AtOld(Head(r"F(\theta)", True, shape="matrix")(S)) * Step()


def test_a_policy_that_a_formula_defines() -> None:
    where = [r"Z(s) \doteq \sum_a \pi_{\text{ref}}(a|s) e^{r(s,a)/\beta}",
             r"\pi^*(a|s) \doteq \pi_{\text{ref}}(a|s) e^{r(s,a)/\beta} / Z(s)"]
    claim = read_statement(r"\sum_a \pi^*(a|s) = 1", where).claims[0]
    assert [definition.lhs for definition in claim.where] == [Head("Z(#1)")(S), Head(r"\pi^*(#1|#2)")(A_ONE, S)]


def test_a_divergence_to_a_policy_that_a_formula_defines() -> None:
    best = r"\pi^*(a|s) \doteq \pi_{\text{ref}}(a|s) e^{r(s,a)/\beta} / Z(s)"
    formula = Head(r"\pi^*(#1|#2)")(A_ONE, S)
    for spelling in (r"D_{\text{KL}}(\pi_\theta \| \pi^*)", r"D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi^*(\cdot|s))"):
        assert content(spelling + r" \geq 0", best).lhs == mean(Log(PI(A_ONE, S)) - Log(formula))
    undefined = content(r"D_{\text{KL}}(\pi_\theta \| \pi^*) \geq 0").lhs
    assert undefined == KL(PI | S, Policy(r"\pi^*", "constant") | S)


def test_words_are_a_condition() -> None:
    found = read_expression(r"\begin{cases} 1 & \text{if } a \text{ is good} \\ 2 & \text{otherwise} \end{cases}")
    good = Head(r"\mathbf{1}[#1 \text{ is good}]", sign="nonnegative")(A_ONE)
    assert found == Num(1) * good + Num(2) * (1 - good)


@pytest.mark.parametrize("row", [
    r"\beta &> 0 & \beta &> -1", r"\beta &> 0, && \beta &> -1 && \text{(given)}", r"\beta > 0 & \quad \beta > -1 \\",
    r"\beta & > & 0, & \beta & > & -1", r"\beta > 0, \beta > -1"])
def test_a_row_may_hold_two_equations(row: str) -> None:
    """What stands between them is no product."""
    assert [claim.relation for claim in read_statement(row).claims] == [
        Relation(">", BETA, 0), Relation(">", BETA, node(-1))]


@pytest.mark.parametrize("rows", [
    r"\begin{IEEEeqnarray}{rCl} \beta &>& 0 \IEEEyesnumber \\ &>& -1 \end{IEEEeqnarray}",
    r"\begin{alignat}{2} \beta &> 0 \\ &> -1 \end{alignat}",
    r"\begin{flalign} \beta &> 0 \\ \intertext{and so, by $x_{1}$,} &> -1 \end{flalign}",
    r"\begin{multline} \beta > 0 \\ > -1 \end{multline}",
    r"\begin{dmath} \beta > 0 > -1 \end{dmath}",
    r"\begin{eqnarray} \beta & > & 0 \\ & > & -1 \end{eqnarray}",
    r"\begin{split} \beta &> 0 \\ &> -1 \end{split}",
    r"\begin{gathered}[t] \beta > 0 \\ > -1 \end{gathered}",
    r"\beta > 0 > -1",
])
def test_environments_are_layout(rows: str) -> None:
    assert [claim.relation for claim in read_statement(rows).claims] == [
        Relation(">", BETA, 0), Relation(">", 0, node(-1))]


def test_a_chain_is_read_link_by_link() -> None:
    found = read_statement(r"J(\theta) = \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] = \sum_a \pi_\theta(a|s) r(s,a)"
                           r" \leq 1, \quad \beta + 1 > \beta")
    assert (found.kind, [link.kind for link in found.links]) == ("chain", ["definition", "claim", "claim", "claim"])
    summed = total(A_ONE, PI(A_ONE, S) * REWARD(S, A_ONE))
    assert found.claims[0].relation == Relation("=", mean(REWARD(S, A_ONE)), summed)
    assert (found.claims[1].rhs, found.claims[1].relation.op) == (Num(1), "≤")


def test_rows_continue_a_chain_or_start_one() -> None:
    found = read_statement("\\begin{align}\n \\beta &= 1 \\\\\n &\\leq 2 & \\text{since} \\\\\n C &= \\beta\n"
                           " + 1\\end{align}")
    assert [(link.kind, link.line) for link in found.links] == [("definition", 2), ("claim", 3), ("definition", 4)]


def test_assumptions_are_relations_or_the_old_parameter() -> None:
    claim = read_statement(r"A(s,a) \geq \beta", assume=[r"0 < \beta < 1", r"\theta = \theta_{\text{old}}"]).claims[0]
    assert claim.at_old
    assert claim.assume == (Relation("<", 0, BETA), Relation("<", BETA, 1))


def test_cases_are_indicators() -> None:
    found = read_expression(r"\begin{cases} 1 & \text{if } \beta > 0 \\ 2, & \text{otherwise} \end{cases}")
    holds = Indicator(">", BETA, Num(0))
    assert found == Num(1) * holds + Num(2) * (1 - holds)


def test_a_policy_without_context_everywhere_has_none() -> None:
    found = content(r"\mathbb{E}_{a\sim\pi_\theta}[\nabla_\theta\log\pi_\theta(a)] = 0")
    assert found == Relation("=", E((A_ONE, PI.law), grad(Log(PI(A_ONE)))), 0)
    again = content(r"\mathbb{E}_{a\sim\pi_\theta}[k(a)] = 0", r"k(a) \doteq \log\pi_\theta(a)")
    assert again.lhs.law == PI.law


def test_positions_count_from_one() -> None:
    link = read_statement("\n  \\log \\pi_\\theta(a|s)\n    \\leq 0").links[0]
    assert (link.line, link.column) == (3, 5)


def test_the_steps_of_a_trajectory_are_its_tokens_and_prefixes() -> None:
    trajectory = Var(r"\tau", "action")
    found = read_expression(r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T} \nabla_\theta\log\pi_\theta(a_t|s_t)"
                            r" R(\tau)]")
    score = grad(Log(PI(TokenOf(trajectory, T), Prefix(trajectory, T))))
    steps = total(T, score * Head("R(#1)")(trajectory), plus(Const("T", "positive"), Num(1)))
    assert found == E((trajectory, PI.law), steps)


@pytest.mark.parametrize(("latex", "layout", "shape"), [
    (r"\arg\max_\theta L(\theta)", r"\arg\max_{\theta} #1", ("d", "1")),
    (r"\mathbb{E}_{s'\sim P(\cdot|s,a)}[V(s')]", r"\mathbb{E}_{@1 \sim P(\cdot|#2, #3)}\left[ #1 \right]", ("1", "1")),
    (r"\left. \nabla_\theta J(\theta) \right|_{\theta_k}", r"\left. #1 \right|_{\theta_k}", ("d", "1")),
])
def test_what_has_no_rule_is_formal(latex: str, layout: str, shape: tuple[str, str]) -> None:
    found = read_expression(latex)
    assert isinstance(found, Formal)
    assert (found.layout, found.shape) == (layout, shape)
    assert found == read_expression(latex)


def test_a_formal_binder_is_equal_up_to_the_name_it_binds() -> None:
    assert read_expression(r"\max_a A(s,a)") == read_expression(r"\max_{a'} A(s,a')")
    assert read_expression(r"\max_a A(s,a)") != read_expression(r"\max_a A(s,o)")
