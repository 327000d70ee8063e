r"""Squares of distances below divergences: which multiples are right is known, c D_TV² ≤ κ D_KL iff c ≤ 2κ."""

import math
import random
from fractions import Fraction

import pytest
from verdicts import prove

LAWS = (("p", "q"), (r"\mu", r"\nu"), (r"\pi_\theta(\cdot|s)", r"\pi_{\text{old}}(\cdot|s)"),
        (r"\pi_{\text{ref}}(\cdot|s)", r"\pi_\theta(\cdot|s)"))
LARGEST = 2  # c/κ


def printed(number):
    return str(number) if number.denominator == 1 else rf"\frac{{{number.numerator}}}{{{number.denominator}}}"


def distance(dice, one, other):
    """A multiple of the total variation as it is printed, with the factor that it is."""
    value = "" if r"\cdot" not in one else "(a|s)"
    first, second = (law.replace(r"(\cdot|s)", value) if value else f"{law}(a)" for law in (one, other))
    return dice.choice((
        (rf"D_{{\mathrm{{TV}}}}({one}, {other})", 1), (rf"\|{one} - {other}\|_1", 2),
        (rf"\sum_a |{first} - {second}|", 2), (rf"\sum_a \max({second} - {first}, 0)", 1)))


def statement(seed):
    """c (x TV)² ≤ κ KL, or its root, with whether that holds."""
    dice = random.Random(seed)
    one, other = dice.sample(dice.choice(LAWS), 2)
    text, size = distance(dice, *dice.sample((one, other), 2))
    c, scale = Fraction(dice.randint(1, 4), dice.randint(1, 4)), Fraction(dice.randint(1, 3), dice.randint(1, 2))
    if dice.random() < 0.4:
        c = Fraction(LARGEST * scale, size**2)
    divergence = rf"D_{{\mathrm{{KL}}}}({one} \| {other})"
    holds = c * size**2 <= LARGEST * scale
    if dice.random() < 0.3 and math.isqrt(c.numerator) ** 2 == c.numerator:
        return rf"{text} \le \sqrt{{{printed(scale / c)} {divergence}}}", holds
    return rf"{printed(c)} ({text})^2 \le {printed(scale)} {divergence}", holds


@pytest.mark.parametrize("seed", range(16))
def test_only_right_multiples_are_proved(seed):
    latex, right = judged(seed)
    assert prove(latex, budget=4).status in right


@pytest.mark.long
@pytest.mark.parametrize("seed", range(16, 120))
def test_of_many_only_right_multiples_are_proved(seed):
    latex, right = judged(seed)
    assert prove(latex, budget=4).status in right


def judged(seed):
    """A statement, and the verdicts that would be right."""
    latex, holds = statement(seed)
    return latex, ("proved",) if holds else ("refuted", "undecided")


@pytest.mark.parametrize("exponent", range(-12, 13))
def test_psi_is_not_negative(exponent):
    u = math.exp(exponent / 2)
    assert (u - 1) * (u + 5) >= (4 * u + 2) * math.log(u) - 1e-12
