"""A suggestion is believed for what it shows: the search that makes it may be wrong, or hostile."""

import pytest

from grpo_symbolic import kernel as k

calculus = k.Calculus()
x, y = k.atom("x"), k.atom("y")
zero, one = k.number(0), k.number(1)
a, b, v = (k.variable(name, "action") for name in "abv")
P, T = k.atom("P", sign="positive"), k.atom("T", sign="size")


def law(var):
    return k.atom("p", (var,), "constant", "law")


def reward(var):
    return k.atom("A", (var,))


def jet(var):
    return calculus.derivative(k.atom("q", (var,), "current", "law"), k.variable("w", "coordinate"))


def square(form):
    return calculus.times(form, form)


def mean(body):
    return calculus.total(b, k.ACTION, calculus.times(law(b), body))


def decide(left, relation, advice, given=()):
    """Decide left against 0 along the same advice at every step."""
    return k.related(calculus, left, zero, relation, "identity", given, lambda form, relation, given, depth: (
        [advice] if advice and depth < 3 else []))


def others(weight):
    """What lies at all v but a: with a law of v for a weight that is 1 − p(a)."""
    return k.Part(weight, one - k.same(a, v), "square", {v: k.ACTION})


def by_cases(threshold, generator=None):
    return k.Split(generator or k.leaf("x"), threshold)


HOSTILE = {
    "a sign by cases": lambda: decide(x, "≥", by_cases(zero)),
    "a gap of one size": lambda: decide(calculus.times(x, x - one, x + one), "≥", by_cases(zero)),
    "a root that the threshold misses": lambda: decide(calculus.times(x, x - one), "=", by_cases(zero)),
    "a threshold that follows its generator": lambda: decide(x - one, "≥", by_cases(x + one)),
    "a negative weight": lambda: decide(-square(x), "≥", (k.Part(-one, x, "square"),)),
    "an unsigned weight": lambda: decide(calculus.times(y, square(x)), "≥", (k.Part(y, x, "square"),)),
    "a sum over a range of negative length": lambda: decide(
        -square(x), "≥", (k.Part(one, x, "square", {v: k.Sort("token", (-one).poly)}),)),
    "a sum over a range that may be empty": lambda: decide(
        calculus.times(T - k.number(2), square(x)), "≥",
        (k.Part(one, x, "square", {v: k.Sort("token", (T - k.number(2)).poly)}),)),
    "φ of a negative number": lambda: decide(
        -P - one - calculus.log(P), "≥", (k.Part(one, -P, "phi"),)),
    "φ of a number that has no logarithm": lambda: decide(
        x - one, "≥", (k.Part(one, x, "phi"),)),
    "a strict φ": lambda: decide(
        P - one - calculus.log(P), ">", (k.Part(one, P, "phi"),)),
    "a strict square": lambda: decide(square(x), ">", (k.Part(one, x, "square"),)),
    "a square that is zero": lambda: decide(square(x), "=", (k.Part(one, x, "square"),)),
    "a case for one action, used for all": lambda: decide(
        mean(reward(b)), "≥", (k.Part(law(a), reward(a), "≥", {a: k.ACTION}),), (k.Assumption(reward(a), ">"),)),
    "parts that do not add up": lambda: decide(square(x) - one, "≥", (k.Part(one, x, "square"),)),
    "no part at all": lambda: decide(x, "≥", ()),
    "no case left": lambda: decide(x, ">", (), (k.Assumption(-one, ">"),)),
    "assumptions against each other": lambda: decide(
        zero, ">", by_cases(zero), (k.Assumption(x, ">"), k.Assumption(-x, ">"))),
    "1 − x of a number": lambda: decide(one - reward(a), "≥", (others(reward(v)),)),
    "1 − p² by 1 − p": lambda: decide(one - square(law(a)), "≥", (others(square(law(v))),)),
    "1 − 2p": lambda: decide(one - law(a).scaled(2), "≥", (others(law(v).scaled(2)),)),
    "1 − ∂p": lambda: decide(one - jet(a), "≥", (others(jet(v)),)),
    "1 − p as zero": lambda: decide(one - law(a), "=", (others(law(v)),)),
    "an unknown kind of part": lambda: decide(x, "≥", (k.Part(one, x, "obvious"),)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_suggestion_that_shows_nothing_is_refused(name):
    with pytest.raises((k.NotProved, k.KernelError)):
        HOSTILE[name]()


def of_every(form, sort=k.ACTION):
    return k.Assumption(form, ">", every={a: sort})


def each_reward(weight):
    """Σ of a reward decided reward by reward: its sign told apart."""
    part = k.Part(weight, reward(v), "≥", {v: k.ACTION})
    return lambda form, relation, given, depth: [(part,), by_cases(zero, leaf(reward(v)))][depth:depth + 1]


def leaf(form):
    """The generator that a form is."""
    ((((found, _),), _),) = form.poly
    return found


@pytest.mark.parametrize("assumed", [k.Assumption(reward(a), ">"), of_every(reward(a), k.STATE)])
def test_an_assumption_reaches_no_further_than_it_says(assumed):
    """What is assumed of one action is not assumed of all, what is assumed of every state not of every action."""
    with pytest.raises(k.NotProved):
        k.related(calculus, mean(reward(b)), zero, "≥", "identity", [assumed], each_reward(law(v)))


def test_an_assumption_of_every_action_holds_of_each():
    assumed = of_every(reward(a))
    assert k.related(calculus, mean(reward(b)), zero, "≥", "identity", [assumed], each_reward(law(v))).relation == "≥"


def test_a_case_of_one_action_is_not_a_case_of_every_one():
    """A and B have one sign for each action, and not the same for all: (Σ p A)(Σ q A) may be negative."""
    B, q = (lambda var: k.atom("B", (var,))), k.atom("q", (b,), "constant", "law")
    c, d = k.variable("c", "action"), k.variable("d", "action")
    core = calculus.times(law(c), calculus.identify(q, {b: d}), reward(c), reward(d))

    def pair_by_pair(form, relation, given, depth):
        if depth == 0:
            return [by_cases(zero, leaf(B(a)))]
        if depth == 1:
            return [(k.Part(one, core, "≥", {c: k.ACTION, d: k.ACTION}),)]
        return [by_cases(zero, leaf(reward(at))) for at in (c, d) if depth < 5 and k.mentions(form.poly, at)]

    product = calculus.times(mean(reward(b)), calculus.total(b, k.ACTION, calculus.times(q, reward(b))))
    assumed = of_every(calculus.times(reward(a), B(a)))
    with pytest.raises(k.NotProved):
        k.related(calculus, product, zero, "≥", "identity", [assumed], pair_by_pair)


HONEST = {
    "a probability is at most one": lambda: decide(one - law(a), "≥", (others(law(v)),)),
    "a square": lambda: decide(square(x - y), "≥", (k.Part(one, x - y, "square"),)),
    "one more": lambda: decide(square(x) + one, ">", (k.Part(one, x, "square"),)),
    "φ": lambda: decide(P - one - calculus.log(P), "≥", (k.Part(one, P, "phi"),)),
    "|x| by cases": lambda: decide(
        calculus.positive_part(x) + calculus.positive_part(-x), "≥", by_cases(zero)),
    "x by assumption": lambda: decide(x, "≥", by_cases(zero), (k.Assumption(x, "≥"),)),
    "x strictly": lambda: decide(x, ">", by_cases(zero), (k.Assumption(x, ">"),)),
    "a mean of squares": lambda: decide(
        mean(square(reward(b))), "≥", (k.Part(law(v), reward(v), "square", {v: k.ACTION}),)),
    "max(x, 0)max(−x, 0)": lambda: decide(
        calculus.times(calculus.positive_part(x), calculus.positive_part(-x)), "=", by_cases(zero)),
}


@pytest.mark.parametrize("name", HONEST)
def test_a_suggestion_that_shows_a_relation_is_believed(name):
    theorem = HONEST[name]()
    assert theorem.relation in ("=", "≥", ">")
    assert theorem.right.poly == zero.poly


@pytest.mark.parametrize("exponent", [10**9, -10**100])
def test_a_power_that_memory_cannot_hold_is_refused_at_once(exponent):
    with pytest.raises(k.KernelError, match="too high"):
        calculus.power(x + one, exponent)
