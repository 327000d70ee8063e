"""Texts as sentences of their own."""

import pytest

from grpo_symbolic.report.sentences import sentence


@pytest.mark.parametrize(("text", "said"), [
    ("the two sides differ", "The two sides differ."), ("a sum has no end!", "A sum has no end!"), ("", ""),
    ("k_3 is not defined", "k_3 is not defined."), ("n is an index", "n is an index."), (r"\pi is", r"\pi is."),
    ("θ_old moves", "θ_old moves.")])
def test_a_sentence_begins_with_a_capital_unless_with_a_formula(text, said):
    assert sentence(text) == said
