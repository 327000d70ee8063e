r"""What is printed of two things: joint laws, preferences of policies, bounds of a function by its letter alone."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    "p(y_w,y_l|x) = p(y_l,y_w|x)", "p(x,y) = p(y,x)", "P(x, y) = P(y, x)", r"q_\phi(y,z|x) = q_\phi(z,y|x)",
    r"p(y_w,y_l|x) = p(y_l|x) p(y_w|y_l,x), \quad p(y_w,y_l|x) = p(y_l,y_w|x)"])
def test_a_joint_law_in_two_orders_is_neither_proved_nor_refuted(text):
    assert prove(text).status in ("undecided", "unread")


@pytest.mark.parametrize(("text", "status"), [
    ("p(x,y) = p(y|x) p(x)", "proved"), ("p(y_w,y_l|x) = p(y_l|x) p(y_w|y_l,x)", "proved"),
    ("k(x,y) = k(y,x)", "refuted")])
def test_one_order_is_read_as_before(text, status):
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    r"P(\pi \succ \mu|x) + P(\mu\succ\pi|x) = 1", r"P(\pi_\theta \succ \pi_{ref}|x) \geq \frac12",
    r"P(\pi_\theta \succ \pi_{ref}|x) = P(\pi_\theta \succ \mu|x)"])
def test_a_preference_of_policies_is_no_fault_of_the_text(text):
    assert prove(text).status in ("unread", "definition", "undecided")


@pytest.mark.parametrize("text", [
    r"P(\mathbb{E}_{y\sim\pi}[r(y)] \succ y|x) = 1", r"P(y \succ x|x) + P(x\succ y|x) = 1"])
def test_a_preference_of_two_kinds_is_not_proved(text):
    assert prove(text).status not in ("proved", "refuted")


@pytest.mark.parametrize(("text", "assume"), [
    (r"\mathbb{E}_{y\sim\pi}[w(y)] > 0", "w > 0"), (r"\mathbb{E}_{y\sim\pi}[f(y)] \leq 1", r"f \leq 1"),
    (r"w > 0, \quad \mathbb{E}_{y\sim\pi}[w(y)] > 0", "")])
def test_a_bound_of_a_function_by_its_letter_keeps_from_refuting(text, assume):
    found = prove(text, assume=assume or ())
    assert found.status == "undecided"


def test_a_bound_of_another_letter_does_not():
    assert prove(r"\mathbb{E}_{y\sim\pi}[w(y)] > 0", assume="c > 0").status == "refuted"
    assert prove(r"\mathbb{E}_{y\sim\pi}[w(y)] > 0", assume="w(y) > 0").status == "proved"
