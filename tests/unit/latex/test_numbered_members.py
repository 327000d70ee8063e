r"""What a definition of w_i says of w_1: that it is one of the family, not a function of which nothing is known."""

import pytest
from verdicts import prove

RATIO = r"w_i(y|x) := \frac{\pi_\theta(y|x)}{\pi_{old}(y|x)}"
TRUE = r"\mathbb{E}_{y\sim\pi_{old}(\cdot|x)}[w_%s(y|x)] = 1"


@pytest.mark.parametrize("where", [RATIO, RATIO.replace("w_i", "w_{j}"), RATIO.replace("(y|x) :=", "(y|x) =")])
def test_a_member_that_is_not_unfolded_is_not_left_free(where):
    found = prove(TRUE % 1, [where])
    assert found.status in ("proved", "undecided")
    false = prove(TRUE.replace("= 1", "= 2") % 1, [where])
    assert false.status in ("refuted", "undecided")


def test_by_the_letter_of_its_index_it_is_what_is_defined():
    assert prove(TRUE % "j", [RATIO]).status == "proved"


@pytest.mark.parametrize(("claim", "where", "status"), [
    ("w_1 = 2 r_1", ["w_i := 2 r_i"], "proved"), ("w_1 = 3 r_1 + 1", ["w_i := 2 r_i"], "refuted"),
    ("f_1(x) = 2 x", ["f_i(x) := 2 x"], "proved"),
    (r"\mathbb{E}_{a\sim\pi}[f_1(a)] = \mathbb{E}_{a\sim\pi}[f_2(a)]", [], "refuted"),
    (r"\mathbb{E}_{a\sim\pi}[f_1(a)] = \mathbb{E}_{a\sim\pi}[f_2(a)]", ["g_i(a) := f_1(a)"], "refuted"),
])
def test_what_is_unfolded_or_of_no_family_is_decided(claim, where, status):
    assert prove(claim, where).status == status


def test_nor_is_one_that_a_definition_or_an_assumption_names():
    mean = r"\mathbb{E}_{y\sim\pi_{old}(\cdot|x)}"
    assert prove("S = 1", [RATIO, f"S := {mean}[w_1(y|x)]"]).status in ("proved", "undecided")
    assert prove(f"{mean}[b(y)] = 1", [RATIO], ["b(y) = w_1(y|x)"]).status in ("proved", "undecided")
