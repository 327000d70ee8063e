r"""A notation is a profile, and nothing else: what is printed in a new one reads back, what is old by other names."""

import pytest

from grpo_symbolic.latex.notation.profiles import PAPER, Profile
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.statement.reader import read_statement

EXCHANGED = {"a": "y", "y": "a", "s": "x", "x": "s"}
NOTATIONS = [
    Profile("steps", theta=r"\theta", old="{k}", theta_old=r"\theta_k", text=r"\mathrm{#1}", separator="norm",
            divergence=r"\operatorname{KL}(#1)", entropy="H", definition=r"\triangleq", letters=EXCHANGED),
    Profile("points", old=r"{\theta_k}", theta_old=r"\theta_k", definition=":="),
    Profile("primes", old=r"{\theta'}", theta_old=r"\theta'", expectation=r"\operatorname{E}"),
    Profile("words", old=r"{\text{prev}}", theta_old=r"\theta_{\text{prev}}", separator="bars"),
]
STATEMENTS = [
    r"\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(\cdot|s)}\left["
    r"\frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)} r(s,a)\right] = "
    r"\mathbb{E}_{a \sim \pi_\theta(\cdot|s)}[r(s,a)]",
    r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s) \parallel \pi_\theta(\cdot|s)) \geq 0",
    r"\left. \nabla_\theta D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s) \parallel \pi_\theta(\cdot|s)) "
    r"\right|_{\theta = \theta_{\text{old}}} = 0",
    r"\mathcal{H}(\pi_\theta(\cdot|s)) \leq \log |\mathcal{A}|",
    r"\text{TV}(\pi_\theta(\cdot|s), \pi_{\theta_{\text{old}}}(\cdot|s)) \leq 1",
    r"D_{\text{JS}}(\pi_\theta(\cdot|s) \| \pi_{\theta_{\text{old}}}(\cdot|s)) \leq \log 2",
]


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda one: one.name)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_is_printed_in_a_new_notation_reads_back(statement: str, notation: Profile) -> None:
    claim, = read_statement(statement).claims
    printed = latex(claim, notation)
    assert r"\text{old}" not in printed
    again, = read_statement(printed, profile=notation).claims
    assert again == claim


def test_what_another_notation_calls_old_is_another_policy_in_the_paper() -> None:
    text = r"D_{\text{KL}}(\pi_{k}(\cdot|s) \| \pi_\theta(\cdot|s)) \geq 0"
    one, other = (read_statement(text, profile=profile).claims[0] for profile in (NOTATIONS[1], PAPER))
    assert one == other
    assert read_statement(text.replace("s", "x"), profile=NOTATIONS[0]).claims[0] != other
