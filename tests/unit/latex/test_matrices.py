r"""Symbols that may be vectors or matrices: what holds of numbers alone is not proved of them."""

import pytest
from verdicts import prove


@pytest.mark.parametrize("latex", [
    r"\mathbf{x}\mathbf{y} = \mathbf{y}\mathbf{x}", r"\bm{W}\bm{x} = \bm{x}\bm{W}", r"\vec{u}\vec{v} = \vec{v}\vec{u}",
    r"\frac{\mathbf{M}}{\mathbf{M}} = 1", r"\mathbf{m}^2 \geq 0", r"\hat{\mathbf{m}} c = c \hat{\mathbf{m}}",
    r"\mathbf{f}(x)\mathbf{g}(x) = \mathbf{g}(x)\mathbf{f}(x)", r"\boldsymbol{\Sigma}_1 \boldsymbol{\Sigma}_2 = "
    r"\boldsymbol{\Sigma}_2 \boldsymbol{\Sigma}_1", r"X^\top X Y = Y X^\top X", r"(X Y)^\top = X^\top Y^\top",
    r"(u + v)^\top m = m^\top v", r"B^T C = C^T B", r"P^{-1} D P = D",
    r"\hat{P}^{-1} D \hat{P} = D", r"\Sigma^{-1} m \Sigma = m"])
def test_what_may_be_no_number_is_unread(latex):
    assert prove(latex).status == "unread"


@pytest.mark.parametrize(("latex", "let"), [
    (r"\mathbf{x}\mathbf{y} = \mathbf{y}\mathbf{x}", (r"\mathbf{x} \in \mathbb{R}", r"\mathbf{y} \in \mathbb{R}")),
    (r"P^{-1} D P = D", (r"P \in \mathbb{R}",)), (r"N^{-1} \sum_{i=1}^N x_i = \frac{1}{N} \sum_{i=1}^N x_i", ()),
    (r"\sum_{t=1}^{T} c^T = T c^T", (r"c \in (0, 1)",)), (r"\mathbf{1}\{u > 0\}^2 = \mathbf{1}\{u > 0\}", ())])
def test_what_is_a_number_is_read(latex, let):
    assert prove(latex, let=let).status == "proved"


@pytest.mark.parametrize(("latex", "where"), [
    (r"x = \sum_{i=1}^n x_i", [r"x \in \mathbb{R}^n"]), (r"\nabla_\theta x_i = x", [r"x \in \mathbb{R}^n"]),
    (r"x^\top A x = \sum_{i=1}^n x_i y_i", [r"x, y \in \mathbb{R}^n"])])
def test_a_component_of_a_vector_is_no_number_of_its_own(latex: str, where: list[str]) -> None:
    assert prove(latex, where=where).status == "unread"


def test_vectors_of_a_family_are_no_components() -> None:
    where = [r"g_i \in \mathbb{R}^d", r"x \in \mathbb{R}^d"]
    assert prove(r"\sum_{i=1}^n x^\top g_i = x^\top \sum_{i=1}^n g_i", where=where).status == "proved"
