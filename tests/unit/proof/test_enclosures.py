r"""Numbers that are no rationals lie between the rationals that are given for them, and close to these."""

from fractions import Fraction
from random import Random

import mpmath
import pytest
from seeds import dice
from verdicts import prove

from grpo_symbolic.proof.enclosures import Ends, exponential, logarithm, raised, root

WIDTH = Fraction(1, 10 ** 25)


def number(draw: Random) -> Fraction:
    return Fraction(draw.randint(1, 4000), draw.randint(1, 400))


def inside(ends: tuple[Fraction, Fraction], value: mpmath.mpf) -> bool:
    """Whether a value that is right to sixty digits lies between two rationals, and these close to each other."""
    low, high = (mpmath.mpf(end.numerator) / end.denominator for end in ends)
    return bool(low <= value <= high) and ends[1] - ends[0] < WIDTH * max(1, abs(ends[1]))


def test_the_ends_lie_around_the_value() -> None:
    draw = dice(0)
    with mpmath.workdps(80):
        for _ in range(60):
            x = number(draw)
            exact = mpmath.mpf(x.numerator) / x.denominator
            small = x / 100
            assert inside(exponential(small), mpmath.exp(exact / 100))
            assert inside(exponential(-small), mpmath.exp(-exact / 100))
            assert inside(logarithm(x), mpmath.log(exact))
            degree = draw.randint(2, 7)
            found = root(x, degree)
            assert found ** degree <= x < (found + Fraction(1, 10 ** 40)) ** degree


def test_a_power_of_what_may_have_either_sign_is_that_of_each() -> None:
    assert raised(Ends(Fraction(-1), Fraction(2)), Fraction(2)) == (0, 4)
    assert raised(Ends(Fraction(-2), Fraction(-1)), Fraction(3)) == (-8, -1)
    assert raised(Ends(Fraction(2), Fraction(4)), Fraction(-1)) == (Fraction(1, 4), Fraction(1, 2))
    with pytest.raises(ArithmeticError):
        raised(Ends(Fraction(-1), Fraction(2)), Fraction(-1))


@pytest.mark.parametrize(("statement", "status"), [
    (r"\exp(1) \approx 2.7", "proved"), (r"\exp(1) \approx 2.718", "proved"), (r"\exp(1) \approx 2.9", "refuted"),
    (r"\exp(1) \approx 2.71828182845", "proved"), (r"\exp(1) \approx 2.71828182848", "refuted"),
    (r"\log 2 \approx 0.69", "proved"), (r"\log 2 \approx 0.71", "refuted"), (r"\log 0.5 \approx -0.693", "proved"),
    (r"\sqrt 2 \approx 1.41", "proved"), (r"\sqrt 2 \approx 1.43", "refuted"),
    (r"1 - \frac{1}{\exp(1)} \approx 0.632", "proved"), (r"\sqrt{2} \log 2 \approx 0.98", "proved"),
    (r"\sqrt{2} \log 2 \approx 1.2", "refuted"), (r"\log(1 + e^{-1}) \approx 0.313", "proved"),
    (r"\log 9 \geq 3 \log 2", "proved"), (r"\log 9 \leq 3 \log 2", "refuted"),
    (r"x + \log 2 \leq x + 0.7", "proved"), (r"x + \log 2 \geq x + 0.7", "refuted")])
def test_a_number_is_compared_with_what_is_printed(statement: str, status: str) -> None:
    assert prove(statement).status == status


@pytest.mark.parametrize(("statement", "status"), [
    (r"e \approx 2.7", "proved"), (r"e \approx 2.6", "refuted"), (r"\log e = 1", "proved"), (r"2 < e < 3", "proved"),
    (r"e^2 + e \approx 10.1", "proved"), (r"e^x \geq x e + 1", "refuted"), (r"e = 2.7", "definition"),
    (r"e = y - x", "definition"), (r"e_t \approx 0.1", "definition"),
    (r"\pi \approx 3.14", "unread")])
def test_e_is_the_number_where_nothing_says_otherwise(statement: str, status: str) -> None:
    verdict = prove(statement)
    assert verdict.status == status
    named = [one.why for one in verdict.read_as if one.symbol == "e"]
    assert (named == ["Euler's number by custom"]) == (status in ("proved", "refuted"))


def test_e_is_what_a_text_says_it_is() -> None:
    assert prove(r"e \leq 2", where=["e = y - x"]).status == "refuted"
    assert prove(r"e > 2", let=[r"e \in \mathbb{R}"]).status == "refuted"
    assert "Euler's number by custom" not in {one.why for one in prove(r"\mathbb{E}[e] = 0").read_as}
    assert prove(r"\sum_{e=1}^{n} x_e = \sum_{i=1}^{n} x_i").status == "proved"
