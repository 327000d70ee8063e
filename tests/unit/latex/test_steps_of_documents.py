r"""Quantities of steps that a document defines, in words or in a display, serve its equations between steps."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

ERROR = r"where $\delta_t = r_t + \gamma \hat{V}(s_{t+1}) - \hat{V}(s_t)$ is the TD residual."
GAE = r"\[ \hat{A}_t^{\text{GAE}(\gamma, \lambda)} = \sum_{l=0}^{\infty} (\gamma\lambda)^l \delta_{t+l} \]"
TELESCOPED = (r"\sum_{k=0}^{n-1} \gamma^k \delta_{t+k} &= \sum_{k=0}^{n-1} \gamma^k r_{t+k} + \sum_{k=0}^{n-1} "
              r"\gamma^{k+1} \hat{V}(s_{t+k+1}) - \sum_{k=0}^{n-1} \gamma^k \hat{V}(s_{t+k}) \\ &= "
              r"\sum_{k=0}^{n-1} \gamma^k r_{t+k} + \gamma^n \hat{V}(s_{t+n}) - \hat{V}(s_t)")
STEP = r"\hat{A}_t^{\text{GAE}} = \delta_t + \gamma\lambda \hat{A}_{t+1}^{\text{GAE}}"


def last(before: str, text: str) -> str:
    """The verdict on the last display of a document."""
    records = read_records(tex_records(rf"{before} Then \begin{{align*}} {text} \end{{align*}}"))
    return list(check_read(records, budget=5.0))[-1].status


@pytest.mark.parametrize(("before", "text", "printed", "bent"), [
    (ERROR, TELESCOPED, r"\gamma^n \hat{V}", r"\gamma^{n-1} \hat{V}"), (ERROR, TELESCOPED, r"{k+1}", "{k}"),
    (ERROR, TELESCOPED, r"\hat{V}(s_{t+n})", r"V(s_{t+n})"), (ERROR, TELESCOPED, r"\delta_{t+k}", r"\delta_{t+k+1}"),
    (GAE, STEP, r"\gamma\lambda", r"\gamma"), (GAE + ERROR, STEP, "t+1", "t+2"),
    (GAE + ERROR, STEP, r"\delta_t", r"r_t + \gamma \hat{V}(s_t) - \hat{V}(s_t)")])
def test_what_a_document_defines_serves_its_steps(before: str, text: str, printed: str, bent: str) -> None:
    assert last(before, text) == "proved"
    assert printed in text
    assert last(before, text.replace(printed, bent, 1)) not in ("proved", "ill-formed")


@pytest.mark.parametrize("other", [
    ERROR.replace(r"\hat{V}", "V"), ERROR.replace(r"\gamma ", ""), ERROR.replace("r_t", "r_{t+1}"),
    ERROR.replace(r"\hat{V}(s_{t+1})", "Q(s_{t+1}, a_{t+1})"), r"Let $\delta_t$ be the threshold of step $t$."])
def test_what_a_document_defines_otherwise_is_not_taken_as_usual(other: str) -> None:
    assert last(other, TELESCOPED) != "proved"
    assert last(GAE + other, STEP.replace(r"\delta_t", r"r_t + \gamma \hat{V}(s_{t+1}) - \hat{V}(s_t)")) != "proved"


def test_critics_are_sequences_by_their_own_names() -> None:
    text = r"\delta_t + \gamma\delta_{t+1} = r_t + \gamma r_{t+1} + \gamma^2 V_\phi(s_{t+2}) - V_\phi(s_t)"
    assert prove(text).status != "proved"
    assert prove(text, [r"\delta_t = r_t + \gamma V_\phi(s_{t+1}) - V_\phi(s_t)"]).status == "proved"
    assert prove(text, [r"\delta_t = r_t + \gamma V_\psi(s_{t+1}) - V_\psi(s_t)"]).status != "proved"
