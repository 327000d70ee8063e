"""The mutation suite: a part of it that takes seconds, what it lists, and the figure that the documentation shows."""

import re
from collections import Counter
from functools import cache

import mutations
import pytest
from mutation_equivalents import REASONS, UNKNOWN, entries, left_open, listed, topics
from mutation_rules import mutants
from mutation_statements import content, settled, stated, topic_of
from mutations import claims
from places import ROOT
from seeds import some

from grpo_symbolic.checking.bends import RULES
from grpo_symbolic.checking.check import check_claim
from grpo_symbolic.language import (
    KL,
    AtOld,
    BigO,
    Clip,
    Frac,
    Gradient,
    Hessian,
    Indicator,
    Neg,
    Num,
    StopGradient,
    stops,
)
from grpo_symbolic.objectives import objectives
from grpo_symbolic.paper.claims import CLAIMS
from grpo_symbolic.paper.notation import group, i, old_s, pi_old, pi_theta, s, theta_s

pytestmark = pytest.mark.long

PAGE = ROOT / "docs" / "mutations.md"
EVERY, EVERY_TRUE = 120, 40
member, old_member = pi_theta(group[i], s), pi_old(group[i], s)
SLOW = "derivations/the-clipped-objective-at-θ_old"


@cache
def bent():
    """Every mutant of every statement, by name and label."""
    return {(name, label): mutant for name, claim in claims().items() for label, mutant in mutants(claim)}


@cache
def counts():
    """How many mutants each statement has."""
    return Counter(name for name, _ in bent())


@cache
def tried():
    """The mutants that are tried here: one in so many, and one in so many of those that are true.

    Of these a third, in which every rule has bent something, and every topic has something true and something false.
    """
    found = {}
    for topic in topics():
        every = [key for key in bent() if topic_of(key[0]) == topic]
        true = [key for key in every if key in listed() and key[0] != SLOW]
        found |= dict.fromkeys(every[::EVERY] + true[::EVERY_TRUE])
    return some(0, found, lambda key: (key[1].split()[0], (topic_of(key[0]), key in listed())))


def part(topic):
    """The mutants of a topic that are tried here."""
    return [key for key in tried() if topic_of(key[0]) == topic]


def test_every_statement_is_bent_in_at_least_twelve_ways():
    assert len(claims()) > 240
    assert min(counts()[name] for name in claims()) >= 12


def test_every_topic_has_its_file():
    assert set(topics()) == set(map(topic_of, claims()))


def test_whatever_the_project_states_is_bent():
    """The paper's claims, those of the objectives and the table of estimators; what is said twice, once."""
    names = {claim.id for claim in CLAIMS} | {f"{one.id}/{fact.id}" for one in objectives() for fact in one.facts}
    assert names <= {name.removeprefix("claims/") for name, _ in stated()}
    assert {content(settled(claim)) for _, claim in stated()} == set(map(content, claims().values()))


def test_every_rule_bends_something():
    assert {label.split()[0] for _, label in bent()} == {rule.__name__ for rule in RULES}


def test_no_mutant_is_the_statement_itself_nor_another_mutant():
    found = {name: [claim.relation] for name, claim in claims().items()}
    for (name, _), mutant in bent().items():
        found[name].append(mutant.relation)
    assert all(len(set(relations)) == len(relations) for relations in found.values())


def test_what_is_listed_exists_once():
    found = [(name, label) for name, label, _ in entries()]
    assert found
    assert set(found) <= bent().keys()
    assert len(set(found)) == len(found)
    assert {known for *_, known in entries()} == {*REASONS, UNKNOWN}


def speaks_of(*kinds):
    return lambda claim, _: any(isinstance(part, kinds) for part in claim.relation.walk())


@cache
def refuted(claim):
    return check_claim(claim, spot=False).status == "refuted"


# What a claim, or the rule that bends it, must have for a reason to be one.
NEEDS = {
    "ASSUMED": lambda claim, _: claim.assume,
    "AT_OLD": lambda claim, _: claim.at_old or speaks_of(AtOld)(claim, _),
    "CONSTANT": speaks_of(Gradient, Hessian),
    "COMPARED": speaks_of(Indicator),
    "MENDED": lambda claim, _: refuted(claim),
    "ORDER": speaks_of(BigO),
    "SAMPLES": lambda _, rule: rule == "index_range",
    "SPARE": lambda claim, _: claim.relation.op != "=",
    "STOPPED": speaks_of(StopGradient),
}


def test_a_reason_is_one_that_the_statement_allows():
    for name, label, known in entries():
        assert NEEDS.get(known, lambda *_: True)(claims()[name], label.split()[0]), (name, label, known)


@pytest.mark.parametrize("topic", topics())
def test_a_part_of_the_mutants_is_decided_as_the_whole_is(topic):
    assert part(topic)
    for name, label in part(topic):
        found = mutations.outcome(claims()[name], name, label, bent()[name, label], budget=2.0).status
        if found == "undecided" and (name, label) not in left_open():
            # what is decided has the time a busy machine needs; what is open would use up whatever it is given
            found = mutations.outcome(claims()[name], name, label, bent()[name, label], budget=60.0).status
        expected = ("equivalent" if (name, label) in listed() else "undecided" if (name, label) in left_open()
                    else "refuted")
        assert found == expected, (name, label, bent()[name, label].relation)


def test_a_true_mutant_that_is_not_listed_is_noticed():
    claim = claims()["displays/eq07"]
    assert mutations.outcome(claim, "displays/eq07", "none 1", claim).status == "proved"


def test_a_false_mutant_that_is_listed_as_true_is_noticed(monkeypatch):
    monkeypatch.setattr(mutations, "listed", lambda: {("displays/eq07", "sign 1"): "SPARE"})
    name, mutant = "displays/eq07", bent()["displays/eq07", "sign 1"]
    assert mutations.outcome(claims()[name], name, "sign 1", mutant).status == "astray"


def test_an_inequality_may_change_its_sides_and_an_equation_may_not():
    bound, name = claims()["claims/claim03-bound"], ("claims/claim03-bound", "divergence 2")
    assert mutations.still_true(bound, bent()[name], "SPARE")
    assert not mutations.still_true(bound, bent()[name], "ZERO")
    assert not mutations.still_true(claims()["displays/eq07"], bent()["displays/eq07", "sign 1"], "SPARE")


@pytest.mark.parametrize(("name", "rule", "expected"), [
    ("displays/eq13", "remainder", lambda relation: any(isinstance(part, BigO) and part.order == 4
                                                        for part in relation.walk())),
    ("displays/eq12", "divergence", lambda relation: any(isinstance(part, KL) and part.args == (theta_s, old_s)
                                                         for part in relation.walk())),
    ("displays/eq07", "fraction", lambda relation: any(isinstance(part, Frac) and part.args == (old_member, member)
                                                       for part in relation.rhs.walk())),
    (SLOW, "region", lambda relation: not any(isinstance(part, Clip) for part in relation.walk())),
    ("field/stopped-ratio", "stop_gradient", lambda relation: not stops(relation)),
    ("field/mean-under-a-group", "index_range", lambda relation: Neg(Num(1)) in relation.walk()),
    ("displays/eq13", "factor", lambda relation: Frac(Num(1), Num(3)) in relation.walk())])
def test_the_mistakes_that_are_easily_made_are_among_the_mutants(name, rule, expected):
    """The order of a remainder, swapped arguments, 1/ρ, no clip, no stop-gradient, a range one short, ⅓ for ½."""
    assert any(expected(mutant.relation) for (one, label), mutant in bent().items()
               if one == name and label.split()[0] == rule)


def table():
    """The numbers of the page: for each topic statements, mutants, equivalent, refuted and undecided ones."""
    rows = re.findall(r"^\| ([^|]+) " + 5 * r"\| (\d+) " + r"\|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {name: tuple(map(int, numbers)) for name, *numbers in rows}


def by_topic(names):
    """How many of the names each topic has."""
    return Counter(map(topic_of, names))


def test_the_page_shows_the_statements_and_mutants_that_there_are():
    keys = claims(), [name for name, _ in bent()], [name for name, _ in listed()], [name for name, _ in left_open()]
    statements, mutants_, true, unknown = map(by_topic, keys)
    assert {topic: (row[0], row[1], row[2], row[4]) for topic, row in table().items()} == {
        topic: (statements[topic], mutants_[topic], true[topic], unknown[topic]) for topic in statements}


def test_the_figure_of_the_page_is_that_of_its_table():
    total = Counter()
    for _, mutants_, true, refuted, unknown in table().values():
        assert true + refuted + unknown == mutants_
        total += Counter(equivalent=true, refuted=refuted, undecided=unknown)
    assert mutations.figure(total) in " ".join(PAGE.read_text(encoding="utf-8").split())
    assert mutations.share(total) >= mutations.LEAST_REFUTED


def test_the_page_names_every_rule_and_every_reason():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    for rule in RULES:
        assert f"| `{rule.__name__}` | {' '.join(rule.__doc__.split()).rstrip('.')} |" in text
    for reason in REASONS.values():
        assert reason in text
