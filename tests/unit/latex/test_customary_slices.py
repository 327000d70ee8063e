"""What is paid in the parts of a path: proved as sums over steps, and never refuted, as parts may end otherwise."""

from __future__ import annotations

import pytest
from verdicts import prove

pytestmark = pytest.mark.long

TRUE = [r"R(\tau) = R(\tau_{:t}) + R(\tau_{t:})", r"R(\tau) = R(\tau_{<t}) + R(\tau_{\geq t})",
        r"R(\tau) = R(\tau_{0:t}) + \gamma^t R(\tau_{t:T})", r"G(\tau) - G(\tau_{t:}) = G(\tau_{:t})"]
# What holds where parts end otherwise, or of which more is to be said.
OTHERWISE = [r"R(\tau) = R(\tau_{:t}) + R(\tau_{t+1:})", r"G(\tau) = G(\tau_{0:t-1}) + G(\tau_{t:T})",
             r"R(\tau) = R(\tau_{:t}) + \gamma^{t+1} R(\tau_{t:})", r"f(\tau) = f(\tau_{:t}) + f(\tau_{t:})",
             r"R(\tau) = R(\tau_{:t}) + \gamma R(\tau_{t:})", r"R(\tau) = R(\tau_{:t}) + 2 R(\tau_{t:})",
             r"R(\tau) = R(\tau_{t:})"]


@pytest.mark.parametrize("text", TRUE)
def test_what_is_paid_in_two_parts_of_a_path_is_what_is_paid(text: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert any("part of a path" in one.formula for one in found.lore)


@pytest.mark.parametrize("text", OTHERWISE)
def test_parts_that_may_be_others_prove_and_refute_nothing(text: str) -> None:
    assert prove(text).status in ("undecided", "unread")
