"""The parameter in another letter never changes a verdict: a text is read with it and θ exchanged."""

import re

import pytest
from mutation_equivalents import topics
from mutation_statements import stated_of
from seeds import dice, some
from verdicts import prove

from grpo_symbolic.latex.kinds.parameter import whole
from grpo_symbolic.latex.printing.printer import parts

BUDGET = 10.0
LETTERS = (r"\phi", r"\omega", "w", r"\vartheta", r"\psi", "W", r"\varphi")
THETA = re.compile(r"\\theta(?![A-Za-z])")


def found(latex, where, assume):
    """What the checker says of a text, whatever its letters."""
    verdict = prove(latex, where, assume, budget=BUDGET)
    kinds = sorted(name.partition("(")[0] for name in verdict.hypotheses)
    return verdict.status, verdict.printed, verdict.proved, kinds


def in_letter(texts, draw):
    """Texts with another letter for θ that none of them prints, or with θ in bold."""
    free = [letter for letter in LETTERS if not any(re.search(whole(letter), text) for text in texts)]
    letter = draw.choice([*free, r"{\boldsymbol\theta}", r"\bm{\theta}"])
    return [THETA.sub(lambda _: f" {letter}", text) for text in texts]


@pytest.mark.random
@pytest.mark.parametrize("topic", topics())
def test_a_text_with_another_parameter_gets_the_same_verdict(topic):
    draw = dice(0)
    for name, claim in some(0, stated_of(topic), lambda one: [one[1].relation.op], of=6):
        latex, where, assume = parts(claim)
        if not any(re.search(r"\\nabla|\\pi_", text) for text in (latex, *where)):
            continue  # nothing says that another letter is the parameter
        texts = in_letter([latex, *where, *assume], draw)
        other = texts[0], texts[1:1 + len(where)], texts[1 + len(where):]
        assert found(*other) == found(latex, where, assume), (name, other, prove(*other).reason)
