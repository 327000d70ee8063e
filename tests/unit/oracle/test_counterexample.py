"""What a counterexample shows: the numbers of all that is named, and where it stands."""

from fractions import Fraction

import grpo_symbolic

RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"


def counterexample(latex, where=(), assume=()):
    verdict = grpo_symbolic.prove(latex, where=where, assume=assume)
    assert verdict.status == "refuted", verdict.reason
    return verdict.counterexample


def test_two_actions_are_named():
    found = counterexample(r"\pi_\theta(a|s) = \pi_\theta(b|s)")
    assert set(found.at) == {"a", "b", "s"}
    assert {found.at["a"], found.at["b"]} == {"a_1", "a_2"}
    assert found.record()["at"] == found.at


def test_members_and_tokens_are_numbered():
    found = counterexample(r"w_{i,t} = w_{j,t}", where=[
        r"w_{i,t} \doteq \pi_\theta(o_{i,t}|q,o_{i,<t}) / \pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})"])
    assert {found.at[name] for name in ("i", "j", "t")} <= {"1", "2", "3", "4"}
    assert found.at["i"] != found.at["j"]
    assert all(place.startswith("o_") for place in found.at["a_{1:G}"].split(", "))
    assert {found.lhs, found.rhs} <= set(found.values["w_{i,t}"])
    assert len(found.values["w_{i,t}"]) == found.group * max(map(len, found.sequences))


def test_a_symbol_that_only_an_assumption_names_has_its_value():
    found = counterexample(r"\pi_\theta(a|s) = \pi_\theta(b|s)", assume=[r"k > 1", r"A(s,a) = k\, r(s,a)"])
    factor = Fraction(found.values["k"][0])
    assert factor > 1
    assert [Fraction(x) for x in found.values["A(s, a)"]] == [factor * Fraction(x) for x in found.values["r(s, a)"]]


def test_what_is_defined_has_its_value():
    found = counterexample(r"\rho(a) = 1", where=[RATIO])
    current, old = (found.values[name] for name in (r"\pi_\theta", r"\pi_{\theta_{\text{old}}}"))
    ratios = [Fraction(x) / Fraction(y) for x, y in zip(current, old, strict=True)]
    assert [Fraction(x) for x in found.values[r"\rho(a)"]] == ratios
    assert Fraction(found.lhs) == ratios[int(found.at["a"].removeprefix("a_")) - 1]


def test_a_definition_within_a_definition_has_its_value():
    found = counterexample(r"m(a) = 1", where=[RATIO, r"m(a) \doteq \rho(a)^2"])
    assert [Fraction(x) for x in found.values["m(a)"]] == [Fraction(x) ** 2 for x in found.values[r"\rho(a)"]]


def test_a_statistic_of_the_group_stands_where_the_claim_does():
    found = counterexample(r"r_1 = \bar r", where=[r"\bar r \doteq \frac{1}{G}\sum_{j=1}^G r_j"])
    assert found.values["G"] == [str(found.group)]
    assert found.values[r"\bar{r}"] == [found.rhs]
    assert len(found.at["a_{1:G}"].split(", ")) == found.group


def test_where_a_definition_has_no_value_it_says_so():
    found = counterexample(r"u \cdot \mathbf{1}[f(a) > 0] = \log f(a) \cdot \mathbf{1}[f(a) > 0]",
                           where=[r"m(a) \doteq \log f(a)"])
    assert "m(a)" not in found.values  # nothing uses it
    found = counterexample(r"m(a) = 0", where=[r"m(a) \doteq \log f(a)"])
    assert any(value != "undefined" for value in found.values["m(a)"])
