r"""The paper profile prints the paper's own displays, token for token, from hand-built encodings."""

from __future__ import annotations

import re
from typing import Any

import pytest

from grpo_symbolic.language import (
    KL,
    Claim,
    Clip,
    Const,
    Definition,
    E,
    Fisher,
    Head,
    LanguageError,
    Log,
    Maximum,
    Min,
    Parameter,
    Policy,
    Prob,
    Relation,
    StateLaw,
    Step,
    Var,
    grad,
    group_sum,
    node,
    remainder,
)
from grpo_symbolic.latex.printing.printer import latex, parts

S, A_ONE, X, GROUP, I = (Var("s", "state"), Var("a", "action"), Var("x", "action"), Var("a", "group"),  # noqa: E741
                         Var("i", "index"))
PI, OLD = Policy(r"\pi"), Policy(r"\pi", "old")
REF, P, Q = (Policy(name, "constant") for name in (r"\pi_{\text{ref}}", "P", "Q"))
BETA, EPS, DELTA, SIZE = (Const(name, "positive") for name in (r"\beta", r"\varepsilon", r"\delta", "G"))
RHO = Head(r"\rho_{#1}(\theta)", theta=True)(I, GROUP, S)
ELL = Head(r"\ell_{#1}(\theta)", theta=True)(I, GROUP, S)
ADVANTAGE = Head(r"\tilde{A}_{#1}")(I, GROUP, S)
OBJECTIVE = Head(r"\mathcal{J}_{\text{GRPO}}(\theta)", theta=True)()
CLIPPED = Head(r"\mathcal{J}_{\text{GRPO-clip}}(\theta)", theta=True)()
VAR_OLD, VAR_PI = (OLD | S).hinted(form="var"), (PI | S).hinted(form="var")
SCORE_I, SCORE = grad(Log(PI(GROUP[I], S))), grad(Log(PI(A_ONE, S)))


def rollout(body: Any) -> Any:
    """E over a state and a group under the behaviour policy, as the paper prints it."""
    return E((S, StateLaw(OLD)), (GROUP, OLD | S), 1 / SIZE * group_sum(I, body), style="bar")


def sup(policy: Policy) -> Any:
    """π^s(a)."""
    return Prob(policy | S, A_ONE).hinted(form="sup")


def raised(policy: Policy) -> Any:
    """π^s."""
    return (policy | S).hinted(form="sup")


KL_OLD = KL(VAR_OLD, VAR_PI)
DISPLAYS: dict[str, tuple[Any, str]] = {
    "eq01": (Definition(RHO, PI(GROUP[I], S) / OLD(GROUP[I], S)).hinted(op="approx"),
             r"\rho_i(\theta) \approx \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)}"),
    "eq02": (Definition(ELL, Log(PI(GROUP[I], S)) - Log(REF(GROUP[I], S))).hinted(op="approx"),
             r"\ell_i(\theta) \approx \log \pi_\theta(a_i|s) - \log \pi_{\text{ref}}(a_i|s)"),
    "eq03": (Relation("=", KL(P.law, Q.law).hinted(sep="norm"),
                      E((X, P.law), Log(Prob(P.law, X) / Prob(Q.law, X)).hinted(form="parens"), style="ni"),
                      ).hinted(op="doteq"),
             r"D_{\text{KL}}(P\|Q) \doteq \mathbb{E}_x \left[\log \left(\frac{P(x)}{Q(x)} \right) \right]"
             r" \quad \ni \quad x \sim P"),
    "conditional-policy": (Relation("=", sup(PI), PI(A_ONE, S)).hinted(op="doteq"),
                           r"\pi_\theta^s(a) \doteq \pi_\theta(a|s)"),
    "eq04": (Relation("=", KL(raised(PI), raised(REF)), E((A_ONE, raised(PI)), Log(sup(PI) / sup(REF)))),
             r"D_{\text{KL}}(\pi_\theta^s \parallel \pi_{\text{ref}}^s) = \mathbb{E}_{a \sim \pi_\theta^s}"
             r" \left[\log \frac{\pi_\theta^s(a)}{\pi_{\text{ref}}^s(a)} \right]"),
    "trust-region": (Maximum(E((S, StateLaw(OLD)), (A_ONE, (OLD | S).hinted(form="bare")),
                               Head(r"\rho(\theta)", theta=True)(S, A_ONE) * Head("A(#1, #2)")(S, A_ONE)),
                             E((S, StateLaw()), KL(VAR_PI, VAR_OLD)), DELTA),
                     r"\max_{\theta} \mathbb{E}_{s,a \sim \pi_{\theta_{\text{old}}}} [\rho(\theta) A(s, a)] \quad \ni"
                     r" \quad \mathbb{E}_s [D_{\text{KL}}(\pi_{\theta}(a|s) \parallel \pi_{\theta_{\text{old}}}(a|s))]"
                     r" \leq \delta"),
    "eq05": (Definition(OBJECTIVE, rollout(RHO * ADVANTAGE - BETA * ELL)).hinted(op="approx"),
             r"\mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}}"
             r" \left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta)) \right]"),
    "eq06, the index bound": (
        Definition(CLIPPED, rollout(Min(RHO * ADVANTAGE, Clip(RHO, 1 - EPS, 1 + EPS) * ADVANTAGE) - BETA * ELL)
                   ).hinted(op="approx"),
        r"\mathcal{J}_{\text{GRPO-clip}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|\pi_{\theta_{\text{old}}}}"
        r" \left[\frac{1}{G} \sum_{i=1}^G \left( \min \left(\rho_i(\theta) \tilde{A}_i, \text{clip}(\rho_i(\theta),"
        r" 1 - \varepsilon, 1 + \varepsilon) \tilde{A}_i \right) - \beta \ell_i(\theta) \right) \right]"),
    "eq07": (Relation("=", grad(RHO), RHO * SCORE_I),
             r"\nabla_{\theta} \rho_i(\theta) = \rho_i(\theta) \nabla_{\theta} \log \pi_{\theta}(a_i|s)"),
    "eq08": (Relation("=", grad(ELL), SCORE_I),
             r"\nabla_{\theta} \ell_i(\theta) = \nabla_{\theta} \log \pi_{\theta}(a_i|s)"),
    "first-order-expansion": (
        Relation("≈", Log(PI(A_ONE, S)), Log(OLD(A_ONE, S)) + SCORE.T * Step()),
        r"\log \pi_{\theta}(a|s) \approx \log \pi_{\theta_{\text{old}}}(a|s)"
        r" + (\nabla_{\theta} \log \pi_{\theta}(a|s))^{\top} \Delta\theta"),
    "eq09": (Relation("≈", grad(OBJECTIVE), rollout((RHO * ADVANTAGE - BETA) * SCORE_I)),
             r"\nabla_{\theta} \mathcal{J}_{\text{GRPO}}(\theta) \approx \mathbb{E}_{s, a_{1:G} |"
             r" \pi_{\theta_{\text{old}}}} \left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta)"
             r" \nabla_{\theta} \log \pi_{\theta}(a_i|s) \right]"),
    "eq10": (Relation("=", grad(E((A_ONE, VAR_OLD), BETA * Head(r"\ell(#1, #2; \theta)", theta=True)(A_ONE, S))),
                      BETA * E((A_ONE, VAR_OLD), SCORE)),
             r"\nabla_{\theta} \mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\beta \ell(a, s; \theta)] = \beta"
             r" \mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\nabla_{\theta} \log \pi_{\theta}(a|s)]"),
    "eq11": (Relation("=", KL_OLD, E((A_ONE, VAR_OLD), Log(OLD(A_ONE, S) / PI(A_ONE, S)))).hinted(op="doteq"),
             r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) \doteq"
             r" \mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)}"
             r" \left[\log \frac{\pi_{\theta_{\text{old}}}(a|s)}{\pi_{\theta}(a|s)} \right]"),
    "eq12": (Relation("=", grad(KL_OLD), -E((A_ONE, VAR_OLD), SCORE)),
             r"\nabla_{\theta} D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) ="
             r" -\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\nabla_{\theta} \log \pi_{\theta}(a|s)]"),
    "eq13": (Relation("≈", KL_OLD, node(1) / 2 * Step().T * Fisher(OLD | S) * Step()),
             r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(a|s) \parallel \pi_{\theta}(a|s)) \approx"
             r" \frac{1}{2} \Delta\theta^{\top} F_s(\theta_{\text{old}}) \Delta\theta"),
    "k3": (REF(A_ONE, S) / PI(A_ONE, S) - Log(REF(A_ONE, S) / PI(A_ONE, S)).hinted(form="parens") - 1,
           r"\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)}"
           r" - \log\left(\frac{\pi_{\text{ref}}(a|s)}{\pi_\theta(a|s)}\right) - 1"),
}


def tokens(text: str) -> list[str]:
    """TeX tokens without blanks; braces around a single token of a script are none to TeX."""
    text = re.sub(r"([_^])\s*\{\s*(\\[A-Za-z]+|[^\s{}\\])\s*\}", r"\1\2", text)
    return re.findall(r"\\[A-Za-z]+|\\.|[^\s]", text)


@pytest.mark.parametrize("name", DISPLAYS)
def test_the_paper_profile_prints_the_paper(name: str) -> None:
    encoded, printed = DISPLAYS[name]
    assert tokens(latex(encoded)) == tokens(printed)


def test_the_braces_of_theta_can_be_kept_off() -> None:
    assert latex(PI.hinted(braces="no")(A_ONE, S)) == r"\pi_\theta(a|s)"


def test_an_unhinted_definition_is_printed_as_one() -> None:
    assert latex(Definition(RHO, PI(GROUP[I], S) / OLD(GROUP[I], S))).startswith(r"\rho_i(\theta) \doteq \frac")


def test_a_claim_prints_what_it_rests_on() -> None:
    ratio = Definition(RHO, PI(GROUP[I], S) / OLD(GROUP[I], S))
    claim = Claim(Relation("=", grad(RHO), SCORE_I), (ratio,), (Relation(">", BETA, 0),), at_old=True)
    relation, where, assume = parts(claim)
    assert where == [latex(ratio)]
    assert assume == [r"\beta > 0", r"\theta = \theta_{\text{old}}"]
    assert latex(claim).startswith(relation + r", \quad \text{where} \quad \rho_i")


def test_a_chain_and_the_parameter_step() -> None:
    difference = Parameter() - Parameter("old")
    step = Relation("=", Step(), difference).hinted(op="doteq")
    assert latex((step, step)) == " \\implies ".join([r"\Delta\theta \doteq \theta - \theta_{\text{old}}"] * 2)
    assert latex(-Step().hinted(form="difference")) == r"-(\theta - \theta_{\text{old}})"


def test_a_remainder() -> None:
    assert latex(Relation("=", KL_OLD, remainder(3))).endswith(r"= O(\|\Delta\theta\|^3)")


def test_an_unknown_notation_is_one_clear_error() -> None:
    with pytest.raises(LanguageError, match="unknown notation 'x': one of paper, deepseekmath, ppo, plain"):
        latex(BETA, "x")
