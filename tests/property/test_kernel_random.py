"""Random terms: the kernel's form has the value of the expression, and does not depend on how it was written."""

from fractions import Fraction
from random import Random

import pytest
from kernel_checks import check_edits, check_writings, outcome
from kernel_jets import standard
from kernel_reference import Reading
from kernel_rewrites import replaced
from kernel_terms import ROOM, Terms, agreeing, free
from seeds import shifted

BLOCKS = [(4, range(0, 1000)), (5, range(1000, 1800)), (5, range(1800, 2600)), (5, range(2600, 3400))]


@pytest.mark.random
@pytest.mark.parametrize(("depth", "seeds"), BLOCKS)
def test_a_form_has_the_value_of_the_expression(depth, seeds):
    assert agreeing(depth, shifted(seeds), outcome) > 0.8 * len(seeds)


PROB = ("prob", "π", "current", "a", "s")
RATIO = ("div", ("prob", "π", "current", ("tok", "o", "t"), "s"), ("prob", "π", "old", ("tok", "o", "t"), "s"))
SLOPE = ("D", "v", ("log", ("prob", "π", "current", "o", "s")))
ENTANGLED = ("mul", ("fun", "f", (("at", "g", "j"), ("at", "h", "i")), "real", False),
             ("sum", "c", "action", ("fun", "w", ("c", ("at", "h", "i")), "positive", False)))


@pytest.mark.parametrize("expression", [
    # powers of sums and of numbers
    ("E", "x", "π", "current", "s", ("pow", ("sum", "y", "action", ("fun", "w", ("x", "y"), "positive", False)),
                                     Fraction(1, 2))),
    ("group", "h", "π", "current", "s", ("pow", ("sum", "j", "index", ("fun", "w", (("at", "h", "j"),), "positive",
                                                                       False)), Fraction(3, 2))),
    ("pow", ("pow", ("num", Fraction(2, 3)), Fraction(3, 2)), Fraction(1, 2)),
    ("pow", ("pow", ("pow", ("add", ("num", Fraction(1, 2)), PROB), Fraction(1, 2)), 2), Fraction(1, 2)),
    ("mul", ("exp", PROB), PROB),
    ("pow", ("exp", ("div", ("const", "c", "real"), ("const", "β", "positive"))), Fraction(-1, 2)),
    # a sum outside a group whose body factors only once the group is gone
    ("old", ("group", "h", "q", "constant", "s", ("sum", "j", "index", ENTANGLED))),
    ("D", "v", ("group", "h", "q", "constant", "s", ("sum", "j", "index", ("mul", ENTANGLED, PROB)))),
    ("group", "h", "q", "constant", "s", ("sum", "j", "index", ("dot", (
        "fun", "fθ", (("at", "g", "j"), ("at", "h", "i")), "real", True), ("prob", "π", "current", ("at", "h", "i"),
                                                                            "s")))),
    ("group", "h", "π", "old", "s", ("sum", "j", "index", ("log", ("mul", PROB, (
        "add", ("num", Fraction(3)), ("fun", "w", (("at", "h", "j"), "a"), "positive", False)))))),
    # a range that depends on a sequence, left when what it ranges over is gone
    ("old", ("E", "o", "π", "old", "s", ("sum", "t", ("len", "o"), ("mul", RATIO, SLOPE)))),
    ("old", ("group", "h", "π", "old", "s", ("sum", "j", "index", ("sum", "t", ("len", ("at", "h", "j")), replaced(
        RATIO, "o", ("at", "h", "j")))))),
], ids=str)
def test_an_expression_on_which_a_normal_form_is_easily_wrong(expression):
    for seed in range(1, 6):
        assert outcome(expression, seed) == "agree"


@pytest.mark.random
@pytest.mark.parametrize(("depth", "seeds"), [(4, range(0, 800)), (5, range(800, 1400))])
def test_the_form_does_not_depend_on_how_an_expression_is_written(depth, seeds):
    assert check_writings(depth, shifted(seeds)) > 0.8 * len(seeds)


@pytest.mark.random
def test_a_false_edit_is_never_proved():
    assert check_edits(4, shifted(range(600))) > 200


def test_every_kind_of_expression_is_drawn():
    drawn = repr([Terms(Random(seed))(5, ROOM) for seed in range(300)])
    for tag in ("add", "mul", "div", "pow", "spow", "log", "exp", "max", "min", "ind", "sum", "without", "E", "visit",
                "group", "D", "dot", "old", "sg", "tok", "at", "len", "token", "index"):
        assert f"'{tag}'" in drawn


@pytest.mark.parametrize(("expression", "value"), [
    (("D", "v", ("prob", "π", "current", "a", "s")), 0), (("D", "v", ("D", "v", ("prob", "π", "old", "a", "s"))), 0)])
def test_the_reading_differentiates(expression, value):
    """D_v π ≠ 0 at θ, and 0 at the constant θ_old, by the reading's own derivatives."""
    model = Reading(3)
    found = standard(model.value(expression, free(model)))
    assert (found == value) == ("old" in expression[-1] or "old" in expression[-1][-1])


def test_the_reading_agrees_with_difference_quotients():
    model = Reading(5)
    body = ("log", ("prob", "π", "current", "a", "s"))
    exact = standard(model.value(("D", "v", body), free(model)))
    h = 1e-5

    def moved(sign):
        shifted = Reading(5)
        shifted.here.theta = tuple(x + sign * h * u for x, u in zip(model.here.theta, model.directions["v"],
                                                                   strict=True))
        return shifted.value(body, free(shifted))

    assert exact == pytest.approx((moved(1) - moved(-1)) / (2 * h), rel=1e-6)
