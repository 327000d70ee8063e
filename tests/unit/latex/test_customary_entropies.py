"""Entropies of what capitals name: what holds of every joint law is proved, and a small change of it is not."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

TRUE_AND_FALSE = [
    (r"H(X,Y) = H(X) + H(Y|X)", "H(Y|X)", "H(Y)"), (r"H(X|Y) \le H(X)", r"\le", r"\ge"),
    (r"H(X,Y) \le H(X) + H(Y)", r"H(X) +", "2 H(X) -"), (r"H(X) - H(X|Y) = I(Y;X)", "H(X|Y)", "H(Y|X)"),
    (r"I(X;Y,Z) = I(X;Y) + I(X;Z|Y)", "I(X;Z|Y)", "I(X;Z)"), (r"H(X|Y,Z) \le H(X|Y)", r"H(X|Y)", "H(X)/2")]


@pytest.mark.parametrize(("text", "printed", "bent"), TRUE_AND_FALSE)
def test_what_holds_of_every_joint_law_is_proved_and_what_does_not_is_not(text: str, printed: str, bent: str) -> None:
    found = prove(text)
    assert found.status == "proved"
    assert "entropies are those of one joint law" in [one.formula for one in found.lore]
    assert printed in text
    assert prove(text.replace(printed, bent, 1)).status != "proved"


@pytest.mark.parametrize("text", ["H(x,y) = H(x) + H(y)", "H(X,Y) = H(X) + p(Y|X)"])
def test_what_is_no_entropy_of_a_capital_is_not_read_so(text: str) -> None:
    assert prove(text).status not in ("proved", "refuted")


@pytest.mark.parametrize("first", ["I(Z;Y) = H(Y) - H(Y|Z)", "I(Z;Y) = H(Z) - H(Y|Z)", "H(Z,Y) = H(Z) + H(Y|Z)"])
def test_an_equation_of_entropies_defines_none_for_what_follows(first: str) -> None:
    """Else a later equation is held against an earlier one, as if that said what the letters H and I mean."""
    follow = ["I(Z;Y) = H(Z) - H(Z|Y)", "H(Z,Y) = H(Y) + H(Z|Y)", "H(Z|Y) \\le H(Z)"]
    text = "\n".join(rf"\[ {one} \]" for one in (first, *follow))
    found = [one.status for one in check_read(read_records(tex_records(text)), budget=5.0)]
    assert found[1:] == ["proved"] * 3
    assert (found[0] == "proved") == (prove(first).status == "proved")
