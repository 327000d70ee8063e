"""What is false of indices in their order is not proved, what is true is, and a fault in a law of them is seen."""

from __future__ import annotations

from bugs_seen import both_tests, traps
from kernel_traps import all_printed
from triangle_traps import BUGS, FALSE, TRUE


def checks():
    """What is said of them, and whether it is proved."""
    return traps(all_printed(FALSE), all_printed(TRUE))


test_without_a_fault_nothing_is_seen, test_a_fault_is_seen = both_tests(checks, BUGS, Exception)
