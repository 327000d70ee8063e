"""Groups of any size and any index: each letter reads as G and i do, and a text that bends one is not proved."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.checking.texts import verdict_on
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records
from grpo_symbolic.latex.statement.reader import read_statement

MEAN = (r"\mathbb{E}_{%s \sim \mu(\cdot|h)}\Big[\frac{1}{%s}\sum_{%s=1}^{%s} f(b_%s)\Big] "
        r"= \mathbb{E}_{b\sim\mu(\cdot|h)}[f(b)]")
FORMS = (r"\{b_%(index)s\}_{%(index)s=1}^{%(size)s}", r"b_{1:%(size)s}", r"b_1, \dots, b_%(size)s",
         r"b_1, b_2, \ldots, b_%(size)s", r"\{b_1, \dots, b_%(size)s\}")


def mean(form: str, size: str, index: str, divisor: str = "", end: str = "") -> str:
    group = form % {"index": index, "size": size}
    return MEAN % (group, divisor or size, index, end or size, index)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("size", "index"), [("G", "i"), ("K", "k"), ("M", "j"), ("B", "l"), ("n", "i"), ("N", "m")])
def test_the_mean_of_a_group_is_that_of_one(form: str, size: str, index: str) -> None:
    assert read_statement(mean(form, size, index)).claims == read_statement(mean(FORMS[0], "G", "i")).claims
    assert prove(mean(form, size, index)).status == "proved"


@pytest.mark.parametrize(("divisor", "end"), [("(K-1)", ""), ("K^2", ""), ("N", ""), ("", "N"), ("", "K-1"),
                                              ("G", "G")])
def test_another_divisor_or_end_is_not_proved(divisor: str, end: str) -> None:
    assert prove(mean(FORMS[0], "K", "k", divisor, end)).status in ("refuted", "undecided", "unread")


def test_a_baseline_with_the_own_sample_costs_one_part_of_the_size() -> None:
    where = [r"\bar r = \frac1K \sum_{j=1}^K r_j"]
    left = (r"\mathbb{E}_{\{y_k\}_{k=1}^K\sim\pi_\theta(\cdot|x)}[\frac1K\sum_{k=1}^K \nabla_\theta"
            r"\log\pi_\theta(y_k|x)(r_k - \bar r)] = %s\nabla_\theta\mathbb{E}_{y\sim\pi_\theta(\cdot|x)}[r(x,y)]")
    assert prove(left % r"\frac{K-1}{K}", where).status == "proved"
    assert prove(left % "", where).status == "refuted"


def test_words_keep_the_letter() -> None:
    text = r"\mathbb{E}_{\{y_k\}_{k=1}^K\sim\pi_\theta(\cdot|x)}[D_{KL}(\pi_\theta\|\pi_{ref})] \geq 0"
    assert prove(text).status == "proved"


def test_a_verdict_speaks_in_the_letters_of_the_text() -> None:
    found = prove(r"\mathbb{E}_{b_{1:K}\sim\mu(\cdot|h)}[K f(b_1)] = \mathbb{E}_{b\sim\mu(\cdot|h)}[f(b)]")
    assert found.status == "refuted"
    assert found.counterexample.values["K"] == ["2"]
    assert "G" not in found.counterexample.values
    assert {one.symbol for one in found.read_as} >= {"K", "b", "h", "f"}
    assert "a_{1:K}" in prove(mean(FORMS[0], "K", "k").replace("k=1}^{K}", "k=0}^{K}")
                              + r", \operatorname{mean}(\{r_k\}_{k=1}^K) = 0").reason


@pytest.mark.parametrize("group", [
    r"\{b_k\}_{k=1}^{K},\, \{c_j\}_{j=1}^{M}", r"\{b_k\}_{k=0}^{K}", r"\{b_k\}_{k=1}^{K-1}", r"\{b_k\}_{j=1}^{K}",
    r"b_{1:T}", r"b_2, \dots, b_K", r"b_1, \dots, c_K", r"b_1, b_3, \dots, b_K", r"\{b_t\}_{t=1}^{K}",
    r"\{b_k\}", r"\{b_1, \dots, c_K\}", r"\{b_1, \dots, b_K, c\}", r"\{b_1; \dots, b_K\}"])
def test_what_is_no_group_of_one_size_is_unread(group: str) -> None:
    assert prove(MEAN % (group, "K", "k", "K", "k")).status == "unread"


def test_a_sequence_up_to_a_token_is_no_group() -> None:
    text = r"\mathbb{E}_{y_{1:n}\sim\pi_\theta(\cdot|x)}[\sum_{t=1}^n \log\pi_\theta(y_t|x,y_{<t})] = 0"
    assert prove(text).status == "unread"


def statuses(*displays: str) -> list[str]:
    text = "\n".join(rf"\[ {one} \]" for one in displays)
    return [verdict_on(found).status for _, found in read_records(tex_records(text))]


BASELINE = r"\bar r = \frac1K \sum_{j=1}^K r_j"
CENTRED = r"\mathbb{E}_{\{y_k\}_{k=1}^K\sim\pi_\theta(\cdot|x)}[\sum_{k=1}^K (r_k - \bar r)] = 0"


def test_a_document_has_one_size_for_its_definitions() -> None:
    assert statuses(BASELINE, CENTRED) == ["definition", "proved"]
    other = CENTRED.replace("k", "i").replace("K", "G")
    assert statuses(BASELINE, CENTRED, other) == ["definition", "proved", "undecided"]


def test_two_groups_of_one_size_are_independent() -> None:
    left = r"\mathbb{E}_{b_1,\dots,b_K\sim\mu(\cdot|h),\, c_1,\dots,c_%s\sim\mu(\cdot|h)}[f(b_1) f(c_1)]"
    right = r"\Big(\mathbb{E}_{b\sim\mu(\cdot|h)}[f(b)]\Big)^2"
    assert prove(f"{left % 'K'} = {right}").status == "proved"
    assert prove(f"{left % 'M'} = {right}").status == "unread"
    assert prove(f"{left % 'K'} = " + r"\mathbb{E}_{b\sim\mu(\cdot|h)}[f(b)^2]").status == "refuted"
