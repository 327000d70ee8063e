r"""Components x_i of a declared vector: norms and products are sums of what these are."""

from __future__ import annotations

import pytest

from grpo_symbolic.checking.texts import prove
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
