"""Statements with advice that would prove them if one thing less were asked, each beside one that it does prove.

A case is a form, its relation to zero, what is given, and the steps to follow. ``LISTED`` are true under hypotheses
that a theorem has to list.
"""

from typing import Any, NamedTuple

from grpo_symbolic import kernel as k
from grpo_symbolic.kernel import Assumption, Compare, Members, Part, Rewrite, Split, Squares


class Case(NamedTuple):
    """``form`` stands in this relation to zero by what is given, if the steps are followed."""

    form: Any
    relation: str
    given: tuple
    steps: tuple


a, b, s = k.variable("a", "action"), k.variable("b", "action"), k.variable("s", "state")
i, j = k.variable("i", "index"), k.variable("j", "index")
d = k.variable("d", "action")
A, B, c = map(k.atom, "ABc")
beta, gamma = (k.atom(name, sign="positive") for name in "βγ")
G, T = (k.atom(name, sign="size") for name in "GT")
one, zero = k.number(1), k.number(0)
gap = k.atom("#gap0", sign="positive")  # what a threshold and a value above it differ by
LENGTH = k.Sort("index", k.atom("n", (b,), sign="size").poly)
MEMBERS, FEWER, TOKENS = (k.Sort("index", end.poly) for end in (G, G - one, T))
TWO, THREE = (k.Sort("index", k.number(n).poly) for n in (2, 3))
calculus = k.Calculus()
times, total, step = calculus.times, calculus.total, calculus.step


def f(term, name="f"):
    return k.atom(name, (term,))


def g(*at):
    return k.atom("g", at)


def h(term):
    """A function at a place, or at a number."""
    return f(k.numeral(term) if isinstance(term, int) else term, "h")


def law(action):
    return k.atom("π", (action, s), "current", "law")


def log(form):
    return calculus.log(form)


pi = law(a)


def given(form, relation="≥", every=None, label=frozenset()):
    return Assumption(form, relation, label, every or {})


def part(core, kind="≥", binders=None, weight=one):
    return (Part(weight, core, kind, binders or {}),)


def member(number, *places):
    """h at an index of a range, of which something is given at some places."""
    return Case(h(i), "≥", (given(k.number(number), "members", {i: k.Sort("index", k.number(number).poly)}), *(
        given(h(n)) for n in places)), (Members(i), *(part(h(n)) for n in places)))


def both(x, y, case):
    """A case at what makes it false, and at what makes it true."""
    return case(x), case(y)


def positive_parts(every, place):
    """max(f(a), 0) h(place) ≥ 0, where f h > 0."""
    return Case(times(calculus.positive_part(f(a)), h(place)), "≥", (given(times(f(a), h(a)), ">", every),),
                (Split(k.leaf("f", (a,)), zero), part(times(gap, h(place)))))


# What is false, and what is true, along the same advice.
TRAPS = {
    "one action is not all": both({}, {a: k.ACTION}, lambda every: Case(
        total(b, k.ACTION, f(b)), "≥", (given(f(a), every=every),), (
            part(f(b if every else a), binders={b if every else a: k.ACTION}),))),
    "one action is not all, in a case": both({}, {a: k.ACTION}, lambda every: Case(
        total(b, k.ACTION, f(b)), "≥", (given(f(a), every=every),), (
            part(f(b if every else a), "≥", {b if every else a: k.ACTION}), part(f(b if every else a))))),
    "one zero is not all": both({}, {a: k.ACTION}, lambda every: Case(
        total(b, k.ACTION, times(c, f(b))), "=", (given(f(a), "=", every),), (
            part(f(b if every else a), "=", {b if every else a: k.ACTION}, c),))),
    "one range is not another": both(TOKENS, MEMBERS, lambda sort: Case(
        total(j, sort, f(j)), "≥", (given(f(i), every={i: MEMBERS}),), (part(f(j), binders={j: sort}),))),
    "one range is not another of the same name": both((i, TOKENS), (j, MEMBERS), lambda at: Case(
        total(j, at[1], f(j)), "≥", (given(f(i), every={i: MEMBERS}),), (part(f(at[0]), binders=dict([at])),))),
    "an index that is in no range": both(({i: MEMBERS}, i), ({a: k.ACTION}, a), lambda at: Case(
        f(at[1]), "≥", (given(f(at[1]), every=at[0]),), (part(f(at[1])),))),
    "what is said of nobody": both(FEWER, MEMBERS, lambda sort: Case(
        A - one, "≥", (given(A - one, every={i: sort}),), (part(A - one),))),
    "a value that nobody gives": both(FEWER, MEMBERS, lambda sort: Case(
        A - one, "=", (given(A - one, "=", {i: sort}),), (Rewrite(k.leaf("A"), one),))),
    "a case that nobody excludes": both(FEWER, MEMBERS, lambda sort: Case(
        step(A) - one, "=", (given(A - one, every={i: sort}),), (Split(k.leaf("A"), zero),))),
    "the case of one action is not that of all": both(({a: k.ACTION}, b), ({}, a), lambda at: positive_parts(*at)),
    "a value out of nowhere": both((), (given(A - B, "="),), lambda said: Case(
        A - B, "=", said, (Rewrite(k.leaf("A"), B),))),
    "a value at one action is not that at all": both({}, {a: k.ACTION}, lambda every: Case(
        total(b, k.ACTION, f(b)) - total(b, k.ACTION, one), "=", (given(f(a) - one, "=", every),), (
            Rewrite(k.leaf("f", (a,)), one),))),
    "a value on another range": both(TOKENS, MEMBERS, lambda sort: Case(
        total(j, sort, f(j)) - k.of(sort.size), "=", (given(f(i) - one, "=", {i: MEMBERS}),), (
            Rewrite(k.leaf("f", (i,)), one),))),
    "a value that varies over a range": both((j, MEMBERS), (d, k.ACTION), lambda at: Case(
        f(b) - g(b, at[0]), "=", (given(f(a) - g(a, at[0]), "=", {a: k.ACTION, at[0]: at[1]}),), (
            Rewrite(k.leaf("f", (a,)), g(a, at[0])),))),
    "a range that another variable ends": both(d, b, lambda of: Case(
        total(j, LENGTH, g(j, of)), "≥", (given(g(i, b), every={i: LENGTH, b: k.ACTION}),), (
            part(g(j, of), binders={j: LENGTH}), part(g(j, of))))),
    "a value at every action is not one at a state": both(k.variable("s", "state"), a, lambda at: Case(
        f(at) - one, "=", (given(f(b) - one, "=", {b: k.ACTION}),), (Rewrite(k.leaf("f", (b,)), one),))),
    "squares of what may be negative": both((A, B), (beta, gamma), lambda of: Case(
        of[0] - of[1], "≥", (given(times(of[0], of[0]) - times(of[1], of[1])),), (
            Squares(of[0]), part(times(of[0], of[0]) - times(of[1], of[1]))))),
    "a number that is no probability": both(lambda at: k.atom("w", (at,), sign="positive"), law, lambda of: Case(
        one - of(a), "≥", (), (part(one - k.same(a, b), "square", {b: k.ACTION}, of(b)),))),
    "φ of the logarithm of another number": both(one, zero, lambda more: Case(
        beta - one - log(beta + more), "≥", (), (part(beta, "phi"),))),
    "ψ of another number": both(k.number(6), k.number(5), lambda number: Case(
        times(beta - one, beta + number) - times(beta.scaled(4) + k.number(2), log(beta)), "≥", (), (
            part(beta, "psi"),))),
    "a tie": both("≥", ">", lambda relation: Case(step(A) - one, "=", (given(A, relation),), (Compare(A),))),
    "a tie in a split": both("≥", ">", lambda relation: Case(
        step(A) - one, "=", (given(A, relation),), (Split(k.leaf("A"), zero),))),
    "≥ is no >": both("≥", ">", lambda relation: Case(A, ">", (given(A, relation),), (part(A),))),
    "members that are left out": (member(3, 1, 2), member(2, 1, 2)),
    "a weight of any sign": both(A, beta, lambda weight: Case(
        times(weight, f(a), f(a)), "≥", (), (part(f(a), "square", weight=weight),))),
    "a sum over nobody": both(FEWER, MEMBERS, lambda sort: Case(
        total(i, sort, f(i)), ">", (given(f(j), ">", {j: sort}),), (part(f(i), ">", {i: sort}), part(f(i))))),
}

THIRD = f(k.numeral(3))
POSITIVE, RANGE = k.Hypothesis("Positive", "π"), k.Hypothesis("Range", "β > 0")
FIRST, SECOND = (frozenset({k.Hypothesis("Range", f"L{n} > 0")}) for n in (1, 2))

HAS_A_LOGARITHM = {k.Hypothesis("Nonnegative", A.poly), k.Hypothesis("Nonzero", A.poly)}

LISTED = {
    "that φ is of a positive number": (
        Case(A - one - log(A), "≥", (), (part(A, "phi"),)), HAS_A_LOGARITHM),
    "that ψ is of a positive number": (
        Case(times(A - one, A + k.number(5)) - times(A.scaled(4) + k.number(2), log(A)), "≥", (), (part(A, "psi"),)),
        HAS_A_LOGARITHM),
    "the sign of a probability that a comparison leaves out": (
        Case(step(A), "=", (given(-times(pi, A)),), (Compare(times(pi, A)),)), {POSITIVE}),
    "the sign of a number that a comparison leaves out": (
        Case(step(A), "=", (given(-times(beta, A)),), (Compare(times(beta, A)),)), {RANGE}),
    "the sign by which assumptions exclude each other": (
        Case(step(A), "=", (given(A + beta, "="),), (Compare(A),)), {RANGE}),
    "the sign by which an assumption excludes a case": (
        Case(one - step(A) - step(-A), "=", (given(A + pi, "="),), (Split(k.leaf("A"), zero),)), {POSITIVE}),
    "that an assumption has a value, by which a case is left out": (
        Case(step(A) - one, "=", (given(calculus.power(A, -1), ">"), given(A)), (Split(k.leaf("A"), zero),)),
        {k.Hypothesis("Nonzero", A.poly)}),
    "that a range reaches a member with a number": (
        Case(THIRD - one, "=", (given(f(i) - one, "=", {i: MEMBERS}),), (Rewrite(k.leaf("f", (i,)), one),)),
        {k.Hypothesis("Range", "G ≥ 3")}),
    "what excludes all cases of a case": (
        Case(step(A) - one, "=", (given(times(A, B) - one, label=FIRST), given(B, label=SECOND)), (
            Split(k.leaf("A"), zero), Split(k.leaf("B"), zero))), FIRST | SECOND),
}


def theorem_of(case, calculus=calculus):
    """The theorem that the advice of a case leads to; NotProved or KernelError where it leads to none."""
    steps = iter(case.steps)

    def suggest(_form, _relation, _given, _depth):
        return [step] if (step := next(steps, None)) else []

    return k.related(calculus, case.form, zero, case.relation, "identity", case.given, suggest)


def refused(case, calculus=calculus):
    """Whether the advice of a case leads to no theorem."""
    try:
        theorem_of(case, calculus)
    except (k.NotProved, k.KernelError):
        return True
    return False


def lists(case, needed):
    """Whether the theorem of a case lists what it needs, also when it is followed again."""
    theorem = theorem_of(case)
    return needed <= theorem.hypotheses == k.follow(theorem).hypotheses


def had_once():
    """A range may be empty: what holds on all of it says nothing of a name that a sum over it had once."""
    own, sort = k.Calculus(), k.Sort("index", (G - one).poly)
    summed, = k.inside(own.total(i, sort, f(i)).poly, k.Sum)
    (name,), _ = own.opened(summed)
    parts = tuple(Part(one, core, "=") for core in (A - f(name), f(name) - B))
    said = tuple(given(f(i) - value, "=", {i: sort}) for value in (A, B))
    return refused(Case(A - B, "=", said, (parts, *(Rewrite(k.leaf("f", (i,)), value) for value in (A, B)))), own)


def foreseen(number):
    """A sum that is opened has a new variable: were it one of the advice, Σ_a g(a, x) would be Σ_a g(a, a)."""
    own, x = k.Calculus(), k.variable(f"%{number}", "action")

    twice = own.total(a, k.ACTION, g(a, a))
    mean = own.total(b, k.ACTION, own.times(law(b), own.total(a, k.ACTION, g(a, b))))
    part = Part(law(x), own.times(c, twice - own.total(a, k.ACTION, g(a, x))), "=", {x: k.ACTION})
    return refused(Case(own.times(c, twice - mean), "=", (given(c - one, "="),), ((part,), Rewrite(k.leaf("c"), one))),
                   own)


# Names that advice takes for something else: whether it is refused.
NAMES = {"a name that a sum had once": had_once,
         "a name that a sum will have": lambda: all(foreseen(number) for number in range(1, 30))}
