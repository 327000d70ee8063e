"""The table of estimators: each cell is what a computation by hand says, and no bend of it is proved."""

import json
from functools import cache
from itertools import product

import numpy as np
import pytest
from commands import run
from places import ROOT
from verdicts import prove

from grpo_symbolic.objectives.estimators import ESTIMATORS, LAWS, PLACES, WEIGHTS, Cell, find, rows
from grpo_symbolic.objectives.quantities import FORWARD, REVERSE
from grpo_symbolic.report.pages import estimators_page

pytestmark = pytest.mark.long

REVERSE_GRADIENT, FORWARD_GRADIENT = "∇D_KL(π_θ‖π_ref)", "∇D_KL(π_ref‖π_θ)"
CELEBRATED = {
    ("k1", "plain", "loss", "π_θ"): "0",
    ("k2", "plain", "loss", "π_θ"): REVERSE_GRADIENT,
    ("k3", "plain", "loss", "π_θ"): FORWARD_GRADIENT,
    ("k1", "plain", "reward", "π_θ"): REVERSE_GRADIENT,
    ("k3", "plain", "reward", "π_θ"): f"{REVERSE_GRADIENT} − {FORWARD_GRADIENT}",
    ("k1", "plain", "loss", "π_old"): "−∇D_KL(π_old‖π_θ)",
    ("k3", "plain", "loss", "π_old"): "none of these",
    ("k3", "ρ", "loss", "π_old"): REVERSE_GRADIENT,
    ("k3", "sg[ρ]", "loss", "π_old"): FORWARD_GRADIENT,
    ("k2", "sg[ρ]", "loss", "π_old"): REVERSE_GRADIENT,
    ("k1", "ρ", "reward", "π_old"): REVERSE_GRADIENT,
}
CELLS = list(dict.fromkeys(
    cell for estimator, weight, place, law in product(ESTIMATORS, WEIGHTS, PLACES, LAWS)
    for cell in (Cell(estimator, weight, "loss", law, "value"), Cell(estimator, weight, place, law, "gradient"))))
NONE = [Cell("k3", "plain", "loss", "π_old", "value"), *(
    Cell(estimator, "plain", place, "π_old", "gradient")
    for estimator, place in (("k3", "loss"), ("k2", "reward"), ("k3", "reward")))]
ZERO = [Cell("k1", weight, "loss", law, "gradient") for weight, law in (
    ("plain", "π_θ"), ("sg[ρ]", "π_θ"), ("sg[ρ]", "π_old"))]
NAMED_CELLS = [cell for cell in CELLS if cell not in NONE]
OTHER = {"π_θ": "π_old", "π_old": "π_θ"}


@cache
def table():
    """The rows as they are computed."""
    return list(rows())


def name(cell):
    return "-".join((cell.estimator, cell.weight, cell.place, cell.law, cell.what))


@pytest.mark.parametrize(("where", "closed_form"), CELEBRATED.items(), ids="-".join)
def test_what_the_field_knows(where, closed_form):
    assert find(Cell(*where, "gradient")).name == closed_form


@pytest.mark.parametrize("cell", CELLS, ids=name)
def test_every_cell_is_decided_with_evidence(cell):
    found = find(cell)
    assert found.status == ("none" if cell in NONE else "proved")
    assert (found.name == "0") == (cell in ZERO)
    if found.status == "proved":
        assert (found.verdicts[0].spot.models, found.verdicts[0].spot.disagreements) == (32, 0)
    else:
        assert len(found.verdicts) == len(cell.candidates)
        assert all(verdict.counterexample is not None for verdict in found.verdicts)


def test_the_table_has_every_combination_once():
    assert len(table()) == 36
    assert len(CELLS) == 18 + 36
    assert {found.cell for row in table() for found in (row.value, row.gradient)} == set(CELLS)


# A second computation, on explicit softmax policies over four actions, θ being the logits.

RNG = np.random.default_rng(7)
THETA, OLD, REF = RNG.normal(size=(3, 4))
STEP = 1e-5


def softmax(logits):
    return np.exp(logits) / np.exp(logits).sum()


def estimate(estimator, theta):
    ratio = np.log(softmax(theta) / softmax(REF))
    return {"k1": ratio, "k2": ratio**2 / 2, "k3": np.exp(-ratio) - 1 + ratio}[estimator]


def slope(function):
    """The derivatives of a function of θ, on the last axis."""
    return np.stack([(np.asarray(function(THETA + step)) - function(THETA - step)) / (2 * STEP)
                     for step in STEP * np.eye(4)], axis=-1)


def divergence(p, q):
    return float(softmax(p) @ np.log(softmax(p) / softmax(q)))


def by_hand(cell):
    """The expectation that a cell stands for, by its definition."""
    law = THETA if cell.law == "π_θ" else OLD
    moving = cell.weight == "ρ"

    def weight(theta):
        return 1 if cell.weight == "plain" else softmax(theta) / softmax(law)

    if cell.what == "value":
        return softmax(law) @ (weight(THETA) * estimate(cell.estimator, THETA))
    if cell.place == "loss":
        samples = slope(lambda theta: weight(theta if moving else THETA) * estimate(cell.estimator, theta))
    else:
        samples = slope(lambda theta: np.log(softmax(theta))) * np.broadcast_to(
            weight(THETA) * estimate(cell.estimator, THETA), 4)[:, None]
    return softmax(law) @ samples


NAMED = {
    "0": lambda theta: 0.0,
    "D_KL(π_θ‖π_ref)": lambda theta: divergence(theta, REF),
    "D_KL(π_ref‖π_θ)": lambda theta: divergence(REF, theta),
    "D_KL(π_old‖π_ref)": lambda theta: divergence(OLD, REF),
    "D_KL(π_old‖π_θ)": lambda theta: divergence(OLD, theta),
    "M_θ": lambda theta: softmax(theta) @ estimate("k2", theta),
    "M_old": lambda theta: softmax(OLD) @ estimate("k2", theta),
}


def meaning(closed_form):
    """The number or vector that a name in the table stands for."""
    head, minus, tail = closed_form.partition(" − ")
    if minus:
        return meaning(head) - meaning(tail)
    if head.startswith("−"):
        return -meaning(head[1:])
    return slope(NAMED[head[1:]]) if head.startswith("∇") else NAMED[head](THETA)


@pytest.mark.parametrize("cell", NAMED_CELLS, ids=name)
def test_every_name_is_what_a_computation_by_hand_gives(cell):
    assert np.allclose(by_hand(cell), meaning(find(cell).name), atol=1e-8)


@pytest.mark.parametrize("cell", NONE, ids=name)
def test_what_has_no_name_differs_from_every_candidate_by_hand(cell):
    gaps = [np.abs(by_hand(cell) - meaning(quantity.name)).max() for quantity in cell.candidates]
    assert min(gaps) > 1e-3


# Bends.


@pytest.mark.parametrize("cell", [cell for cell in NAMED_CELLS if cell not in ZERO], ids=name)
def test_a_sign_or_a_factor_is_refuted(cell):
    quantity = find(cell).quantity
    for bent in (f"-({quantity.latex})", f"2 ({quantity.latex})"):
        statement = f"{cell.latex} = {bent}"
        assert prove(statement, cell.where(statement)).status == "refuted"


@pytest.mark.parametrize("cell", [cell for cell in NAMED_CELLS if cell.weight == "plain"], ids=name)
def test_another_law_is_refuted(cell):
    other = Cell(cell.estimator, cell.weight, cell.place, OTHER[cell.law], cell.what)
    statement = f"{other.latex} = {find(cell).quantity.latex}"
    assert prove(statement, other.where(statement)).status == "refuted"


@pytest.mark.parametrize("cell", ZERO, ids=name)
def test_where_nothing_is_left_neither_divergence_is(cell):
    for quantity in (REVERSE.gradient(), FORWARD.gradient()):
        statement = cell.claim(quantity)
        assert prove(statement, cell.where(statement)).status == "refuted"


# What is printed.


def test_a_record_has_the_proof_of_what_it_names():
    record = next(row for row in table() if row.cell == Cell("k3", "plain", "loss", "π_θ", "gradient")).record()
    assert (record["estimator"], record["place"], record["sampled_from"]) == ("k3", "loss", "π_θ")
    assert record["value"]["closed_form"] == "D_KL(π_θ‖π_ref)"
    assert record["gradient"]["verdict"]["verdict"] == "proved"
    assert "Constant(π_ref)" in record["gradient"]["verdict"]["hypotheses"]


def test_a_record_without_a_name_has_every_counterexample():
    record = next(row for row in table() if row.gradient.status == "none").record()["gradient"]
    assert record["closed_form"] == "none of these"
    assert all(one["verdict"]["counterexample"]["values"] for one in record["candidates"])


def test_the_command_prints_a_row_a_combination_and_the_legend():
    plain = run("list", "k3")
    lines = plain.stdout.splitlines()
    assert (plain.returncode, plain.stderr) == (0, "")
    assert [line.split()[2] for line in lines[1:13]] == ["k3"] * 12
    assert any("π_θ/sg[π_θ]" in line for line in lines[13:])


def test_the_command_prints_json_lines():
    records = [json.loads(line) for line in run("list", "estimators", "--json").stdout.splitlines()]
    assert [(record["value"]["closed_form"], record["gradient"]["closed_form"]) for record in records] == [
        (row.value.name, row.gradient.name) for row in table()]


def test_the_page_is_up_to_date():
    assert (ROOT / "docs" / "estimators.md").read_text(encoding="utf-8") == estimators_page()


def test_an_objective_is_listed_by_the_name_that_a_loss_is_held_against():
    assert run("list", "drgrpo").stdout == run("list", "dr-grpo").stdout != ""
