"""Kernel and oracle on random statements: what the kernel proves the oracle never refutes, and the other way round."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutation_rules import LETTERS
from seeds import seeded
from symbols import a, b, beta, group, i, old, pi, r, ref, s, x, y

from grpo_symbolic import language as lang
from grpo_symbolic.checking.bends import bent
from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    E,
    Entropy,
    Expect,
    Frac,
    Head,
    LanguageError,
    Log,
    Max,
    Min,
    Neg,
    Num,
    Plus,
    Relation,
    StopGradient,
    Times,
    grad,
    group_mean,
    group_sum,
    plus,
    rewrite,
    times,
    total,
)
from grpo_symbolic.oracle import Unevaluable, attack, spot_check
from grpo_symbolic.proof.prove import Unproved, prove

MODELS = 200
w = Head("w(#1, #2)", sign="positive")
policies = st.sampled_from([pi, old, ref])


@st.composite
def atoms(draw, action):
    """A probability, a reward, a ratio or a number."""
    one, two = draw(policies), draw(policies)
    return draw(st.sampled_from([one(action, s), r(s, action), w(s, action), one(action, s) / two(action, s),
                                 Log(one(action, s)), Num(draw(st.integers(1, 3))), beta]))


@st.composite
def scalars(draw, action, depth=2):
    """An expression at an action and a state."""
    if depth == 0:
        return draw(atoms(action))
    kind = draw(st.sampled_from(["atom", "sum", "product", "mean", "total", "square", "extremum", "stop", "group",
                                 "divergence", "old"]))
    part = scalars(action, depth - 1)
    bound = draw(st.sampled_from([x, y]).filter(lambda var: var != action))
    match kind:
        case "sum":
            return draw(part) + draw(part)
        case "product":
            return draw(part) * draw(part)
        case "mean":
            return E((bound, draw(policies) | s), draw(scalars(bound, depth - 1)) * draw(atoms(action)))
        case "total":
            return total(bound, draw(scalars(bound, depth - 1)) * draw(policies)(bound, s))
        case "square":
            return draw(part) ** 2
        case "extremum":
            return draw(st.sampled_from([Min, Max]))(draw(part), draw(atoms(action)))
        case "stop":
            return StopGradient(draw(part))
        case "old":
            return AtOld(draw(part))
        case "group":
            over = draw(st.sampled_from([group_sum, group_mean]))
            return E((group, draw(policies) | s), over(i, draw(atoms(group[i]))))
        case "divergence":
            return KL(draw(policies) | s, draw(policies) | s)
    return draw(atoms(action))


@st.composite
def expressions(draw):
    """A scalar, or its gradient."""
    body = draw(scalars(a, draw(st.integers(1, 3))))
    return draw(st.sampled_from([body, grad(body), E((a, draw(policies) | s), body)]))


def expectation_written_out(node):
    """E_{x∼π}[f] = Σ_x π(x) f, where a state is no draw."""
    if isinstance(node, Expect) and node.scope.sort == "action":
        var, body = node.scope.open(frozenset([a, b]))
        return total(var, lang.Prob(node.law, var) * body)
    return None


def linear(node):
    """E[f + g] = E[f] + E[g], ∇(f + g) = ∇f + ∇g."""
    if isinstance(node, Expect) and isinstance(node.scope.body, Plus):
        var, body = node.scope.open()
        return plus(*(Expect(node.law, lang.Scope.close(var, part)) for part in body.args))
    if isinstance(node, lang.Gradient) and isinstance(node.args[0], Plus):
        return plus(*map(grad, node.args[0].args))
    return None


def product_rule(node):
    """∇(fg) = g∇f + f∇g."""
    if isinstance(node, lang.Gradient) and isinstance(node.args[0], Times) and len(node.args[0].args) == 2:
        left, right = node.args[0].args
        return right * grad(left) + left * grad(right)
    return None


def log_derivative(node):
    """∇π = π∇log π."""
    if isinstance(node, lang.Gradient) and isinstance(node.args[0], lang.Prob):
        return node.args[0] * grad(Log(node.args[0]))
    return None


def quotient(node):
    """log(p/q) = log p − log q; p/q = p·(1/q)."""
    if isinstance(node, Log) and isinstance(node.args[0], Frac):
        return Log(node.args[0].args[0]) - Log(node.args[0].args[1])
    return node.args[0] * (1 / node.args[1]) if isinstance(node, Frac) else None


def commuted(node):
    """Terms and scalar factors in another order."""
    if isinstance(node, Plus):
        return plus(*reversed(node.args))
    scalar = isinstance(node, Times) and all(part.shape == lang.SCALAR for part in node.args)
    return times(*reversed(node.args)) if scalar else None


def distributed(node):
    """(f + g)h = fh + gh, and a square multiplied out."""
    if isinstance(node, Times) and isinstance(node.args[0], Plus) and len(node.args) == 2:
        return plus(*(part * node.args[1] for part in node.args[0].args))
    if isinstance(node, lang.Power) and node.args[1] == Num(2):
        return node.args[0] * node.args[0]
    return None


def divergence_written_out(node):
    """D_KL(p‖q) = E_p[log p − log q]; its entropy has the other sign."""
    if not isinstance(node, KL):
        return None
    p, q = node.args
    return E((b, p), -Log(lang.Prob(q, b))) - Entropy(p)


def extremum(node):
    """min(x, y) = −max(−x, −y)."""
    return Neg(Max(*map(Neg, node.args))) if isinstance(node, Min) else None


REWRITES = (expectation_written_out, linear, product_rule, log_derivative, quotient, commuted, distributed,
            divergence_written_out, extremum)


def decided(claim):
    """Whether the kernel proves a claim, the oracle's evidence being asked where it does, its search where not."""
    try:
        prove(claim)
    except Unproved:
        found = attack(claim, budget=0.1).counterexample
        return None if found is None else False
    found = spot_check(claim, models=MODELS)
    assert found.disagreements == 0, claim.relation
    return True


SETTINGS = settings(max_examples=120)
COUNTS = {"rewritten": [], "bent": [], "two": []}


def agree(left, right, kind):
    """Decide an equation, and note the answer; what has no value on a finite model is no statement."""
    try:
        COUNTS[kind].append(decided(Claim(Relation("=", left, right))))
    except (Unevaluable, LanguageError):
        return


@SETTINGS
@given(expressions(), st.lists(st.sampled_from(REWRITES), min_size=1, max_size=4))
def check_rewritten(expression, rules):
    other = expression
    for rule in rules:
        other = rewrite(other, rule)
    agree(expression, other, "rewritten")


@SETTINGS
@given(expressions(), st.sampled_from(REWRITES), st.randoms(use_true_random=False))
def check_bent(expression, rule, random):
    other = rewrite(expression, rule)
    found = [claim for _, claim in bent(Relation("=", expression, other), LETTERS) if claim.op == "="]
    if found:
        relation = random.choice(found)
        agree(relation.lhs, relation.rhs, "bent")


@SETTINGS
@given(expressions(), expressions())
def check_two(left, right):
    if left.shape == right.shape:
        agree(left, right, "two")


@pytest.mark.random
def test_a_statement_rewritten_by_valid_rules_is_proved_and_never_refuted():
    COUNTS["rewritten"].clear()
    seeded(check_rewritten)()
    found = COUNTS["rewritten"]
    assert False not in found
    assert found.count(True) > 0.9 * len(found) > 30


@pytest.mark.random
def test_a_statement_with_one_wrong_edit_is_proved_by_neither_or_both():
    """What is proved is confirmed on 200 models; most edits are wrong, and refuted."""
    COUNTS["bent"].clear()
    seeded(check_bent)()
    found = COUNTS["bent"]
    assert found.count(False) > 0.5 * len(found) > 15


@pytest.mark.random
def test_two_expressions_are_equal_for_both_or_for_neither():
    COUNTS["two"].clear()
    seeded(check_two)()
    assert COUNTS["two"].count(False) > 10
