"""What of a suite a bug makes fail, for the tests that put bugs into the kernel."""

from collections.abc import Callable, Iterable


def first_failing(checks: Iterable[tuple[str, Callable[[], object]]], *errors: type[Exception]) -> str | None:
    """The name of the first check that is False or fails with one of the errors, None where all pass."""
    for name, check in checks:
        try:
            passed = check() is not False
        except errors:
            passed = False
        if not passed:
            return name
    return None
