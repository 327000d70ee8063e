"""That a loss differs whatever numbers the letters of an objective are: told by intervals, whatever its scale."""

import random
from fractions import Fraction

import pytest

from grpo_symbolic.code.algebra.expression import add, exp, minimum, multiply, power
from grpo_symbolic.code.algebra.nodes import BATCH, TOKEN, leaf, number
from grpo_symbolic.code.algebra.order import Facts
from grpo_symbolic.code.algebra.rebuilt import total
from grpo_symbolic.code.deciding.any_number import differs_at_all, unnamed

A, X, F = leaf("A", (BATCH,)), leaf("x", (BATCH, TOKEN)), leaf("f", (BATCH, TOKEN))
BETA, TAU = unnamed("beta"), unnamed("tau")
SCALES = [Fraction(10) ** -power_ for power_ in (0, 3, 6, 9, 11, 13, 20)]
WITHIN_PRECISION = SCALES[:-1]


def differs(code, objective):
    return differs_at_all(code, objective, {}, Facts())


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_the_objective_at_some_number_does_not_differ(scale):
    small = number(scale)
    assert not differs(add(A, F), add(A, multiply(small, BETA, F)))
    assert not differs(add(A, F), add(A, multiply(TAU, X), multiply(small, BETA, F)))
    assert not differs(add(multiply(small, A), F), add(multiply(BETA, A), F))
    assert not differs(add(A, F), add(A, multiply(power(BETA, -1), small, F)))


@pytest.mark.parametrize("scale", WITHIN_PRECISION)
def test_what_lies_outside_of_all_numbers_differs(scale):
    small = number(scale)
    assert differs(add(A, F, multiply(small, X)), add(A, multiply(BETA, F)))
    assert differs(add(A, F), add(A, multiply(BETA, X), multiply(TAU, power(BETA, 2), power(F, 2), small)))
    assert differs(add(A, multiply(small, minimum(X, F))), add(A, multiply(BETA, exp(X))))


def test_a_sole_letter_is_no_number_below_0():
    assert differs(add(A, multiply(number(-1), F)), add(A, multiply(BETA, F)))
    assert differs(add(A, multiply(number(-2), F)), add(A, multiply(power(BETA, -1), F)))
    assert not differs(A, add(A, multiply(BETA, F)))


def test_of_what_is_no_polynomial_nothing_is_certain():
    assert not differs(A, exp(multiply(BETA, A)))
    assert not differs(A, minimum(A, BETA))


@pytest.mark.parametrize("seed", range(40))
def test_no_objective_differs_from_itself_at_numbers(seed):
    draw = random.Random(seed)
    columns = [A, X, F, multiply(X, F), exp(F), minimum(X, F), power(A, 2), total(TOKEN, X), number(1)]
    letters = [BETA, TAU, unnamed("delta")]
    numbers = [Fraction(draw.randint(1, 9), draw.randint(1, 9)) * 10 ** draw.choice((-9, 0, 9)) for _ in letters]
    code, objective = [], []
    for column in draw.sample(columns, draw.randint(2, 5)):
        place, times = draw.randrange(len(letters)), draw.choice((-1, 1, 1, 2))
        scaled = multiply(number(draw.choice(SCALES)), column)
        code.append(multiply(number(numbers[place] ** times), scaled))
        objective.append(multiply(power(letters[place], times), scaled))
    assert not differs(add(*code), add(*objective))
