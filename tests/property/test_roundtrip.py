r"""What is printed reads back as the same node: every statement of the project and random ones, in every notation."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seeds import some
from verdicts import prove

from grpo_symbolic import derivations
from grpo_symbolic.instances.instantiate import instantiate
from grpo_symbolic.language import (
    KL,
    Abs,
    AtOld,
    Claim,
    Clip,
    Const,
    CrossEntropy,
    Definition,
    E,
    Entropy,
    Exp,
    Head,
    Indicator,
    LanguageError,
    Length,
    Log,
    Max,
    Min,
    Node,
    Num,
    Policy,
    Prefix,
    Relation,
    Root,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    Var,
    grad,
    group_mean,
    group_spread,
    group_sum,
    moves,
    plus,
    remainder,
    substitute,
    total,
)
from grpo_symbolic.language.formal import Formal
from grpo_symbolic.latex.kinds.named import is_name, may_move
from grpo_symbolic.latex.notation.profiles import PROFILES, profile_named
from grpo_symbolic.latex.printing.printer import latex, parts
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement
from grpo_symbolic.paper.collection import TEXTBOOK, items
from grpo_symbolic.paper.notation import ADVANTAGE

S, A, B, GROUP, I, T = (Var("s", "state"), Var("a", "action"), Var("b", "action"),  # noqa: E741
                        Var("a", "group"), Var("i", "index"), Var("t", "token"))
O = Var("o", "action")  # noqa: E741
PI, OLD, REF = Policy(r"\pi"), Policy(r"\pi", "old"), Policy(r"\pi_{\text{ref}}", "constant")
RHO = Head(r"\rho_{#1}(\theta)", theta=True)
TILDE, HAT, REWARD, ADVANTAGE_AT = Head(r"\tilde{A}_{#1}"), Head(r"\hat{A}_{#1}"), Head("r(#1, #2)"), Head("A(#1, #2)")
# a bare A or \hat{A} is none of them: under an expectation it is read as a function of the sample
CONSTANTS = [Num(2), Num("1/2"), Const(r"\beta", "positive"), Const(r"\varepsilon", "positive"), Const("G", "positive"),
             Const("c"), Const(r"\hat{c}"), Const(r"C_{\text{KL}}")]


@cache
def statements() -> dict[str, Any]:
    """The displays of the paper, as printed and as meant, and what the derivations show of it."""
    found: dict[str, Any] = {}
    for item in items():
        try:
            said = item.statement
        except LanguageError:
            continue
        for place, part in enumerate(said if isinstance(said, tuple) else (said,)):
            found[f"{item.id} {place}"] = part
    for module in pkgutil.iter_modules(derivations.__path__):
        if module.name.replace("_", "-") in TEXTBOOK:
            continue  # what they print is read with standard readings: tests/mathematics/test_textbook.py
        for name, value in vars(importlib.import_module(f"{derivations.__name__}.{module.name}")).items():
            if isinstance(claim := getattr(value, "claim", None), Claim):
                found[f"{module.name} {name}"] = claim
    return found


# What custom bounds; the statements of the project say it of any number.
UNBOUNDED = (r"\lambda", r"\gamma")


def read_back(statement: Any, notation: str) -> Any:
    """What the print of a statement says."""
    if isinstance(statement, Claim):
        let = [rf"{number} \in \mathbb{{R}}" for number in UNBOUNDED if number in parts(statement, notation)[0]]
        return read_statement(*parts(statement, notation), profile=notation, let=let).links[-1].content
    # a mean or a spread depends on the group, which only its definition says
    context = [latex(known, notation) for known in ADVANTAGE]
    context = context[:ADVANTAGE.index(statement)] if statement in ADVANTAGE else []
    return read_statement(latex(statement, notation), context, profile=notation).links[-1].content


@pytest.mark.parametrize(("name", "notation"), some(0, product(statements(), PROFILES), lambda case: [case[0]]))
def test_a_statement_of_the_project_reads_as_it_was(name: str, notation: str) -> None:
    statement = statements()[name]
    found = read_back(statement, notation)
    if isinstance(found, Claim) and isinstance(statement, Definition) and statement.hints.get("op") == "eq":
        # (4) is printed with =, which claims what the divergence means already
        found = Definition(found.lhs, found.rhs)
    assert found == statement


def leaves(draw: Any, actions: list[Any], grouped: bool) -> Node:
    """A number, a constant, a probability or a function of what is there."""
    action = draw(st.sampled_from(actions))
    policy = draw(st.sampled_from([PI, OLD, REF]))
    options: list[Callable[[], Any]] = [
        lambda: draw(st.sampled_from(CONSTANTS)),
        lambda: policy(action, S),
        lambda: Log(policy(action, S)),
        lambda: REWARD(S, action),
        lambda: ADVANTAGE_AT(S, action),
        lambda: KL(policy | S, REF | S),
        lambda: draw(st.sampled_from([Entropy(policy | S), CrossEntropy(policy | S, PI | S)])),
    ]
    if grouped:
        options.append(lambda: draw(st.sampled_from([RHO, TILDE, HAT]))(I, GROUP, S))
        options.append(lambda: total(T, Log(policy(TokenOf(GROUP[I], T), S, Prefix(GROUP[I], T))), Length(GROUP[I])))
    return draw(st.sampled_from(options))()


@st.composite
def scalars(draw: Any, depth: int = 3, actions: tuple[Any, ...] = (A,), grouped: bool = False) -> Node:
    """A scalar over the state s and these actions; ``grouped`` where the samples a_i stand too."""

    def part(*more: Any) -> Node:
        return draw(scalars(depth - 1, (*actions, *more), grouped))

    def member(build: Callable[[Node], Node]) -> Node:
        return build(draw(scalars(depth - 1, (GROUP[I],), True)))

    if depth == 0:
        return leaves(draw, list(actions), grouped)
    options: list[Callable[[], Any]] = [
        lambda: part() + part(), lambda: part() - part(), lambda: part() * part(), lambda: -part(),
        lambda: part() / part(), lambda: part() ** draw(st.integers(2, 3)), lambda: Log(part()), lambda: Exp(part()),
        lambda: Root(part()), lambda: Abs(part()), lambda: Min(part(), part()), lambda: Max(part(), part()),
        lambda: Clip(part(), part(), part()), lambda: StopGradient(part()), lambda: AtOld(part()),
        lambda: Indicator(draw(st.sampled_from(["≤", "<", ">"])), part(), part()),
        lambda: E((B, draw(st.sampled_from([PI, OLD, REF])) | S), part(B)),
        lambda: total(B, part(B)), lambda: total(B, part(B), product=True),
        lambda: sloped(part()).T * draw(st.sampled_from([Step(), sloped(part())])),
        lambda: leaves(draw, list(actions), grouped),
    ]
    if not grouped:
        options += [lambda: member(lambda body: group_sum(I, body)), lambda: member(lambda body: group_mean(I, body)),
                    lambda: member(lambda body: group_spread(I, body)),
                    lambda: member(lambda body: E((GROUP, OLD | S), group_sum(I, body)))]
    return draw(st.sampled_from(options))()


def sloped(body: Node) -> Node:
    """The gradient of something that moves with θ; that of a constant is refused by the reader."""
    return grad(body if moves(body) else Log(PI(A, S)) * body)


def with_group(term: Any) -> Any:
    """A term whose free group is called a: r_i, as some notations print it, does not show its name."""
    return substitute(term, {var: GROUP for var in term.free if var.sort == "group"})


def moves_where_nothing_does(term: Node) -> bool:
    """Whether what is evaluated at θ_old speaks of the change of θ."""
    return any(isinstance(part, AtOld) and any(isinstance(inner, Step) for inner in part.walk())
               for part in term.walk())


def moving() -> st.SearchStrategy[Node]:
    """A small term that speaks of the change of θ only where there is one."""
    return scalars(2).filter(lambda term: not moves_where_nothing_does(term))


@pytest.mark.parametrize("notation", PROFILES)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scalars())
def test_a_random_expression_reads_as_it_was(notation: str, term: Node) -> None:
    text = latex(term, notation)
    hidden = GROUP in term.free and latex(GROUP[I], notation) not in text
    try:
        found = with_group(read_expression(text, profile=notation))
    except ReadError as error:
        # beside a draw, r_i is refused where nothing shows whose it is, and so is a change of θ where θ has not changed
        hides = hidden and "which is drawn here, is not said" in error.reason
        stays = moves_where_nothing_does(term) and r"\Delta\theta is 0 where this bar evaluates" in error.reason
        if not hides and not stays:
            raise
    else:
        assert found == term
        assert not moves_where_nothing_does(term)


@pytest.mark.parametrize("notation", PROFILES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(moving(), moving(), st.sampled_from(["=", "≈", "≤", "≥", "<", ">"]), st.booleans())
def test_a_random_claim_reads_as_it_was(notation: str, left: Node, right: Node, op: str, at_old: bool) -> None:
    ends = plus(right, remainder(2)) if op == "=" else right
    claim = Claim(Relation(op, E((S, StateLaw(OLD)), left), E((S, StateLaw()), ends)),
                  assume=(Relation(">", CONSTANTS[2], 0),), at_old=at_old)
    found = read_back(claim, notation)
    assert with_group(found.relation) == claim.relation
    assert (found.assume, found.at_old) == (claim.assume, claim.at_old)


@pytest.mark.parametrize("notation", PROFILES)
def test_a_bent_print_reads_as_something_else(notation: str) -> None:
    term = E((A, OLD | S), PI(A, S) / OLD(A, S) * REWARD(S, A)) - Const(r"\beta", "positive") * KL(PI | S, REF | S)
    text = latex(term, notation)
    assert read_expression(text, profile=notation) == term
    for before, after in ((" - ", " + "), (r"\beta", r"\delta"), ("|| " if notation != "paper" else r"\parallel ", "")):
        bent = text.replace(before, after, 1)
        assert bent != text
        try:
            assert read_expression(bent, profile=notation) != term
        except ReadError:
            continue


def test_what_a_notation_respells_is_what_its_reader_understands() -> None:
    step = r"\mathbb{E}_{s_t, a_t \sim \pi_{\theta_{\text{old}}}} \left[ r_t(\theta) \hat{A}_t \right]"
    assert read_expression(step, profile="ppo") == E(
        (S, StateLaw(OLD)), (A, OLD | S), Head(r"\rho(\theta)", theta=True)(S, A) * ADVANTAGE_AT(S, A))
    group = r"\mathbb{E}_{q \sim P(Q), \{o_i\}_{i=1}^G \sim \pi_{\theta_{old}}(O|q)} [\sum_{i=1}^G \hat{A}_i r_i]"
    assert read_expression(group, profile="deepseekmath") == E(
        (S, StateLaw()), (GROUP, OLD | S), group_sum(I, TILDE(I, GROUP, S) * REWARD(S, GROUP[I])))


def test_an_unknown_notation_is_refused() -> None:
    with pytest.raises(LanguageError, match="unknown notation 'x'"):
        read_expression("1", profile="x")
    with pytest.raises(LanguageError, match="unknown notation 'x'"):
        read_statement("1 = 1", profile="x")


@pytest.mark.parametrize("notation", PROFILES)
def test_a_sequence_reads_token_by_token(notation: str) -> None:
    term = E((O, PI | S), total(T, Log(PI(TokenOf(O, T), S, Prefix(O, T))), Length(O)) / Length(O))
    assert with_group(read_expression(latex(term, notation), profile=notation)) == term
    alone = Log(REF(TokenOf(O, T), S, Prefix(O, T)))
    assert read_expression(latex(alone, notation), profile=notation) == alone


TWO = Num(2)
EASILY_MISREAD = {
    "a divergence before a bracket": KL(PI | S, REF | S) * (TWO + REWARD(S, A)),
    "an advantage before a bracket": ADVANTAGE_AT(S, A) * (TWO + PI(A, S)),
    "an advantage before a minus": PI(A, S) * ADVANTAGE_AT(S, A) * -PI(A, S),
    "a sum over actions between a group and its member":
        PI(GROUP[I], S) + E((GROUP, OLD | S), group_sum(I, total(B, RHO(I, GROUP, S)))),
    "a draw between a group and its member":
        PI(GROUP[I], S) + E((GROUP, OLD | S), group_sum(I, E((B, PI | S), RHO(I, GROUP, S)))),
}


@pytest.mark.parametrize("notation", PROFILES)
@pytest.mark.parametrize("name", EASILY_MISREAD)
def test_what_is_easily_misread_reads_as_it_was(name: str, notation: str) -> None:
    term = EASILY_MISREAD[name]
    assert with_group(read_expression(latex(term, notation), profile=notation)) == term


@pytest.mark.parametrize(("text", "applied"), [
    (r"\hat{A}_t(s_t, a_t)", True), (r"\hat{A}_t(s_{t+1}, a_t)", True), (r"\hat{A}_t(s'_t, a_t)", True),
    (r"\hat{A}_t(r_t(\theta) - 1)", False), (r"\hat{A}_t(1 - \beta)", False)])
def test_a_bracket_after_a_step_is_arguments_or_a_factor(text: str, applied: bool) -> None:
    found = read_expression(text, profile="ppo")
    assert (ADVANTAGE_AT(S, A) in found.args) != applied
    assert (getattr(found, "head", None) == ADVANTAGE_AT) == applied


PATHS = [
    r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=1}^T r(s_t, a_t)] = 0",
    r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=1}^T R(s_t, a_t, s_{t+1})] \geq c",
    r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=1}^T \nabla_\theta \log\pi_\theta(a_t|s_t) f(s_t)] = 0",
]


FORMAL = [
    r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=1}^T \sum_{t'=t}^T R(s_{t'}, a_{t'}, s_{t'+2})] = 0",
    r"\arg\max_a Q(s,a) = 0",
    r"\max_\pi D_{\text{KL}}(\mu(\cdot|s) \| \pi(\cdot|s)) = 0",
]


@pytest.mark.parametrize("notation", PROFILES)
@pytest.mark.parametrize("text", [*PATHS, *FORMAL])
def test_paths_and_what_has_no_rule_are_read_back_in_every_notation(text: str, notation: str) -> None:
    relation = read_statement(text).claims[0].relation
    assert read_statement(latex(relation, notation), profile=notation).claims[0].relation == relation


@pytest.mark.parametrize("text", FORMAL)
def test_what_has_no_rule_is_undecided(text: str) -> None:
    relation = read_statement(text).claims[0].relation
    assert any(isinstance(part, Formal) for part in relation.walk())
    assert prove(text, budget=0.1).status == "undecided"
    with pytest.raises(LanguageError, match="Formal: has no instance|no number here"):
        instantiate(relation.lhs)


def test_a_sum_past_the_last_step_is_no_crash() -> None:
    found = prove(r"\nabla_\theta J(\pi_\theta) = \mathbb{E}_{\tau\sim\pi_\theta}"
                  r"[\sum_{t=0}^T \nabla_\theta\log\pi_\theta(a_t|s_t) \Phi_t]", budget=0.2)
    assert found.status == "undecided"


def names() -> Iterator[str]:
    """The functions that some notation respells."""
    for profile in PROFILES.values():
        yield from profile.respelled


@pytest.mark.parametrize("notation", PROFILES)
@pytest.mark.parametrize("layout", sorted(set(names())))
def test_no_function_takes_the_spelling_of_another(layout: str, notation: str) -> None:
    printed = profile_named(notation).layout(layout)
    theta = r"\theta" in layout or is_name(printed) and may_move(printed)
    arguments = {"_{#1}": (I, GROUP, S), "(#1, #2)": (S, A), "(#1)": (A,)}
    shown = next((found for places, found in arguments.items() if places in layout), (S, A))
    term = E((S, StateLaw()), (A, OLD | S), Head(layout, theta)(*shown))
    if "_{#1}" in layout:
        term = E((S, StateLaw()), (GROUP, OLD | S), group_sum(I, Head(layout, theta)(*shown)))
    assert with_group(read_expression(latex(term, notation), profile=notation)) == term
