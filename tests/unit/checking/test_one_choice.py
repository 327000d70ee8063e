r"""One choice of standard readings for all statements of a document; who holds under another one says so."""

from __future__ import annotations

import itertools
import random

import pytest
from verdicts import check_read

from grpo_symbolic.checking.choices import DISCOUNTED, UNDISCOUNTED, choices
from grpo_symbolic.checking.one_choice import settled
from grpo_symbolic.checking.verdict import Standard, Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

FACTOR = r"\frac{1}{1-\gamma} "
NORMALISED, SUMMED = r"d^\pi(s) = (1-\gamma) \sum_k", r"d^\pi(s) = \sum_k"
RETURNS = r"J(\pi) = <f>\sum_s d^{\pi}(s) \sum_a \pi(a|s) r(s,a)"
DIFFERENCE = r"J(\pi') - J(\pi) - \gamma c = <f>\sum_s d^{\pi'}(s) \sum_a \pi'(a|s) A^\pi(s,a) - \gamma c"
GRADIENT = (r"\nabla_\theta J(\theta) = <f>\sum_s d^{\pi_\theta}(s) \sum_a \pi_\theta(a|s) Q^{\pi_\theta}(s,a) "
            r"\nabla_\theta \log \pi_\theta(a|s)")
BELLMAN = r"V^\pi(s) = \sum_a \pi(a|s) \left(r(s,a) + \gamma \sum_{s'} P(s'|s,a) V^\pi(s')\right)"
TO_GO = (r"\nabla_\theta J(\theta) = \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{H} "
         r"\nabla_\theta \log \pi_\theta(a_t|s_t) \sum_{k=t}^{H} r(s_k,a_k)]")


def found(*statements):
    """The verdicts on the displays of one document."""
    text = "\n".join(rf"\[ {one} \]" for one in statements)
    return list(settled(check_read(read_records(tex_records(text)), 10.0), lambda _: "paper.tex"))


def test_what_holds_only_under_another_weight_of_visited_states_is_undecided():
    first, second, third = found(RETURNS.replace("<f>", FACTOR), GRADIENT.replace("<f>", FACTOR),
                                 DIFFERENCE.replace("<f>", ""))
    assert [one.status for one in (first, second, third)] == ["proved", "proved", "undecided"]
    assert NORMALISED in third.reason
    assert SUMMED in third.reason


def test_most_statements_choose_and_not_the_first():
    statuses = [one.status for one in found(DIFFERENCE.replace("<f>", ""), GRADIENT.replace("<f>", FACTOR),
                                            RETURNS.replace("<f>", FACTOR))]
    assert statuses == ["undecided", "proved", "proved"]


def test_alone_each_holds_under_its_own():
    assert [found(DIFFERENCE.replace("<f>", one))[0].status for one in ("", FACTOR)] == ["proved", "proved"]


def test_a_statement_that_prints_whether_steps_are_discounted_keeps_its_verdict_and_names_the_others():
    *_, last = found(BELLMAN, TO_GO)
    assert last.status == "proved"
    assert f"{UNDISCOUNTED} here, while elsewhere in this document {DISCOUNTED}" in last.reason


def test_one_objective_is_not_discounted_and_undiscounted_in_one_document():
    both = found(GRADIENT.replace("<f>", FACTOR), TO_GO)
    assert [one.status for one in both] == ["undecided", "undecided"]
    assert r"J(\theta) = \mathbb{E}[\sum_k r(s_k,a_k)]" in both[0].reason
    assert r"J(\theta) = \mathbb{E}[\sum_k \gamma^k r(s_k,a_k)]" in both[0].reason


def test_of_an_objective_that_the_document_says_no_other_is_proved():
    *_, last = found(RETURNS.replace("<f>", FACTOR), TO_GO)
    assert last.status != "proved"


def verdict(choice):
    """A verdict that is proved under one way to weight visited states, and only there; or anything."""
    if choice is None:
        return Verdict("proved", "")
    formula, number = (NORMALISED, 0) if choice else (SUMMED, 1)
    return Verdict("proved", "", lore=(Standard("values over time", formula, number, ((1 - number, "refuted"),)),))


@pytest.mark.parametrize("seed", range(200))
def test_no_two_statements_of_a_document_are_proved_under_different_choices(seed):
    dice = random.Random(seed)
    drawn = [dice.choice((None, None, True, True, False)) for _ in range(dice.randint(1, 12))]
    names = sorted(dice.choice(("a.tex", "b.tex", None)) or "" for _ in drawn)
    said = list(settled(map(verdict, drawn), lambda place: names[place] or None))
    assert len(said) == len(drawn)
    for name, group in itertools.groupby(range(len(drawn)), key=names.__getitem__):
        places = list(group)
        kept = {drawn[place] for place in places if said[place].status == "proved"} - {None}
        assert len(kept) <= 1 or not name
        wanted = [drawn[place] for place in places if drawn[place] is not None]
        if name and wanted:
            assert kept == {one for one in wanted if wanted.count(one) * 2 > len(wanted)}
        if not name:
            assert all(said[place].status == "proved" for place in places)


def test_what_chooses_nothing_is_said_at_once():
    asked = []

    def verdicts():
        for choice in (None, None, True, None):
            asked.append(choice)
            yield verdict(choice)

    stream = settled(verdicts(), lambda _: "paper.tex")
    next(stream)
    assert len(asked) == 1
    assert not list(choices(verdict(None)))
    assert len(list(stream)) == 3
