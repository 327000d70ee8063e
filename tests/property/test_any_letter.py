r"""Any letter may be anything: what a construct asks of a letter is stronger than what custom says of it.

Each form has one place for a letter, L, in a construct that tells what stands there; the verdict is the same for every
letter but for those that custom keeps for one thing, and for names, of which nothing is said before they are defined.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from seeds import sample
from text_letters import GREEK, LATIN
from verdicts import prove

BUDGET = 10.0
SIZE = 24
PLACE = re.compile(r"(?<![A-Za-z\\])L(?![A-Za-z])")
PLAIN = re.compile(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])")
# The parameter, policies, expectations, and what a remainder is written with.
KEPT = frozenset((r"\theta", r"\pi", "E", "O"))
# Of these custom says that they are named quantities, which a counterexample may not choose.
NAMES = frozenset(("r", "J", "L", "Z", r"\rho"))


class Form(NamedTuple):
    """A statement with a place for a letter, its verdict, what is declared, and the letters for which it is another."""

    latex: str
    status: str
    declared: str = ""
    but: frozenset[str] = frozenset()


FORMS = {
    "law": Form(r"\mathbb{E}_{x \sim L}[f(x)] = \sum_x L(x) f(x)", "proved"),
    "drawn": Form(r"\mathbb{E}_{L \sim p}[f(L)] = \sum_L p(L) f(L)", "proved"),
    "outcome": Form(r"\sum_L \pi(L|x) = 1", "proved"),
    "condition": Form(r"\sum_y \pi(y|L) = 1", "proved"),
    "number": Form(r"\exp(L) \geq 1 + L", "proved"),
    "no number": Form(r"\exp(L) = 1 + L", "refuted", but=NAMES),
    "least of two": Form(r"\min(L, u) \leq L", "proved"),
    "index": Form(r"\sum_{L=1}^{M} (u_L + w) = M w + \sum_{L=1}^{M} u_L", "proved"),
    "other index": Form(r"\sum_{L=1}^{M} u_L = M w", "refuted"),
    "family": Form(r"\sum_{k=1}^{M} (L_k + w) = M w + \sum_{k=1}^{M} L_k", "proved"),
    "count": Form(r"\sum_{k=1}^{L} w = L w", "proved", but=NAMES | {
        r"\gamma", r"\lambda", r"\beta", r"\epsilon", r"\varepsilon"}),
    "function": Form(r"\mathbb{E}_{x \sim q}[L(x)] = \sum_x q(x) L(x)", "proved", but=frozenset((
        "d", "p", "q", r"\mu", r"\nu"))),
    "moving": Form(r"\nabla_\theta \sum_y L_\theta(y) f(y) = "
                   r"\mathbb{E}_{y \sim L_\theta}[f(y) \nabla_\theta \log L_\theta(y)]", "proved"),
    "declared number": Form(r"\sqrt{L^2} = L", "refuted", r"L \in \mathbb{R}", frozenset("RT")),
    "declared function": Form(r"L(u + v) = L(v + u)", "proved", r"L: \mathbb{R} \to \mathbb{R}", frozenset("R")),
}


def filled(text: str, letter: str, form: str) -> str:
    """A text with a letter in its place; one that it prints already is another there."""
    spare = next(one for one in "zkvh" if one != letter and not re.search(rf"(?<![A-Za-z\\]){one}(?![A-Za-z])", form))
    apart = PLAIN.sub(lambda found: spare if found[0] == letter else found[0], text)
    return PLACE.sub(lambda _: f"{letter} " if letter.startswith("\\") else letter, apart)


@pytest.mark.random
@pytest.mark.parametrize("name", FORMS)
def test_what_a_construct_asks_is_stronger_than_custom(name: str) -> None:
    form = FORMS[name]
    letters = [one for one in (*LATIN, *GREEK) if one not in KEPT | form.but]
    found = {}
    for letter in sample(0, letters, SIZE):
        texts = [filled(text, letter, form.latex) for text in (form.latex, form.declared)]
        found[texts[0]] = prove(texts[0], budget=BUDGET, let=(texts[1],) * bool(form.declared)).status
    assert {text: status for text, status in found.items() if status != form.status} == {}
