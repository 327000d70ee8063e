"""A remark in brackets at the end of a row is passed over in any script, unless it may be a condition."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("remark", "passed"), [
    (r"\text{（第一项期望为 0）}", True), (r"{\small \text{（第一项期望为 0）}}", True),
    (r"{\footnotesize \text{(the first term is 0)}}", True), (r"\text{（由 Jensen 不等式）}", True),
    (r"\text{（若 u 为 0）}", False), (r"\text{（当 u 较小时）}", False), (r"\text{（近似）}", False),
    (r"\text{(при малых u)}", False), (r"{\small \text{(if u is 0)}}", False), (r"\text{第一项期望为 0}", False)])
def test_a_remark_is_passed_over_or_refused(remark: str, passed: bool) -> None:
    assert prove(rf"u + u = 2 u \quad {remark}").status == ("proved" if passed else "unread")
    assert prove(rf"u + u = 3 u \quad {remark}").status == ("refuted" if passed else "unread")


def test_words_at_a_brace_are_no_condition_for_what_they_share_with_one() -> None:
    assert prove(r"u + u = \underbrace{2 u}_{\text{相对优势}}").status == "proved"
    assert prove(r"u + u = \underbrace{2 u}_{\text{若 u > 0}}").status == "unread"
