"""Normal forms, signs and cells: what is shown to be equal is, and what is not is not shown."""

from fractions import Fraction

import pytest

from grpo_symbolic.code.algebra.cells import cells
from grpo_symbolic.code.algebra.expression import (
    absolute,
    add,
    choose,
    clip,
    compare,
    divide,
    exp,
    log,
    maximum,
    minimum,
    multiply,
    negative,
    power,
    subtract,
)
from grpo_symbolic.code.algebra.nodes import ONE, ZERO, constant, leaf, number, size
from grpo_symbolic.code.algebra.normal import equal, normal
from grpo_symbolic.code.algebra.order import Facts, sign_of
from grpo_symbolic.code.algebra.polynomials import content
from grpo_symbolic.code.algebra.printing import plain
from grpo_symbolic.code.algebra.proving import zero
from grpo_symbolic.code.algebra.rebuilding import expression_of, of_monomial
from grpo_symbolic.code.algebra.rebuilt import total
from grpo_symbolic.code.telling.regions import shortest

AXES = ("B", "T")
X, OLD, M = (leaf(letter, AXES) for letter in "xom")
A, R = leaf("A", ("B",)), leaf("r", ("B",))
W = exp(subtract(X, OLD))
LOW, HIGH = constant("low"), constant("high")
LENGTH = total("T", M)
FACTS = Facts(frozenset(), frozenset({"low", "high"}))
CLIPPED = clip(W, subtract(ONE, LOW), add(ONE, HIGH))
WORST = minimum(multiply(W, A), multiply(CLIPPED, A))
MEAN = divide(total("B", R), size("B"))
EQUAL = [
    (divide(total("T", multiply(M, subtract(X, OLD))), LENGTH),
     subtract(total("T", divide(multiply(M, X), LENGTH)), divide(total("T", multiply(M, OLD)), LENGTH))),
    (divide(X, add(X, OLD)), subtract(ONE, divide(OLD, add(X, OLD)))),
    (power(add(X, OLD), 2), add(power(X, 2), multiply(number(2), X, OLD), power(OLD, 2))),
    (multiply(*[power(add(ONE, W), Fraction(1, 2))] * 2), add(ONE, W)),
    (log(multiply(W, size("B"))), add(subtract(X, OLD), log(size("B")))),
    (total("B", subtract(R, MEAN)), ZERO),
    (total("B", power(subtract(R, MEAN), 2)), subtract(total("B", power(R, 2)), multiply(size("B"), power(MEAN, 2)))),
    (exp(divide(total("T", multiply(M, X)), LENGTH)),
     power(exp(total("T", multiply(M, X))), 1) if LENGTH is ONE else exp(multiply(power(LENGTH, -1), total(
         "T", multiply(M, X))))),
]
IN_CELLS = [
    (WORST, choose(compare(">", A, ZERO), multiply(minimum(W, add(ONE, HIGH)), A),
                   multiply(maximum(W, subtract(ONE, LOW)), A))),
    (WORST, negative(maximum(multiply(negative(A), W), multiply(negative(A), CLIPPED)))),
    (maximum(X, OLD), negative(minimum(negative(X), negative(OLD)))),
    (absolute(A), maximum(A, negative(A))),
    (multiply(M, maximum(X, OLD)), choose(M, maximum(X, OLD), ZERO)),
]
DIFFERENT = [
    (WORST, maximum(multiply(W, A), multiply(CLIPPED, A))), (WORST, multiply(W, A)),
    (WORST, minimum(multiply(W, A), multiply(clip(W, subtract(ONE, HIGH), add(ONE, LOW)), A))),
    (total("T", M), size("T")), (power(power(A, 2), Fraction(1, 2)), A), (multiply(M, X), X),
    (compare(">", LENGTH, number(3)), compare("≥", LENGTH, number(3))), (maximum(LENGTH, number(2)), LENGTH),
    (compare("=", A, ZERO), ONE), (compare("=", A, ZERO), compare("=", R, ZERO)),
    (compare(">", A, ZERO), compare("≥", A, ZERO)), (choose(compare("=", A, ZERO), ZERO, M), M),
    (total("B", multiply(A, R)), multiply(total("B", A), total("B", R))),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_expressions_have_one_normal_form(left, right):
    assert equal(left, right)
    assert zero(subtract(left, right), FACTS)


@pytest.mark.parametrize(("left", "right"), IN_CELLS)
def test_what_is_equal_in_each_cell_is_shown_to_be(left, right):
    assert zero(subtract(left, right), FACTS)
    for factor in (ONE, multiply(M, power(LENGTH, -1))):
        gap = subtract(*(total("B", total("T", multiply(factor, side))) for side in (left, right)))
        assert zero(gap, FACTS)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_differs_is_not_shown_to_be_equal(left, right):
    assert not zero(subtract(left, right), FACTS)


@pytest.mark.parametrize("node", [*(side for pair in (*EQUAL, *IN_CELLS, *DIFFERENT) for side in pair)])
def test_a_normal_form_is_that_of_what_is_written_from_it(node):
    assert normal(expression_of(normal(node))) == normal(node)


@pytest.mark.parametrize(("node", "sign"), [
    (W, 1), (negative(W), -1), (add(W, HIGH), 1), (subtract(ONE, ONE), 0), (power(A, 2), 1), (LENGTH, 1),
    (add(ONE, multiply(number(-1), add(ONE, HIGH))), -1),
])
def test_signs_that_are_seen(node, sign):
    assert sign_of(normal(node), FACTS) == sign


def test_signs_that_follow_from_others():
    beyond = normal(subtract(W, add(ONE, HIGH)))
    test = sign_of(beyond, FACTS)
    above, = (known for turn in (1, -1) if sign_of(beyond, known := FACTS.with_sign(test, turn)) == 1)
    assert sign_of(normal(subtract(W, subtract(ONE, LOW))), above) == 1
    assert not isinstance(sign_of(normal(subtract(W, number(2))), above), int)


def test_cells_cover_each_side_of_every_comparison():
    found = list(cells(WORST, FACTS))
    assert {plain(one.value) for one in found} == {"0", "A_i r_it", "A_i (1 - low)", "A_i (1 + high)"}
    assert {condition.sign for one in found for condition in one.conditions} == {-1, 0, 1}
    assert sum(any(not condition.sign for condition in one.conditions) for one in found) == 2


def test_a_count_may_be_what_it_is_compared_with():
    signs = {one.conditions[0].sign for one in cells(compare(">", LENGTH, number(3)), FACTS)}
    assert signs == {-1, 0, 1}


def test_what_is_summed_over_is_not_decided_from_outside():
    inner = total("T", compare(">", X, OLD))
    assert [one.value for one in cells(add(inner, compare(">", A, ZERO)), FACTS)] == [add(inner, ONE), inner, inner]


SIZE = size("B")
OTHERS = divide(ONE, subtract(SIZE, ONE))


@pytest.mark.parametrize("node", [
    divide(subtract(R, multiply(OTHERS, subtract(total("B", R), R))), SIZE),
    divide(subtract(R, multiply(OTHERS, total("B", R))), SIZE), add(R, multiply(OTHERS, R)),
    subtract(multiply(OTHERS, OTHERS, R), multiply(OTHERS, A)), subtract(divide(A, LENGTH), multiply(OTHERS, A))])
def test_what_all_terms_share_times_the_rest_is_the_whole(node):
    """Also where the rest has a sum in it that was divided by: a mean over the others beside a mean over all."""
    factor, common, rest = content(normal(node))
    assert equal(multiply(number(factor), of_monomial(common), expression_of(rest)), node)
    assert equal(shortest(node), node)
    assert rest.terms[0][1] > 0
