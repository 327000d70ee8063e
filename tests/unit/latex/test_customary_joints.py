r"""P(A, B), \mathbb{E}_B[… | A] and what they are of: read as one joint law, named, and no more is proved."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

E, UNDER = r"\mathbb{E}", r"\sim\pi_\theta"
PAST, SCORE = r"s_{t'}, a_{t'}, s_{t'+1}", r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
BEFORE = rf"P(s_t, a_t | \pi_\theta, {PAST}) = \pi_\theta(a_t|s_t) P(s_t | \pi_\theta, {PAST})"
# A statement, and one that a small change makes false.
TRUE_AND_FALSE = [
    ("P(A,B) = P(B|A) P(A)", "P(A)", "P(B)"),
    (rf"{E}_{{p(x,y)}}[f(x)] = {E}_{{p(x)}}[f(x)]", "f(x)]", "f(y)]"),
    (rf"{E}_{{p(x)}}{E}_{{p(y|x)}}[g(x,y)] = {E}_{{p(y)}}{E}_{{p(x|y)}}[g(x,y)]", "p(y|x)", "p(y)"),
    ("P(A,B|C) = P(A|B,C) P(B|C)", "A|B,C", "A|C"),
    (r"\int_A P(A,B) = P(B)", r"P(B)", "1"),
    (r"p(x,y,z) = p(x) p(y|x) p(z|x,y)", "p(z|x,y)", "p(z|x)"),
    ("P(A|B) P(B) = P(B|A) P(A)", "P(B|A)", "P(A|B)"), (r"p(x|y) = \frac{p(y|x) p(x)}{p(y)}", "p(x)}", "p(y)}"),
    (r"\sum_y p(x|y) p(y) = p(x)", "p(y) =", "="), (r"p(y|x) = \sum_z p(y|x,z) p(z|x)", "p(y|x,z)", "p(y|z)"),
    (rf"\int_B P(B) {E}_A[f(A,B) | B] = \int_A P(A) {E}_B[f(A,B) | A]", "P(A)", "P(B|A)"),
    (rf"{E}_{{A,B}}[f(A,B)] = \int_{{A,B}} P(A,B) f(A,B) = \int_A \int_B P(B|A) P(A) f(A,B) = {E}_A[{E}_B[f(A,B) | A]]",
     "P(B|A) P(A)", "P(B|A) P(B|A)"),
    (rf"{E}_A[{E}_B[h(A) g(A,B) | A]] = {E}_A[h(A) {E}_B[g(A,B) | A]]", "h(A) g(A,B) |", "h(B) g(A,B) |"),
    (rf"{E}_{{\tau{UNDER}}}[f(t,t')] = \int_\tau P(\tau|\pi_\theta) f(t,t') = {E}_{{s_t, a_t, s_{{t'}}{UNDER}}}"
     r"[f(t,t')]",
     r"\int_\tau", r"2 \int_\tau"),
    (rf"{E}_{{s_t, a_t{UNDER}}}[{SCORE} | {PAST}] = \int_{{s_t, a_t}} P(s_t, a_t | \pi_\theta, {PAST}) {SCORE}",
     rf"P(s_t, a_t | \pi_\theta, {PAST}) ", ""),
    (BEFORE, rf"P(s_t | \pi_\theta, {PAST})", r"P(s_t | \pi_\theta)"),
    (rf"\int_{{s_t}} P(s_t | \pi_\theta, {PAST}) {E}_{{a_t{UNDER}}}[f(s_t,a_t) | s_t] = "
     rf"{E}_{{s_t, a_t{UNDER}}}[f(s_t,a_t) | {PAST}]", r"P(s_t | \pi_\theta, ", r"P(a_t | \pi_\theta, ")]
# What is false of some joint law, or may mean another one.
FALSE = [
    rf"{E}_{{y\sim\pi_\theta(y|x)}}[f(x,y)] = {E}_{{y\sim\pi_\theta(y)}}[f(x,y)]",
    rf"{E}_{{\pi_\theta(y|x)}}[f(x,y)] = {E}_{{\pi_\theta(y)}}[f(x,y)]",
    "P(A,B) = P(A) P(A|B)", "P(A,B) = P(A) P(B)", "P(A,B|C) = P(A|B) P(B|C)", "P(A,B)^2 = P(A|B)^2 P(B)",
    r"\int_{A,B} P(A|B) = 1", r"\int_{A,B} P(A,B) f(A,B) = \int_A P(A) f(A,B)",
    rf"{E}_{{A,B}}[f(A) g(B)] = {E}_A[f(A)] {E}_{{A,B}}[g(B)]",
    rf"{E}_A[{E}_B[f(A,B) | A]] = {E}_{{A,B}}[f(B,A)]", rf"{E}_A[{E}_B[f(A,B)]] = {E}_{{A,B}}[f(A,B)]",
    rf"{E}_A[{E}_B[f(A,B) | A]^2] = {E}_{{A,B}}[f(A,B)^2]", rf"{E}_A[f(A,B) | B] = {E}_A[f(A,B)]",
    rf"{E}_A[{E}_B[f(A,B) | A] {E}_B[g(A,B) | A]] = {E}_{{A,B}}[f(A,B) g(A,B)]",
    rf"{E}_{{A,B}}[\exp(f(A,B))] = \exp({E}_A[{E}_B[f(A,B) | A]])",
    rf"{E}_{{A,B}}[\frac{{1}}{{f(A,B)}}] = {E}_A[\frac{{1}}{{{E}_B[f(A,B) | A]}}]",
    rf"{E}_{{x,y\sim\pi}}[P(x,y)] = \sum_{{x,y}} P(x,y) P(x,y)",
    rf"{E}_{{x,y\sim\pi_\theta}}[f(x,y)] = \sum_{{x,y}} P(x,y|\pi_{{old}}) f(x,y)",
    rf"{E}_{{\tau{UNDER}}}[f(t,t')] = \int_\tau P(\tau|\pi_\theta) P(\tau|\pi_\theta) f(t,t')",
    rf"{E}_{{\tau{UNDER}}}[f(t)] = {E}_{{s_t,a_t{UNDER}}}[f(t')]",
    rf"{E}_{{s_t,a_t{UNDER}}}[{SCORE} {SCORE} | s_{{t'}}] = "
    rf"{E}_{{s_t{UNDER}}}[{E}_{{a_t{UNDER}}}[{SCORE} | s_t] {SCORE} | s_{{t'}}]",
    rf"{E}_{{s_t,a_t{UNDER}}}[{SCORE} | s_{{t'}}] = {E}_{{s_t,a_t{UNDER}}}[\log\pi_\theta(a_t|s_t) | s_{{t'}}]",
    r"\nabla_\theta P(s_t,a_t|\pi_\theta) = P(s_t|\pi_\theta) \nabla_\theta \pi_\theta(a_t|s_t)",
    # What is of the same step, or a later one, tells something of the action.
    *(rf"P(s_t, a_t | \pi_\theta, {later}) = \pi_\theta(a_t|s_t) P(s_t | \pi_\theta, {later})"
      for later in ("s_{t+1}", "a_{t'+1}", "s_{t'+2}", "r_{t'}", "s_{t'}, s_{t+1}", "s_T", "A")),
    r"P(s_t, a_t | \pi_\theta, s_{t'}) = \pi_\theta(a_t|s_{t'}) P(s_t | \pi_\theta, s_{t'})",
    r"P(s_t, a_t | \pi_\theta, s_{t'}) = \pi_\theta(s_t|a_t) P(a_t | \pi_\theta, s_{t'})"]


@pytest.mark.parametrize(("text", "printed", "bent"), TRUE_AND_FALSE)
def test_what_holds_of_every_joint_law_is_proved_and_named(text: str, printed: str, bent: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any("joint law" in one.formula for one in found.lore if one.entry == "by custom")
    assert printed in text
    assert prove(text.replace(printed, bent, 1)).status != "proved"


@pytest.mark.parametrize("text", FALSE)
def test_what_fails_for_some_joint_law_is_not_proved(text: str) -> None:
    assert prove(text).status not in ("proved", "refuted")


@pytest.mark.parametrize(("assumed", "status"), [
    ("t' < t", "proved"), ("t > t'", "proved"), ("t' > t", "undecided"), ("t' = t+1", "undecided"),
    (r"t' \geq t", "undecided")])
def test_the_order_of_steps_is_named_and_not_taken_where_it_is_another(assumed: str, status: str) -> None:
    assert any("t' < t" in one.formula for one in prove(BEFORE).lore)
    assert prove(BEFORE, assume=[assumed]).status == status
    records = read_records(tex_records(rf"For ${assumed}$ we have \[ {BEFORE} \]"))
    assert [verdict.status for verdict in check_read(records, budget=5.0)] == [status]


@pytest.mark.parametrize("words", ["Let $P$ be another distribution.", "Let $P(A,B)$ denote the uniform distribution."])
def test_what_a_document_says_of_the_law_is_heeded(words: str) -> None:
    records = read_records(tex_records(rf"{words} \[ P(A,B) = P(B|A) P(A) \]"))
    assert [verdict.status for verdict in check_read(records, budget=5.0)] == ["undecided"]


def test_a_law_that_is_defined_is_none_of_custom() -> None:
    assert prove("P(A,B) = P(B|A) P(A)", where=["P(A,B) = f(A)"]).status != "proved"
