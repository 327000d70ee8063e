r"""What laws leave out where the definitions that a text uses print it: \pi_\theta for \pi_\theta(y|x), and laws of
expectations."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.checking.verdict import Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.names.environment import Environment
from grpo_symbolic.latex.names.laws_beside import outcome_and_condition
from grpo_symbolic.latex.notation.profiles import PAPER

RATIO = r"Define the ratio $r = \frac{\pi_{\text{ref}}(y|x)}{\pi_\theta(y|x)}$." "\n"
K3 = r"\[ k_3 = (r - 1) - \log r \]" "\n"
KL, DRAWN = r"KL(\pi_\theta \| \pi_{\text{ref}})", r"\mathbb{E}_{y \sim \pi_\theta}"
MEAN = r"\mathbb{E}"


def verdict(text: str, beside: str = RATIO + K3) -> Verdict:
    """The verdict on a display after what a document says."""
    return list(check_read(read_records(tex_records(rf"{beside}\[ {text} \]")), 2.0))[-1]


@pytest.mark.parametrize("text", [
    rf"{DRAWN}[k_3] = {KL}",
    rf"{DRAWN}[k_3] = {MEAN}[r - 1] - {MEAN}[\log r]",
    rf"{DRAWN}[k_3] = {MEAN}[r - 1] - {MEAN}[\log r] "
    rf"= \underbrace{{{MEAN}[\frac{{\pi_{{\text{{ref}}}}}}{{\pi_\theta}}] - 1}}_{{= 0}} "
    rf"+ {MEAN}[\log \frac{{\pi_\theta}}{{\pi_{{\text{{ref}}}}}}] = {KL}",
    r"\log \pi_\theta - \log \pi_{\text{ref}} = -\log r",
    r"\nabla_\theta \log r = -\nabla_\theta \log \pi_\theta"])
def test_a_condition_may_be_left_out(text: str) -> None:
    assert verdict(text).status == "proved"


@pytest.mark.parametrize("text", [
    rf"{DRAWN}[k_3] = {MEAN}[r - 1] + {MEAN}[\log r]",
    rf"{DRAWN}[k_3] = {MEAN}[r - 1] - {MEAN}[\log r] = KL(\pi_{{\text{{ref}}}} \| \pi_\theta)",
    rf"\mathbb{{E}}_{{y \sim \pi_{{\text{{ref}}}}}}[k_3] = {MEAN}[r - 1] - {MEAN}[\log r] = {KL}"])
def test_what_fails_with_it_is_neither_proved_nor_refuted(text: str) -> None:
    assert verdict(text).status in ("undecided", "unread")


@pytest.mark.parametrize("text", [
    rf"\mathbb{{E}}_{{z \sim \pi_\theta}}[k_3] = {MEAN}[r - 1] - {MEAN}[\log r] = {KL}",
    r"\mathbb{E}_{x \sim D, y \sim \pi_\theta}[k_3] = " + KL,
    rf"{DRAWN}[k_3(z)] = {KL}",
    rf"{DRAWN}[k_3] = {MEAN}[k_3]",
    rf"{MEAN}[k_3] = {KL}",
    rf"{DRAWN}[k_3] + \mathbb{{E}}_{{y \sim \pi_{{\text{{ref}}}}}}[0] = {MEAN}[r - 1] - {MEAN}[\log r]"])
def test_other_draws_and_laws_are_not_taken_for_these(text: str) -> None:
    assert verdict(text).status not in ("proved", "refuted")


def test_what_is_left_out_is_named() -> None:
    text = rf"{DRAWN}[k_3] = {MEAN}[\frac{{\pi_{{\text{{ref}}}}}}{{\pi_\theta}}] - 1 - {MEAN}[\log r] = {KL}"
    assert [one.formula for one in verdict(text).lore] == [
        r"\mathbb{E} is that over y \sim \pi_\theta", "policies are those at one x, which is left out"]


def test_laws_of_two_conditions_leave_out_neither() -> None:
    texts = [r"r = \pi(y|x)", r"w = \pi(y \mid z)"]
    assert outcome_and_condition("r", texts[:1], Environment(), PAPER) == ("y", "x")
    assert outcome_and_condition("r w", texts, Environment(), PAPER) == ("", "")


def test_a_law_is_left_out_in_the_sides_after_the_first_alone() -> None:
    text = r"\mathbb{E}_{a \sim \pi(\cdot|s)}[f(a) - b] = \mathbb{E}[f(a)] - b"
    found = prove(text)
    assert (found.status, [one.formula for one in found.lore]) == (
        "proved", [r"\mathbb{E} is that over a \sim \pi(\cdot|s)"])
    assert prove(text.replace("- b]", "+ b]")).status in ("undecided", "unread")
    assert prove(r"\mathbb{E}_{a \sim \pi(\cdot|s)}[f(a)] = \mathbb{E}[f(a)]").status in ("undecided", "unread")


@pytest.mark.parametrize(("text", "status"), [
    (r"\mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[h] = KL(\pi_\theta(\cdot|x) \| \mu(\cdot|x))", "proved"),
    (r"\mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[h] = -KL(\pi_\theta(\cdot|x) \| \mu(\cdot|x))", "undecided"),
    (r"\mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[h(y)] = -KL(\pi_\theta(\cdot|x) \| \mu(\cdot|x))", "refuted")])
def test_a_bare_function_is_its_value_at_what_is_drawn(text: str, status: str) -> None:
    found = verdict(text, r"\[ h(y) = \log \pi_\theta(y|x) - \log \mu(y|x) \]")
    assert found.status == status
    assert [one.formula for one in found.lore] == (["h is h(y)"] if status != "refuted" else [])


def test_a_bare_function_under_two_draws_may_be_at_either() -> None:
    text = r"\mathbb{E}_{y \sim \pi_\theta(\cdot|x)}[\mathbb{E}_{z \sim \mu(\cdot|x)}[h]] = 0"
    assert verdict(text, r"\[ h(y) = 0 \log \pi_\theta(y|x) \]").lore == ()
