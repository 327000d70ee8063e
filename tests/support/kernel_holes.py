"""Small statements of the ways in which something false may be proved, each false, or true only under hypotheses.

``FALSE`` fails in some model. ``NEEDS`` is true where the hypotheses hold that a proof has to list.
"""

from random_claims import BETA, EPS, LENGTHY, OLD, PI, REF, STATE, F, G, T, W, along, ind

from grpo_symbolic.language import (
    Abs,
    AtOld,
    Claim,
    Clip,
    Const,
    E,
    Head,
    Length,
    Log,
    Max,
    Min,
    Relation,
    Root,
    Step,
    Var,
    grad,
    node,
    remainder,
    total,
)

A, B, c, u, v, w = map(Const, "ABcuvw")
a, b, o, x = (Var(name, "action") for name in "abox")
g, i, j, t = Var("g", "group"), Var("i", "index"), Var("j", "index"), Var("t", "token")
dot = Var("·", "action")
k = Head("k(#1)", theta=True)
ratio = PI(a, STATE) / OLD(a, STATE)
zero, one = node(0), node(1)


def is_(left, right, op="=", *assume, **context):
    return Claim(Relation(op, left, right), assume=assume, **context)


def given(op, left, right):
    return Relation(op, left, node(right))


def gap(other):
    """Σ_x |π(x) − other|."""
    return total(x, Abs(PI(x, STATE) - other))


def spread(policy):
    """E over a group of 1/(1 + Σ_i f(g_i)²)."""
    return E((g, policy | STATE), 1 / (1 + total(i, F(g[i]) ** 2)))


FALSE = {
    # obligations of a threshold
    "a threshold c v / (v − 1)": lambda: is_(Min(A, v * (A - c)), A),
    "a threshold −c v / (1 + v)": lambda: is_(Abs(A + v * A + v * c), zero),
    "a threshold k / c, with c = 0 left out": lambda: is_(ind("=", w * (1 + u**2 + v**2), zero) * ind(">", c * w, u),
        zero),
    "a threshold in one branch of a clip": lambda: is_(
        Min(ratio * A, Clip(ratio, 1 - EPS, 1 + EPS) * (A - B) / BETA), A, "=", given("=", ratio, 1)),
    "a threshold that a maximum hides": lambda: is_(Max(A + A * c + w * c, zero), zero),
    "a threshold under an assumption": lambda: is_(Min(A, v * (A - c)), A, "=", given("=", w, 1)),
    "both branches of a minimum": lambda: is_(Min(c * v - c * A, A), c * (v - A)),
    # ends of ranges
    "Σ 1 to G − 2 is G − 2": lambda: is_(total(i, one, upper=G - 2), G - 2),
    "Σ A to G − 2 is (G − 2) A": lambda: is_(total(i, A, upper=G - 2), (G - 2) * A),
    "Σ to T − 2": lambda: is_(total(t, one, upper=T - 2), T - 2),
    "Σ to |o| − 2": lambda: is_(total(t, one, upper=Length(o) - 2), Length(o) - 2),
    "Σ to β": lambda: is_(total(i, one, upper=BETA), BETA),
    "a sum to G − 1 of what is positive is positive": lambda: is_(total(i, LENGTHY(i), upper=G - 1), zero, ">"),
    "an indicator of a sum to G − 1": lambda: is_(ind(">", total(i, LENGTHY(i), upper=G - 1), zero), one),
    "a range inside a sum over actions": lambda: is_(total(x, total(i, F(x), upper=G - 2)), (G - 2) * total(x, F(x))),
    # contact of order 0 and more
    "a jump at θ_old": lambda: is_(total(x, ind(">", PI(x, STATE), OLD(a, STATE))), total(
        x, ind(">", OLD(x, STATE), OLD(a, STATE))) + remainder(1)),
    "two actions that trade places": lambda: is_(
        total(x, ind(">", PI(x, STATE), PI(a, STATE))), total(x, ind(">", OLD(x, STATE), OLD(a,
            STATE))) + remainder(1)),
    "the slope of a sum of distances": lambda: is_(gap(OLD(a, STATE)), AtOld(gap(OLD(a, STATE))) + AtOld(total(
        x, (2 * ind(">", PI(x, STATE), OLD(a, STATE)) - 1) * grad(PI(x, STATE)))).T * Step() + remainder(2)),
    # what is obliged where the statement is made, and at one point
    "a denominator at θ_old": lambda: is_(ind("=", k(a), A) * AtOld(1 / (k(a) - A)), zero),
    "two actions that may be one": lambda: is_(along(Max(k(a), k(b))) * ind("=", k(a), k(b)), zero),
    "a member left out of a range that may not have it": lambda: is_(total(i, one, upper=G - 1, excluded=one), G - 2),
    # assumptions
    "an approximation is no equation": lambda: is_(u, v, "=", Relation("≈", u, v)),
    "an approximation in a comparison": lambda: is_(Abs(A), A, "=", Relation("≈", A, B), given(">", B, 0)),
    "of one action, not of all": lambda: is_(F(a) * total(x, Max(F(x), zero)), F(a) * total(x, F(x)), "=", given(">",
        F(a), 0)),
    "≥ is no >": lambda: is_(ind(">", A, zero), one, "=", given("≥", A, 0)),
    "a product of signs": lambda: is_(ind(">", A * B, zero), ind(">", A, zero), "=", given("≥", B, 0)),
    "an action with the name of those that are drawn": lambda: is_(
        spread(PI) * F(dot), spread(REF) * F(dot), "=", Relation("=", PI(dot, STATE), REF(dot, STATE))),
    # logarithms and roots
    "√(A²) = A": lambda: is_(Root(A**2), A),
    "log A² = 2 log |A| without the bars": lambda: is_(Log(A**2) - 2 * Log(Abs(A)) + Abs(B), B),
}

NEEDS = {
    "a comparison that a probability decides": (
        lambda: is_(ind(">", A, zero) * F(a), zero, "=", given("≤", PI(a, STATE) * A, 0)), {"Positive"}),
    "a comparison that a positive number decides": (
        lambda: is_(ind(">", A, zero), zero, "=", given("≤", BETA * A, 0)), {"Range"}),
    "a comparison that a probability bounds": (
        lambda: is_(ind(">", A, zero) * F(a), F(a), "=", given("≥", A - PI(a, STATE), 0)), {"Positive"}),
    "a probability is positive": (lambda: is_(ind(">", REF(a, STATE), zero), one), {"Positive"}),
    "the size of a probability": (lambda: is_(along(Abs(PI(a, STATE))), along(PI(a, STATE))), {"Positive"}),
    "the least of two positive numbers": (lambda: is_(Min(BETA, OLD(a, STATE)), zero, ">"), {"Positive"}),
    "ε < 1 where an assumption is excluded": (
        lambda: is_(EPS - A, zero, ">", given("=", A, 1), Relation("≥", EPS, A)), {"Range"}),
    "1 − ε > 0": (lambda: is_(1 - EPS, zero, ">"), {"Range"}),
    "a jump of one action": (
        lambda: is_(ind(">", PI(a, STATE), c), ind(">", OLD(a, STATE), c) + remainder(1)), {"OffKink"}),
    "a jump between two actions": (
        lambda: is_(ind(">", k(a), k(b)), AtOld(ind(">", k(a), k(b))) + remainder(1)), {"OffKink"}),
    "the slope of a maximum": (
        lambda: is_(along(Max(k(a), F(a))), ind(">", k(a), F(a)) * along(k(a))), {"OffKink"}),
    "the sum of the first three": (
        lambda: is_(E((g, PI | STATE), total(i, F(g[i]), upper=node(3))), 3 * E((x, PI | STATE), F(x))), {"Range"}),
    "an end that says in a roundabout way how many": (
        lambda: is_(total(i, LENGTHY(i), upper=node(3) + G - G), 3, "=", given("=", LENGTHY(j), 1)), {"Range"}),
    "the third member": (lambda: is_(E((g, PI | STATE), F(g[3])), E((x, PI | STATE), F(x))), {"Range"}),
    "members up to the length of a sequence": (
        lambda: is_(E((g, PI | STATE), total(i, F(g[i]), upper=T)), T * E((x, PI | STATE), F(x))), {"Range"}),
    "members up to G + 1": (
        lambda: is_(E((g, PI | STATE), total(i, F(g[i]), upper=G + 1)), (G + 1) * E((x, PI | STATE), F(x))), {"Range"}),
    "the slope of (√k)², which has none where k is zero": (
        lambda: is_(along(Root(k(a)) ** 2), along(k(a))), {"Nonzero"}),
    "A/A": (lambda: is_(A / A, one), {"Nonzero"}),
    "√A √A": (lambda: is_(Root(A) * Root(A), A), {"Nonnegative"}),
    "a quotient under a sum": (lambda: is_(total(x, F(x) / F(x)), total(x, one)), {"Nonzero"}),
    "a quotient by what may coincide": (
        lambda: is_(total(x, W(x) * (k(x) - F(a)) / (k(x) - F(a))), total(x, W(x))), {"Nonzero"}),
}

KINKS = {
    "a kink at θ_old that an assumption makes": lambda: is_(AtOld(grad(Max(ratio, A))), zero, "=", given("=", A, 1)),
    "a gradient where a bound action meets a free one at θ_old": lambda: is_(along(gap(OLD(a, STATE))), total(
        x, (2 * ind(">", PI(x, STATE), OLD(a, STATE)) - 1) * along(PI(x, STATE))), at_old=True),
    "the same inside": lambda: is_(AtOld(along(gap(OLD(a, STATE)))), AtOld(total(
        x, (2 * ind(">", PI(x, STATE), OLD(a, STATE)) - 1) * along(PI(x, STATE))))),
    "contact of order 1 where they meet": FALSE["a jump at θ_old"],
    "contact of order 2 where they meet": lambda: is_(gap(OLD(a, STATE)), AtOld(gap(OLD(a, STATE))) + AtOld(
        grad(gap(OLD(a, STATE)))).T * Step() + remainder(2)),
    "a slope of |π − π_old| summed": lambda: is_(
        AtOld(along(total(x, Abs(PI(x, STATE) - OLD(x, STATE))))), zero),
}
