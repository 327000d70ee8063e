"""The mutation suite: a part of it that takes seconds, what it lists, and the figure that the documentation shows."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import mutations
import pytest
from mutation_rules import RULES, mutants
from mutation_statements import statements

from grpo_symbolic.language import KL, BigO, Clip, Frac, Neg, Num
from grpo_symbolic.paper.notation import group, i, old_s, pi_old, pi_theta, s, theta_s

PAGE = Path(__file__).parent.parent / "docs" / "mutations.md"
EVERY = 24
member, old_member = pi_theta(group[i], s), pi_old(group[i], s)
SLOW = "the-clipped-objective-at-θ_old"


@cache
def claims():
    return statements()


@cache
def bent():
    """Every mutant of every statement, by name and label."""
    return {(name, label): mutant for name, claim in claims().items() for label, mutant in mutants(claim)}


@cache
def counts():
    """How many mutants each statement has."""
    return Counter(name for name, _ in bent())


def part():
    """The mutants that are tried here: every one in so many, and every one in ten of those that are true."""
    true = [key for key in mutations.listed() if key[0] != SLOW]
    return list(bent())[::EVERY] + true[::10]


def test_every_statement_is_bent_in_at_least_twelve_ways():
    assert len(claims()) > 50
    assert min(counts()[name] for name in claims()) >= mutations.LEAST_WAYS


def test_every_rule_bends_something():
    assert {label.split()[0] for _, label in bent()} == {rule.__name__ for rule in RULES}


def test_no_mutant_is_the_statement_itself_nor_another_mutant():
    for name, claim in claims().items():
        found = [claim.relation, *(mutant.relation for key, mutant in bent().items() if key[0] == name)]
        assert len(set(found)) == len(found)


def test_what_is_listed_exists_once():
    true, unknown = set(mutations.listed()), mutations.left_open()
    assert true | unknown <= bent().keys()
    assert not true & unknown


def test_a_part_of_the_mutants_is_decided_as_the_whole_is():
    for name, label in part():
        found = mutations.outcome(claims()[name], name, label, bent()[name, label], budget=4.0).status
        expected = "equivalent" if (name, label) in mutations.listed() else "undecided" if (
            name, label) in mutations.left_open() else "refuted"
        assert found == expected, (name, label, bent()[name, label].relation)


def test_a_true_mutant_that_is_not_listed_is_noticed():
    claim = claims()["eq07"]
    assert mutations.outcome(claim, "eq07", "none 1", claim).status == "WRONG"


def test_a_false_mutant_that_is_listed_as_true_is_noticed(monkeypatch):
    monkeypatch.setattr(mutations, "EQUIVALENT", {"eq07": {mutations.SPARE: "sign 1"}})
    assert mutations.outcome(claims()["eq07"], "eq07", "sign 1", bent()["eq07", "sign 1"]).status == "WRONG"


@pytest.mark.parametrize(("name", "expected"), [
    ("eq13", lambda relation: any(isinstance(part, BigO) and part.order == 4 for part in relation.walk())),
    ("eq12", lambda relation: any(isinstance(part, KL) and part.args == (theta_s, old_s) for part in relation.walk())),
    ("eq07", lambda relation: any(isinstance(part, Frac) and part.args == (old_member, member)
                                  for part in relation.rhs.walk())),
    (SLOW, lambda relation: not any(isinstance(part, Clip) for part in relation.walk())),
    ("stopped-ratio", lambda relation: "StopGradient" not in str(relation)),
    ("mean-under-a-group", lambda relation: Neg(Num(1)) in relation.walk()),
    ("eq13", lambda relation: Frac(Num(1), Num(3)) in relation.walk())])
def test_the_mistakes_that_are_easily_made_are_among_the_mutants(name, expected):
    """The order of a remainder, swapped arguments, 1/ρ, no clip, no stop-gradient, a range one short, ⅓ for ½."""
    assert any(expected(mutant.relation) for key, mutant in bent().items() if key[0] == name)


def table():
    """The numbers of the page: for each statement mutants, equivalent, refuted and undecided ones."""
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


def test_the_page_shows_the_statements_and_mutants_that_there_are():
    true, unknown = (Counter(name for name, _ in keys) for keys in (mutations.listed(), mutations.left_open()))
    assert {name: (row[0], row[1], row[3]) for name, row in table().items()} == {
        name: (counts()[name], true[name], unknown[name]) for name in claims()}


def test_the_figure_of_the_page_is_that_of_its_table():
    total = Counter()
    for mutants_, true, refuted, unknown in table().values():
        assert true + refuted + unknown == mutants_
        total += Counter(equivalent=true, refuted=refuted, undecided=unknown)
    assert mutations.figure(total) in " ".join(PAGE.read_text(encoding="utf-8").split())
    assert mutations.share(total) >= mutations.LEAST_REFUTED


def test_the_page_names_every_rule_and_every_reason():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    for rule in RULES:
        assert f"`{rule.__name__}`" in text
    for reason in {reason for reasons in mutations.EQUIVALENT.values() for reason in reasons}:
        assert reason in text
