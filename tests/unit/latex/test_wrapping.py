"""Signs of a display and marks of a quotation are no part of a statement; a sign that relates stays one."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.parsing.wrapping import unwrapped

PAIRS = ((r"\[", r"\]"), (r"\(", r"\)"), ("$$", "$$"), ("$", "$"))


@pytest.mark.parametrize(("opening", "closing"), PAIRS)
@pytest.mark.parametrize(("text", "status"), [("c + 1 > c", "proved"), ("c > c + 1", "refuted"),
                                              (r"\begin{aligned} c &= c \\[4pt] &= c \end{aligned}", "proved")])
def test_signs_of_a_display_are_passed_over(opening: str, closing: str, text: str, status: str) -> None:
    assert prove(opening + text + closing).status == status
    assert prove(f" {opening} {text} {closing}. ").status == status
    assert prove("u = c", [f"{opening} u \\doteq c {closing}"], let=[f"{opening}c > 0{closing}"]).status == "proved"


@pytest.mark.parametrize("text", ["$c$ = $c$", r"\[ c = c", r"c = c \]", r"\[ c = c $$", r"\[ c \] = \[ c \]",
                                  "$c = c$$"])
def test_signs_that_are_no_pair_around_the_whole_are_not(text: str) -> None:
    assert prove(text).status in ("unread", "ill-formed")


def test_places_stay_what_they_are() -> None:
    assert prove(r"\[ c + \foo \]").position == prove(r"   c + \foo").position
    assert len(unwrapped("> c\n> = c")) == len("> c\n> = c")


@pytest.mark.parametrize(("text", "status"), [
    ("> c + 1\n> = c + 1", "proved"), ("> c + 1\n>\n> = c", "refuted"), ("> c + 1\n> > c", "proved"),
    ("> c\n> > c + 1", "refuted"), ("> c + 1 > = 1 + c >", "proved"), ("> c + 1 > = c >", "refuted"),
    ("  > c + 1 = c + 1\n  > = 1 + c", "proved")])
def test_marks_of_a_quotation_are_passed_over(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("text", [
    "> c + 1\n= c + 1", "> c + 1", "> c + 1 > c", "> c + 1 > c >", "c + 1 > = c >", "> c + 1 > = c", "c + 1 > = c",
    "> c + 1\n > c\n = 2"])
def test_a_sign_that_may_relate_is_no_mark(text: str) -> None:
    assert prove(text).status in ("unread", "ill-formed")
    assert unwrapped(text) == text


def test_a_line_that_begins_with_a_relation_keeps_it() -> None:
    assert prove("c + 1\n> c").status == "proved"
    assert prove("c\n> c + 1").status == "refuted"


@pytest.mark.parametrize("name", [r"\mathcal{D}_{KL}", r"\mathcal{D}_{\text{KL}}", r"\mathbf{D}_{\mathrm{KL}}"])
def test_a_divergence_in_any_font(name: str) -> None:
    assert prove(rf"{name}(\pi_\theta \| \pi_{{\text{{ref}}}}) \geq 0").status == "proved"
    assert prove(rf"{name}[\pi_\theta \| \pi_{{\text{{ref}}}}] \leq 0").status == "refuted"
    assert prove(rf"{name}(\pi_\theta \| \pi_\theta) = \mathbb{{E}}_{{x\sim\mathcal{{D}}}}[0]").status == "proved"


@pytest.mark.parametrize("label", ["iid", "i.i.d.", r"\text{iid}", r"\mathrm{i.i.d.}"])
def test_independent_draws_may_say_so(label: str) -> None:
    mean = (r"\mathbb{E}_{b_1,\dots,b_K \overset{%s}{\sim} \mu}[\frac1K\sum_{k=1}^K f(b_k)]"
            r" = \mathbb{E}_{b\sim\mu}[f(b)]")
    assert prove(mean % label).status == "proved"
    assert prove(mean % r"\text{w.p.}").status == "unread"
    assert prove((mean % label).replace("frac1K", "frac2K")).status == "refuted"
