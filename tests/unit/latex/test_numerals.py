r"""Numbers as they are printed: groups of three digits, per cent, decimals, and what ≈ says of a rounded one."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.language import Num
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression


@pytest.mark.parametrize(("text", "value"), [
    ("13{,}780", "13780"), (r"13\,780", "13780"), ("1,234,567", "1234567"), ("2{,}000.5", "4001/2"), (".25", "1/4"),
    (r"50\%", "1/2"), (r"12.5\%", "1/8"), (r"5 \%", "1/20"), (r"250\%", "5/2"),
])
def test_a_number_is_read_as_it_is_printed(text: str, value: str) -> None:
    assert read_expression(text) == Num(value)


@pytest.mark.parametrize("text", ["2 3", r"2\,3", r"x \cdot 2 3", r"c\%", r"\frac{1}{3}\%", r"\frac.55", "0{,}125"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_expression(text)


@pytest.mark.parametrize(("text", "verdict"), [
    (r"\min(1,200) = 1", "proved"),  # a list stands in brackets
    (r"1,200 = 1{,}200", "proved"),
    (r"1.07^{10} \approx 1.97", "proved"),
    (r"1.07^{10} \approx 1.99", "refuted"),
    (r"1.07^{10} = 1.97", "refuted"),
    (r"1.03^{300} \approx 7{,}098", "proved"),
    (r"1.03^{300} \approx 7{,}100", "refuted"),
    (r"\frac{2}{3} \approx 66.7\%", "proved"),
    (r"\frac{2}{3} \approx 67.9\%", "refuted"),
    (r"-\frac{8}{3} \approx -2.67", "proved"),
    (r"-\frac{8}{3} \approx 2.67", "refuted"),
    (r"0.9 \approx 0", "refuted"),  # nothing is rounded to nothing
    (r"\pi_\theta(a|s) \approx 1", "undecided"),
    (r"\pi_\theta(a|s) \approx 0.5", "refuted"),
])
def test_a_rounded_number_is_within_one_unit_of_its_last_digit(text: str, verdict: str) -> None:
    assert prove(text).status == verdict


def test_what_is_defined_is_rounded() -> None:
    assert prove(r"v \approx 0.358", [r"v \doteq 0.95^{20}"]).status == "proved"
    assert prove(r"v \approx 0.378", [r"v \doteq 0.95^{20}"]).status == "refuted"
