r"""What sentences define, declare and assume, and what they only mention."""

from __future__ import annotations

import pytest

from grpo_symbolic.latex.documents.prose import parts
from grpo_symbolic.latex.documents.sentences import sentences


def said(text: str, conditional: bool = False, premise: bool = False) -> list[tuple[str, str, str]]:
    """What the sentences of a text say: the LaTeX, what it does, how far it reaches."""
    return [(one.text, one.kind, one.reach) for sentence in sentences(text, 0, len(text), False, False)
            for one in parts(sentence, conditional, premise)]


@pytest.mark.parametrize(("text", "expected"), [
    (r"Let $r = \pi_{ref}/\pi_\theta$ be the ratio", [(r"r = \pi_{ref}/\pi_\theta", "definition", "onward")]),
    (r"where \(k_1 = -\log r\) and \(k_2 = \frac{1}{2}(\log r)^2\)",
     [(r"k_1 = -\log r", "definition", "onward"), (r"k_2 = \frac{1}{2}(\log r)^2", "definition", "onward")]),
    (r"with $\beta > 0$", [(r"\beta > 0", "declaration", "onward")]),
    (r"where $\gamma \in [0,1)$", [(r"\gamma \in [0,1)", "declaration", "onward")]),
    (r"we write $q_\theta(y|x)$", [(r"q_\theta(y|x)", "declaration", "onward")]),
    (r"we denote by $w := u/v$ the weight", [("w := u/v", "definition", "onward")]),
    (r"with rewards $r_i$, group mean $\bar r = \frac{1}{G}\sum_{i=1}^G r_i$",
     [(r"\bar r = \frac{1}{G}\sum_{i=1}^G r_i", "definition", "onward")]),
    (r"for $\lambda = 1$", [(r"\lambda = 1", "definition", "sentence")]),
    (r"for all $\eta > 0$", [(r"\eta > 0", "declaration", "sentence")]),
    (r"where $A_t > 0$", [("A_t > 0", "declaration", "sentence")]),
    (r"Let $\beta = 0$", [(r"\beta = 0", "definition", "paragraph")]),
    (r"where $\epsilon = 10^{-8}$", [(r"\epsilon = 10^{-8}", "definition", "sentence")]),
    (r"where $c = \frac{1}{2 G}$", [(r"c = \frac{1}{2 G}", "definition", "onward")]),
    (r"Suppose $\theta = \theta_{old}$", [(r"\theta = \theta_{old}", "assumption", "paragraph")]),
    (r"Let $u = v = 3 w$", [("u = v", "definition", "onward")]),
])
def test_after_such_a_word_a_formula_counts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", [
    r"The ratio $r = \pi_{ref}/\pi_\theta$ is large", r"Unless $r = 1$, let $k = -\log r$",
    r"We do not let $k = 2 v$ here", r"If we instead let $k = 2 v$", r"Suppose instead that $k = 2 v$",
    r"e.g. let $k = 2 v$", r"One could define $k = 2 v$", r"with this choice we have $J = L$",
    r"Let $r$ be a ratio. Then $J = 2 L$", r"where, as we show, $J = L$", r"It can be written $J = L$",
    r"for $J = L$", r"given $J = L$", r"Let $i = 1, \ldots, G$", r"where $r = 1$ if the answer is right",
    r"Assume for contradiction that $\beta = 1$", r"for some $\beta > 0$",
])
def test_what_is_mentioned_denied_or_concluded_does_not_count(text: str) -> None:
    assert [kind for _, kind, _ in said(text) if kind != "condition"] == []


def test_a_relation_that_defines_nothing_is_assumed_only_after_suppose() -> None:
    relation = r"\mathbb{E}_{a\sim\pi}[A(s,a)] = 0"
    assert said(f"assume that ${relation}$") == [(relation, "assumption", "paragraph")]
    assert said(f"where ${relation}$") == [(relation, "condition", "paragraph")]
    assert said(f"Let $A$ satisfy ${relation}$", premise=True) == [(relation, "assumption", "paragraph")]
    assert said(f"Let $A$ satisfy ${relation}$") == []


def test_a_bound_of_an_expression_declares_nothing() -> None:
    assert said(r"with $\|u - v\| \leq \varepsilon$") == [(r"\|u - v\| \leq \varepsilon", "condition", "paragraph")]
    assert said(r"with $0 < \varepsilon \leq 1$") == [(r"0 < \varepsilon \leq 1", "declaration", "onward")]


def test_if_assumes_in_a_theorem_alone() -> None:
    assert said("If $u > 0$, then $v = 2$", conditional=True) == [("u > 0", "declaration", "paragraph")]
    assert said("If $u > 0$, then $v = 2$") == []
    assert said("if and only if $u > 0$", conditional=True) == []


def test_a_case_leaves_what_is_named_to_the_formulas_after_it() -> None:
    assert [text for text, _, _ in said(r"where $r = u/v$ for $\lambda = 1$ and $k = u v$")] == [
        "r = u/v", r"\lambda = 1", "k = u v"]


@pytest.mark.parametrize(("text", "number"), [
    ("Let $u = v$. So $w = z$.", 2), ("Let $u = v$ (cf. Eq. 3) and $w = z$", 1), ("Let $u = v$\n\nand $w = z$", 2),
    (r"Let $u = v$ \item and $w = z$", 2), ("let $u = v$; it costs $w = z$", 2), ("with 1.5 and $u = v$", 1),
])
def test_a_sentence_ends_where_it_ends(text: str, number: int) -> None:
    assert sum(bool(one.tokens) for one in sentences(text, 0, len(text), False, False)) == number
