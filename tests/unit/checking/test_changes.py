"""A refuted statement comes with the change at one place that makes it true: found, proved, and never a triviality."""

import json
from time import thread_time
from types import SimpleNamespace

import pytest
from commands import run
from mutation_rules import mutants

from grpo_symbolic.checking import mending, texts
from grpo_symbolic.checking.changes import essential, ranked
from grpo_symbolic.checking.repairs import added, scaled
from grpo_symbolic.checking.texts import prove
from grpo_symbolic.language import Num, Relation, StopGradient, grad, plus
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle import Sieve

pytestmark = pytest.mark.long

ON, OFF = r"a\sim\pi_\theta(\cdot|s)", r"a\sim\pi_{\theta_{\text{old}}}(\cdot|s)"
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"
LOG_RATIO = r"\log\frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}"
KL = r"D_{\text{KL}}(\pi_\theta(\cdot|s)\,\|\,\pi_{\text{ref}}(\cdot|s))"
BACK = r"D_{\text{KL}}(\pi_{\text{ref}}(\cdot|s)\,\|\,\pi_\theta(\cdot|s))"
RHO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"
MEAN = r"\bar r \doteq \frac{1}{G}\sum_{j=1}^G r(s,a_j)"

WRONG = {
    "a minus lost": (rf"\nabla_\theta {KL} = -\mathbb{{E}}_{{{ON}}}[{LOG_RATIO}\,{SCORE}]",
                     r"\mathbb{E}_{a \sim \pi_{\theta}(\cdot|s)} \left[ \log \frac{\pi_{\theta}(a|s)}"
                     r"{\pi_{\text{ref}}(a|s)} \nabla_{\theta} \log \pi_{\theta}(a|s) \right]"),
    "½": (r"D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s)\|\pi_\theta(\cdot|s)) = "
          r"\Delta\theta^\top F_s(\theta_{\text{old}})\,\Delta\theta + O(\|\Delta\theta\|^3)",
          r"\frac{1}{2} \Delta\theta^{\top} F_s(\theta_{\text{old}}) \Delta\theta"),
    "2": (rf"\nabla_\theta(\log\pi_\theta(a|s))^2 = \log\pi_\theta(a|s)\,{SCORE}",
          r"2 \log \pi_{\theta}(a|s) \nabla_{\theta} \log \pi_{\theta}(a|s)"),
    "(G − 1)/G": (rf"\mathbb{{E}}_{{a_{{1:G}}\sim\pi_\theta(\cdot|s)}}\left[\frac{{1}}{{G}}\sum_{{i=1}}^G "
                  rf"(r(s,a_i)-\bar r)^2\right] = \mathrm{{Var}}_{{{ON}}}[r(s,a)]",
                  r"\frac{G - 1}{G} \text{Var}_{a \sim \pi_{\theta}(\cdot|s)}[r(s, a)]", MEAN),
    "G − 1 for G": (r"\sum_{i=1}^G \left(r(s,a_i) - \frac{1}{G}\sum_{j\neq i} r(s,a_j)\right) = 0", "G - 1"),
    "another law": (rf"\mathbb{{E}}_{{{OFF}}}[\rho(a) A(s,a)] = \mathbb{{E}}_{{{OFF}}}[A(s,a)]",
                    r"a \sim \pi_{\theta}(\cdot|s)", RHO),
    "the other direction": (rf"\mathbb{{E}}_{{{ON}}}[{LOG_RATIO}] = {BACK}",
                            r"D_{\text{KL}}(\pi_{\theta}(\cdot|s) \| \pi_{\text{ref}}(\cdot|s))"),
    "another policy": (r"\nabla_\theta\frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)} = "
                       rf"\frac{{\pi_\theta(a|s)}}{{\pi_{{\text{{ref}}}}(a|s)}}\,{SCORE}",
                       r"\pi_{\theta_{\text{old}}}(a|s)"),
    "≤ for ≥": (r"\log\rho(a) \geq \rho(a) - 1", r"\leq", RHO),
    "θ = θ_old": (rf"\nabla_\theta\rho(a) = {SCORE}", r"\theta = \theta_{\text{old}}", RHO),
    "a stop-gradient too many": (rf"\nabla_\theta(\operatorname{{sg}}[\rho(a)]A(s,a)) = \rho(a) A(s,a)\,{SCORE}",
                                 r"\rho(a)", RHO),
    "a power": (rf"\mathbb{{E}}_{{{OFF}}}[\rho(a)^2] = 1", r"\rho(a)", RHO),
    "β for 1/β": (r"\log e^{\beta r(s,a)} = \frac{r(s,a)}{\beta}", r"\beta r(s, a)"),
    "a logarithm": (rf"\mathbb{{E}}_{{{ON}}}[A(s,a)\nabla_\theta\pi_\theta(a|s)] = "
                    rf"\nabla_\theta\mathbb{{E}}_{{{ON}}}[A(s,a)]", r"\log \pi_{\theta}(a|s)"),
    "an expectation": (rf"{KL} = {LOG_RATIO}", r"\mathbb{E}_{a \sim \pi_{\theta}(\cdot|s)} \left[ "
                       r"\log \frac{\pi_{\theta}(a|s)}{\pi_{\text{ref}}(a|s)} \right]"),
    "= for <": (rf"{KL} < \mathbb{{E}}_{{{ON}}}[{LOG_RATIO}]", "="),
    "another variable": (rf"\nabla_\theta\mathbb{{E}}_{{{ON}}}[r(s,a)] = \mathbb{{E}}_{{{ON}}}"
                         r"[r(s,a)\,\nabla_\theta\log\pi_\theta(b|s)]", r"\pi_{\theta}(a|s)"),
    "a term": (rf"\mathbb{{E}}_{{{ON}}}[({LOG_RATIO})^2] - {KL}^2 = \mathrm{{Var}}_{{{ON}}}[{LOG_RATIO} - r(s,a)]",
               r"\log \frac{\pi_{\theta}(a|s)}{\pi_{\text{ref}}(a|s)}"),
    "the notation's letters": (r"\mathbb{E}_{y\sim p_\phi(\cdot|x)}[R(x,y)\nabla_\phi\log p_\phi(y|x)] = "
                               r"-\nabla_\phi\mathbb{E}_{y\sim p_\phi(\cdot|x)}[R(x,y)]",
                               r"\nabla_{\phi} \mathbb{E}_{y \sim p_{\phi}(\cdot|x)} [R(x, y)]"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_the_change_is_found_and_what_it_makes_is_proved(kind):
    text, expected, *where = WRONG[kind]
    verdict = prove(text, where, budget=20)
    assert verdict.status == "refuted"
    changes = [change for change in (verdict.change, verdict.change.other) if change is not None]
    assert expected in [change.after for change in changes]
    for change in changes:
        again = prove(change.statement, where, budget=20)
        assert (again.status, set(again.hypotheses)) == ("proved", set(change.hypotheses))


@pytest.mark.parametrize("text", [
    rf"\mathbb{{E}}_{{{ON}}}[r(s,a)] = \pi_{{\text{{ref}}}}(b|s)",  # no near truth
    rf"\mathbb{{E}}_{{{ON}}}[r(s,a)] = 0",
    rf"{KL} = {BACK}",  # one side turned into the other
    r"\pi_\theta(a|s) = \pi_{\text{ref}}(a|s)",
    "2c = c",
    rf"\nabla_\theta {KL} = 0",  # all that is differentiated stopped
    r"\min(1.5 \cdot 2, 1) = 2",  # numbers alone
])
def test_nothing_is_offered_where_only_a_triviality_would_do(text):
    verdict = prove(text, budget=5)
    assert (verdict.status, verdict.change) == ("refuted", None)


@pytest.mark.parametrize("text", [
    rf"\nabla_\theta {KL} = \mathbb{{E}}_{{{ON}}}[{LOG_RATIO}\,{SCORE}]",
    rf"\mathbb{{E}}_{{{ON}}}[r(s,a)] = J"])
def test_what_is_not_refuted_is_not_mended(text):
    verdict = prove(text)
    assert verdict.status != "refuted"
    assert verdict.change is None


def test_in_a_chain_the_change_is_that_of_the_refuted_link():
    mean = rf"\mathbb{{E}}_{{{ON}}}[r(s,a)\,{SCORE}]"
    verdict = prove(rf"\nabla_\theta\mathbb{{E}}_{{{ON}}}[r(s,a)] = {mean} = -{mean}", budget=20)
    sound, wrong = verdict.links
    assert (sound.status, sound.change) == ("proved", None)
    assert (wrong.status, verdict.change) == ("refuted", wrong.change)
    assert wrong.change is not None


def test_without_time_nothing_is_offered_and_the_verdict_stays():
    text, *_ = WRONG["another law"]
    verdict = prove(text, (RHO,), budget=1e-3)
    assert verdict.change is None


def test_what_does_not_read_back_as_proved_is_not_offered(monkeypatch):
    """Neither a sieve that lets all through nor a prover that proves whatever it is asked brings a false change."""
    monkeypatch.setattr(mending, "passes", lambda *_: True)
    monkeypatch.setattr(mending, "prove", lambda claim, **_: SimpleNamespace(hypotheses=()))
    assert prove(rf"\mathbb{{E}}_{{{ON}}}[r(s,a)] = \pi_{{\text{{ref}}}}(b|s)", budget=5).change is None
    text, expected, *_ = WRONG["the other direction"]
    assert prove(text, budget=20).change.after == expected


def test_a_search_that_fails_leaves_the_verdict_and_is_named(monkeypatch):
    def failing(*_):
        raise RecursionError("too deep")

    monkeypatch.setattr(texts, "mended", failing)
    verdict = prove(WRONG["≤ for ≥"][0], (RHO,))
    assert (verdict.status, verdict.change) == ("refuted", None)
    assert "too deep" in verdict.reason


def test_a_very_long_statement_is_refuted_in_time():
    start = thread_time()
    verdict = prove(" + ".join(f"x_{{{k}}} y" for k in range(400)) + r" = 0", budget=2)
    assert verdict.status in ("refuted", "undecided")
    assert thread_time() - start < 10


def test_the_record_has_what_was_changed():
    text, expected, *_ = WRONG["the other direction"]
    found = run("prove", text, "--json", "--budget", "20")
    assert found.returncode == 1
    change = json.loads(found.stdout)["change"]
    assert change["from"].startswith(r"D_{\text{KL}}(\pi_{\text{ref}}")
    assert (change["to"], change["other"]) == (expected, None)
    assert change["statement"].endswith(expected)
    assert "Normalised(π_θ)" not in change["hypotheses"]


def test_a_person_reads_it_in_one_line():
    text, *_ = WRONG["≤ for ≥"]
    said = run("prove", text, "--where", RHO, "--budget", "20").stdout.splitlines()
    assert r"holds with \leq in place of \geq" in said


def claim_of(text, *where):
    return read_statement(text, where).claims[0]


def test_no_candidate_comes_twice_nor_is_the_claim_itself():
    claim = claim_of(WRONG["a minus lost"][0])
    found = [one.claim for group in ranked(claim) for one in group if one.rule != "at_old"]
    assert len(found) > 40
    assert len(set(found)) == len(found)
    assert claim not in found


def test_what_was_bent_is_among_the_candidates_of_its_mutants():
    """Nearly every bend of the mutation suite has its way back."""
    claim = claim_of(rf"\nabla_\theta {KL} = \mathbb{{E}}_{{{ON}}}[{LOG_RATIO}\,{SCORE}]")
    bent = dict(mutants(claim))
    back = {label for label, mutant in bent.items()
            if any(one.claim.relation == claim.relation for group in ranked(mutant) for one in group)}
    assert len(back) > 0.6 * len(bent)
    assert {label.split()[0] for label in back} >= {"sign", "policy", "law", "factor", "power", "logarithm"}


def test_the_sieve_lets_the_truth_through_and_stops_its_mutants():
    claim = claim_of(rf"\nabla_\theta {KL} = \mathbb{{E}}_{{{ON}}}[{LOG_RATIO}\,{SCORE}]")
    sieve = Sieve(claim)
    assert sieve.holds(claim.relation)
    assert not sieve.holds(Relation("=", claim.lhs, -claim.rhs))
    assert not sieve.holds(Relation("=", 2 * claim.lhs, claim.rhs))
    assert not sieve.holds(Relation("=", claim.lhs - claim.lhs, claim.rhs - claim.rhs)), "0 = 0 says nothing"


def test_a_hollow_change_is_no_change():
    claim = claim_of(rf"\nabla_\theta {KL} = \mathbb{{E}}_{{{ON}}}[{LOG_RATIO}\,{SCORE}]")
    old, inner = claim.relation, claim.lhs.args[0]
    for left, right in ((claim.rhs, claim.rhs), (grad(StopGradient(inner)), 0), (grad(inner / inner), 0),
                        (grad(plus(inner, -inner)), 0), (Num(1), Num(1))):
        assert not essential(scaled, old, Relation("=", left, right))
    assert essential(scaled, old, Relation("=", claim.lhs, 2 * claim.rhs))


def test_of_an_inequality_nothing_is_added_that_makes_it_hold():
    claim = claim_of(r"\rho(a) \leq 0", RHO)
    assert not essential(added, claim.relation, Relation("≤", claim.lhs - 9, claim.rhs))
