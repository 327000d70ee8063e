"""What a reader might take for granted, and this one does not."""

import pytest

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement


@pytest.mark.parametrize(("latex", "said"), [
    (r"\nabla_\theta \log\pi(a|s) = 0", "constant"),
    (r"\operatorname{Var}_{a\sim\pi_\theta}[b(s)] = 0", "does not show a"),
    (r"\operatorname{Std}_{a\sim\pi_\theta}[b(s)] = 0", "not known"),
    (r"\mathbb{M}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] \geq 0", "not known"),
    (r"D_{\text{Hel}}(\pi_\theta\|\pi_{\text{ref}})^2 \leq \frac{1}{2}", "not known"),
])
def test_an_operator_or_a_policy_is_not_guessed(latex, said):
    with pytest.raises(ReadError, match=said):
        read_statement(latex)


def test_a_symbol_that_a_definition_has_used_is_not_new():
    value = r"Z(s) \doteq \sum_a \pi_{\text{ref}}(a|s)\exp(r(s,a)/\beta)"
    claim = r"r(s,a) = \beta\log\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)} + \beta\log Z(s)"
    assert read_statement(claim, [value]).kind == "claim"
    assert read_statement(r"r(s,a) = b(s)").kind == "definition"
