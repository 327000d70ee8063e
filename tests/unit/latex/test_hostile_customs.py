r"""What is false by some reading of its print is not proved by custom, and what is true by another is not refuted."""

from __future__ import annotations

import pytest
from verdicts import check_read, prove

from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

PATHS, SCORE = r"\mathbb{E}_{\tau\sim\pi_\theta}", r"\nabla_\theta\log\pi_\theta(a_t|s_t)"
RETURN = rf"\nabla_\theta {PATHS}[\sum_{{t=0}}^{{T}} r_t]"

TWO_POLICIES = [
    r"\nabla_\theta D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi(\cdot|s)) = 0",
    r"\nabla_\theta(J(\pi_\theta) - \beta D_{\text{KL}}(\pi_\theta\|\pi)) = \nabla_\theta J(\pi_\theta)",
    r"\nabla_\theta (J(\pi_\theta) - J(\pi)) = 0", r"\nabla_\theta J(\pi_\theta) = \nabla_\theta J(\pi)",
    r"\nabla_\theta (V^{\pi_\theta}(s) - V^{\pi}(s)) = 0",
    r"\nabla_\theta \mathbb{E}_{a\sim\pi(\cdot|s)}[\log\frac{\pi_\theta(a|s)}{\pi(a|s)}] = 0",
    r"\nabla_\theta \mathbb{E}_{a\sim\pi}[\log\pi_\theta(a|s)] = -\nabla_\theta H(\pi_\theta(\cdot|s))",
    r"\nabla_\theta \mathbb{E}_{s\sim d_\pi(s)}\mathbb{E}_{a\sim\pi(a|s)}[\frac{\pi_\theta(a|s)}{\pi(a|s)} "
    r"A^\pi(s,a)] = 0",
    r"\nabla_\theta \mathbb{E}_{\tau\sim\pi}[\sum_{t \ge 0} \gamma^t \frac{\pi_\theta(a_t|s_t)}{\pi(a_t|s_t)} "
    r"r(s_t,a_t)] = \nabla_\theta \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t\ge 0} \gamma^t r(s_t,a_t)]"]
NOT_GIVEN = [
    r"\mathbb{E}[r(s,a)+\gamma V(s')|s,a] = r(s,a)+\gamma V(s')", r"\mathbb{E}[Q(s',a')|s,a] = Q(s',a')",
    r"\mathrm{Var}[r(s,a) + \gamma V(s')|s,a] = 0", r"\mathbb{E}[r(x,y')|x,y] = r(x,y')"]
OTHER_LAWS = [
    r"\mathbb{E}_a[\frac{\pi_\theta(a|s)}{q(a|s)}] = \sum_a \frac{\pi_\theta(a|s)^2}{q(a|s)}",
    r"\mathbb{E}_a[\log \mu(a|s)] \le \mathbb{E}_a[\log\pi_\theta(a|s)]",
    r"\mathbb{E}[\sum_{t=0}^{T}\log\frac{\mu(a_t|s_t)}{\pi_\theta(a_t|s_t)}] \leq 0"]
STEPS = [
    r"\sum_{l=0}^{k-1} \gamma^l f(s_{t+l}) = \sum_{l=0}^{k-1} \gamma^l f(a_{t+l})",
    r"\sum_{l=0}^{k-1} \gamma^l b(s_{t+l}) = \sum_{l=0}^{k-1} \gamma^l b_{t+l}",
    r"\sum_{l=0}^{k-1} \gamma^l f(s_{t+l},a_{t+l}) = \sum_{l=0}^{k-1} \gamma^l f(a_{t+l},s_{t+l})",
    r"\sum_{n=0}^{\infty}\lambda^n \sum_{l=2}^{n} r_{t+l} = \sum_{n=0}^\infty \lambda^n\sum_{l=0}^{n} r_{t+l}"
    r" - \sum_{n=0}^\infty\lambda^n (r_t + r_{t+1})"]


@pytest.mark.long
@pytest.mark.parametrize("text", [*TWO_POLICIES, *NOT_GIVEN, *OTHER_LAWS, *STEPS])
def test_what_may_be_false_is_not_proved(text: str) -> None:
    assert prove(text).status != "proved"


@pytest.mark.parametrize(("text", "where", "assume", "let"), [
    (r"\sum_{l=0}^{\infty}\gamma^l r_t = \frac{r_t}{1-\gamma}", [], [r"\gamma = 1"], []),
    (r"\sum_{l=0}^{\infty}\gamma^l r_t = \frac{r_t}{1-\gamma}", [], [], [r"\gamma > 1"]),
    (r"\sum_{l=0}^{\infty}\gamma^l r_{t+l} = r_t + \gamma\sum_{l=0}^{\infty}\gamma^l r_{t+l+1}", [],
     [r"\gamma = 2"], []),
    (r"\sum_{l=0}^{k-1} G_{t+l} = \sum_{l=0}^{k-1} r_{t+l}", ["G_T = r_T"], [], []),
    (r"\nabla_\theta D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi(\cdot|s)) = 0", [r"\pi(a|s) = \mu(a|s)"], [], [])])
def test_what_is_said_beside_a_statement_is_heeded(text: str, where: list[str], assume: list[str], let: list[str]
                                                    ) -> None:
    assert prove(text, where, assume, let=let).status != "proved"


@pytest.mark.parametrize(("words", "text"), [
    (r"Let $\delta_t$ denote the threshold.",
     r"\delta_t + \gamma\delta_{t+1} = r_t + \gamma r_{t+1} + \gamma^2 V(s_{t+2}) - V(s_t)"),
    (r"Define $\delta_t = r_t + \gamma Q(s_{t+1},a_{t+1}) - Q(s_t,a_t)$.",
     r"\sum_{l=0}^{k-1}\gamma^l\delta_{t+l} = \sum_{l=0}^{k-1}\gamma^l r_{t+l} + \gamma^k V(s_{t+k}) - V(s_t)"),
    (r"Let $\pi$ be the reference policy.", r"\nabla_\theta D_{\text{KL}}(\pi_\theta\|\pi) = 0")])
def test_what_a_document_says_in_words_is_heeded(words: str, text: str) -> None:
    records = read_records(tex_records(f"{words} Then\n\\[ {text} \\]\n"))
    assert [verdict.status for verdict in check_read(records, budget=5.0)] != ["proved"]


@pytest.mark.parametrize(("text", "assume"), [
    *((rf"{RETURN} = {PATHS}[\sum_{{t=0}}^{{T}} {SCORE} {later}]", [])
      for later in ("R_t", r"\hat{Q}_t", r"\hat{G}_t", "A_t", r"\Psi_t")),
    *((rf"\mathbb{{E}}_{{{drawn}}}[\sum_{{t=0}}^{{T-1}} {SCORE}] = 0", [])
      for drawn in (r"\xi\sim p(\xi|\theta)", r"\omega\sim p_\theta", r"\zeta\sim\rho_\theta")),
    (r"\sum_{l=0}^{k-1}\gamma^l r_{t+l} = r_t + \gamma r_{t+1}", ["k=2"]),
    (r"\sum_{l=0}^{k-1} b_{t+l} = \sum_{l=0}^{k-1} c_{t+l}", ["b_t = c_t"]),
    (r"2 c_t = \sum_{l=0}^{k} r_{t+l}", []), (r"-b_t = \sum_{l=0}^{k} r_{t+l}", []),
    (r"G_t - V(s_t) = \sum_{k=t}^{T-1}\gamma^{k-t}\delta_k", []),
    (r"G_t = \sum_{l=0}^{n-1} \gamma^l r_{t+l} + \gamma^n V(s_{t+n})", []),
    (r"\sum_{t=0}^{T-1}\gamma^t\sum_{k=t+n}^{T-1} r_k = \sum_{k=n}^{T-1}\sum_{t=0}^{k-n}\gamma^t r_k", []),
    (r"\sum_{t=1}^{T} \gamma^{t} r_t = \sum_{t=2}^{T+1} \gamma^{t-1} r_{t-1}", [])])
def test_what_may_be_true_is_neither_refuted_nor_ill_formed(text: str, assume: list[str]) -> None:
    assert prove(text, assume=assume).status not in ("refuted", "ill-formed")


def test_a_range_that_must_not_be_shorter_than_empty_is_told() -> None:
    found = prove(r"\sum_{l=0}^{k-1}\gamma^l r_{t+l} = r_t + \gamma r_{t+1} + \sum_{l=2}^{k-1}\gamma^l r_{t+l}")
    assert found.status == "proved"
    assert any(one.symbol == "k" and "no range is shorter" in one.why for one in found.read_as)


@pytest.mark.parametrize(("value", "status"), [("1", "undecided"), ("1.5", "undecided"), ("0.9", "proved")])
def test_what_custom_bounds_is_not_proved_where_the_text_gives_it_another_value(value: str, status: str) -> None:
    text = rf"Here $\gamma = {value}$ throughout. \[ \sum_{{l=0}}^{{\infty}} \gamma^l r_t = \frac{{r_t}}{{1-\gamma}} \]"
    found = check_read(read_records(tex_records(text)), budget=5.0)
    assert [verdict.status for verdict in found] == [status]


def test_a_macro_of_two_arguments_takes_no_bracket_for_one() -> None:
    assert prove(r"\underE{a\sim\pi_\theta}[\nabla_\theta\log\pi_\theta(a|s)] = 0").status == "unread"
    assert prove(r"\underE{a\sim\pi_\theta}{\nabla_\theta\log\pi_\theta(a|s)} = 0").status == "proved"
