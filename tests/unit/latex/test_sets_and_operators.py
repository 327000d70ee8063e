"""Sets by their condition and operators on functions are read as definitions, and what uses them has no verdict."""

from __future__ import annotations

import pytest
from verdicts import prove

POSITIVE = r"\mathcal{D}^{+} = \{\, i : u_i > 0 \,\}"
BELLMAN = (r"(T_\pi f)(s) := \sum_a \pi(a|s)\Big[r(s,a) + \gamma\sum_{s'} P(s'|s,a)\, f(s')\Big]")


@pytest.mark.parametrize("text", [
    POSITIVE, r"\mathcal{S}_- := \{ k \mid r_k < \bar r \}", r"I^{+} = \{ i \in [G] : \hat A_i \geq c \}",
    r"\mathcal{B} \doteq \{ (s,a) : \pi(a|s) > 0 \}", r"U = \{ a \in \mathcal{A} : q(a) \neq 0 \}"])
def test_a_set_by_its_condition_is_a_definition(text: str) -> None:
    assert prove(text).status == "definition"


@pytest.mark.parametrize("text", [
    BELLMAN, BELLMAN.replace(":=", "="), BELLMAN.replace(r"(T_\pi f)(s)", r"\mathcal{T} f(s)"),
    r"(\mathcal{T} V)(s) = \max_a [r(s,a) + \gamma\sum_{s'} P(s'|s,a) V(s')]",
    r"(B^\pi Q)(s,a) = r(s,a) + \gamma\sum_{s'} P(s'|s,a)\sum_{a'}\pi(a'|s')Q(s',a')"])
def test_an_operator_applied_to_a_function_is_a_definition(text: str) -> None:
    assert prove(text).status == "definition"


@pytest.mark.parametrize("text", [
    POSITIVE.replace("u_i", "u_j"), POSITIVE.replace("> 0", ""), POSITIVE.replace("> 0", r"> \foo"),
    POSITIVE.replace("> 0", "> 0 > c"), BELLMAN.replace("f(s')", r"\foo"), BELLMAN.replace("f(s')", r"f(\sim s')"),
    r"\{ i : u_i > 0 \} = \{ i : u_i < 0 \}", r"(f g)(x) := f(x) g(x)", "(T f)(s) = (T f)(s)"])
def test_a_definition_that_is_not_read_as_a_whole_is_none(text: str) -> None:
    assert prove(text).status in ("unread", "ill-formed")


@pytest.mark.parametrize("use", [
    r"\mathcal{D}^+ = 3", r"\mathcal{D}^+ + 1 > \mathcal{D}^+ - 1", r"\sum_{i\in\mathcal{D}^+} c_i = 0",
    r"\sum_{i\in\mathcal{D}^+} 1 = |\mathcal{D}^+|", r"|\mathcal{D}^+| \geq 0",
    r"\mathbb{E}_{x\sim\mathcal{D}^+}[f(x)] = 0"])
def test_what_uses_a_set_has_no_verdict(use: str) -> None:
    assert prove(use, [POSITIVE]).status in ("undecided", "unread")


@pytest.mark.parametrize("use", [r"T_\pi f = f T_\pi", r"(T_\pi V)(s) = V(s)", r"|T_\pi f - T_\pi g| \leq |f - g|",
                                 r"2 T_\pi = T_\pi + T_\pi"])
def test_what_uses_an_operator_has_no_verdict(use: str) -> None:
    for definition in (BELLMAN, BELLMAN.replace(":=", "=")):
        assert prove(use, [definition]).status == "undecided"


def test_a_function_of_a_policy_is_defined_by_an_equals_sign() -> None:
    where = [r"\eta(\pi) = \mathbb{E}_{a\sim\pi(\cdot|s)}[r(s,a)]"]
    assert prove(where[0]).status == "definition"
    assert prove(r"\eta(\pi) = \sum_a \pi(a|s) r(s,a)", where).status == "proved"
    assert prove(r"\eta(\pi) = \sum_a \pi(a|s)", where).status == "refuted"
    assert prove(r"\eta(\pi') \geq \eta(\pi)").status == "unread"
