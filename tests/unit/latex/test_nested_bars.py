"""One length in another, as |x − |y|| is printed: bars that open and close within each other, or are left unread."""

import pytest
from verdicts import prove


@pytest.mark.parametrize("text", [
    r"||x| - |y|| \leq |x - y|", r"\left||x| - |y|\right| \leq |x - y|", r"\Big||x| - |y|\Big| \leq |x - y|",
    r"||x| - |y||^2 \leq (x - y)^2", r"|x - |y|| \leq |x| + |y|", r"|x + |y|| \leq |x| + |y|",
    r"|x||y| = |xy|", r"|x - 1||y| = |xy - y|", r"|x - |y| + 1| \geq 0",
    r"||r_i - r_j| - |r_k|| \leq |r_i - r_j - r_k|", r"\max_i ||r_i| - 1| \geq 0"])
def test_one_length_stands_in_another(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.parametrize("text", [
    r"||x| - |y|| \leq |x + y| - 1", r"|x - |y|| \leq |x - y|", r"||x| - |y|| \geq |x - y|", r"|x||y| = |x + y|"])
def test_and_its_bend_fails(text: str) -> None:
    assert prove(text).status == "refuted"


@pytest.mark.parametrize("text", [
    r"D_{KL}(\pi_\theta||\pi_{ref}) \geq 0", r"D_{KL}\big(\pi_\theta \big|\big| \pi_{ref}\big) \geq 0",
    r"D_{KL}(\pi_\theta(\cdot|s)||\pi_{ref}(\cdot|s)) \geq 0",
    r"|D_{KL}(\pi_\theta||\pi_{ref})| \geq D_{KL}(\pi_\theta||\pi_{ref})"])
def test_two_bars_still_part_two_laws(text: str) -> None:
    assert prove(text).status == "proved"


@pytest.mark.parametrize("text", [r"D_{KL}(p|s||q|s) \geq 0", r"|x|y||z|| = |xyz|", r"||x|| = |x|"])
def test_what_is_not_plain_is_unread(text: str) -> None:
    assert prove(text).status == "unread"


@pytest.mark.parametrize("text", [r"|x + |y| = 3", r"||x| - |y| = 3", r"|x + | = 3"])
def test_a_bar_that_nothing_closes_is_ill_formed(text: str) -> None:
    assert prove(text).status in ("ill-formed", "unread")


def test_two_bars_where_nothing_stands_before_are_those_of_a_norm() -> None:
    assert prove(r"||\nabla_\theta J(\theta)||^2 \geq 0").status == "proved"
    assert prove(r"1 + ||\nabla_\theta J(\theta)||^2 \geq 1").status == "proved"
    assert prove(r"||\nabla_\theta J(\theta)||^2 \leq 0").status != "proved"


@pytest.mark.parametrize("text", [r"y - ||z|| \geq ||x||", r"z + ||z|| \geq z", r"1 + (x - ||z||) \leq ||2||"])
def test_nor_is_that_of_a_number_ill_formed(text: str) -> None:
    assert prove(text).status == "unread"


@pytest.mark.parametrize(("latex", "status"), [
    (r"\|3\| = 3", "proved"), (r"||\gamma - 2|| = 2 - \gamma", "proved"), (r"\|\gamma - 2\| = \gamma - 2", "refuted"),
    (r"\|\nabla_\theta \log\pi_\theta(a|s)^\top\| = \|\nabla_\theta \log\pi_\theta(a|s)\|", "proved"),
    (r"\|\nabla_\theta \log\pi_\theta(a|s)^\top\| = 0", "refuted")])
def test_a_number_and_a_row_have_a_norm(latex, status):
    assert prove(latex).status == status
