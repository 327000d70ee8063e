"""The paper's displays beside ours: typography is told from mathematics, and every difference has its reason."""

import json
import re
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_symbolic.language import (
    App,
    AtOld,
    Claim,
    Const,
    Definition,
    E,
    Fisher,
    Gradient,
    Head,
    Log,
    Policy,
    Relation,
    Step,
    StopGradient,
    Var,
    remainder,
)
from grpo_symbolic.latex.names.environment import Environment
from grpo_symbolic.latex.names.meaning import DIFFERENT, EQUAL, IDENTICAL, same_meaning
from grpo_symbolic.latex.printing.compare import EQUIVALENCES, differences, lexed, same_tokens, undone, words
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.oracle.search.spot import spot_check
from grpo_symbolic.paper.collection import UnknownItem, item
from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.report.comparison import compare_items, readings, show_comparisons
from grpo_symbolic.report.explanation import explained, is_spread, said

NUMBERED = [display.id for display in DISPLAYS if display.number]


@cache
def compared():
    """Every display beside ours, by its id."""
    return {one.id: one for one in compare_items()}


# Typography.


@pytest.mark.parametrize(("one", "other"), [
    (r"D(p \parallel q)", r"D(p\|q)"),
    (r"\pi_\theta(a \mid s)", r"\pi_{\theta}(a|s)"),
    (r"\left[ \frac{1}{2} \right]", r"\bigl[\tfrac{1}{2}\bigr]"),
    (r"a = b. \quad (12)", "a=b"),
    (r"a = b, \tag{3}", r"a = b \label{eq:three}"),
    (r"x \quad \ni \quad x \sim P", r"x\,\ni\,x \sim P"),
    (r"a \le b", r"a \leq b"),
    (r"\text{ old }x", r"\text{ old } x"),
])
def test_typography_is_no_difference(one, other):
    assert same_tokens(one, other)
    assert differences(one, other) == []


@pytest.mark.parametrize(("one", "other"), [
    ("a", "A"), (r"\epsilon", r"\varepsilon"), (r"\theta", r"\vartheta"), (r"\hat{A}", r"\tilde{A}"),
    (r"\pi_\theta", r"\pi_{\theta_{\text{old}}}"), (r"\text{old}", r"\text{ref}"), ("|x|", r"\|x\|"),
    ("x_{12}", "x_12"), ("x^{-1}", "x^-1"), (r"a \approx b", "a = b"), (r"a \doteq b", "a = b"),
    (r"(a + b) c", "a + b c"), (r"\sum_r", r"\sigma_r"), ("f(1)", "f"),
])
def test_mathematics_is_a_difference(one, other):
    assert not same_tokens(one, other)
    assert differences(one, other)


@pytest.mark.parametrize(("number", "one", "other"), [
    (0, r"x, \quad (3)", "x"), (1, r"a\quad b", "a b"), (2, r"\left(x\right)", "(x)"),
    (3, r"\parallel", r"\|"), (4, "{x}", "x"),
])
def test_every_equivalence_is_needed(number, one, other):
    assert same_tokens(one, other)
    others = [rule for place, (_, rule) in enumerate(EQUIVALENCES) if place != number]

    def without(latex):
        found = lexed(latex)
        for rule in others:
            found = rule(found)
        return [token.text for token in found]

    assert without(one) != without(other)
    assert len(EQUIVALENCES) == 5


WORD = st.sampled_from(["a", "b", r"\theta", "+", "=", r"\approx", "_", "1", r"\text{old}", r"\ni", ","])
TEXT = st.lists(WORD, max_size=12).map(" ".join)
BRACKETED = st.recursive(TEXT, lambda inner: st.lists(inner, min_size=1, max_size=3).map(
    lambda parts: " ( " + " + ".join(parts) + " ) "), max_leaves=4)


@given(BRACKETED, BRACKETED)
def test_differences_are_what_parts_two_texts(one, other):
    found = differences(one, other)
    assert bool(found) == (not same_tokens(one, other))
    for change in (change for difference in found for change in difference.changes):
        assert one[change.printed.start:change.printed.end] == change.printed.text
        assert other[change.ours.start:change.ours.end] == change.ours.text
    starts = [change.ours.start for difference in found for change in difference.changes]
    assert starts == sorted(starts)


@given(TEXT, TEXT, TEXT, TEXT)
def test_a_single_difference_undone_gives_the_print(before, one, other, after):
    printed, ours = f"{before} x {one} y {after}", f"{before} x {other} y {after}"
    found = differences(printed, ours)
    if len(found) == 1 and len(found[0].changes) == 1:
        assert undone(ours, found[0]).split() == " ".join(words(printed)).split()


def test_brackets_go_together():
    (found,) = differences("a + b - c", "(a + b) - c")
    assert [change.ours.text for change in found.changes] == ["(", ")"]
    assert undone("(a + b) - c", found) == "a + b - c"


def test_conditions_are_told_apart():
    first, second = differences(r"f \quad \ni \quad x \sim P(\cdot|s, t), y \sim Q", "f")
    assert first.changes[0].printed.text == r"\ni \quad x \sim P(\cdot|s, t)"
    assert undone("f", first) == r"f \ni x \sim P ( \cdot | s , t )"
    assert undone("f", second) == r"f \ni y \sim Q"


# The paper.


@pytest.mark.parametrize("display", DISPLAYS, ids=lambda display: display.id)
def test_what_is_encoded_is_what_is_printed(display):
    found = compared()[display.id]
    assert found.encoded
    assert found.printed == display.latex
    assert (found.meaning == "ill-formed") == bool(found.fault)


def test_all_displays_but_four_say_what_we_say():
    assert {name: found.meaning for name, found in compared().items() if not found.same_meaning} == {
        "advantage": "ill-formed", "off-policy-log-ratio": "ill-formed", "eq06": "ill-formed",
        "log-ratio-as-function": "different"}
    assert {name for name, found in compared().items() if found.meaning == EQUAL} == {"eq13"}


REASONS = {
    "eq01": ["≈ printed, ≐ meant"], "eq02": ["≈ printed, ≐ meant"], "eq05": ["≈ printed, ≐ meant"],
    "eq06": ["≈ printed, ≐ meant", "index i escapes its sum"], "eq09": ["≈ printed, = proved"],
    "eq13": ["≈ printed, = proved up to O(‖Δθ‖^3)"] * 2,
}


@pytest.mark.parametrize("name", NUMBERED)
def test_numbered_equations_are_token_identical_but_for_listed_reasons(name):
    found = compared()[name]
    assert [difference.reason for difference in found.differences] == REASONS.get(name, [])
    assert found.same_tokens == (name not in REASONS)


def test_the_other_differences_have_their_reasons():
    def pairs(name):
        return [(difference.changes[0].printed.text, difference.changes[0].ours.text, difference.reason)
                for difference in compared()[name].differences]

    empty_sum = (r"\sum", r"\sigma", "spread printed as an empty sum")
    defines = (r"\approx", r"\doteq", "≈ printed, ≐ meant")
    assert pairs("advantage") == [defines, empty_sum, empty_sum, defines]
    assert pairs("off-policy-log-ratio") == [
        (r"\ni \quad s \sim d^{\pi_{\theta}}", "", "two laws for one state"),
        (r", a \sim \pi_{\theta}(a|s)", "", "two laws for one action")]
    assert pairs("log-ratio-as-function") == [(r"\vartheta", "", "refuted as printed")]
    assert [reason for *_, reason in pairs("first-order-expansion")] == ["≈ printed, = proved up to O(‖Δθ‖^2)"] * 2
    assert pairs("k3") == pairs("trust-region") == pairs("cross-entropy") == []


def test_the_code_stands_beside_its_equation():
    coded = {name for name, found in compared().items() if found.code}
    assert set(NUMBERED) - {"eq03"} <= coded
    assert all(found.consistent for found in compared().values())
    assert [one["function"] for one in compared()["eq06"].code] == ["clipped_objective"]


# Bending the print.


def meaning(name, printed):
    """How a text in the place of a display compares with our statement."""
    reading = read_statement(printed, environment=readings()[name][1])
    return same_meaning(said(reading), item(name).statement, reading.environment.definitions)


OLD = r"\pi_{\theta_{\text{old}}}"
DRAWN = r"\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}"
BENT = {
    "eq01": [(r"(a_i|s)}{", r"(a_i|s)}{2 "), ("rho_i", r"varrho_i")],
    "eq02": [(r" - \log", r" + \log"), (r"\text{ref}", r"\theta_{\text{old}}")],
    "eq03": [("P(x)}{Q(x)}", "Q(x)}{P(x)}"), (r"P\|Q", r"Q\|P")],
    "eq04": [(r"{\pi_{\text{ref}}^s(a)}", r"{\pi_\theta^s(a)}"), (r"a \sim \pi_\theta", r"a \sim \pi_{\text{ref}}")],
    "eq05": [(r"- \beta", r"+ \beta"), (r"\rho_i(\theta) \tilde", r"\tilde"), (OLD, r"\pi_\theta")],
    "eq07": [(r"= \rho_i(\theta)", "="), (r"\nabla_{\theta} \log", r"2 \nabla_{\theta} \log")],
    "eq08": [(r"= \nabla", r"= -\nabla")],
    "eq09": [(r"- \beta", r"+ \beta"), (r"\frac{1}{G}", r"\frac{2}{G}"), (r"\approx", "=")],
    "eq10": [(r"= \beta", "="), (rf"= \beta {DRAWN}", r"= \beta \mathbb{E}_{a \sim \pi_{\theta}")],
    "eq11": [(r"\log", r"-\log"), (DRAWN, r"\mathbb{E}_{a \sim \pi_{\theta}")],
    "eq12": [(r"= -", "= "), (rf"{OLD}(a|s) \parallel \pi_{{\theta}}", rf"\pi_{{\theta}}(a|s) \parallel {OLD}")],
    "eq13": [(r"\frac{1}{2}", r"\frac{1}{3}"), (r"F_s(\theta_{\text{old}})", r"F_s(\theta)")],
    "k3": [(" - 1", " + 1")],
    "first-order-expansion": [(r"\log \pi_{\theta_{\text{old}}}", r"\log \pi_{\theta}")],
    "trust-region": [(r"\delta", r"\epsilon"), (r"\rho(\theta) A", "A")],
    "group-mean": [(r"\frac{1}{G}", r"\frac{2}{G}")],
    "cross-entropy": [("-", "")],
}
BENDS = [(name, *bend) for name, bends in BENT.items() for bend in bends]


@pytest.mark.parametrize(("name", "old", "new"), BENDS)
def test_a_bent_equation_has_another_meaning(name, old, new):
    printed = item(name).printed
    assert old in printed
    assert meaning(name, printed) != DIFFERENT
    assert meaning(name, printed.replace(old, new, 1)) == DIFFERENT


@pytest.mark.parametrize(("name", "old", "new"), [("eq01", "rho_i", "rho_j"), ("eq09", r"\approx", r"\leq")])
def test_an_equation_bent_too_far_has_no_meaning(name, old, new):
    with pytest.raises(ReadError):
        meaning(name, item(name).printed.replace(old, new, 1))


@pytest.mark.parametrize(("name", "old", "new"), [
    ("eq07", r"\rho_i(\theta) \nabla_{\theta} \log \pi_{\theta}(a_i|s)",
     r"\frac{\nabla_\theta \pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)}"),
    ("eq08", r"\nabla_{\theta} \ell_i(\theta) =",
     r"\nabla_\theta \log \frac{\pi_\theta(a_i|s)}{\pi_{\text{ref}}(a_i|s)} ="),
    ("eq09", r"\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta)",
     r"\sum_{i=1}^G \frac{\tilde{A}_i \rho_i(\theta) - \beta}{G}"),
    ("eq12", r"-\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(a|s)} [\nabla_{\theta} \log \pi_{\theta}(a|s)]",
     r"-\sum_a \pi_{\theta_{\text{old}}}(a|s) \nabla_\theta \log \pi_\theta(a|s)"),
])
def test_another_way_to_write_it_has_the_same_meaning(name, old, new):
    printed = item(name).printed
    assert old in printed
    assert meaning(name, printed.replace(old, new)) == EQUAL


# What "the same" means.

s, a = Var("s", "state"), Var("a", "action")
pi = Policy(r"\pi")
LOG = Log(pi(a, s))


def claim(left, right, *where):
    return Claim(Relation("=", left, right), where)


def test_a_stop_gradient_is_not_erased():
    assert same_meaning(StopGradient(LOG), LOG) == DIFFERENT
    assert same_meaning(StopGradient(LOG), StopGradient(LOG)) == IDENTICAL


def test_remainders_of_two_orders_are_two_remainders():
    assert same_meaning(LOG + remainder(2), LOG + remainder(3)) == DIFFERENT
    assert same_meaning(LOG + remainder(2), remainder(2) + LOG) == EQUAL


def test_signs_and_hidden_arguments_are_not_printed():
    f = Head("f", theta=True)
    assert same_meaning(f(s, a) * Const("c", "positive"), f(a, s) * Const("c")) == IDENTICAL
    g = Head("g(#1, #2)")
    b = Var("b", "action")
    assert same_meaning(g(a, b), g(b, a)) == DIFFERENT
    assert same_meaning(App(Head("f", theta=True), s), App(Head("f"), s)) == DIFFERENT


def test_a_relation_is_part_of_the_meaning():
    assert same_meaning(claim(LOG, LOG), Claim(Relation("≤", LOG, LOG))) == DIFFERENT
    assert same_meaning(claim(LOG, LOG), Claim(Relation("=", LOG, LOG), at_old=True)) == DIFFERENT
    assert same_meaning(claim(LOG, LOG), LOG) == DIFFERENT
    assert same_meaning((LOG, LOG), (LOG,)) == DIFFERENT
    assert same_meaning((LOG, LOG), (LOG, -LOG)) == DIFFERENT


def test_definitions_are_part_of_the_meaning():
    f, square = Head("f(#1)", theta=True)(a, s), Gradient(LOG).T * Gradient(LOG)
    one, two = Definition(f, square), Definition(f, square + 1)
    assert same_meaning(claim(f, LOG, one), claim(f, LOG, one)) == IDENTICAL
    assert same_meaning(claim(f, LOG, one), claim(f, LOG, two)) == DIFFERENT
    assert same_meaning(claim(f, LOG, one), claim(f, LOG)) == IDENTICAL
    assert same_meaning(claim(f, LOG, one), claim(square, LOG)) == EQUAL
    assert same_meaning(one, two) == DIFFERENT
    assert same_meaning(one, Definition(Head("g(#1)", theta=True)(a, s), one.rhs)) == DIFFERENT


def test_a_function_used_otherwise_than_it_is_defined_has_another_meaning():
    f = Head("f(#1)")
    known = (Definition(f(a, s), Head("r(#1, #2)")(s, a)),)
    assert same_meaning(f(a), f(a, s), known) == DIFFERENT


def test_the_law_is_part_of_the_meaning():
    q = Policy(r"\mu", "constant")
    f = Head("f(#1)")(a)
    assert same_meaning(E((a, pi | s), f), E((a, q | s), f)) == DIFFERENT


def test_the_information_at_old_is_that_of_the_family():
    current, old = Fisher(pi | s), Fisher(Policy(r"\pi", "old") | s)
    assert same_meaning(old, AtOld(current)) == EQUAL
    assert same_meaning(old, current) == same_meaning(Step().T * old * Step(), Step().T * current * Step()) == DIFFERENT
    assert same_meaning(old, current - current) == DIFFERENT
    assert spot_check(claim(old, AtOld(current))).disagreements == 0
    assert spot_check(claim(old, current)).disagreements > 24
    assert spot_check(claim(old, current - current)).disagreements > 24


# Reasons.


def reasons(name, printed):
    ours = item(name).latex
    return [explained(found, ours, item(name).statement, readings()[name][1]).reason
            for found in differences(printed, ours)]


def test_reasons_are_computed():
    printed = item("eq12").latex
    assert reasons("eq12", printed.replace("= -", "= ")) == ["refuted as printed"]
    five = item("eq05").latex
    assert reasons("eq05", five.replace(r"(\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta))",
                                        r"\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta)")) == [
        "index i escapes its sum"]
    assert reasons("eq05", five.replace(r"\tilde{A}_i", r"(\tilde{A}_i)")) == ["another way to write the same"]
    (unknown,) = reasons("eq08", item("eq08").latex.replace(r"\ell", r"\foo"))
    assert "unknown macro" in unknown


def test_a_spread_is_decided_to_be_one():
    spread = item("advantage-as-meant").statement[2].rhs
    assert is_spread(spread)
    assert not is_spread(spread + spread)
    assert not is_spread(item("group-mean").statement.rhs)


# What is shown.


def test_records_are_json():
    for found in compared().values():
        record = json.loads(json.dumps(found.record()))
        assert record["same_tokens"] == (not record["differences"])
        for difference in record["differences"]:
            assert difference["reason"]
            assert difference["detail"]
            for span in difference["spans"]:
                for side in ("printed", "ours"):
                    part = span[side]
                    assert record[side][part["start"]:part["end"]] == part["text"]


def test_a_pipe_gets_plain_lines(capsys):
    show_comparisons([compared()["eq06"], compared()["eq12"]])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    for name in ("eq06", "eq12"):
        assert item(name).printed in shown
    assert "index i escapes its sum" in shown
    assert "2 displays: 1 with the same meaning, 1 with the same tokens" in shown


def test_a_terminal_gets_two_columns(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    show_comparisons([compared()["eq13"]])
    shown = capsys.readouterr().out
    assert re.search(r"\x1b\[[0-9;]*7m\\approx\x1b", shown)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert re.search(r"display +\S +as printed +\S +ours", plain)
    assert "≈ printed, = proved up to O(‖Δθ‖^3)" in plain


def test_items_are_found_by_either_reading():
    assert [one.id for one in compare_items(["eq06-as-meant", "eq01", "eq06"])] == ["eq06", "eq01"]
    with pytest.raises(UnknownItem, match="eq99"):
        compare_items(["eq99"])


def test_the_paper_is_read_in_order():
    assert list(readings()) == [display.id for display in DISPLAYS]
    assert readings()["advantage"][1] == Environment()
    assert [definition.head.layout for definition in readings()["eq03"][1].definitions] == [
        r"\rho_{#1}(\theta)", r"\ell_{#1}(\theta)"]
