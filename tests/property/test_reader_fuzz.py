r"""Mutations of what can be read, and random nodes printed and read again: an answer or a ReadError, never a crash."""

from __future__ import annotations

import re
import resource
import time
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inserted_tokens import STATEMENTS
from seeds import dice
from verdicts import prove

from grpo_symbolic.language import (
    Clip,
    Const,
    E,
    Exp,
    Head,
    Log,
    Max,
    Min,
    Num,
    Policy,
    Root,
    StateLaw,
    StopGradient,
    Var,
    grad,
    group_sum,
    plus,
    times,
)
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.printing.printer import latex
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_expression, read_statement

RATIO = r"\rho_i(\theta) \doteq \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)}"
SEEDS = [
    (r"\nabla_{\theta} \mathcal{J}(\theta) \approx \mathbb{E}_{s, a_{1:G} | \pi_{\theta_{\text{old}}}}"
     r" \left[\frac{1}{G} \sum_{i=1}^G (\rho_i(\theta) \tilde{A}_i - \beta) \nabla_{\theta} \log \pi_{\theta}(a_i|s)"
     r" \right]", [RATIO]),
    (r"D_{\text{KL}}(\pi_{\text{old}} \| \pi_\theta) = \frac12 \Delta\theta^\top F_s(\theta_{\text{old}}) \Delta\theta"
     r" + O(\|\Delta\theta\|^3)", []),
    (r"\min\left(\rho_i(\theta) A_i, \operatorname{clip}(\rho_i(\theta), 1-\varepsilon, 1+\varepsilon) A_i\right) \leq"
     r" \rho_i(\theta) A_i", [RATIO]),
    (r"D_{\text{KL}}(P\|Q) \doteq \mathbb{E}_x \left[\log \frac{P(x)}{Q(x)} \right] \ni x \sim P", []),
    (r"\begin{cases} \frac{1}{|o_i|} \sum_{t=1}^{|o_i|} \hat{A}_{i,t} & \text{if } \beta > 0 \\ 1 & \text{otherwise}"
     r" \end{cases}", []),
    (r"\max_\theta \mathbb{E}_{s,a\sim\pi_{\theta_k}}[\rho(\theta) A(s,a)] \text{ s.t. }"
     r" \mathbb{E}_s[\beta] \leq \delta", []),
    (r"\left. \nabla_\theta \operatorname{sg}[\pi_\theta(o_t|q,o_{<t})] \right|_{\theta=\theta_{\text{old}}} = 0", []),
    (r"\text{std}(\{r_1,\ldots,r_G\}) = \sqrt{\frac1G\sum_{i=1}^G (r_i - \text{mean}(\mathbf{r}))^2}", []),
]
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
SOFT = re.compile(r"[A-Za-z0-9=<>+,|-]|\\(?:theta|pi|rho|beta|tau|log|sum|cdot|sim|top|min|max|nabla|hat|bar|exp)")
POOL = sorted({token for text, _ in SEEDS for token in TOKEN.findall(text)})
STRANGE = ["\x00", "\x07", "\u202e", "\ud800", "é", "\\", "$", "#", "&", "{", "}", "(", ")", "[", "]", "|", r"\left",
           r"\right", "_", "^", "'", r"\|", "%", "\n"]


def mutated(text: str, draw: Random) -> str:
    """The text with one to three tokens deleted, doubled, swapped or replaced, or cut off."""
    tokens = TOKEN.findall(text)
    for _ in range(draw.randint(1, 3)):
        if not tokens:
            break
        one, other = draw.randrange(len(tokens)), draw.randrange(len(tokens))
        match draw.randrange(8):
            case 0:
                del tokens[one]
            case 1:
                tokens.insert(one, tokens[one])
            case 2:
                tokens[one], tokens[other] = tokens[other], tokens[one]
            case 3:
                tokens = tokens[:one] if draw.random() < 0.3 else tokens
            case 4:
                tokens.insert(one, draw.choice(STRANGE))
            case _:
                soft = [place for place, token in enumerate(tokens) if SOFT.fullmatch(token)]
                tokens[draw.choice(soft) if soft else one] = draw.choice([t for t in POOL if SOFT.fullmatch(t)])
    return "".join(tokens)


def garbled(text: str, draw: Random) -> str:
    """The text with one to four bytes deleted, doubled, swapped or put in."""
    found = bytearray(text.encode())
    for _ in range(draw.randint(1, 4)):
        one, other = draw.randrange(len(found)), draw.randrange(len(found))
        match draw.randrange(4):
            case 0:
                del found[one]
            case 1:
                found.insert(one, found[one])
            case 2:
                found[one], found[other] = found[other], found[one]
            case _:
                found.insert(one, draw.randrange(256))
    return found.decode(errors="surrogateescape")


def outcome(text: str, where: list[str]) -> str:
    """``read``, or the reason of the refusal."""
    start = time.process_time()
    fault = None
    try:
        read_statement(text, where)
    except ReadError as error:
        fault = error
    assert time.process_time() - start < 5
    assert fault is None or fault.reason and min(fault.line, fault.column) >= 1
    return "read" if fault is None else fault.reason


@pytest.mark.random
@pytest.mark.parametrize("seed", range(8))
def test_mutations_are_read_or_refused(seed: int) -> None:
    draw = dice(seed)
    found = []
    for _ in range(250):
        text, where = draw.choice(SEEDS)
        context = [mutated(one, draw) if draw.random() < 0.3 else one for one in where]
        found.append(outcome(mutated(text, draw), context))
    assert found.count("read") > 10
    assert len(set(found)) > 20


@pytest.mark.random
@pytest.mark.parametrize("seed", range(6))
def test_mutations_of_equations_are_decided_or_refused(seed: int) -> None:
    draw = dice(seed)
    found = [outcome("u = u", [])]  # what is imported for it is executed before
    for place in range(250):
        text = draw.choice(STATEMENTS)
        odd = draw.choice([mutated, garbled])(f"{text} = {text}", draw)
        with patch("builtins.eval", side_effect=AssertionError), patch("builtins.exec", side_effect=AssertionError):
            found.append(outcome(odd, []))
        if place % 10 == 0:
            verdict = prove(odd, budget=0.1)
            assert verdict.ms < 5_000
            assert not verdict.reason.startswith("the checker failed")
    assert found.count("read") > 10
    assert len(set(found)) > 20


HUGE = [
    "2^{10^9} = 2^{10^9}", "c^{999999999} = c", "(c + u)^{99999} = (u + c)^{99999}", "(c + u + v)^{1000} = 1",
    r"\sum_{i=1}^{10^{12}} c = 10^{12} c", r"\prod_{i=1}^{999999999} 2 = 4", "10^{10^{10^{10}}} = 1",
    "((9^{9^9})^{9^9})^{9^9} = 0", "1.0000001^{10^9} = 1", "2^{" * 39 + "2" + "}" * 39 + " = 2",
    r"\log " * 55 + "c = c", "(" * 5_000 + "c" + ")" * 5_000 + " = c", r"\frac{" * 35 + "c" + "}{2}" * 35 + " = c",
    "c + " * 3_000 + "c = c",
    r"\exp(" * 38 + "c" + ")" * 38 + " = c", "c" + "'" * 5_000 + " = c", r"10^{9999999} \geq 1"]


@pytest.mark.parametrize("text", HUGE, ids=lambda text: text[:20])
def test_huge_numbers_and_deep_nesting_take_little(text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert prove(text, budget=0.2).ms < 5_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_the_seeds_themselves_are_read() -> None:
    assert [outcome(text, where) for text, where in SEEDS] == ["read"] * len(SEEDS)


@given(st.lists(st.sampled_from([*"ab_^{}()[]|=<+-,. ri", *POOL, *STRANGE]), max_size=40))
def test_any_text_is_read_or_refused(tokens: list[str]) -> None:
    assert outcome("".join(tokens), [])


STRUCTURE = [
    r"\begin{align}", r"\end{align}", r"\begin{align*}", r"\begin{equation}", r"\end{equation}", "$$", "$",
    r"\[", r"\]",
    r"\\", "&", r"\label{x}", r"\tag{1}", r"\nonumber", r"\newcommand{\m}[1]{#1 + ", r"\def\be{\begin{equation}}",
    r"\be", r"\m{1}", r"\m", "{", "}", "%", "\n", "\n\n", r"\section{x}", r"\text{where }", r"\begin{cases}",
    r"\end{cases}", r"\begin{IEEEeqnarray}{l}", r"\begin{foo}", r"\end{foo}", r"\verb|", r"\iffalse", r"\fi",
    r"\intertext{a}", r"\begin{verbatim}", r"\left(", r"\right)", r"\newenvironment{e}", r"\beta > 0", r"c_1 = 1",
    r"= 2", "+ 1", "words"]


@pytest.mark.random
@pytest.mark.parametrize("seed", range(300))
def test_any_document_is_read_record_by_record(seed: int) -> None:
    draw = dice(seed)
    text = " ".join(draw.choice(STRUCTURE) for _ in range(draw.randint(1, 40)))
    lines = text.split("\n")
    names = []
    for record, found in read_records(tex_records(text)):
        names.append(record.id)
        places = [(found.line, found.column)] if isinstance(found, ReadError) else [
            (link.line, link.column) for link in found.links]
        assert all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in places)
    assert len(set(names)) == len(names)


S, A, GROUP, I = Var("s", "state"), Var("a", "action"), Var("a", "group"), Var("i", "index")  # noqa: E741
PI, OLD, REF = Policy(r"\pi"), Policy(r"\pi", "old"), Policy(r"\pi_{\text{ref}}", "constant")
CONSTANTS = [Num(0), Num(1), Num(2), Const(r"\beta", "positive"), Const(r"\gamma"), Const("C")]


def expressions(leaves: list[Any]) -> st.SearchStrategy[Any]:
    """Random scalar expressions over some leaves."""
    return st.recursive(st.sampled_from([*leaves, *CONSTANTS]), lambda inner: st.one_of(
        st.builds(plus, inner, inner),
        st.builds(lambda left, right: left - right, inner, inner),
        st.builds(times, inner, inner),
        st.builds(lambda left, right: left / right, inner, inner),
        st.builds(lambda base: base**Num(2), inner),
        st.builds(Log, inner), st.builds(Exp, inner), st.builds(Root, inner), st.builds(StopGradient, inner),
        st.builds(Min, inner, inner), st.builds(Max, inner, inner), st.builds(Clip, inner, inner, inner)),
        max_leaves=12)


AT_ACTION = expressions([PI(A, S), OLD(A, S), REF(A, S), Head("r(#1, #2)")(S, A), Head("b(#1)")(S)])
AT_SAMPLE = expressions([PI(GROUP[I], S), Head("r(#1, #2)")(S, GROUP[I]), Head(r"\tilde{A}_{#1}")(I, GROUP, S),
                         Head(r"\rho_{#1}(\theta)", theta=True)(I, GROUP, S)])


@given(AT_ACTION, st.sampled_from([PI, OLD, REF]), st.sampled_from(["paper", "plain"]))
def test_what_is_printed_of_an_action_is_read_back(body: Any, policy: Policy, notation: str) -> None:
    term = E((S, StateLaw(OLD)), (A, policy | S), body) * grad(Log(PI(A, S)))
    assert read_expression(latex(term, notation)) == term


@given(AT_SAMPLE, st.sampled_from(["paper", "plain"]))
def test_what_is_printed_of_a_group_is_read_back(body: Any, notation: str) -> None:
    term = E((S, StateLaw(OLD)), (GROUP, OLD | S), group_sum(I, body), style="bar")
    assert read_expression(latex(term, notation)) == term
