r"""Definitions: in any order, once each, with any sign that defines; and none of those that could not be read."""

import json
import random
from itertools import permutations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.documents.json_lines import jsonl_records
from grpo_symbolic.latex.names.defining import lefts, targets_in
from grpo_symbolic.latex.notation.profiles import PAPER

DIVERGENCE = r"D_{\text{KL}}(\pi_\theta(\cdot|s)\|\pi_{\text{ref}}(\cdot|s))"
CHAIN = [r"\bar r := \frac1G\sum_{j=1}^G r_j", r"\hat A_i := r_i - \bar r", r"B_i := 2\hat A_i", r"W_i := B_i + c"]
MOVING = [r"u := \beta v", r"v := w + 1", r"w := c k", rf"k := {DIVERGENCE}"]
UNREADABLE = r"\unknownmacro"


def status(claim: str, *where: str) -> str:
    return prove(claim, where, budget=5.0).status


def document(text: str) -> dict[str, tuple[str, str]]:
    """The verdicts on the displays of a text, with their reasons."""
    return {verdict.id: (verdict.status, verdict.reason)
            for verdict in check_read(read_records(tex_records(text)), budget=5.0)}


def displays(*texts: str) -> list[str]:
    """The verdicts on displays in a row."""
    return [found for found, _ in document("\n".join(rf"\[ {text} \]" for text in texts)).values()]


@pytest.mark.long
@pytest.mark.parametrize(("definitions", "claim", "expected"), [
    (CHAIN, r"\sum_{i=1}^G W_i = G c", "proved"),
    (CHAIN, r"\sum_{i=1}^G W_i = 2 G c", "refuted"),
    (MOVING, r"\nabla_\theta u = 0", "refuted"),
    (MOVING, rf"\nabla_\theta u = \beta c\nabla_\theta {DIVERGENCE}", "proved"),
])
def test_every_order_of_chained_definitions_gives_one_verdict(definitions, claim, expected):
    found = {(verdict.status, verdict.hypotheses)
             for order in permutations(definitions) for verdict in [prove(claim, order, budget=5.0)]}
    assert len(found) == 1
    assert found.pop()[0] == expected


@pytest.mark.parametrize("sign", ["=", ":=", r"\coloneqq", "≔", "≐", "≜", "≡"])
def test_a_display_with_any_sign_that_defines_serves_those_before_it(sign):
    assert displays("u + c = c + 3", f"u {sign} 3") == ["proved", "definition"]
    assert displays("u + c = c + 3", f"u {sign} 4") == ["refuted", "definition"]


def test_what_stands_in_a_definition_serves_displays_before_it():
    text = r"\[ u + c = c + %d \] \begin{definition} Here is \[ u = 3 \] \end{definition}"
    assert [found for found, _ in document(text % 3).values()] == ["proved", "definition"]
    assert [found for found, _ in document(text % 4).values()] == ["refuted", "definition"]


def test_every_order_of_displays_gives_one_verdict():
    texts = [rf"\begin{{equation}} {text} \label{{{number}}} \end{{equation}}" for number, text in
             enumerate([*MOVING, r"\nabla_\theta u = 0", r"u = \beta (c k + 1)", r"\nabla_\theta (u - u) = 0"])]
    dice = random.Random(11)
    for _ in range(12):
        # two displays have u alone on the left: the definition is the one that stands first, the other claims something
        order = dice.sample(texts, len(texts))
        order.sort(key=lambda text: "label{5}" in text)
        verdicts = {name: found for name, (found, _) in document("\n".join(order)).items()}
        assert verdicts == {"0": "definition", "1": "definition", "2": "definition", "3": "definition",
                            "4": "refuted", "5": "proved", "6": "proved"}


def test_definitions_in_one_text_serve_in_any_order():
    listed = rf"u := \beta v, v := {DIVERGENCE}"
    assert status(r"\nabla_\theta u = 0", listed) == "refuted"
    assert status(rf"\nabla_\theta u = 0, \text{{where }} {listed}") == "refuted"
    found = prove(r"\hat w(a) = 2 w(a), \quad w(a) = \frac{\pi_\theta(a|s)}{\pi_b(a|s)}")
    assert [link.status for link in found.links] == ["definition", "definition"]


@pytest.mark.parametrize(("definitions", "names"), [
    ([r"u := v + 1", r"v := u - 1"], "u and v"),
    ([r"u = v", r"v = w", r"w = 2 u"], "u and v"),
    ([r"u := v + 1, v := 2 u"], "u and v"),
    ([r"\hat A_i := r_i - \bar A", r"\bar A := \frac1G\sum_{i=1}^G \hat A_i"], r"\hat{A}_i and \bar{A}"),
])
def test_definitions_that_need_each_other_are_ill_formed(definitions, names):
    found = prove("u = u", definitions)
    assert found.status == "ill-formed"
    assert f"{names} are defined by each other" in found.reason


@pytest.mark.parametrize("definitions", [
    [r"A_i := r_i - \bar A", r"\bar A := \frac1G\sum_{j=1}^G r_j"],
    [r"u := w_v", r"v := u + 1"],
    [r"w_1 := 2 w_2", r"w_2 := 3 w_3", "w_3 := 1"],
    [r"u := \sum_{j=1}^G r_j", r"r_j := u_j"],
])
def test_a_label_an_index_or_an_accent_makes_no_circle(definitions):
    assert status("1 + 1 = 2", *definitions) == "proved"


def test_a_second_definition_must_say_the_same():
    for first, second in ((r"f(a) \doteq 1", r"f(a) \doteq 2"), ("f(a) = 1", "f(a) = 2"), (r"f(a) := 1", "f(a) = 2"),
                          (r"c \doteq 1", r"c \doteq 2"), (r"f(a) \doteq g(a)", r"f(o) \doteq 2 g(o)")):
        found = prove("f(a) = f(a)", [first, second])
        assert found.status == "ill-formed"
        assert "is defined twice" in found.reason
    assert status("f(a) = 2", "f(a) = 1 + g(a)", "f(o) := g(o) + 1") == "refuted"
    assert status("f(a) = 1 + g(a)", "f(a) = 1 + g(a)", "f(o) := g(o) + 1") == "proved"
    assert status(r"c \doteq 1, c \doteq 2") == "ill-formed"


def test_a_second_definition_in_a_document_decides_nothing():
    assert displays(r"f(a) \doteq 1", r"f(a) \doteq 2", "f(a) = 2", "f(a) = 1") == [
        "definition", "ill-formed", "undecided", "undecided"]
    assert displays(r"f(a) \doteq 1", r"f(a) \doteq 1", "f(a) = 2", "f(a) = 1") == [
        "definition", "definition", "refuted", "proved"]


def test_a_later_equation_about_what_a_definition_uses_is_a_claim():
    assert displays("X = Y + 1", "Y = X - 1", "Y = X - 2") == ["definition", "proved", "refuted"]


def test_displays_that_need_each_other_are_ill_formed():
    assert displays(r"X \doteq Y + 1", r"\nabla_\theta X = 0", r"Y \doteq X - 1", r"c + 1 > c") == [
        "definition", "undecided", "ill-formed", "proved"]


def test_a_definition_that_could_not_be_read_decides_nothing():
    found = document(rf"""
        \begin{{equation}} \nabla_\theta u = 0 \label{{before}} \end{{equation}}
        \begin{{equation}} u = {UNREADABLE} v \label{{broken}} \end{{equation}}
        \begin{{equation}} u^2 \geq 0 \label{{after}} \end{{equation}}
        \begin{{equation}} w = 2 u \label{{uses}} \end{{equation}}
        \begin{{equation}} \nabla_\theta w = 0 \label{{through}} \end{{equation}}
        \begin{{equation}} u_2 + u_3 = u_3 + u_2 \label{{other}} \end{{equation}}""")
    assert {name: status for name, (status, _) in found.items()} == {
        "before": "undecided", "broken": "unread", "after": "undecided", "uses": "definition", "through": "undecided",
        "other": "proved"}
    assert all("broken, line 3: unknown macro" in found[name][1] for name in ("before", "after", "through"))


@pytest.mark.parametrize(("broken", "claim"), [
    (rf"\rho(a) = \frac{{\pi_\theta(a|s)}}{{{UNREADABLE}}}", r"\rho(o)^2 \geq 0"),
    (rf"\hat A_i \doteq r_i - {UNREADABLE}", r"\sum_{j=1}^G (\hat A_j - \hat A_j) = 0"),
    (rf"\hat A_i \doteq r_i - {UNREADABLE}", r"\hat A_1 = \hat A_1"),
    (rf"J(\theta) = \max_x {UNREADABLE}", r"\nabla_\theta J(\theta) = \nabla_\theta J(\theta)"),
    (rf"\pi^*(a|s) = {UNREADABLE}", r"\sum_a \pi^*(a|s) = 1"),
    (r"c = \frac{1}{2", "c - c = 0"),
    (r"c = 1 + ) 2", "c - c = 0"),
    (rf"\begin{{aligned}} b &= 2, & c &= {UNREADABLE} \end{{aligned}}", "c - c = 0"),
    (rf"g(s) = b(s) \quad\text{{where}}\quad c := {UNREADABLE}", "c - c = 0"),
    (r"u = u' \sum_{i=1}^G r_i - r_i", "u - u = 0"),
])
def test_the_symbol_is_told_from_the_left_side(broken, claim):
    assert displays(claim) == ["proved"]
    assert displays(broken, claim)[1] == "undecided"
    assert displays(claim, broken)[0] == "undecided"


@pytest.mark.parametrize("broken", [
    rf"\pi_\theta(a|s) = {UNREADABLE}", rf"{UNREADABLE} = \pi_\theta(a|s)", rf"\nabla_\theta c = {UNREADABLE}",
    rf"s = {UNREADABLE}", rf"c^2 = {UNREADABLE}", rf"c + 1 = {UNREADABLE}", rf"c \leq {UNREADABLE}",
    rf"\theta \leftarrow {UNREADABLE}", rf"c_1 = {UNREADABLE}",
])
def test_what_defines_nothing_fails_for_itself_alone(broken):
    assert displays(broken, r"\sum_a c\pi_\theta(a|s) = c") == ["unread", "proved"]


def test_an_unread_definition_of_a_record_leaves_what_uses_it_undecided():
    lines = [json.dumps({"latex": r"\nabla_\theta u = 0", "where": where}) for where in (
        [f"v := {UNREADABLE}", "u := 2 v"], ["u := 2 v", f"v := {UNREADABLE}"], [f"u := {UNREADABLE}"])]
    found = list(check_read(read_records(jsonl_records(lines)), budget=5.0))
    assert [verdict.status for verdict in found] == ["undecided"] * 3
    assert "rests on v, whose definition could not be read (where 1: unknown macro" in found[0].reason
    assert status(r"\beta > 0", f"v := {UNREADABLE}") == "unread"


def test_an_equation_defines_a_new_policy():
    partition = r"Z(s) := \sum_a \pi_{\text{ref}}(a|s)\exp(r(s,a)/\beta)"
    optimal = r"\pi^*(a|s) = \frac{1}{Z(s)}\pi_{\text{ref}}(a|s)\exp(r(s,a)/\beta)"
    assert status(optimal, partition) == "definition"
    assert status(r"\pi_{mix}(a|s) = (1-\alpha) p(a|s) + \alpha q(a|s)") == "definition"
    mixed = r"\pi_m(a|s) = \frac12\pi_\theta(a|s) + \frac12\pi_{\text{ref}}(a|s)"
    assert displays(r"\nabla_\theta \pi_m(a|s) = 0", mixed, r"\sum_a \pi_m(a|s) = 1", r"\sum_a \pi_m(a|s) = 2") == [
        "refuted", "definition", "proved", "refuted"]


@pytest.mark.parametrize(("claim", "where"), [
    (r"\pi_\theta(a|s) = \pi_{\text{ref}}(a|s)", []),
    (r"\pi_{\theta_{\text{old}}}(a|s) = \pi_\theta(a|s)", []),
    (r"\pi_b(a|s) = \pi_\theta(a|s)", [r"w(a) := \pi_\theta(a|s)/\pi_b(a|s)"]),
    (r"\pi_b(a|s) + \pi_\theta(a|s) = 1", []),
    (r"\pi_b(a|s) = 2\pi_b(a|s)", []),
    (r"\mathbb{E}_{a\sim\pi_b(\cdot|s)}[1] = 1, \pi_b(a|s) = \pi_\theta(a|s)", []),
    (r"\pi_b(a|s) \leq 1, \pi_b(a|s) = \pi_\theta(a|s)", []),
])
def test_an_equation_about_a_known_policy_is_a_claim(claim, where):
    assert status(claim, *where) == "refuted"


def test_a_definition_serves_at_another_variable():
    assert status("f(b) = g(b)", r"f(a) \doteq g(a)") == "proved"
    assert status("g(b) = f(b)", r"f(a) \doteq g(a)") == "proved"
    assert status("g(b') + f(b) = f(b') + g(b)", r"f(a) \doteq g(a)") == "proved"
    assert status("f(b) = 2 g(b)", r"f(a) \doteq g(a)") == "refuted"
    assert status("f(b) = g(a)", r"f(a) \doteq g(a)") == "refuted"
    assert status("f(s) = g(s)", r"f(a) \doteq g(a)") == "unread"
    assert status(r"f(\beta) = g(\beta)", r"f(a) \doteq g(a)") == "unread"


def test_left_sides_are_found_in_any_text():
    text = r"\begin{aligned} \rho &= \frac{a = b}{c}, \\[2pt] x < y &= 2 \quad \hat{A}_{i} := \foo \end{aligned}"
    assert [left.strip() for left, _ in lefts(text)] == [r"\rho", r"\hat{A}_{i}"]
    assert [str(one.name) for one in targets_in(text, PAPER)] == [r"\rho", r"\hat{A}_i"]
    assert targets_in(r"\bad^{ = 1", PAPER) == ()


OPTIMUM = r"\pi^*(y|x) = \frac{1}{Z(x)} \pi_{\text{ref}}(y|x) e^{r(x,y)/\beta}"
PARTITION = r"Z(x) = \sum_y \pi_{\text{ref}}(y|x) e^{r(x,y)/\beta}"
REWARD = r"r(x,y) = \beta \log \frac{\pi^*(y|x)}{\pi_{\text{ref}}(y|x)} + \beta \log Z(x)"


@pytest.mark.parametrize(("sign", "status"), [("+", "proved"), ("-", "refuted")])
def test_what_is_solved_for_is_claimed_of_what_the_formulas_before_use(sign, status):
    reward = REWARD.replace("+", sign)
    assert displays(OPTIMUM, PARTITION, reward) == ["definition", "definition", status]
    assert displays(r"\sum_y \pi^*(y|x) = 1", OPTIMUM, PARTITION, reward)[0] == "proved"


VARIANCE = r"\sigma^2 = \frac{1}{G} \sum_{i=1}^G (r_i - \mu)^2"
CENTRE = r"\mu = \frac{1}{G} \sum_{i=1}^G r_i"


@pytest.mark.parametrize(("claim", "expected"), [
    (r"\sum_{i=1}^G \left(\frac{r_i - \mu}{\sigma}\right)^2 = G", "proved"),
    (r"\sum_{i=1}^G \left(\frac{r_i - \mu}{\sigma}\right)^2 = 1", "refuted"),
    (r"\sigma^2 = \frac{1}{G} \sum_{i=1}^G r_i^2 - \mu^2", "proved"),
    (r"\sigma^2 = \frac{1}{G} \sum_{i=1}^G r_i^2", "refuted"),
    (r"\sigma \geq 0", "proved"),
])
def test_what_a_variance_is_defines_the_deviation(claim, expected):
    assert status(claim, CENTRE, VARIANCE) == expected
    assert displays(CENTRE, VARIANCE, claim) == ["definition", "definition", expected]


@pytest.mark.parametrize(("text", "expected"), [
    (r"\sigma^2 = u^2 = v^2", "refuted"), (r"\hat{\sigma}^2 = \sigma^2", "undecided"),
    (r"\sigma^2 = \sigma", "refuted"), (r"c^2 = u^2 + v^2", "refuted"),
    (r"\sigma_x^2 = \operatorname{Var}_{x \sim p}[f(x)]", "definition"), (r"\hat{\sigma}^2 := u^2", "definition"),
])
def test_no_other_square_defines_a_root(text, expected):
    assert status(text) == expected
