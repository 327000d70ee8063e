"""Models reach extremes, respect the sizes that are assumed, and take an assumption to hold of every one."""

import pytest

import grpo_symbolic
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle import attack

RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
MEAN = r"\bar r \doteq \frac{1}{G}\sum_{j=1}^G r_j"
TOKENS = r"w_{i,t} \doteq \frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})}"


def found(latex, where=(), assume=(), budget=0.3):
    """What a search for a counterexample comes to, which tries a few hundred models at least."""
    return attack(read_statement(latex, where, assume).links[0].content, budget=budget)


@pytest.mark.parametrize("latex", [
    r"\text{clip}(\log\rho(a), -25, 25) = \log\rho(a)",
    r"\rho(a) \leq 1000000000",
    r"\rho(a) \geq \frac{1}{1000000000}",
    r"\log \pi_\theta(a|s) \geq -27",
])
def test_probabilities_come_close_to_zero(latex):
    assert found(latex, [RATIO] if "rho" in latex else [], budget=3).counterexample is not None


@pytest.mark.parametrize(("latex", "where", "assume"), [
    (r"r_1 - \bar r = \frac{r_1 - r_2}{2}", [MEAN], ["G = 2"]),
    (r"r_1 - \bar r = \frac{r_1 - r_2}{2}", [MEAN], ["2 = G"]),
    (r"\sum_{i=1}^G r_i = r_1", [], ["G = 1"]),
    (r"\bar r = \frac{r_1 + r_2 + r_3}{3}", [MEAN], ["G = 3"]),
    (r"G \geq 3", [], ["G > 2"]),
    (r"\sum_{t=1}^{|o_i|} 1 = 2", [], ["|o_i| = 2"]),
])
def test_an_assumed_size_is_respected(latex, where, assume):
    search = found(latex, where, assume)
    assert search.counterexample is None
    assert search.admissible > 20


@pytest.mark.parametrize(("latex", "where", "assume"), [
    (r"r_1 - \bar r = \frac{r_1 - r_2}{3}", [MEAN], ["G = 2"]),
    (r"r_1 - \bar r = \frac{r_1 - r_2}{2}", [MEAN], [r"G \geq 3"]),
    (r"\sum_{i=1}^G r_i = r_1", [], [r"G \geq 5"]),
])
def test_and_what_fails_at_that_size_is_refuted(latex, where, assume):
    assert found(latex, where, assume, budget=3).counterexample is not None


@pytest.mark.parametrize(("latex", "where", "assume"), [
    (r"\sum_{i=1}^G r_i \geq 0", [], [r"r_i \geq 0"]),
    (r"\sum_{i=1}^G |r_i| = \sum_{i=1}^G r_i", [], [r"r_i \geq 0"]),
    (r"\sum_{i=1}^G r_i^3 = \sum_{i=1}^G r_i", [], [r"r_i^2 = r_i"]),
    (r"\sum_{i=1}^G \sum_{t=1}^{|o_i|} w_{i,t} c_{i,t} \geq 0", [TOKENS], [r"c_{i,t} \geq 0"]),
    (r"\sum_{i=1}^G |o_i| A_i = T \sum_{i=1}^G A_i", [], ["|o_i| = T"]),
    (r"\frac{\sum_{i=1}^G |o_i| A_i}{\sum_{i=1}^G |o_i|} = \frac{1}{G}\sum_{i=1}^G A_i", [], ["T = |o_i|"]),
])
def test_an_assumption_holds_of_every_member_and_token(latex, where, assume):
    search = found(latex, where, assume)
    assert search.counterexample is None
    assert search.admissible > 20


def test_what_is_assumed_of_every_token_leaves_sequences_of_several_lengths():
    search = found(r"\sum_{i=1}^G \sum_{t=1}^{|o_i|} c_{i,t} \leq \sum_{i=1}^G |o_i| - G", assume=[r"c_{i,t} \leq 1"],
                   budget=3)
    assert search.counterexample is not None
    uneven = found(r"\sum_{i=1}^G |o_i| = G\, |o_k|", assume=[r"c_{i,t} \geq 0"], budget=3)
    assert len({len(word) for word in uneven.counterexample.sequences}) > 1


def test_the_reason_says_what_is_assumed_of_every_one():
    verdict = grpo_symbolic.prove(r"\sum_{i=1}^G r_i \geq 1", assume=[r"r_i \geq 0"])
    assert verdict.status == "refuted"
    assert "what is assumed of i is assumed of every one" in verdict.reason


def test_a_jump_at_the_point_of_expansion_is_a_kink():
    jumping = found(r"\mathbf{1}[\pi_\theta(a|s) > \pi_{\text{old}}(a|s)] = 0 + O(\|\Delta\theta\|)")
    assert jumping.counterexample is None
    assert jumping.admissible < jumping.models / 2


def test_long_sequences_are_refused_and_not_built():
    verdict = grpo_symbolic.prove(r"\sum_{t=1}^{|o_i|} w_{i,t} = 1", where=[TOKENS], assume=["|o_i| = T", "T = 60"])
    assert verdict.status == "undecided"
    assert "too long" in verdict.reason


def test_a_law_of_tokens_is_asked_for_no_sequence():
    verdict = grpo_symbolic.prove(r"\prod_{t=1}^T \pi_\theta(o_t|q,o_{<t}) = \prod_{t=1}^T \pi_\theta(o_k|q,o_{<t})")
    assert verdict.status == "undecided"
    assert "law of tokens" in verdict.reason
