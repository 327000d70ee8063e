r"""One more token in the right side of X = X: what is still proved prints nothing, or changes no value.

``--whole`` tries each token at each place of each statement, and takes an hour.
"""

from __future__ import annotations

from contextlib import suppress
from time import process_time, thread_time

import inserted_tokens as tokens
import pytest
import seeds

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.proof.prove import Unproved, prove

SIZE = 600
PARTS = 3


def proved(text: str) -> bool:
    """Whether the kernel proves what a text claims."""
    with suppress(ReadError, Unproved):
        claims = read_statement(text).claims
        for claim in claims:
            prove(claim, deadline=thread_time() + 0.3)
        return bool(claims)
    return False


def named_at_a_brace(text: str, place: int, token: str) -> bool:
    """Whether a token stands in the label of a brace, of which the verdict says that it is not checked."""
    labels = read_statement(tokens.changed(text, place, token)).at_braces.labels
    return any(token.strip() in label for label in labels)


def changes_nothing(text: str, place: int, token: str) -> bool:
    """Whether a token may stand at a place of what is proved: as typography, or as what is known to have no effect."""
    if named_at_a_brace(text, place, token):
        return True
    if any(harmless(text, place, token) for harmless in (tokens.typographic, tokens.same_value, tokens.power_of_one)):
        return True
    other = tokens.NEUTRAL.get(token)
    return other is not None and not proved(tokens.changed(text, place, other))


@pytest.mark.parametrize("text", tokens.STATEMENTS)
def test_a_statement_equals_itself_and_no_typography_changes_that(text: str) -> None:
    assert proved(f"{text} = {text}")
    for token in (r"\,", r"\label{eq:k}", "{}", r"\displaystyle ", " "):
        assert proved(f"{text} = {token}{text}{token}")


@pytest.mark.random
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_more_is_printed_is_read_or_refused(part: int) -> None:
    drawn = seeds.sample(part, tokens.cases(), SIZE)
    passed_over = []
    for case in drawn[part::PARTS] if len(drawn) > SIZE else drawn:
        start = process_time()
        if proved(tokens.changed(*case)) and not changes_nothing(*case):
            passed_over.append(case)
        assert process_time() - start < 5
    assert passed_over == []
