"""The time budget of a statement is kept: by the proof, by every search, and by what is evaluated in them."""

import re
from itertools import count
from math import inf
from time import process_time, thread_time

import numpy as np
import pytest
from symbols import a, old, pi, r, s
from symbols import group as members

import grpo_symbolic
from grpo_symbolic.checking.check import check, check_claim
from grpo_symbolic.language import Claim, E, Exp, Head, Hessian, LanguageError, Log, Num, Relation, grad
from grpo_symbolic.oracle import attack, satisfiable, spot_check
from grpo_symbolic.oracle.meaning.question import prepare
from grpo_symbolic.oracle.meaning.sides import ask
from grpo_symbolic.oracle.model.clock import OutOfTime, until
from grpo_symbolic.oracle.model.number_systems import Floating, Precise
from grpo_symbolic.oracle.model.tables import Rational, Sizes
from grpo_symbolic.proof.prove import Unproved, prove
from grpo_symbolic.proof.search.strategy import PATIENCE as FORMS
from grpo_symbolic.proof.search.strategy import Search

# What a slow machine needs to notice that time is up, in time of the processor: other programs may run beside.
PATIENCE = 1.5
OVER = "the time budget is used up"

OLD = r"\pi_{\theta_{\text{old}}}(a_i|s)"
RATIO = rf"\frac{{\pi_\theta(a_i|s)}}{{{OLD}}}"


def group(body):
    return r"\mathbb{E}_{a_{1:G}\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[" + body + "]"


def clipped(times):
    """A clip of a clip of a clip of the ratio."""
    inner = RATIO
    for _ in range(times):
        inner = rf"\operatorname{{clip}}({inner}\cdot {RATIO},1-\epsilon,1+\epsilon)"
    return inner


def doubling(times):
    """Definitions of which each uses the one before twice."""
    return [r"u_{0}(a) \doteq 1+r(s,a)"] + [
        rf"u_{{{k + 1}}}(a) \doteq u_{{{k}}}(a) u_{{{k}}}(a)" for k in range(times)]


HARD = {
    "nested clips in a group": (group(rf"\frac{{1}}{{G}}\sum_{{i=1}}^G \min({clipped(5)}\hat A_i,{RATIO}\hat A_i)")
                                + r" \leq " + group(rf"\frac{{1}}{{G}}\sum_{{i=1}}^G {RATIO}\hat A_i")),
    "their gradient": r"\nabla_\theta " + group(rf"\frac{{1}}{{G}}\sum_{{i=1}}^G {clipped(5)}\hat A_i") + " = 0",
    "a high power": r"(1+\pi_\theta(a|s)+r(s,a)+f(s,a)+g(s,a))^{20} = (1+\pi_\theta(a|s)+r(s,a)+f(s,a)+g(s,a))^{10}"
                    r"(1+\pi_\theta(a|s)+r(s,a)+f(s,a)+h(s,a))^{10}",
    "a power of a sum, squared": group(r"((\sum_{i=1}^G r_i)^{6})^2") + " = " + group(r"(\sum_{i=1}^G r_i)^{6}") + "^2",
    "a product of sums": group("".join(rf"(\sum_{{i=1}}^G r_i^{k})" for k in range(1, 7))) + r" \geq 0",
    "second derivatives": r"\nabla_\theta^2 " + group(r"(\sum_{i=1}^G r_i \log\pi_\theta(a_i|s))^4") + " = 0",
    "a remainder of order 8": r"(\pi_\theta(a|s)-\pi_{\theta_{\text{old}}}(a|s))^8 \exp(\log\pi_\theta(a|s)^2)"
                              r" = O(\|\Delta\theta\|^8)",
    "maxima in maxima": r"\max(" * 12 + "r(s,a)" + "".join(rf",f_{{{k}}}(a)) + g_{{{k}}}(a)" for k in range(12))
                        + r" \geq r(s,a)",
    "many cases": "+".join(rf"|f_{{{k}}}(a) - f_{{{k + 1}}}(a)|" for k in range(8)) + r" \geq |f_{0}(a)-f_{8}(a)|",
    "logarithms to a high power": r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[(\log\pi_\theta(a|s)+"
                                  r"\log\pi_{\text{ref}}(a|s))^{30}] \geq \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
                                  r"[(\log\pi_\theta(a|s))^{30}]",
    "powers of powers": r"((r(s,a)^{1000})^{1000})^{1000} \geq 0",
    "a chain": r"(\sum_{i=1}^{G} r_i)^{9} = (\sum_{i=1}^{G} r_i)^{4}(\sum_{i=1}^{G} r_i)^{5} \leq"
               r" (\sum_{i=1}^{G} |r_i|)^{9} = (\sum_{i=1}^{G} |r_i|)^{10}",
}


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """What is imported when it is first used takes no statement's time."""
    grpo_symbolic.prove(r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] = 0")


@pytest.mark.long
@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("budget", [0.2, 0.5])
def test_an_answer_comes_in_time(name, budget):
    start = process_time()
    assert grpo_symbolic.prove(HARD[name], budget=budget).status != "ill-formed"
    assert process_time() - start < budget + PATIENCE


def test_comparisons_that_repeat_leave_time_for_a_counterexample():
    floor = (r"\max(\max(\frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)},1-\epsilon)A(s,a), cA(q,a))"
             r" \geq cA(s,a)")
    start = process_time()
    assert grpo_symbolic.prove(floor, assume=["A(s,a) < 0"], budget=2).status == "refuted"
    assert process_time() - start < 2 + PATIENCE


def test_definitions_that_double_are_not_unfolded_for_ever():
    start = process_time()
    verdict = grpo_symbolic.prove(r"u_{40}(a) = 1", where=doubling(40), budget=0.5)
    assert verdict.status == "undecided"
    assert "unfolded" in verdict.reason
    assert process_time() - start < 0.5 + PATIENCE


@pytest.mark.parametrize("latex", [
    r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s)] = 0",
    r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)] = 0",
    r"D_{\text{KL}}(\pi_\theta\|\pi_{\text{ref}}) \geq 0",
])
def test_without_time_nothing_is_decided(latex):
    verdict = grpo_symbolic.prove(latex, budget=0)
    assert (verdict.status, verdict.reason) == ("undecided", OVER)


@pytest.mark.parametrize("budget", [-1.0, float("nan")])
def test_what_is_no_time_is_refused(budget):
    with pytest.raises(LanguageError, match="budget must be a number of seconds"):
        grpo_symbolic.prove("1 = 1", budget=budget)


def test_without_time_a_definition_and_a_mistake_are_still_seen():
    assert grpo_symbolic.prove(r"u(a) \doteq \pi_\theta(a|s)", budget=0).status == "definition"
    assert grpo_symbolic.prove(r"\sum_j r(s,a) = \nabla_\theta", budget=0).status == "ill-formed"


f = Head("f(#1, #2)")
SCORE = Claim(Relation("=", E((a, pi | s), grad(Log(pi(a, s)))), Num(0)))
FALSE = Claim(Relation("=", E((a, pi | s), r(s, a)), Num(0)))


def test_every_part_stops_where_its_time_is_up():
    with pytest.raises(Unproved, match=OVER):
        prove(SCORE, deadline=thread_time() - 1)
    found = attack(FALSE, budget=0)
    assert (found.counterexample, found.models, found.vacuous) == (None, 0, False)
    assert satisfiable(SCORE, budget=0) == (False, 0)
    assert spot_check(SCORE, budget=0).models == 0


def test_a_proof_has_half_of_the_time_and_a_counterexample_the_rest(monkeypatch):
    given = {}

    def unproved(claim, deadline, doubted):
        given["proof"] = deadline - thread_time()
        raise Unproved("no")

    monkeypatch.setattr("grpo_symbolic.checking.check.prove", unproved)
    assert check_claim(FALSE, budget=30).status == "refuted"
    assert given["proof"] == pytest.approx(15, abs=1)


def test_a_search_ends_where_a_counterexample_is_known_and_asks_for_one_once(monkeypatch):
    """One search follows another, under more rules: what ends the first ends all, and is not asked for anew."""
    searched, asked = [], []
    searching = Search.__call__

    def counted(search, *form):
        searched.append(form)
        return searching(search, *form)

    monkeypatch.setattr(Search, "__call__", counted)
    claim = grpo_symbolic.paper["claim12-lower"].statement
    for known, most in ((False, 600), (True, FORMS)):
        searched.clear(), asked.clear()
        with pytest.raises(Unproved):
            prove(claim, doubted=lambda known=known: asked.append(known) or known)
        assert asked == [known]
        assert FORMS <= len(searched) <= most


def test_a_claim_that_was_not_seen_to_speak_of_anything_is_not_proved(monkeypatch):
    """Where a proof takes all the time, a claim without assumptions stands, and one with assumptions does not."""
    monkeypatch.setattr("grpo_symbolic.oracle.satisfiable", lambda *_, **__: (False, 0))
    assert check_claim(SCORE).status == "proved"
    assumed = check_claim(Claim(Relation("≥", r(s, a), Num(0)), assume=(Relation(">", r(s, a), Num(0)),)))
    assert (assumed.status, assumed.reason) == ("undecided", OVER)
    divided = check_claim(Claim(Relation("=", r(s, a) / r(s, a), Num(1))))
    assert (divided.status, divided.reason) == ("undecided", OVER)


def test_the_links_of_a_chain_share_the_time():
    slow = Claim(Relation("≥", Exp(r(s, a)) + Exp(f(s, a)) + Exp(r(s, a) * f(s, a)), Num(1)))
    start = process_time()
    verdict = check((FALSE, slow, slow, FALSE), budget=1.0)
    assert [link.status for link in verdict.links] == ["refuted", "undecided", "undecided", "refuted"]
    assert process_time() - start < 1.0 + PATIENCE


@pytest.mark.parametrize("arithmetic", [Floating(), Precise()])
def test_a_large_sum_is_left_in_the_middle(arithmetic, monkeypatch):
    """Groups of six of eight actions: 262144 terms, and a clock that moves when it is looked at."""
    total = r(s, members[1])
    for k in range(2, 7):
        total = total * Log(1 + r(s, members[k]) ** 2) + Log(pi(members[k], s))
    question = prepare(Claim(Relation("=", E((members, old | s), Hessian(total)), Num(0))))
    model = Rational(Sizes(actions=8, group=6, directions=2, batch=4), arithmetic, np.random.default_rng(0))
    ticks = count()
    monkeypatch.setattr("grpo_symbolic.deadline.thread_time", lambda: next(ticks))
    monkeypatch.setattr("grpo_symbolic.deadline.perf_counter", lambda: inf)
    with until(10), pytest.raises(OutOfTime):
        list(ask(question, model))
    assert next(ticks) == 12  # the first look past the deadline is the last


def test_an_inner_deadline_never_outlasts_an_outer_one():
    question = prepare(SCORE)
    model = Rational(Sizes(directions=1), Floating(), np.random.default_rng(0))
    with until(thread_time() - 1), pytest.raises(OutOfTime), until(thread_time() + 100):
        list(ask(question, model))
    assert list(ask(question, model))


def test_the_reason_says_how_far_it_came():
    verdict = grpo_symbolic.prove(r"\exp(r(s,a)) + \exp(f(s,a)) + \exp(r(s,a) f(s,a)) \geq 1", budget=0.3)
    assert verdict.status == "undecided"
    assert re.search(r"no counterexample among \d+ models", verdict.reason)
