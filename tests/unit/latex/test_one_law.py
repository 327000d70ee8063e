r"""Laws of states that are not printed: one letter has one in all texts of a statement, two letters may have two."""

from __future__ import annotations

import pytest
from verdicts import prove


@pytest.mark.parametrize(("text", "where", "status"), [
    (r"\mathbb{E}_s[h(s)] = u", [r"u := \mathbb{E}_s[h(s)]"], "proved"),
    (r"\mathbb{E}_s[h(s)] = u", [r"u := \mathbb{E}_{s'}[h(s')]"], "unread"),
    (r"\mathbb{E}_x[h(x)] = u", [r"u := \mathbb{E}_q[h(q)]"], "unread"),
    (r"u = v", [r"u := \mathbb{E}_s[h(s)]", r"v := \mathbb{E}_x[h(x)]"], "unread"),
    (r"w = \mathbb{E}_x[h(x)]", [r"w := u", r"u := \mathbb{E}_s[h(s)]"], "unread"),
    (r"u = v", [r"u := \mathbb{E}_x[h(x)]", r"v := \mathbb{E}_x[h(x)]"], "proved"),
    (r"\text{Var}_s[h(s)] = u", [r"u := \text{Var}_x[h(x)]"], "unread"),
    (r"\mathbb{E}_{s \sim d^\pi}[h(s)] = u", [r"u := \mathbb{E}_{s \sim \rho^\pi}[h(s)]"], "unread"),
    (r"\mathbb{E}_{s \sim P(Q)}[h(s)] = u", [r"u := \mathbb{E}_{s \sim P(S)}[h(s)]"], "unread"),
    (r"\mathbb{E}_{q \sim P(Q)}[h(q)] = \mathbb{E}_s[h(s)]", [], "unread"),
    (r"\mathbb{E}_{q \sim P(Q)}[h(q)] = \mathbb{E}_{s \sim P(Q)}[h(s)]", [], "proved"),
])
def test_what_a_statement_uses_has_the_same_law(text: str, where: list[str], status: str) -> None:
    assert prove(text, where=where).status == status


def test_what_is_given_has_the_same_law() -> None:
    assert prove(r"\mathbb{E}_s[h(s)] + 1 \geq 1", assume=[r"\mathbb{E}_s[h(s)] \geq 0"]).status == "proved"
    assert prove(r"\mathbb{E}_s[h(s)] + 1 \geq 1", assume=[r"\mathbb{E}_x[h(x)] \geq 0"]).status == "unread"
    assert prove(r"\mathbb{E}_s[h(s)] = 1 \implies \mathbb{E}_s[h(s)] + 1 = 2").status == "proved"
    assert prove(r"\mathbb{E}_s[h(s)] = 1 \implies \mathbb{E}_{s'}[h(s')] = 1").status == "unread"
