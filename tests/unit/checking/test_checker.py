"""Verdicts where prover and oracle meet: neither covers for the other."""

from dataclasses import dataclass
from time import process_time

import pytest

import grpo_symbolic
from grpo_symbolic.checking import texts
from grpo_symbolic.checking.check import check, check_claim
from grpo_symbolic.language import (
    AtOld,
    Claim,
    Definition,
    E,
    Head,
    LanguageError,
    Log,
    Min,
    Relation,
    Step,
    StopGradient,
    grad,
    node,
    remainder,
)
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.paper.notation import a, pi_old, pi_theta, s, score
from grpo_symbolic.proof.prove import Unproved, prove

p, q = pi_theta(a, s), pi_old(a, s)
f, X = Head("f(#1)"), Head("X(#1)", theta=True)


@dataclass(frozen=True)
class Named:
    """A record of a file, of which only the name matters."""

    id: str


def is_(left, right, op="=", **context):
    return Claim(Relation(op, left, right), **context)


def test_a_definition_has_no_remainder():
    with pytest.raises(LanguageError, match="a definition is exact"):
        Definition(Head("X(#1, #2)", theta=True)(a, s), Min(p, 1) + remainder(1))


@pytest.mark.parametrize("claim", [
    is_(StopGradient(p), p + remainder(2)),
    is_(grad(StopGradient(p) * Log(p)), grad(p) + remainder(2)),
    is_(p + 1 + remainder(1), p, ">"),
    is_(p + remainder(2), p, "≥"),
])
def test_a_remainder_beside_a_stopped_copy_or_in_an_inequality_is_not_decided(claim):
    with pytest.raises(Unproved):
        prove(claim)
    assert check_claim(claim).status == "undecided"


def test_a_stopped_copy_that_is_differentiated_as_a_whole_holds_nothing_fixed():
    stopped = AtOld(grad(StopGradient(Log(p)))).T * Step()
    assert check_claim(is_(p, AtOld(p) + stopped + remainder(2))).status == "refuted"
    assert check_claim(is_(p, AtOld(p) + stopped + remainder(1))).status == "proved"


@pytest.mark.long
@pytest.mark.parametrize("claim", [
    is_(Log(f(a)) + Log(-f(a)), Log(-f(a)) + Log(f(a))),
    is_(f(a) / f(a), 1, assume=(Relation("=", f(a), node(0)),)),
    is_(f(a), f(a) + 1, assume=(Relation(">", node(0), node(1)),)),
])
def test_what_no_model_satisfies_is_undecided(claim):
    assert check_claim(claim, budget=0.5).status == "undecided"


def test_an_approximation_is_refuted_below_its_order():
    assert check_claim(is_(grad(Log(p)), -score(a), "≈")).status == "refuted"
    assert check_claim(is_(Log(p), Log(q) + (p - q) / q, "≈")).status == "proved"


def test_a_chain_has_the_worst_verdict_of_its_links():
    law = E((a, pi_theta | s), f(a))
    chain = (is_(law, law), is_(law, law + 1), is_(law, E((a, pi_old | s), f(a)), "≈"))
    verdict = check(chain)
    assert verdict.status == "refuted"
    assert [link.status for link in verdict.links] == ["proved", "refuted", "refuted"]


def test_a_positive_probability_says_what_makes_it_positive():
    assert prove(is_(p, 0, ">")).hypotheses == ("Positive(π_θ)",)


def test_what_overflows_in_floating_point_is_proved():
    tower = r"\exp(\exp(\exp(\sum_{a'} \frac{%s}{\pi_{\text{ref}}(a|s)})))"
    stated = tower % r"\pi_\theta(a|s)" + "=" + tower % r"\exp(\log\pi_\theta(a|s))"
    verdict = grpo_symbolic.prove(stated)
    assert verdict.status == "proved"
    assert verdict.spot.disagreements == 0


@pytest.mark.parametrize("fault", [KeyError("count"), OverflowError("too large"), MemoryError(), RecursionError()])
def test_a_failure_of_the_checker_costs_one_record_only(monkeypatch, fault):
    def failing(content, budget):
        if content is broken:
            raise fault
        return check(content, budget)

    monkeypatch.setattr(texts, "check", failing)
    stated = (r"\beta = \beta", r"\beta + 1 = 1 + \beta", r"2\beta = \beta + \beta")
    read = [(Named(str(k)), read_statement(latex)) for k, latex in enumerate(stated)]
    broken = read[1][1].links[0].content
    verdicts = list(texts.check_read(read, 2.0))
    assert [verdict.status for verdict in verdicts] == ["proved", "undecided", "proved"]
    assert [verdict.id for verdict in verdicts] == ["0", "1", "2"]
    assert verdicts[1].reason.startswith("the checker failed on this statement: " + type(fault).__name__)


@pytest.mark.parametrize(("latex", "named"), [
    (r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}[A(s,a_1)A(s,a_3)]"
     r"= (\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)])^2", {"Range(G≥3)"}),
    (r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}[A(s,a_1)]"
     r"= \mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[A(s,a)]", set()),
])
def test_to_name_a_member_of_a_group_is_to_suppose_that_there_is_one(latex, named):
    verdict = texts.prove(latex)
    assert verdict.status == "proved"
    assert {name for name in verdict.hypotheses if name.startswith("Range")} == named


@pytest.mark.parametrize(("latex", "status"), [
    (r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta\log\pi_\theta(a|s)]\| = 0", "proved"),
    (r"\|\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a)\nabla_\theta\log\pi_\theta(a|s)]\| = 0", "refuted"),
    (r"\sqrt{A(s,a)-A(s,a)} = 0", "proved"),
    (r"\frac{1}{\sqrt{A(s,a)-A(s,a)}} = 1", "undecided"),
])
def test_the_root_of_zero_is_zero_and_nothing_is_divided_by_it(latex, status):
    assert texts.prove(latex, budget=0.5).status == status


def test_exponents_far_from_whole_numbers_keep_the_budget():
    start = process_time()
    moment = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[(\pi_{\text{ref}}(a|s)/\pi_\theta(a|s))^{0.123456789}] \leq 1"
    assert texts.prove(moment, budget=1).status == "undecided"
    assert process_time() - start < 5


MEAN_SCORE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log\pi_\theta(a|s)]"


def test_a_product_with_zero_has_every_shape():
    assert grpo_symbolic.prove(rf"V(s) {MEAN_SCORE} = V(s) \cdot 0 = 0").status == "proved"
    assert grpo_symbolic.prove(r"\nabla_\theta\pi_\theta(a|s) = V(s) \cdot 0").status == "refuted"
    assert grpo_symbolic.prove(r"\nabla_\theta\pi_\theta(a|s) = V(s) \cdot 1").status in ("ill-formed", "unread")
