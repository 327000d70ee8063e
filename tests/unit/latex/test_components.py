r"""Components x_i of a declared vector: norms and products are sums of what these are."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.spelling.components import in_components

OF_N = r"x, y \in \mathbb{R}^n"


@pytest.mark.parametrize(("text", "status"), [
    (r"\|x\|^2 = \sum_{i=1}^n x_i^2", "proved"), (r"\|x\|_2^2 = \sum_i x_i^2", "proved"),
    (r"\lVert x \rVert_1 = \sum_i |x_i|", "proved"), (r"\left\| x \right\|_\infty = \max_i |x_i|", "proved"),
    (r"x^\top y = \sum_i x_i y_i", "proved"), (r"\langle x, y \rangle = \sum_{j=1}^n x_j y_j", "proved"),
    (r"\|x - y\|_2^2 = \|x\|_2^2 - 2 x^\top y + \|y\|_2^2", "proved"),
    (r"\|x + c y\|_2^2 = \sum_{i=1}^n (x_i + c y_i)^2", "proved"),
    (r"\|x\|_1^2 \leq n \|x\|_2^2", "proved"), (r"\frac{1}{n} \|x\|_1 \leq \|x\|_\infty", "proved"),
    (r"\sum_{i=1}^n x_i \leq \sqrt{n} \, \|x\|_2", "proved"), (r"x_i \leq \max_j x_j", "proved"),
    (r"\|x\|^2 = \sum_{i=1}^n x_i", "refuted"), (r"\|x\|_1 = \sum_i x_i", "refuted"),
    (r"\|x\|_\infty = \max_i x_i", "refuted"), (r"x^\top y = \sum_i x_i + y_i", "ill-formed"),
    (r"\|x - y\|_2^2 = \|x\|_2^2 - x^\top y + \|y\|_2^2", "refuted"), (r"\|x\|_1^2 \leq \|x\|_2^2", "refuted"),
    (r"\|x\|_1 \leq \|x\|_\infty", "refuted"), (r"\|x\|_2 = \sum_{i=1}^n x_i^2", "refuted"),
    (r"x^\top A x = \sum_i x_i", "unread"), (r"\|x\|_3 = \sum_i x_i", "unread"), (r"\|x'\|_1 = \sum_i x_i", "unread"),
    (r"\|\hat{x}\|_1 = \sum_i x_i", "unread"), (r"e^x = \sum_i x_i", "unread"), (r"\|x\|_1^c = \sum_i x_i", "unread")])
def test_what_is_said_of_components(text: str, status: str) -> None:
    assert prove(text, where=[OF_N]).status == status


def test_an_assumption_is_read_in_components_too() -> None:
    assert prove(r"\|x\|_2^2 = 1", where=[OF_N], assume=[r"x^\top x = 1"]).status == "proved"
    assert prove(r"\|x\|_2^2 = 2", where=[OF_N], assume=[r"x^\top x = 1"]).status == "refuted"
    assert prove(r"\|x\|_1 = \sum_i x_i", where=[OF_N], assume=[r"x_i \geq 0"]).status != "refuted"
    assert prove(r"x^\top y \leq \|x\|_2", where=[OF_N], assume=[r"\|y\|_2 = 1"]).status != "refuted"


def test_what_is_no_vector_of_one_size_stays() -> None:
    assert in_components(r"\|x\|_1 = 1", (), [r"x \in \mathbb{R}^n", r"y \in \mathbb{R}^m"]) is None
    assert in_components(r"\|x\|_1 = 1", (), [r"x \in \mathbb{R}^{n \times n}"]) is None
    assert in_components(r"\|x\|_1 = x", (), [r"x \in \mathbb{R}^n"]) is None


def test_what_was_declared_is_said() -> None:
    assert any("x, y" in str(one) for one in prove(r"\|x\|^2 = \sum_i x_i^2", where=[OF_N]).record().values())


OF_D = [r"x \in \mathbb{R}^d"]
NAUGHT = [r"\|x\| = 0"]


@pytest.mark.parametrize(("text", "let", "assume"), [
    (r"x_3^2 \leq \|x\|^2", OF_D, []), (r"x_1^2 + x_2^2 \leq \|x\|^2", OF_D, []), ("x_1 + 1 = 1", OF_D, NAUGHT),
    (r"x_{12}^2 \leq \|x\|^2", OF_D, []), (r"x_0^2 \leq \|x\|^2", OF_D, []), ("x_1 + 1 = 1", OF_D, ["x = 0"]),
    ("x_1 + 1 = 1", [*OF_D, r"x_1 \in \mathbb{R}"], NAUGHT), (r"x_1 \geq 0 \implies x_1 \leq \|x\|", OF_D, []),
    (r"\xi_1^2 \leq \|\xi\|^2", [r"\xi \in \mathbb{R}^d"], []), (r"X_1^2 \leq \|X\|^2", [r"X \in \mathbb{R}^d"], []),
    (r"\theta_1^2 \leq \|\theta\|^2", [], [])])
def test_a_number_beside_the_letter_of_a_vector_is_no_free_one(text: str, let: list[str], assume: list[str]) -> None:
    assert prove(text, let=let, assume=assume).status in ("proved", "undecided", "unread")


def test_nor_is_it_one_beside_a_definition_of_that_vector() -> None:
    assert prove(r"x_1^2 \leq N", let=OF_D, where=[r"N := \|x\|^2"]).status in ("undecided", "unread")


@pytest.mark.parametrize(("text", "hypotheses"), [
    (r"x_3 \leq \|x\|_\infty", ("Range(d≥3)",)), (r"x_1 \leq \|x\|_\infty", ()),
    (r"x_3 + \|x\|_1 = \sum_i |x_i| + x_3", ("Range(d≥3)",))])
def test_that_a_vector_has_so_many_components_is_a_hypothesis(text: str, hypotheses: tuple[str, ...]) -> None:
    found = prove(text, let=OF_D)
    assert (found.status, found.hypotheses) == ("proved", hypotheses)


def test_vectors_with_numbers_stay_vectors() -> None:
    said = r"\|g_1 + g\| \leq \|g_1\| + \|g\|"
    assert prove(said, let=[r"g_1, g \in \mathbb{R}^d"]).status == "proved"
