r"""What cannot be read is refused where the fault is, with a sentence that says what to change."""

from __future__ import annotations

import re

import pytest

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

OLD = r"\pi_{\theta_{\text{old}}}"
REFUSED = [
    # The paper's own three, as printed.
    (r"\mathcal{J}_{\text{GRPO-clip}}(\theta) \approx \mathbb{E}_{s,a_{1:G}|" + OLD + r"} \left[\frac{1}{G}"
     r" \sum_{i=1}^G \min \left(\rho_i(\theta) \tilde{A}_i, \text{clip}(\rho_i(\theta), 1 - \varepsilon, 1 +"
     r" \varepsilon) \tilde{A}_i \right) - \beta \ell_i(\theta) \right] \quad (6)",
     r"i(\theta) \right] \quad", "outside its sum over i"),
    (r"\hat{A}_i \doteq r(s, a_i) - \bar{r}(s) \implies \tilde{A}_i \approx \frac{\hat{A}_i}{\sum_r(s) + \epsilon}",
     r"\sum_r", "has no range"),
    (r"\mathbb{E}_{s,a|" + OLD + r"} \left[\log \pi_{\theta}(a|s) \right] \quad \ni \quad s \sim d^{\pi_{\theta}},"
     r" a \sim \pi_{\theta}(a|s)", r"s \sim d", "two laws for s"),
    # Brackets and signs.
    (r"\mathbb{E}_{a\sim\pi_\theta}[\log\pi_\theta(a|s) = 0", "[", "never closed"),
    (r"\beta) = 1", ")", "closes nothing"),
    (r"(\beta] = 1", "]", "closed by"),
    (r"\left(\beta) = 1", ")", "do not match"),
    (r"|\beta = 1", "|", "never closed"),
    (r"\beta = ", "=", "missing after"),
    (r"= \beta", "=", "printed elsewhere"),
    (r"\beta + - 1", "-", "two signs in a row"),
    (r"\beta \leftarrow 1", r"\leftarrow", "cannot relate"),
    (r"\frac{1}{", "{", "never closed"),
    (r"\prod_{t=1}^{T} \pi_\theta(o_t|q,o_{<t}) \cdot", r"\cdot", "a factor is missing"),
    ("  ", " ", "nothing to read"),
    # Symbols.
    (r"\foo + 1", r"\foo", r"unknown macro \\foo"),
    (r"\begin{tikzpicture}x\end{tikzpicture}", r"\begin", "unknown environment"),
    (r"\beta_i_j", "_j", "two subscripts"),
    (r"r_{ij}", "{", "write a comma"),
    (r"r(s, a) = a + 1", "a + 1", "is an action here, not a number"),
    (r"\pi_\theta(a|s) + \pi_\theta", r"\pi_\theta", "is a policy, not a number"),
    (r"\mathbb{E}_{s \sim d}[\pi_\theta]", r"\pi_\theta", "is a policy, not a number"),
    (r"\mathcal{H}(\pi_\theta(2|s))", "2", "the name of what is drawn"),
    (r"D_{\text{KL}}(\pi_\theta(a^2|s) \| \mu(a^2|s))", "a", "the name of what is drawn"),
    (r"\mathcal{H}(\pi_\theta((a + b)|s))", "(a + b", "the name of what is drawn"),
    (r"\beta D_{\text{KL}}(\beta \| \pi_\theta)", r"\beta", "is a law that something is drawn from or compared with"),
    (r"\mathbb{E}_{z \sim \eta}[\eta f(z)]", r"\eta f", "is a law that something is drawn from or compared with"),
    (r"\text{for a good policy} + 1", r"\text", "have no meaning"),
    ("\\beta \x07 + 1", "\x07", "control character"),
    # Scope.
    (r"J(\theta) = \frac{1}{G}\sum_{i=1}^{G}\rho_i(\theta)A_i - \beta\ell_i(\theta)", "i(", "outside its sum"),
    (r"\sum_{i=1}^G \tilde{A}_i - \ell_i = 0", "i = 0", "outside its sum"),
    (r"f(s) \doteq r(s,a)", "a)", "free on the right"),
    (r"\sum_{k} \beta", r"\sum", "has no range"),
    (r"\sum_{t} \beta_t", r"\sum", "has no range"),
    (r"\sum", r"\sum", "has no range"),
    (r"\sum_{i=1}^G", r"\sum", "of nothing"),
    (r"\sum_{i=-1}^G r_i", r"\sum", "ranges start at 1"),
    (r"\sum_{i \in S} r_i", "S", "what these share is not known"),
    # Laws.
    (r"\mathbb{E}_{a\sim\pi_\theta, a\sim\pi_{\text{ref}}}[r(s,a)]", r"a\sim\pi_{\text", "two laws"),
    (r"\mathbb{E}_a[r(s,a)]", "a[", "whether s is drawn here is not said"),
    (r"\mathbb{E}[r(s,a)] + \log\pi_\theta(a|s)", r"\mathbb", "beside other laws"),
    (r"\mathbb{E} r(s,a)", r"\mathbb", "needs its law"),
    (r"\mathbb{E}_{a\sim\pi_\theta(b|s)}[r(s,a)]", r"\pi", "two names"),
    (r"D_{\text{KL}}(\pi_\theta)", "(", "compares two laws"),
    (r"D_{\text{KL}}(\beta + 1 \| \pi_\theta)", r"\beta", "compares laws"),
    (r"\pi_\theta(s_0|s)", "s_0", "is not an action"),
    (r"\log\pi_\theta(a|s) - \log\pi_\theta(a)", r"\pi_\theta(a)", "conditioned elsewhere"),
    # Shapes and arguments.
    (r"\nabla_\theta\log\pi_\theta(a|s) = \pi_\theta(a|s)", "=", "joins a vector and a scalar"),
    (r"\nabla_\theta\nabla_\theta\beta", r"\nabla_\theta\n", "needs a scalar"),
    (r"\Delta\theta \Delta\theta", r"\Delta", "transpose"),
    (r"\Delta\theta > 0", ">", "only scalars are ordered"),
    (r"\text{clip}(\beta, 1)", "(", "clip takes"),
    (r"\min(\beta)", "(", "two numbers or more"),
    (r"b(s) + b(s,a)", "b(s,a)", "wrong number of arguments"),
    (r"\beta(s, a) + \beta", r"\beta", "takes no arguments"),
    (r"\beta + \text{mean}(\beta)", "(", "runs over"),
    # Ambiguities.
    (r"\nabla_\theta\log\pi_{\theta_{\text{old}}}(a|s)", r"\nabla", "ambiguous"),
    (r"1/\beta G", "G", "may belong"),
    (r"\rho^2(a)", "2", "power after the brackets"),
    (r"O(\beta)", "(", "a remainder is written"),
    (r"\nabla_\theta \pi_\theta(a|s)^T", "T", "ambiguous"),
    (r"b(x) = \max(x, 1)", "x, 1", r"x is a state here, not a number: write a value of it, as f\(x\), or"),
    (r"(\beta + 1)(a)", "(", "no law without arguments"),
    (r"\text{mean}(r(s,a_1), r(s,a_3), \ldots, r(s,a_G))", "(r", "a family is written"),
    (r"D_{\text{XY}}(\pi_\theta \| \pi_{\text{ref}})", "D", "is not known"),
    (r"\beta § 1", "§", "“§” has no meaning"),
]


@pytest.mark.parametrize(("latex", "place", "reason"), REFUSED)
def test_a_fault_is_named_where_it_is(latex: str, place: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_statement(latex)
    columns = {found + 1 for found in range(len(latex)) if latex.startswith(place, found)} or {1}
    assert (caught.value.line, caught.value.part) == (1, "")
    assert caught.value.column in columns


@pytest.mark.parametrize("latex", [
    r"\nabla_\theta\nabla_\theta\log\pi_\theta(a|s)", r"\|\nabla_\theta^2 c\| = 1", r"c \doteq O(\|\Delta\theta\|^2)",
    r"\log\Delta\theta", r"\beta^{\Delta\theta}", r"\min(\Delta\theta, 1)", r"\mathbf{1}[\Delta\theta > 0]",
    r"\Delta\theta\Delta\theta", r"\pi_\theta(a|s) = \nabla_\theta\pi_\theta(a|s)",
])
def test_a_message_names_no_node(latex: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_statement(latex)
    assert not re.search(r"[A-Z][A-Za-z]+\(|#\d", caught.value.reason)


def test_a_fault_in_the_context_names_its_text() -> None:
    with pytest.raises(ReadError, match="unknown macro") as caught:
        read_statement(r"\beta > 0", [r"c \doteq 1", "\\gamma\n \\doteq \\foo"])
    assert (caught.value.part, caught.value.line, caught.value.column) == ("where 2", 2, 9)
    with pytest.raises(ReadError, match="an assumption is a relation") as caught:
        read_statement(r"\beta > 0", assume=[r"\beta"])
    assert caught.value.part == "assume 1"


@pytest.mark.parametrize(("latex", "where", "reason"), [
    (r"\rho(a) > 0", [r"\rho(a,s) \doteq \pi_\theta(a|s)"], "wrong arguments"),
    (r"\rho > 0", [r"\rho(a) \doteq \pi_\theta(a|s)"], "wrong arguments"),
    (r"c(s) > 0", [r"c \doteq 1"], "defined without arguments|takes no arguments|is a state"),
    (r"\beta > 0", [r"\beta + 1"], "defines nothing new"),
    (r"\beta > 0", [r"\Delta\theta \doteq 2(\theta - \theta_{\text{old}})"], "has a meaning already"),
    (r"\beta > 0", [r"c \doteq c + 1"], "defined by itself"),
    (r"\beta > 0", [r"f(a_i) \doteq 1"], "distinct variables"),
    (r"\mathbb{E}_{a\sim\pi^*}[r(s,a)] = 0", [r"\pi^*(a|s) \doteq \pi_{\text{ref}}(a|s) r(s,a)"], "sum to one"),
])
def test_a_context_is_refused_or_kept_to(latex: str, where: list[str], reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_statement(latex, where)


@pytest.mark.parametrize("text", [
    "(" * 10_000 + "1" + ")" * 10_000,
    r"\frac{1}{" * 10_000 + "1" + "}" * 10_000,
    r"\hat" * 10_000 + "x",
    r"\log " * 10_000 + "1",
    r"\sum_{i=1}^G " * 1_000 + "1",
    "a+" * 2_500_000,
    "|" * 9_999,
    "9" * 100_000,
    "b'" + "'" * 10_000,
    r"\mathbb{E}_{" + ",".join(rf"y_{{\text{{q{k}}}}}" for k in range(1_000)) + r"\sim\mathcal{D}}[1]",
    r"\textcolor{red}{" * 10_000,
])
def test_hostile_input_ends_in_an_error(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_expression(text)
    assert len(str(caught.value)) < 500
