"""A prover that proves what is false is caught by the models at boundaries, loudly; a true proof is left in peace."""

import json
import sys
from types import SimpleNamespace

import pytest

import grpo_symbolic
from grpo_symbolic import cli
from grpo_symbolic.checking import check as checking
from grpo_symbolic.checking.check import check
from grpo_symbolic.checking.second_opinion import granted_by
from grpo_symbolic.kernel import Hypothesis
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle import challenge
from grpo_symbolic.proof.prove import Proof

OFF_KINK = Hypothesis("OffKink", ())
POSITIVE = Hypothesis("Positive", r"\pi")


def proved(claim, *hypotheses, relation=None, order=None):
    """A proof out of thin air, with the hypotheses that it pretends to rest on."""
    names = tuple(f"{one.kind}({one.about})" for one in hypotheses)
    return Proof(relation or claim.relation.op, order, names, SimpleNamespace(hypotheses=frozenset(hypotheses)))


@pytest.fixture
def credulous(monkeypatch):
    """A prover that proves whatever it is asked, under hypotheses that a test chooses."""
    said = SimpleNamespace(hypotheses=(), order=None)
    monkeypatch.setattr(checking, "prove", lambda claim, **_: proved(claim, *said.hypotheses, order=said.order))
    return said


def given(text):
    return {"latex": text} if isinstance(text, str) else text


RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
SHORT = r"\sum_{i=1}^{G-3} 1 = G-3"
KINK = r"\nabla_\theta \sum_{b}|\pi_\theta(b|s) - c| = \sum_{b}(2 \cdot \mathbf{1}[\pi_\theta(b|s) > c] - 1)" \
       r"\nabla_\theta\pi_\theta(b|s)"
COINCIDING = r"\nabla_\theta \max(\pi_\theta(b|s), \pi_\theta(a|s)) = \nabla_\theta \pi_\theta(b|s)"
JUMP = r"\mathbf{1}[\pi_\theta(b|s) \geq \pi_{\text{old}}(b|s)] = 1 + O(\|\Delta\theta\|)"
POSITIVITY = r"\mathbf{1}[\pi_{\text{ref}}(b|s) > 0] = 1"
FALSE = {
    "a threshold with a denominator that may vanish": r"\max(u, w(u+k)) = u",
    "two thresholds": r"|k - wk - wu| = 0",
    "a zero": r"\mathbf{1}[u^2 + w^2 > 0] = 1",
    "a tie": r"\mathbf{1}[u > w] + \mathbf{1}[u < w] = 1",
    "equal rewards": r"\mathbf{1}[\sum_{i=1}^G (r_i - \frac{1}{G}\sum_{j=1}^G r_j)^2 = 0] = 0",
    "coinciding actions": r"\mathbf{1}[\pi_\theta(a|s) = \pi_\theta(b|s)] = 0",
    "a group of one": r"\mathbf{1}[G = 1] = 0",
    "a single action": r"\mathbf{1}[\pi_\theta(a|s) = 1] = 0",
    "a sequence of one token": r"\mathbf{1}[|o_i| = 1] = 0",
    "an extreme ratio": {"latex": r"\min(\rho(a), 10000) = \rho(a)", "where": [RATIO]},
    "the size of a range": SHORT,
    "a named member": r"r_1 + r_2 = r_1",
    "a kink": KINK,
    "a kink where actions coincide": COINCIDING,
    "a jump where the remainder starts": JUMP,
    "a law that vanishes": POSITIVITY,
    "an inequality at its bound": {"latex": r"u > 0", "assume": [r"u \geq 0"]},
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_proof_is_caught(credulous, name):
    credulous.order = 1 if FALSE[name] == JUMP else None
    verdict = grpo_symbolic.prove(**given(FALSE[name]))
    assert verdict.status == "undecided"
    assert "disagree" in verdict.reason
    assert "report" in verdict.reason
    assert verdict.disagrees
    assert verdict.disagreement.counterexample is not None
    assert verdict.counterexample is None
    assert verdict.proved is None


HOLDS_UNDER = {
    "a range that has a size": (SHORT, Hypothesis("Size", ())),
    "a group that is large enough": (r"\mathbf{1}[G > 2] = 1", Hypothesis("Range", "G ≥ 3")),
    "a constant in its range": (r"\max(\kappa, 2) = \kappa", Hypothesis("Range", r"\kappa ≥ 2")),
    "a derivative off its kink": (KINK, OFF_KINK),
    "a law that is positive": (POSITIVITY, Hypothesis("Positive", r"\pi_{\text{ref}}")),
    "what is divided by": (r"\frac{u - w}{u - w} = 1", Hypothesis("Nonzero", ())),
    "what a root is taken of": (r"\sqrt{u}^2 = u", Hypothesis("Nonnegative", ())),
}


@pytest.mark.parametrize("name", HOLDS_UNDER)
def test_a_model_in_which_a_listed_hypothesis_fails_is_no_counterexample(name):
    latex, hypothesis = HOLDS_UNDER[name]
    claim = read_statement(latex, [], []).links[0].content
    found = granted(claim, hypothesis)
    assert found.counterexample is None
    assert found.admissible


@pytest.mark.parametrize("name", ["a range that has a size", "a group that is large enough", "a constant in its range",
                                  "a derivative off its kink", "a law that is positive"])
def test_and_without_the_hypothesis_it_is_one(name):
    claim = read_statement(HOLDS_UNDER[name][0], [], []).links[0].content
    assert granted(claim).counterexample is not None


def granted(claim, *hypotheses):
    return challenge(claim, granted_by(claim, proved(claim, *hypotheses)), 5.0)


def test_a_proof_that_no_model_can_be_tried_on_is_not_believed(credulous):
    verdict = grpo_symbolic.prove(r"\frac{1}{u - u} = u", budget=0.2)
    assert verdict.status == "undecided"
    assert not verdict.disagrees
    assert "none in which both sides have a value" in verdict.reason


def test_a_proof_beyond_finite_models_is_not_believed(credulous):
    credulous.order = 12
    verdict = grpo_symbolic.prove(r"\pi_\theta(a|s) = \pi_{\text{old}}(a|s) + O(\|\Delta\theta\|^{12})")
    assert (verdict.status, verdict.disagreement) == ("undecided", None)
    assert "no finite model" in verdict.reason


def test_without_time_for_a_second_opinion_nothing_is_proved(credulous):
    verdict = grpo_symbolic.prove("u = u", budget=0)
    assert verdict.status == "undecided"
    assert "time" in verdict.reason


def test_record_and_terminal_show_both_sides_and_the_command_fails(credulous, monkeypatch, capsys):
    credulous.hypotheses = (POSITIVE,)
    record = command(["prove", "--json", r"\max(u, w) = u"], monkeypatch, capsys)
    found = json.loads(record)["disagreement"]
    assert (found["proved"], found["hypotheses"]) == ("=", [r"Positive(\pi)"])
    assert found["counterexample"]["lhs"] != found["counterexample"]["rhs"]
    assert set(found["counterexample"]["values"]) == {"u", "w"}
    shown = command(["prove", r"\max(u, w) = u"], monkeypatch, capsys)
    assert "disagree" in shown
    assert r"proof: = under Positive(\pi)" in shown
    assert "counterexample" in shown


def command(arguments, monkeypatch, capsys):
    """What the command prints, which must end with 1."""
    monkeypatch.setattr(sys, "argv", ["grpo-symbolic", *arguments])
    assert cli.main() == 1
    return capsys.readouterr().out


def test_a_link_at_odds_puts_its_chain_at_odds(credulous):
    chain = tuple(link.content for link in read_statement(r"u = \min(u, w) = w", [], []).links)
    verdict = check(chain)
    assert verdict.disagrees
    assert any(link.disagreement is not None for link in verdict.links)


def test_an_undefined_function_does_not_hide_a_disagreement(credulous):
    assert grpo_symbolic.prove(r"\max(F_\theta, w) = F_\theta").disagrees


@pytest.mark.parametrize("latex", [
    r"\nabla_\theta(|u - \pi_\theta(a|s)| - |\pi_\theta(a|s) - u|) = 0",
    r"\min(\pi_\theta(a|s), u) + \max(\pi_\theta(a|s), u) = \pi_\theta(a|s) + u",
    r"\nabla_\theta(\min(\pi_\theta(a|s), u) + \max(\pi_\theta(a|s), u)) = \nabla_\theta \pi_\theta(a|s)",
])
def test_kinks_that_cancel_are_no_contradiction(latex):
    claim = read_statement(latex, [], []).links[0].content
    assert granted(claim).counterexample is None


def test_an_approximation_is_not_taken_for_an_equality():
    for assumed in (r"u \approx w", r"w \approx u"):
        verdict = grpo_symbolic.prove("u = w", assume=[assumed])
        assert verdict.status == "undecided"
        assert "approximation" in verdict.reason
    assert grpo_symbolic.prove("u = w", assume=["u = w"]).status == "proved"
