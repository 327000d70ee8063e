"""What is false of indices in their order is not proved, what is true is, and a fault in a law of them is seen."""

from __future__ import annotations

import pytest
from first_failing import first_failing
from kernel_traps import printed
from triangle_traps import BUGS, FALSE, TRUE

from grpo_symbolic.language import LanguageError
from grpo_symbolic.proof.prove import Unproved, prove


def refused(text):
    try:
        prove(printed(text))
    except (Unproved, LanguageError):
        return True
    return False


def not_proved(text):
    assert refused(text)


def checks():
    for name, text in FALSE.items():
        yield f"the trap “{name}”", lambda text=text: not_proved(text)
    for name, text in TRUE.items():
        yield f"the truth “{name}”", lambda text=text: prove(printed(text))


def test_without_a_fault_nothing_is_seen():
    assert first_failing(checks(), Exception) is None


@pytest.mark.parametrize("bug", BUGS)
def test_a_fault_is_seen(bug, monkeypatch):
    with monkeypatch.context() as patch:
        BUGS[bug](patch)
        found = first_failing(checks(), Exception)
    print(f"{bug}: seen by {found}")
    assert found is not None
