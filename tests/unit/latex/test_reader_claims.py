r"""What is a claim and what a definition; which signs relate; which letters are functions, which numbers."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement

OLD = r"\pi_{\theta_{\text{old}}}"
TOKEN_RATIO = rf"\frac{{\pi_\theta(o_{{i,t}}|q,o_{{i,<t}})}}{{{OLD}(o_{{i,t}}|q,o_{{i,<t}})}}"
SEQUENCE_RATIO = rf"s_i(\theta) \doteq \left(\frac{{\pi_\theta(o_i|q)}}{{{OLD}(o_i|q)}}\right)^{{1/|o_i|}}"


@pytest.mark.parametrize(("text", "assumption"), [
    ("A(s,a) = 0", r"A(s,a) \geq 0"),
    ("b(s) = 1", "b(s)^2 = 1"),
    (r"\beta = 1", r"\beta \geq 1"),
    ("G = 2", r"G \geq 2"),
    ("r_i = 1", r"r_j \geq 0"),
])
def test_what_an_assumption_speaks_of_is_not_new(text: str, assumption: str) -> None:
    assert prove(text).status == "definition"
    assert prove(text, assume=[assumption], budget=1.0).status in ("refuted", "undecided")
    assert read_statement(rf"{text} \quad \text{{assuming}} \quad {assumption}").kind == "claim"


def test_what_no_assumption_speaks_of_is_new() -> None:
    assert read_statement("A(s,a) = 0", assume=[r"r(s,a) \geq 0"]).kind == "definition"
    assert read_statement(r"A(s,a) \doteq 0", assume=[r"A(s,a) \geq 0"]).kind == "definition"


@pytest.mark.parametrize(("text", "where", "said"), [
    ("c + c(s) = 2c", [], r"c is read as a number here, so that c\(s\) would be a product.*f\(s\)"),
    ("c(s) > 0", [r"c \doteq 2"], r"c is defined without arguments, so that c\(s\) would be a product"),
    (r"r(s,a) \neq 0", [], "sign ≠ cannot relate .*: =, ≈, ≤, ≥, < and > can"),
    (r"a \ne b", [], "sign ≠ cannot relate"),
    (r"\infty = \infty", [], "not a number"),
    (r"\infty \doteq 3", [], "not a number"),
    (r"r(s,a) < \infty", [], "not a number"),
])
def test_what_is_refused_says_what_can_be_written(text: str, where: list[str], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read_statement(text, where)


def test_an_unequal_sign_is_no_assumption() -> None:
    with pytest.raises(ReadError, match="sign ≠ cannot relate two sides of an assumption"):
        read_statement("A(s,a) > 0", assume=[r"r(s,a) \neq 0"])


def test_signs_of_two_characters_relate() -> None:
    assert read_statement("r(s,a)^2 >= 0").claims == read_statement(r"r(s,a)^2 \geq 0").claims
    assert read_statement("0 <= r(s,a)^2").claims == read_statement(r"0 \leq r(s,a)^2").claims
    assert prove("r(s,a)^2 >= 0").status == "proved"


def test_a_letter_of_a_number_is_a_function_where_it_is_defined_as_one() -> None:
    assert read_statement(r"c(s) \doteq b(s) + 1").kind == "definition"
    assert prove("2 c(s) = 2 b(s) + 2", [r"c(s) \doteq b(s) + 1"]).status == "proved"
    assert prove(r"c(1 + \beta) = c + \beta c").status == "proved"


@pytest.mark.parametrize("letter", ["m", "M", r"\chi", r"\mu", "c", "w"])
def test_any_letter_may_depend_on_theta(letter: str) -> None:
    definition = rf"{letter}_{{i,t}}(\theta) \doteq {TOKEN_RATIO}"
    claim = rf"\nabla_\theta {letter}_{{i,t}}(\theta) = {letter}_{{i,t}}(\theta) " \
            r"\nabla_\theta\log\pi_\theta(o_{i,t}|q,o_{i,<t})"
    assert prove(claim, [definition]).status == "proved"
    assert prove(claim.replace("=", "= 2"), [definition], budget=1.0).status != "proved"


def test_another_number_of_indices_is_another_function() -> None:
    token = r"s_{i,t}(\theta) \doteq \operatorname{sg}[s_i(\theta)] " \
            r"\frac{\pi_\theta(o_{i,t}|q,o_{i,<t})}{\operatorname{sg}[\pi_\theta(o_{i,t}|q,o_{i,<t})]}"
    claim = r"\nabla_\theta s_{i,t}(\theta) = s_i(\theta) \nabla_\theta\log\pi_\theta(o_{i,t}|q,o_{i,<t})"
    assert prove(claim, [SEQUENCE_RATIO, token]).status == "proved"
    with pytest.raises(ReadError, match="wrong arguments"):
        read_statement("f(a) > 0", [r"f(s,a) \doteq r(s,a)"])


def test_a_token_of_the_sequence_at_hand_may_be_defined() -> None:
    ratio = rf"\log\frac{{\pi_\theta(o_t|q,o_{{<t}})}}{{{OLD}(o_t|q,o_{{<t}})}}"
    where = [rf"k_{{i,t}} \doteq \log {TOKEN_RATIO}", rf"k_t \doteq {ratio}"]
    assert prove(rf"2 k_t = {ratio} + k_t", where).status == "proved"
    assert prove(rf"2 k_t = 2 {ratio} + k_t", where, budget=1.0).status == "refuted"
    assert prove(rf"\mathbb{{E}}_{{o\sim\pi_\theta(\cdot|q)}}[\sum_{{t=1}}^{{|o|}} k_t] ="
                 rf" \mathbb{{E}}_{{o\sim\pi_\theta(\cdot|q)}}[\sum_{{t=1}}^{{|o|}} {ratio}]", where).status == "proved"
    for drawn in (r"o_t\sim\pi_\theta(\cdot|q,o_{<t})", r"o_{1:G}\sim\pi_\theta(\cdot|q)"):
        with pytest.raises(ReadError, match="defined for one sequence o"):
            read_statement(rf"\mathbb{{E}}_{{{drawn}}}[k_t] = 0", where)


def test_the_letter_of_a_prefix_is_a_sequence_in_every_notation() -> None:
    score = r"\mathbb E_{o_t\sim\pi_\theta(O|q,o_{<t})}[\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})] = 0"
    assert prove(score, notation="deepseekmath").status == "proved"
    assert prove(score.replace(r"\nabla_\theta", ""), notation="deepseekmath", budget=1.0).status == "refuted"
