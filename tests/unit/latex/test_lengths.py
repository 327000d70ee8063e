r"""What is given with a range from a letter on, \sum_{k=m}^n, is a hypothesis, unless another bounds it."""

from __future__ import annotations

from itertools import product

import pytest
from verdicts import prove

WHOLE = [r"m, n \in \mathbb{N}"]
UNIT = [r"0 < \gamma < 1", "c > 0"]


@pytest.mark.parametrize("let", [[], WHOLE])
@pytest.mark.parametrize("text", [
    r"\sum_{k=m}^{n} 1 + \sum_{k=n+1}^{m-1} 1 = 0", r"\sum_{k=2n}^{2m} 1 + \sum_{k=2m}^{2n} 1 = 2",
    r"\sum_{k=n}^{m} 1 + \sum_{k=2m}^{2n} 1 = n - m + 2", r"\sum_{k=m}^{n} 1 \geq \sum_{k=n}^{m} 1 + 2 (n - m)",
    r"\sum_{k=m}^{n} 1 + \sum_{k=n}^{m} 1 = 3", r"\sum_{m \leq k \leq n} 1 + \sum_{n+1 \leq k \leq m-1} 1 = 0",
    r"\sum_{k=m}^{n} \sum_{j=n}^{m} 1 = (n - m + 1) (m - n + 1)",
    r"\sum_{k=m}^{n+m} 1 + \sum_{k=n+m}^{m} 1 = 2",
    r"\sum_{k=m}^{n} 1 = n - m + 1 = (n - m) + 1 - 0 \sum_{k=n+1}^{m-1} 1"])
def test_ranges_that_bound_each_other_decide_nothing(text: str, let: list[str]) -> None:
    found = prove(text, let=let)
    assert found.status == "undecided"
    assert "bound each other" in found.reason


@pytest.mark.parametrize("text", [
    r"\prod_{k=m}^{n} c \cdot \prod_{k=n+1}^{m-1} c = 1",
    r"\sum_{k=m}^{n} \gamma^k + \sum_{k=n+1}^{m-1} \gamma^k = 0"])
def test_nor_do_those_of_powers(text: str) -> None:
    assert prove(text, assume=UNIT).status == "undecided"


@pytest.mark.parametrize("text", [
    r"\sum_{k=m}^{n} x_k + \sum_{k=n+1}^{m-1} x_k = 0", r"\sum_{k=n}^{m} x_k + \sum_{k=m}^{n} x_k = x_n + x_m"])
def test_nor_do_those_of_sequences(text: str) -> None:
    assert prove(text).status == "undecided"


def test_nor_do_three_in_a_round() -> None:
    found = prove(r"\sum_{k=m}^{n} c + \sum_{k=n}^{p} c + \sum_{k=p}^{m} c = 3 c")
    assert found.status == "undecided"
    assert all(name in found.reason for name in ("m≤n+1", "n≤p+1", "p≤m+1"))


def test_nor_do_those_of_definitions() -> None:
    sums = [r"S := \sum_{k=m}^{n} 1", r"U := \sum_{k=n+1}^{m-1} 1"]
    assert prove("S + U = 0", where=sums).status == "undecided"
    ends = ["a := m", "b := n"]
    assert prove(r"\sum_{k=a}^{b} 1 + \sum_{k=b+1}^{a-1} 1 = 0", where=ends).status == "undecided"
    found = prove(r"\sum_{k=a}^{b} 1 = b - a + 1", where=ends)
    assert (found.status, found.hypotheses) == ("proved", ("Range(m≤n+1)",))


@pytest.mark.parametrize(("text", "given", "both"), [
    (r"\sum_{k=m}^{n} 1 + \sum_{k=n}^{m} 1 = 2", "m > n", ("m≤n+1", "m>n")),
    (r"\sum_{k=2m}^{m} 1 = 1 - m", r"m \geq 1", ("m≤1", "m≥1")),
    (r"\sum_{k=m}^{n} 1 = n - m + 1", r"m \geq n", ("m≤n+1", "m≥n")),
    (r"\sum_{k=m}^{3} 1 = 4 - m", r"m \geq 4", ("m≤4", "m≥4"))])
def test_nor_does_one_that_what_is_assumed_bounds(text: str, given: str, both: tuple[str, ...]) -> None:
    found = prove(text, assume=[given])
    assert found.status == "undecided"
    assert all(name in found.reason for name in both)


@pytest.mark.parametrize(("text", "hypotheses"), [
    (r"\sum_{k=m}^{3} 1 = 4 - m", {"Range(m≤4)"}), (r"\sum_{j=p}^{3} 1 = 4 - p", {"Range(p≤4)"}),
    (r"\sum_{k=m}^{2} k = \sum_{k=m+1}^{2} k + m", {"Range(m≤3)", "Range(m≤2)"}),
    (r"\sum_{k=m}^{0} 1 = 1 - m", {"Range(m≤1)"}), (r"\sum_{k=m}^{3} 1 \geq 0", {"Range(m≤4)"})])
def test_one_that_ends_at_a_numeral_is_a_hypothesis_on_a_natural_number(text: str, hypotheses: set[str]) -> None:
    letter = "p" if "p" in text else "m"
    for known in ({"let": [rf"{letter} \in \mathbb{{N}}"]}, {"assume": [rf"{letter} \geq 0"]}):
        found = prove(text, **known)
        assert (found.status, set(found.hypotheses)) == ("proved", hypotheses)


@pytest.mark.parametrize("text", [
    r"\sum_{k=m}^{3} 1 = 5 - m", r"\sum_{k=m}^{3} k = 6", r"\sum_{k=m}^{3} 1 \leq 2", r"\sum_{k=m}^{3} 1 = 3"])
def test_what_fails_of_a_natural_number_within_it_is_refuted(text: str) -> None:
    assert prove(text, let=[r"m \in \mathbb{N}"]).status == "refuted"


@pytest.mark.parametrize(("text", "given"), [
    (r"\sum_{k=m}^{-1} 1 = -m", r"m \geq 0"), (r"\sum_{k=m}^{-2} 1 = -m-1", r"m \geq 0"),
    (r"\sum_{k=m}^{-2} 1 = 3", r"m \geq 0"), (r"\sum_{k=m}^{3} 1 = 4 - m", "m > 4"),
    (r"\sum_{k=m}^{3} 1 = 7", r"m \geq 5"), (r"\sum_{k=m}^{3} 1 + \sum_{k=4}^{m-1} 1 = 0", r"m \geq 0"),
    (r"\sum_{k=m}^{3} 1 + \sum_{k=1}^{m} 1 = 5", r"m \geq 0"),
    (r"\sum_{k=3}^{m} 1 + \sum_{k=m}^{3} 1 = 5", r"m \geq 0")])
def test_nor_is_what_holds_of_no_number_or_of_empty_ranges_alone_proved(text: str, given: str) -> None:
    assert prove(text, assume=[given], budget=0.3).status != "proved"


@pytest.mark.parametrize(("text", "hypotheses"), [
    (r"\sum_{k=m}^{n} 1 = n - m + 1", {"Range(m≤n+1)"}),
    (r"\sum_{k=m}^{n} 1 = 1 + \sum_{k=m+1}^{n} 1", {"Range(m≤n+1)", "Range(m≤n)"}),
    (r"\sum_{k=m}^{n} \gamma^k = \frac{\gamma^m - \gamma^{n+1}}{1 - \gamma}", {"Range(m≤n+1)", "Range(γ>0)"}),
    (r"\sum_{k=m}^{n} \gamma^k = \sum_{k=m}^{p} \gamma^k + \sum_{k=p+1}^{n} \gamma^k",
     {"Range(m≤n+1)", "Range(m≤p+1)", "Range(p≤n)", "Range(γ>0)"}),
    (r"\sum_{k=m}^{n} x_k = x_m + \sum_{k=m+1}^{n} x_k", {"Range(m≤n+1)", "Range(m≤n)"}),
    (r"\sum_{k=1}^{n} x_k + \sum_{k=n+1}^{m} x_k = \sum_{k=1}^{m} x_k", {"Range(n≤m)"}),
    (r"\sum_{k=1}^{n-m+1} c = \sum_{k=m}^{n} c = (n - m + 1) c", {"Range(m≤n+1)"}),
    (r"\sum_{k=m}^{m+2} c = 3 c", set())])
def test_what_is_given_of_ranges_is_a_hypothesis(text: str, hypotheses: set[str]) -> None:
    found = prove(text, assume=[] if "x_" in text else [r"0 < \gamma < 1"] if "gamma" in text else [])
    assert (found.status, set(found.hypotheses)) == ("proved", hypotheses)


def test_it_is_one_where_letters_are_declared() -> None:
    found = prove(r"\sum_{k=m}^{n} 1 = n - m + 1", let=WHOLE)
    assert (found.status, found.hypotheses) == ("proved", ("Range(m≤n+1)",))


@pytest.mark.parametrize("given", [[r"m \leq n"], ["m < n + 2"], [r"m \leq p", r"p \leq n"]])
def test_what_is_assumed_is_no_hypothesis(given: list[str]) -> None:
    found = prove(r"\sum_{k=m}^{n} c = (n - m + 1) c", assume=given)
    assert (found.status, found.hypotheses) == ("proved", ())


def starts() -> list[tuple[str, str]]:
    """Ends of two ranges, of which nobody can tell beforehand which bound each other."""
    ends = ("m", "n", "m + 1", "n - 1")
    return [*product(ends, repeat=2)]


@pytest.mark.parametrize("first", [("m", "n"), ("m + 1", "n")])
@pytest.mark.parametrize("second", starts())
def test_what_is_proved_without_a_hypothesis_holds_of_all_numbers(first: tuple[str, str], second: tuple[str, str]
                                                                  ) -> None:
    sums = [rf"\sum_{{k={begin}}}^{{{end}}} 1" for begin, end in (first, second)]
    sizes = [f"({end}) - ({begin}) + 1" for begin, end in (first, second)]
    found = prove(" + ".join(sums) + " = " + " + ".join(sizes), budget=1.0)
    steps = [{"m": 1, "n": 1}, {"m": 1, "n": 4}, {"m": 4, "n": 1}, {"m": 2, "n": 1}]

    def short(begin: str, end: str, at: dict[str, int]) -> bool:
        def value(text: str) -> int:
            return at[text[0]] + (int(text[1:].replace(" ", "")) if text[1:] else 0)
        return value(end) + 1 < value(begin)
    unsaid = [at for at in steps if any(short(*one, at) for one in (first, second))]
    assert found.status != "proved" or found.hypotheses or not unsaid
    far = [at for at in steps[1:3] if not any(short(*one, at) for one in (first, second))]
    assert found.status != "proved" or far
