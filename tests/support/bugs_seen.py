"""Tests of a suite by the bugs that it must see, and the traps that such suites have in common."""

import pytest
from first_failing import first_failing

from grpo_symbolic.language import LanguageError
from grpo_symbolic.proof.prove import Unproved, prove


def both_tests(checks, bugs, *errors):
    """Two tests: that ``checks``, each with its name, pass without a bug, and that one of them does not with each.

    A check fails where it is False or raises one of the errors.
    """
    def nothing_is_seen():
        assert first_failing(checks(), *errors) is None

    @pytest.mark.parametrize("bug", bugs)
    def each_is_seen(bug, monkeypatch):
        with monkeypatch.context() as patch:
            bugs[bug](patch)
            found = first_failing(checks(), *errors)
        print(f"{bug}: seen by {found}")
        assert found is not None

    return nothing_is_seen, each_is_seen


def refused(build):
    """Whether a claim is not proved."""
    try:
        prove(build())
    except (Unproved, LanguageError):
        return True
    return False


def traps(false, true):
    """Checks that what is false is refused, and that what is true is proved."""
    for name, build in false.items():
        yield f"the trap “{name}”", lambda build=build: refused(build)
    for name, build in true.items():
        yield f"the truth “{name}”", lambda build=build: prove(build())
