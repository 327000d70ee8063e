"""A witness is believed for what it shows: the search that finds it may be wrong, or hostile."""

import pytest

from grpo_symbolic import kernel as k
from grpo_symbolic.proof.order import Assumption, Cases, Part, ordered

calculus = k.Calculus()
x, y = k.single(k.atom("x")), k.single(k.atom("y"))
zero, one, two = k.number(0), k.number(1), k.number(2)
a, b, v = k.variable("a"), k.variable("b"), k.variable("v")
GAP = k.atom("gap", kind="positive")
P = k.atom("P", kind="positive")


def law(var):
    return k.single(k.atom("p", (var,), "constant", "law"))


def reward(var):
    return k.single(k.atom("A", (var,)))


def square(form):
    return calculus.times(form, form)


def mean(body):
    return calculus.total(b, k.ACTION, calculus.times(law(b), body))


def decide(left, relation, witness, given=()):
    return ordered(calculus, left, zero, relation, "identity", given, witness)


def by_cases(threshold, gap=GAP, generator=None):
    return Cases(generator or k.atom("x"), threshold, gap, ((), (), ()))


HOSTILE = {
    "a gap of one size": lambda: decide(
        calculus.times(x, x - single_two(), x + single_two()), "=", by_cases(zero, ("wrap", two.poly))),
    "a gap of another": lambda: decide(
        calculus.times(x, x - e(), x + e()), "=", by_cases(zero, ("exp", one.poly))),
    "a gap in use": lambda: decide(
        calculus.times(x, x - k.single(P)), "≥", by_cases(zero, P)),
    "a gap that an assumption mentions": lambda: decide(
        x, "≥", by_cases(zero, P), (Assumption(k.single(P) - one, ">"),)),
    "a negative gap": lambda: decide(x, "≥", by_cases(zero, k.atom("gap"))),
    "a negative weight": lambda: decide(-square(x), "≥", (Part(-one, x, "square"),)),
    "an unsigned weight": lambda: decide(calculus.times(y, square(x)), "≥", (Part(y, x, "square"),)),
    "a sum over a range of negative length": lambda: decide(
        -square(x), "≥", (Part(one, x, "square", {v: ("token", (-one).poly)}),)),
    "a sum over a range that may be empty": lambda: decide(
        calculus.times(k.single(k.atom("T", kind="positive")) - two, square(x)), "≥",
        (Part(one, x, "square", {v: ("token", (k.single(k.atom("T", kind="positive")) - two).poly)}),)),
    "φ of a negative number": lambda: decide(
        x - one - calculus.log(x), "≥", (Part(one, x, "phi"),)),
    "a strict φ": lambda: decide(
        k.single(P) - one - calculus.log(k.single(P)), ">", (Part(one, k.single(P), "phi"),)),
    "a strict square": lambda: decide(square(x), ">", (Part(one, x, "square"),)),
    "a square that is zero": lambda: decide(square(x), "=", (Part(one, x, "square"),)),
    "a case for one action, used for all": lambda: decide(
        mean(reward(b)), "≥", (Part(law(a), reward(a), "case", {a: k.ACTION}, Cases(
            k.atom("A", (a,)), zero, GAP, ((), (), ()))),), (Assumption(reward(a), ">"),)),
    "parts that do not add up": lambda: decide(square(x) - one, "≥", (Part(one, x, "square"),)),
    "no part at all": lambda: decide(x, "≥", ()),
    "no case left": lambda: decide(x, ">", (), (Assumption(-one, ">"),)),
    "assumptions against each other": lambda: decide(
        zero, ">", Cases(k.atom("x"), zero, GAP, ((), (), ())), (Assumption(x, ">"), Assumption(-x, ">"))),
    "an unknown kind of part": lambda: decide(x, "≥", (Part(one, x, "obvious"),)),
}


def single_two():
    return k.single(("wrap", two.poly))


def e():
    return k.single(("exp", one.poly))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_witness_that_shows_nothing_is_refused(name):
    with pytest.raises((k.NotProved, k.KernelError)):
        HOSTILE[name]()


HONEST = {
    "a square": lambda: decide(square(x - y), "≥", (Part(one, x - y, "square"),)),
    "one more": lambda: decide(square(x) + one, ">", (Part(one, x, "square"),)),
    "φ": lambda: decide(k.single(P) - one - calculus.log(k.single(P)), "≥", (Part(one, k.single(P), "phi"),)),
    "|x| by cases": lambda: decide(
        calculus.positive_part(x) + calculus.positive_part(-x), "≥", by_cases(zero)),
    "x by assumption": lambda: decide(x, "≥", by_cases(zero), (Assumption(x, "≥"),)),
    "x strictly": lambda: decide(x, ">", by_cases(zero), (Assumption(x, ">"),)),
    "a mean of squares": lambda: decide(
        mean(square(reward(b))), "≥", (Part(law(v), reward(v), "square", {v: k.ACTION}),)),
    "max(x, 0)max(−x, 0)": lambda: decide(
        calculus.times(calculus.positive_part(x), calculus.positive_part(-x)), "=", by_cases(zero)),
}


@pytest.mark.parametrize("name", HONEST)
def test_a_witness_that_shows_a_relation_is_believed(name):
    HONEST[name]()
