r"""A formula at a brace, \underbrace{X}_{f}, names what the brace holds: what is said holds or fails without it."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

OLD = r"\mathbb{E}_{a\sim\pi_{\text{old}}(\cdot|s)}"


@pytest.mark.parametrize(("text", "status"), [
    (r"\underbrace{u + v}_{w} = v + u", "proved"), (r"\underbrace{u + v}_{w} = v - u", "refuted"),
    (r"u + u = \overbrace{2 u}^{f(u)}", "proved"), (r"u + u = \underbrace{2 u}_{\text{the term } f(u)}", "proved"),
    (r"\underbrace{u + u}_{w} = w", "undecided"), (r"u + u = \underbrace{3 u}_{-v}", "undecided"),
    (r"u + u = \underbrace{2 u}_{-v}", "proved"), (r"u + u = \underbrace{2 u}_{\text{if } w}", "unread"),
    (r"u + v = \underbrace{\rho}_{u/v}", "undecided"), (r"w = \underbrace{h(s)}_{h(s) + 1} = 2", "unread"),
    (rf"{OLD}[\underbrace{{\rho}}_{{w}}] = 1", "proved"),
    (rf"{OLD}[\underbrace{{\rho}}_{{\pi_{{\text{{old}}}}/\pi_\theta}}] = 1", "undecided")])
def test_a_name_at_a_brace(text: str, status: str) -> None:
    assert prove(text).status == status


@pytest.mark.parametrize("script", ["_{i}", "_{\\text{old}}"])
def test_two_names_at_one_brace_are_ill_formed(script: str) -> None:
    whole = r"\underbrace{u + v}_{\text{sum}} z"
    assert prove(f"{whole} = {whole}").status == "proved"
    assert prove(f"{whole} = {whole.replace('_', script + '_', 1)}").status == "ill-formed"


def test_the_verdict_says_what_was_passed_over() -> None:
    assert prove(r"u + u = \underbrace{2 u}_{w}").reason.endswith("; not checked is what names a part at a brace: w")


def test_what_the_text_defines_is_but_a_name_at_a_brace() -> None:
    text = r"\underbrace{3 u}_{h(u)} + h(u) = 5 u"
    assert prove(text, ["h(u) = 2 u"]).status == "proved"
    assert prove(text.replace("5", "6"), ["h(u) = 2 u"]).status == "refuted"
    assert prove(text).status == "undecided"


@pytest.mark.parametrize(("text", "status", "lore"), [
    (r"u - \underbrace{v - w}_{\text{rest}} = u - v + w", "proved", 0),
    (r"u - \underbrace{v - w}_{\text{rest}} = u - v - w", "proved", 1),
    (r"u - \underbrace{v - w}_{\text{rest}} = u + v + w", "refuted", 0),
    (r"u - \underbrace{v - w}_{= 0} = u - v - w", "refuted", 0),
    (r"u - \underbrace{v w}_{\text{rest}} = u + v w", "refuted", 0)])
def test_a_sum_at_a_brace_after_a_minus_sign_may_stand_in_no_brackets(text: str, status: str, lore: int) -> None:
    found = prove(text)
    assert (found.status, len(found.lore)) == (status, lore)


@pytest.mark.parametrize(("text", "status"), [
    (r"u + v = u + \lambda v, \quad \text{take } \lambda = 1", "proved"),
    (r"u + v = u + \lambda v, \quad \text{取 } \lambda = 2", "refuted"),
    (r"u + v = u + \lambda_1 v, \quad \text{take } \lambda = 1", "unread"),
    (r"f(\lambda) = u + \lambda v, \quad \text{set } \lambda = 2", "unread"),
    (r"u + v = u + v, \quad \text{take } \lambda = 1", "unread")])
def test_a_number_that_a_text_sets_at_its_end(text: str, status: str) -> None:
    assert prove(text).status == status


def test_a_number_that_is_set_is_set_in_its_text_alone() -> None:
    text = r"\[ h(u) = \lambda u, \quad \text{take } \lambda = 1 \] \[ h(u) = u \] \[ \lambda u = u \]"
    found = [one.status for one in check_read(read_records(tex_records(text)), 2.0)]
    assert found == ["definition", "proved", "refuted"]


def test_a_loss_with_more_than_a_name_at_a_brace_is_defined_and_not_read() -> None:
    text = r"\mathcal{L}_{\text{X}}(\theta) = \underbrace{h(s)}_{\phi(s) \text{ detached}} \nabla_\theta u"
    assert prove(text).status == "definition"
    assert prove(text.replace(r"\mathcal{L}_{\text{X}}(\theta)", "w")).status == "unread"
