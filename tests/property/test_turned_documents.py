"""Random documents of linear equations between functions: what is proved follows from what is taken as a definition,
and what does is not refuted. In which order they stand, and by which words, is random too."""

import random

import pytest
from seeds import dice
from sympy import Matrix
from verdicts import check_read

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

NAMES = "uvwhf"
WORDS = ("", "We have", "so that", "Therefore", "where", "with", "and", "Hence", "Then", "It follows that")
DOCUMENTS = 150


def equation(draw: random.Random) -> tuple[str, list[int]]:
    """An equation, and its coefficients."""
    left, *right = draw.sample(NAMES, draw.choice((2, 3, 3)))
    signs = [draw.choice((1, 1, -1)) for _ in right]
    sides = " ".join(f"{'+' if sign > 0 else '-'} {name}(s,a)" for sign, name in zip(signs, right, strict=True))
    row = [0] * len(NAMES)
    row[NAMES.index(left)] = 1
    for sign, name in zip(signs, right, strict=True):
        row[NAMES.index(name)] = -sign
    return f"{left}(s,a) = {sides.removeprefix('+ ')}", row


def implied(row: list[int], rows: list[list[int]]) -> bool:
    """Whether an equation follows from others."""
    return bool(rows) and Matrix([*rows, row]).rank() == Matrix(rows).rank()


@pytest.mark.long
def test_what_is_proved_follows_from_what_is_taken_as_a_definition() -> None:
    draw, proved = dice(1), 0
    for _ in range(DOCUMENTS):
        equations = [equation(draw) for _ in range(draw.choice((2, 3, 4)))]
        text = " ".join(rf"{draw.choice(WORDS)} \[ {one}{draw.choice(('', '.', ','))} \]" for one, _ in equations)
        found = [one.status for one in check_read(read_records(tex_records(text)), 0.6)]
        told = [row for status, (_, row) in zip(found, equations, strict=True) if status == "definition"]
        for status, (one, row) in zip(found, equations, strict=True):
            assert status != "proved" or implied(row, told), f"{one} in {text}"
            assert status != "refuted" or not implied(row, told), f"{one} in {text}"
        proved += found.count("proved")
    assert proved
