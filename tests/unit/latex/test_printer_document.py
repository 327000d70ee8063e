"""Derivations as aligned rows, and escaped text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from grpo_symbolic.language import KL, Claim, Const, Definition, E, Head, Log, Policy, Relation, Var, grad
from grpo_symbolic.latex.printing.document import LINE, align, broken, width
from grpo_symbolic.latex.printing.text import escape

S, A = Var("s", "state"), Var("a", "action")
PI, OLD = Policy(r"\pi"), Policy(r"\pi", "old")
DIVERGENCE = KL(OLD | S, PI | S)
SCORE = E((A, OLD | S), grad(Log(PI(A, S))))
STEPS = [("=", grad(-E((A, OLD | S), Log(PI(A, S)))), "π_θold is constant"), ("=", -SCORE, "")]
RATIO = Definition(Head(r"\rho(#1)", theta=True)(A, S), PI(A, S) / OLD(A, S))
GRADIENT = Claim(Relation("=", grad(DIVERGENCE), -SCORE), (RATIO,), (Relation(">", Const(r"\beta"), 0),), at_old=True)


def test_rows_of_a_derivation() -> None:
    score = r"\mathbb{E}_{a \sim \pi_{\theta_{\text{old}}}(\cdot|s)}"
    assert align(grad(DIVERGENCE), STEPS) == "\n".join([
        r"\begin{align*}",
        r"\nabla_{\theta} D_{\text{KL}}(\pi_{\theta_{\text{old}}}(\cdot|s) \parallel \pi_{\theta}(\cdot|s))"
        rf" &= \nabla_{{\theta}} (-{score} [\log \pi_{{\theta}}(a|s)])"
        r" && \text{(\ensuremath{\pi_{\theta_{\text{old}}}} is constant)} \\",
        rf"&= -{score} [\nabla_{{\theta}} \log \pi_{{\theta}}(a|s)]",
        r"\end{align*}"])


def test_a_long_row_is_broken_at_its_own_signs() -> None:
    lines = broken(r"\left[ a + b \right] - (c + d) + \frac{e + f}{g}", 1)
    assert lines == [r"\left[ a + b \right]", "- (c + d)", r"+ \frac{e + f}{g}"]
    long = SCORE - SCORE + SCORE - SCORE + SCORE - SCORE
    rows = align(long, [("=", long, "a reason")]).split(r"\\")
    assert rows[-1].count(r"\text{(a reason)}") == 1
    assert all(width(row) < 1.2 * LINE for row in rows[1:])


def test_text_is_text() -> None:
    assert escape(r"50% of #1 & {a}_b $x$ ~ \ ^") == (
        r"50\% of \#1 \& \{a\}\_b \$x\$ \~{} \ensuremath{\backslash} \^{}")
    assert escape("Σ_a ∇π ≤ D_KL") == (
        r"\ensuremath{\Sigma_{a}} \ensuremath{\nabla}\ensuremath{\pi} \ensuremath{\leq} \ensuremath{D_{\text{KL}}}")
    assert escape("Poincaré, 漢") == r"Poincar\'{e}, [cjk unified ideograph-6f22]"


@given(st.text())
def test_any_text_is_ascii_balanced_and_harmless(text: str) -> None:
    tex = escape(text)
    assert tex.isascii()
    assert tex.isprintable()
    bare = re.sub(r"\\[^A-Za-z]", "", tex)
    assert bare.count("{") == bare.count("}")
    assert not re.search(r"\\(input|write|def|catcode|include)", tex)
