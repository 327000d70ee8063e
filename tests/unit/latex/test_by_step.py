r"""Equations between numbers of steps, and expectations in which a step is named beside a step."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.statement import geometric_sums
from grpo_symbolic.latex.statement.written_out import OfStep, at_step, written_out

ERROR = r"\delta_t \doteq r_t + \gamma V(s_{t+1}) - V(s_t)"
GAE = r"\hat A_t \doteq \sum_{l=0}^{\infty} (\gamma\lambda)^l \delta_{t+l}"
PATHS, SCORE = r"\mathbb{E}_{\tau\sim\pi_\theta}", r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
TO_GO = r"\sum_{l=0}^{k-1} \gamma^l"

TWINS = {
    "errors telescope": (
        rf"{TO_GO} \delta_{{t+l}} = {TO_GO} r_{{t+l}} + \gamma^k V(s_{{t+k}}) - V(s_t)", (ERROR,),
        r"\gamma^k V(s_{t+k})", r"\gamma^k V(s_{t+k-1})"),
    "up to the end": (
        r"\sum_{l=0}^{T-t-1}\gamma^l\delta_{t+l} = \sum_{l=0}^{T-t-1}\gamma^l r_{t+l}+\gamma^{T-t}V(s_T)-V(s_t)",
        (ERROR,), r"\gamma^{T-t}", r"\gamma^{T-t-1}"),
    "two steps": (r"\delta_t + \gamma \delta_{t+1} = r_t + \gamma r_{t+1} + \gamma^2 V(s_{t+2}) - V(s_t)", (ERROR,),
                  r"\gamma \delta_{t+1}", r"\delta_{t+1}"),
    "by recursion": (r"\hat A_t = \delta_t + \gamma\lambda \hat A_{t+1}", (ERROR, GAE), r"\gamma\lambda", r"\lambda"),
    "a mean of sums": (
        r"\sum_{l=0}^{\infty}(\gamma\lambda)^l\delta_{t+l} = "
        r"(1-\lambda)\sum_{n=1}^{\infty}\lambda^{n-1}\sum_{l=0}^{n-1}\gamma^l\delta_{t+l}", (ERROR,), "(1-", "(2-"),
    "the last one": (r"\sum_{t=1}^{T} c_t - \sum_{t=1}^{T-1} c_t = c_T", (), "c_T", "c_{T-1}"),
    "differences": (r"\sum_{t=0}^{T-1} (c_{t+1} - c_t) = c_T - c_0", (), "c_T", "c_{T-1}"),
    "differences of numbers": (r"\sum_{t=1}^{T} (x_t - x_{t-1}) = x_T - x_0", (), "x_T", "x_{T-1}"),
    "from a letter on": (r"\sum_{k=m}^{n} (x_k + y_k) = \sum_{k=m}^{n} x_k + \sum_{k=m}^{n} y_k", (), "n} y", "n-1} y"),
    "any critic": (
        rf"{PATHS}[{SCORE} \sum_{{l=0}}^{{\infty}} \gamma^l\delta_{{t+l}}] = "
        rf"{PATHS}[{SCORE} Q^{{\pi_\theta}}(s_t,a_t)]",
        (ERROR,), r"\gamma^l", r"\gamma^{l+1}"),
    "the past": (rf"{PATHS}[{SCORE} \sum_{{t'=0}}^{{t-1}} r(s_{{t'}},a_{{t'}})] = 0", (), "{t-1}", "{t}"),
    "errors of values": (
        rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^{{T-1}} {SCORE} "
        r"(r(s_t,a_t) + V_{t+1}^{\pi_\theta}(s_{t+1}) - V_t^{\pi_\theta}(s_t))]",
        (r"J(\theta) \doteq \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} r(s_t,a_t)]",), "(r(", "(2 r("),
}


@pytest.mark.long
@pytest.mark.parametrize(("text", "where", "old", "new"), TWINS.values(), ids=TWINS)
def test_what_is_said_of_steps_is_proved_and_its_twin_is_not(text: str, where: tuple[str, ...], old: str, new: str
                                                             ) -> None:
    assert old in text
    assert prove(text, where, budget=10).status == "proved"
    assert prove(text.replace(old, new, 1), where).status != "proved"


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in TWINS if name != "any critic"])
def test_a_false_twin_is_refuted(name: str) -> None:
    text, where, old, new = TWINS[name]
    assert prove(text.replace(old, new, 1), where).status == "refuted"


@pytest.mark.parametrize("text", [
    r"c_t = r_t + \gamma c_{t+1}",  # it may say what c is
    r"\sum_{l=0}^{\infty} r_{t+l} = r_t + \sum_{l=0}^{\infty} r_{t+l+1}",  # nothing is discounted
    r"\sum_{l=0}^{k-1} r_{t+l} r_t = r_t \sum_{l=0}^{k-1} r_{t+l}",  # no equation that is linear
    r"\sum_{l=0}^{k-1} \gamma^l \hat A_{t+l} = V(s_t) + \hat A_{t+1}",  # an advantage of which nothing is said
    r"\sum_{t=0}^{T-1} r_{t+1} = \max_t r_{t+1}",
])
def test_what_is_no_linear_equation_of_sequences_is_not_read(text: str) -> None:
    assert prove(text).status == "unread"


@pytest.mark.parametrize("text", [
    r"\hat R_t^{(2)} = r_t + \gamma r_{t+1} + \gamma^2 V(s_{t+2})", r"c_t = r_t + \gamma r_{t+1}",
    r"\hat A_t = \sum_{l=0}^{\infty} (\gamma\lambda)^l \delta_{t+l}"])
def test_an_equation_for_a_quantity_of_a_step_defines_it(text: str) -> None:
    assert prove(text).status == "definition"
    assert prove(text, [text]).status != "definition"


def test_quantities_of_custom_are_named_and_each_of_their_meanings_counts() -> None:
    error = r"\delta_t + \gamma \delta_{t+1} = r_t + \gamma r_{t+1} + \gamma^2 V(s_{t+2}) - V(s_t)"
    assert prove(error).status == "proved"
    assert any(r"\gamma V(s_{t+1})" in one.formula for one in prove(error).lore)
    assert prove(error, lore=False).status == "unread"
    assert prove(r"G_t - \gamma G_{t+1} = r_t + r_{t+1}").status == "refuted"
    # where nothing is discounted, a return is another one
    assert prove(r"G_t = r_t + G_{t+1}").status == "undecided"
    for reward, meaning in (("r_t", "r_{t+k}"), ("r_{t+1}", "r_{t+k+1}")):
        found = prove(rf"G_t = {reward} + \gamma G_{{t+1}}")
        assert (found.status, len(found.readings)) == ("proved", 2)
        assert any(one.formula.endswith(rf"\gamma^k {meaning}") for one in found.lore)


STEPS = r"\sum_{t=0}^{T} r_t"
REWARDS_TO_GO = rf"\nabla_\theta J(\theta) = {PATHS}[\sum_{{t=0}}^{{T}} {SCORE} \sum_{{k=t}}^{{T}} r_k]"


@pytest.mark.parametrize("where", [
    [rf"J(\theta) = {PATHS}[{STEPS}]"], [rf"J(\theta) = {PATHS}[R(\tau)]", rf"R(\tau) = {STEPS}"]])
def test_a_reward_of_a_step_is_one_thing_in_a_claim_and_in_the_definitions_beside_it(where: list[str]) -> None:
    assert prove(rf"J(\theta) = {PATHS}[{STEPS}]", where).status == "proved"
    assert prove(REWARDS_TO_GO, where, budget=10).status == "proved"
    assert prove(REWARDS_TO_GO.replace("k=t}", "k=t+1}"), where).status == "refuted"


@pytest.mark.parametrize("text", [
    r"G_t = \sum_{k=t}^{T} \gamma^{k-t} r_k", r"G_t = \sum_{k=0}^{T-t-1} \gamma^k r_{t+k}",
    r"\delta_t = r_{t+1} + \gamma V(s_{t+1}) - V(s_t)", r"\delta_t = r_t + V(s_{t+1}) - V(s_t)",
    r"\hat{A}_t^{\text{GAE}} = \sum_{k=0}^{T-t-1} (\gamma\lambda)^k \delta_{t+k}"])
def test_a_definition_of_a_quantity_of_a_step_need_not_be_that_of_custom(text: str) -> None:
    assert prove(text).status == "definition"


def test_a_return_from_a_state_on_is_its_value() -> None:
    given = r"\mathbb{E}_{\tau\sim\pi}[\sum_{t=0}^{\infty} \gamma^t r_t \mid s_0 = s, a_0 = a]"
    bellman = rf"{given} = r(s,a) + \gamma \mathbb{{E}}_{{s'\sim P(\cdot|s,a)}}[V^\pi(s')]"
    assert prove(bellman).status == "proved"
    assert prove(bellman).lore[0].formula.endswith(r"V^\pi(s)")
    assert prove(bellman.replace("V^", "2 V^")).status != "proved"
    assert prove(bellman.replace("r_t", "c_t")).status == "unread"
    assert prove(bellman.replace("s_0 = s", "s_1 = s")).status == "unread"


def test_of_a_critic_that_may_be_a_value_nothing_is_said() -> None:
    assert prove(rf"{PATHS}[\delta_t + \gamma \delta_{{t+1}}] = 0").status != "refuted"


def test_what_is_written_out_keeps_its_signs_and_its_indices_apart() -> None:
    known = {r"\delta": OfStep("t", r"r_t + \gamma V(s_{t+1})"), r"\hat{A}": OfStep("t", r"\sum_{l=0}^{T-t-1} r_{t+l}")}
    assert written_out(r"\delta_{t+l}^2", known) == r"\left(r_{t+l} + \gamma V(s_{t+l+1})\right)^2"
    assert at_step(known[r"\hat{A}"], "t+l") == r"\sum_{k=0}^{T-(t+l)-1} r_{t+l+k}"


BUGS = {
    "a sum ends one earlier": lambda patch: patch.setattr(geometric_sums, "added", lambda one, other, by=1: ADDED(
        one, {} if other == {"": 1} and by == 1 else other, by)),
    "sequences have one value": lambda patch: patch.setattr(
        geometric_sums.Steps, "at", lambda self, name, place: geometric_sums.ONE._replace(members=((name, 0),))),
}
ADDED = geometric_sums.added


@pytest.mark.long
@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_a_wrong_value_of_sums_is_found(bug, monkeypatch) -> None:
    bug(monkeypatch)
    names = ("errors telescope", "up to the end", "two steps", "differences")
    found = [prove(TWINS[name][0], TWINS[name][1]).status for name in names]
    twins = [prove(text.replace(old, new, 1), where).status for text, where, old, new in map(TWINS.get, names)]
    assert "proved" in twins or set(found) != {"proved"}


def test_that_no_range_from_a_letter_on_is_shorter_than_an_empty_one_is_said() -> None:
    record = prove(r"\sum_{k=m}^n (c_{k+1} - c_k) = c_{n+1} - c_m").record()
    assert any("no range is shorter than an empty one" in str(one) for one in record["read_as"])
