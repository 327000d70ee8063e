"""The derivation scripts are theorems, and a chain with a fault never is."""

import dataclasses
import importlib
from pathlib import Path
from time import thread_time

import pytest

import grpo_symbolic
from grpo_symbolic import derivations
from grpo_symbolic import kernel as k
from grpo_symbolic.language import (
    KL,
    SCALAR,
    AtOld,
    Claim,
    Definition,
    E,
    Head,
    Hessian,
    LanguageError,
    Log,
    Num,
    Relation,
    Root,
    StopGradient,
    Var,
    grad,
    remainder,
    substitute,
    total,
)
from grpo_symbolic.paper.claims import GROUPS
from grpo_symbolic.paper.collection import TEXTBOOK
from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.paper.notation import (
    a,
    define_k3,
    define_ratio,
    define_ratio_at,
    group,
    i,
    k3,
    old_s,
    pi_old,
    pi_ref,
    pi_theta,
    ratio_at,
    rho,
    s,
    score,
    step,
    theta_s,
    x,
)
from grpo_symbolic.proof.derivation import Derivation, StepRejected, justify
from grpo_symbolic.proof.matching import rewrite_with
from grpo_symbolic.proof.reasons import (
    EVALUATION,
    EXPECTATION,
    INDEPENDENCE,
    INTERCHANGE,
    LINEARITY,
    LOG_DERIVATIVE,
    LOG_OF_RATIO,
    NORMALISATION,
    TAYLOR,
    Reason,
    by,
    constant,
    definition,
)

SCRIPTS = sorted({path.stem for folder in derivations.__path__ for path in Path(folder).glob("*.py")} - {"__init__"})
p, p_old = pi_theta(a, s), pi_old(a, s)
log_p, log_old = Log(p), Log(p_old)
RULES = (INTERCHANGE, LOG_DERIVATIVE, LOG_OF_RATIO, NORMALISATION, INDEPENDENCE, constant("π"))


def script(name):
    return importlib.import_module(f"grpo_symbolic.derivations.{name}").script


def family(derivation):
    """A derivation with all that it cites or shows first."""
    yield derivation
    cited = [reason.theorem for each in derivation.steps for reason in each.reasons if reason.theorem is not None]
    for lemma in (*derivation.lemmas, *cited):
        yield from family(lemma)


EVERY = {f"{name}: {each.id}": each for name in SCRIPTS for shown in script(name).derivations for each in family(shown)}
STEPS = [(name, number) for name, each in EVERY.items() for number in range(len(each.steps))]


def claim(left, right, *where, op="=", **context):
    """The start of the derivation of left = right."""
    return Derivation("claim", "a claim", Claim(Relation(op, left, right), where, **context))


def one_step(derivation, number, **changes):
    """A step of a derivation on its own, changed."""
    start, each = list(derivation.links())[number]
    each = dataclasses.replace(each, **changes)
    relation = Relation("=", start, each.expression)
    return Derivation(derivation.id, "", dataclasses.replace(derivation.claim, relation=relation), (each,))


def test_every_numbered_equation_has_a_script():
    assert {name[:4] for name in SCRIPTS} >= {f"eq{number:02}" for number in range(1, 14)}
    assert {"advantage", "trust_region", "first_order_expansion", "k3"} <= set(SCRIPTS)
    assert Path(grpo_symbolic.__file__).parent in {Path(derivations.__file__).parents[1]}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_argues_for_a_display_or_a_group_of_claims_or_is_of_the_textbook(name):
    assert script(name).id in {display.id for display in DISPLAYS} | {group.id for group in GROUPS} | {*TEXTBOOK}


@pytest.mark.parametrize("name", EVERY)
def test_a_derivation_is_a_theorem(name):
    derived = EVERY[name].theorem()
    assert derived.derivation is EVERY[name]
    assert derived.order == EVERY[name].claim.order or EVERY[name].claim.relation.op == "≈"


@pytest.mark.parametrize("display", [d for d in DISPLAYS if d.expect == ("proved",)], ids=lambda d: d.id)
def test_what_the_paper_claims_is_what_is_derived(display):
    main = next(each for each in EVERY.values() if each.id == display.id)
    assert main.claim == display.build()


@pytest.mark.parametrize(("name", "order"), [
    ("eq07", None), ("eq08", None), ("eq09", None), ("eq10", None), ("eq12", None), ("eq13", 3),
    ("first-order-expansion", 2)])
def test_a_derivation_reports_its_remainder(name, order):
    assert next(each for each in EVERY.values() if each.id == name).theorem().order == order


def kinds(name):
    found = next(each for each in EVERY.values() if each.id == name).theorem().hypotheses
    return {hypothesis.partition("(")[0] for hypothesis in found}


@pytest.mark.parametrize(("name", "needs", "without"), [
    ("eq07", {"BehaviourConstant", "Positive", "Differentiable"}, {"Normalised", "FiniteActions"}),
    ("eq08", {"Constant"}, {"BehaviourConstant", "Normalised", "FiniteActions"}),
    ("eq09", {"BehaviourConstant", "Constant", "FiniteActions", "FiniteStates"}, {"Normalised"}),
    ("eq10", {"BehaviourConstant", "FiniteActions"}, {"Normalised"}),
    ("eq12", {"BehaviourConstant", "FiniteActions"}, {"Normalised"}),
    ("eq13", {"BehaviourConstant", "FiniteActions", "Normalised", "Positive"}, {"OffKink", "Nonzero"}),
    ("first-order-expansion", {"BehaviourConstant", "Differentiable"}, {"Normalised", "FiniteActions"}),
])
def test_a_derivation_carries_its_hypotheses(name, needs, without):
    assert needs <= kinds(name)
    assert not kinds(name) & without


@pytest.mark.long
@pytest.mark.parametrize(("name", "number"), STEPS)
def test_a_bent_step_is_rejected(name, number):
    """One more than a scalar, or twice a vector, is not what the step arrives at."""
    expression = EVERY[name].steps[number].expression
    zero = expression == Num(0) and list(EVERY[name].links())[number][0].shape != SCALAR
    bent = expression + 1 if expression.shape == SCALAR else 2 * expression
    with pytest.raises((StepRejected, LanguageError)):
        one_step(EVERY[name], number, expression=score(a) if zero else bent).theorem()


@pytest.mark.long
@pytest.mark.parametrize(("name", "number"), STEPS)
def test_a_true_step_needs_its_reasons(name, number):
    one_step(EVERY[name], number).theorem()
    reasons = EVERY[name].steps[number].reasons
    for reason in reasons:
        if reason.rules or reason.unfold or reason.theorem or reason.remainder:
            others = tuple(other for other in reasons if other is not reason) or (LINEARITY,)
            with pytest.raises(StepRejected):
                one_step(EVERY[name], number, reasons=others).theorem()


@pytest.mark.long
@pytest.mark.parametrize(("name", "number"), STEPS)
def test_an_idle_reason_is_rejected(name, number):
    reasons = EVERY[name].steps[number].reasons
    rules = {rule for reason in reasons for rule in reason.rules}
    idle = next(reason for reason in RULES if not reason.rules & rules)
    with pytest.raises(StepRejected):
        one_step(EVERY[name], number, reasons=(*reasons, idle)).theorem()


@pytest.mark.long
@pytest.mark.parametrize("name", EVERY)
def test_a_chain_that_stops_short_is_rejected(name):
    *_, (start, _last) = EVERY[name].links()
    rest = claim(start, EVERY[name].claim.rhs, *EVERY[name].claim.where)
    for short in (rest, rest.then(start, LINEARITY)):
        with pytest.raises(StepRejected, match="end"):
            short.theorem()


WRONG_REASON = {
    "normalisation for the log-derivative": lambda: claim(grad(log_p), grad(p) / p).arrive(NORMALISATION),
    "the log-derivative for a constant": lambda: claim(grad(log_p - log_old), grad(log_p)).arrive(LOG_DERIVATIVE),
    "linearity for normalisation": lambda: claim(total(a, p), 1).arrive(LINEARITY),
    "linearity for interchange": lambda: claim(grad(total(a, p)), total(a, grad(p))).arrive(LINEARITY),
    "evaluation for a limit": lambda: claim(log_p, log_old).arrive(EVALUATION),
    "an expectation for a logarithm": lambda: claim(Log(p / p_old), log_p - log_old).arrive(EXPECTATION),
    "another definition": lambda: claim(
        ratio_at(a, s), p / p_old, define_ratio_at, define_k3).arrive(definition("k3", define_k3)),
    "Taylor for an equality": lambda: claim(log_p, log_old).arrive(TAYLOR),
    "another theorem": lambda: claim(grad(log_old), 0 * score(a)).arrive(by(
        claim(grad(log_p), grad(p) / p).arrive(LOG_DERIVATIVE))),
    "a theorem backwards": lambda: claim(grad(p) / p, 0 * score(a)).arrive(by(
        claim(grad(log_p), grad(p) / p).arrive(LOG_DERIVATIVE))),
}


@pytest.mark.parametrize("name", WRONG_REASON)
def test_a_reason_that_does_not_justify_a_step_is_rejected(name):
    with pytest.raises(StepRejected):
        WRONG_REASON[name]().theorem()


def test_without_time_no_step_is_decided():
    with pytest.raises(StepRejected, match=r"step 1 .*: the time budget is used up"):
        claim(grad(log_p), grad(p) / p).arrive(LOG_DERIVATIVE).theorem(deadline=thread_time() - 1)


def test_a_reason_is_not_taken_for_needed_where_no_time_was_left_to_find_out(monkeypatch):
    idle = claim(grad(2 * p), 2 * grad(p)).arrive(LINEARITY, NORMALISATION)
    with pytest.raises(StepRejected, match="is not needed here"):
        idle.theorem()
    held = iter([frozenset()])

    def decided_once(*_):
        for found in held:
            return found
        raise k.KernelError("the time budget is used up")

    monkeypatch.setattr("grpo_symbolic.proof.derivation.decide", decided_once)
    with pytest.raises(k.KernelError, match="used up"):
        justify(idle.claim, idle.claim.lhs, idle.steps[0], None, thread_time() - 1)


def lemma(left, right, *reasons, where=(), **context):
    return claim(left, right, *where, **context).arrive(*(reasons or (LINEARITY,)))


five, five_at = Definition(rho(), 5), Definition(ratio_at(a, s), 5)
high, low = Head("u")(), Head("l")()
up, back = Definition(high, low + 1), Definition(low, high)
stopped = Head("q(#1, #2)", theta=True)(a, s)
define_stopped = Definition(stopped, StopGradient(p))
moving = Head("K(#1, #2)")(a, s)
one_sided = Head("n", sign="positive")()

FALSE = {
    # remainders
    "a remainder is lost": lambda: claim(log_p, log_old).then(log_old + remainder(1), TAYLOR).arrive(LINEARITY),
    "a remainder is lost on arrival": lambda: claim(log_p, log_old).then(log_old + remainder(1), TAYLOR),
    "a remainder is invented": lambda: claim(log_p, log_old + remainder(1)).arrive(LINEARITY),
    "a remainder improves": lambda: claim(log_p, log_old + remainder(3)).then(
        log_old + remainder(1), TAYLOR).arrive(TAYLOR),
    "a remainder improves by evaluation": lambda: claim(log_p, log_old + remainder(2)).then(
        log_old + remainder(1), TAYLOR).arrive(EVALUATION),
    "a remainder is swallowed by a smaller one": lambda: claim(log_p, log_old + remainder(3)).then(
        log_old + remainder(3) + remainder(1), TAYLOR),
    "a remainder times zero": lambda: claim(log_p, log_old + 0 * remainder(1)).arrive(TAYLOR),
    "a term of the order of the remainder": lambda: claim(log_p, log_old + remainder(2)).arrive(TAYLOR),
    # relations
    "a number below itself": lambda: claim(p, p, op="<"),
    "a number above itself": lambda: claim(ratio_at(a, s), p / p_old, define_ratio_at, op=">").arrive(
        definition("ρ", define_ratio_at)),
    # definitions
    "a definition that the claim does not make": lambda: claim(rho(), 5, define_ratio).arrive(definition("ρ", five)),
    "a lemma about another ρ": lambda: claim(grad(rho()), 0, define_ratio).then(
        grad(Num(5)), by(lemma(rho(), 5, definition("ρ", five), where=(five,)))).arrive(LINEARITY),
    "a function said to be constant that is not": lambda: claim(
        grad(moving), 0, Definition(moving, p)).arrive(LINEARITY),
    "a function said to be positive that is not": lambda: claim(
        Root(one_sided**2), one_sided, Definition(one_sided, -Num(1))).arrive(LINEARITY),
    # kinds
    "a value under a gradient": lambda: claim(grad(p / StopGradient(p)), 0).then(
        grad(Num(1)), by(lemma(p / StopGradient(p), 1))).arrive(LINEARITY),
    "a copy under a gradient": lambda: claim(grad(StopGradient(p)), grad(p)).arrive(by(lemma(StopGradient(p), p))),
    "a copy by definition": lambda: claim(grad(stopped), grad(p), define_stopped).arrive(by(
        lemma(stopped, p, definition("q", define_stopped), where=(define_stopped,)))),
    "a value at θ_old as an identity": lambda: claim(p, p_old).arrive(by(lemma(p, p_old, EVALUATION, at_old=True))),
    "a remainder as an identity": lambda: claim(grad(log_p), grad(log_old)).arrive(by(
        claim(log_p, log_old + remainder(1)).arrive(TAYLOR))),
    "two definitions of one function": lambda: claim(p / p_old, 5, define_ratio_at, five_at).then(
        ratio_at(a, s), definition("ρ", define_ratio_at)).arrive(definition("ρ", five_at)),
    "definitions in a circle": lambda: claim(Num(0), Num(1), up, back).then(high - high, LINEARITY).then(
        high - low, definition("low", back)).then(low + 1 - low, definition("high", up)).arrive(LINEARITY),
    # definedness
    "0/0 where only algebra is used": lambda: claim((total(a, p) - 1) / (total(a, p) - 1), 1).arrive(LINEARITY),
    # chains
    "no chain at all": lambda: claim(p, p_old),
    "a chain that ends at a number": lambda: claim(Num(1), Num(0)).then(Num(1), LINEARITY),
    "a chain to elsewhere": lambda: claim(ratio_at(a, s), p, define_ratio_at).then(
        p / p_old, definition("ρ", define_ratio_at)),
    "a lemma that is none": lambda: claim(p, p).after(claim(p, p_old)),
    "a theorem that is none": lambda: claim(p, p_old).arrive(by(claim(p, p_old).arrive(LINEARITY))),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_chain_to_a_false_claim_is_rejected(name):
    with pytest.raises((StepRejected, LanguageError)):
        FALSE[name]().theorem()


TRUE = {
    "a weaker remainder": lambda: claim(log_p, log_old + remainder(1)).then(
        log_old + AtOld(score(a)).T * step + remainder(2), TAYLOR, constant("π_old")).then(
        log_old + remainder(1), TAYLOR),
    "a stopped copy as a value": lambda: lemma(StopGradient(p), p),
    "a gradient of it": lambda: claim(grad(p / StopGradient(p)), score(a)).arrive(LOG_DERIVATIVE),
    "at θ_old": lambda: lemma(p, p_old, EVALUATION, at_old=True),
    "an identity under a gradient": lambda: claim(
        Hessian(log_p), Hessian(log_p - Log(pi_ref(a, s))) + Hessian(Log(pi_ref(a, s)))).arrive(LINEARITY),
    "a detour": lambda: claim(KL(old_s, theta_s), KL(old_s, theta_s)).then(
        KL(old_s, theta_s) + 0, LINEARITY).arrive(LINEARITY),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_chain_to_a_true_claim_is_a_theorem(name):
    stated = TRUE[name]()
    assert stated.theorem().order == stated.claim.order


f, g = Head("f(#1, #2)"), Head("g(#1)")
b = Var("b", "action")


@pytest.mark.parametrize(("term", "left", "right", "expected"), [
    (total(b, f(b, s)), f(a, s), g(a), total(b, g(b))),
    (total(b, f(b, s)), f(b, s), g(b), total(b, g(b))),
    (f(group[i], s), f(a, s), g(a), g(group[i])),
    (total(b, E((a, theta_s), f(b, a))), E((x, theta_s), f(a, x)), g(a), total(b, g(b))),
    (total(b, E((a, theta_s), f(a, a))), E((x, theta_s), f(a, x)), g(a), total(b, E((a, theta_s), f(a, a)))),
    (total(a, total(b, f(a, b))), total(b, f(a, b)), g(a), total(a, g(a))),
    (total(a, total(b, f(b, a))), total(b, f(a, b)), g(a), total(a, total(b, f(b, a)))),
    (f(a, b), f(a, a), g(a), f(a, b)),
    (f(a, a), f(a, b), g(a), g(a)),
])
def test_an_equation_rewrites_its_instances_and_captures_nothing(term, left, right, expected):
    assert rewrite_with(term, left, right) == expected


def test_an_equation_does_not_bring_new_variables():
    assert rewrite_with(f(a, s), f(a, s), g(b)) == f(a, s)


def test_a_substitution_captures_nothing():
    assert substitute(total(b, f(a, b)), {a: b}) == total(x, f(b, x))


def test_a_theorem_cannot_be_made_by_hand():
    real = k.related(k.Calculus(), k.number(1), k.number(1))
    made = {each.name: getattr(real, each.name) for each in dataclasses.fields(real)}
    hidden = [name for name in made if name in ("key", "_key")]
    for key in (None, object(), "key", True):
        with pytest.raises((k.NotProved, TypeError)):
            k.Theorem(**made | dict.fromkeys(hidden, key) | {"right": k.number(2).poly})
    with pytest.raises((k.NotProved, TypeError, AttributeError)):
        real.right = k.number(2).poly
    with pytest.raises((k.NotProved, TypeError, ValueError)):
        dataclasses.replace(real, right=k.number(2).poly)


def test_a_reason_alone_proves_nothing():
    everything = Reason("trust me", k.RULES, remainder=True)
    with pytest.raises(StepRejected):
        claim(p, p_old).arrive(everything).theorem()
    with pytest.raises(StepRejected):
        claim(k3(a, s), 0, define_k3).arrive(everything, definition("k3", define_k3)).theorem()
