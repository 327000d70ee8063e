r"""Pieces of LaTeX that several objectives share, and the notations of their papers."""

from __future__ import annotations

from dataclasses import replace

from ..latex.notation.profiles import DEEPSEEKMATH

DAPO = replace(
    DEEPSEEKMATH, name="dapo", old=r"{\theta_{\text{old}}}", theta_old=r"\theta_{\text{old}}", text=r"\text{#1}",
    anything_in_groups="", divergence=r"D_{\text{KL}}(#1)", separator="norm",
)
GSPO = replace(DAPO, name="gspo", letters={"a": "y", "y": "a", "s": "x", "x": "s"})

ANYTHING = r"\cdot"
CURRENT, BEHAVIOUR, REFERENCE = r"\pi_\theta", r"\pi_{\theta_{\text{old}}}", r"\pi_{\text{ref}}"
AT_OLD = (r"\theta = \theta_{\text{old}}",)
SCORE = r"\nabla_\theta \log \pi_\theta(a|s)"
ACTION_RATIO = r"\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}"

TOKEN, TOKEN_OLD, TOKEN_REF = (rf"{policy}(o_{{i,t}}|q, o_{{i,<t}})" for policy in (CURRENT, BEHAVIOUR, REFERENCE))
TOKEN_SCORE = rf"\nabla_\theta \log {TOKEN}"
TOKEN_RATIO = rf"r_{{i,t}}(\theta) \doteq \frac{{{TOKEN}}}{{{TOKEN_OLD}}}"
TOKEN_REFERENCE = rf"\frac{{{TOKEN_REF}}}{{{TOKEN}}}"
TOKEN_K3 = rf"k_{{i,t}}(\theta) \doteq {TOKEN_REFERENCE} - \log {TOKEN_REFERENCE} - 1"
SEQUENCE_MEAN = r"\frac{1}{G} \sum_{i=1}^G \frac{1}{|o_i|} \sum_{t=1}^{|o_i|}"
TOKEN_MEAN = r"\frac{1}{\sum_{i=1}^G |o_i|} \sum_{i=1}^G \sum_{t=1}^{|o_i|}"
TOKEN_SURROGATE = r"r_{i,t}(\theta) \hat{A}_{i,t}"
ANY_ADVANTAGE = r"\hat{A}_{i,t} \in \mathbb{R}"
LOW, HIGH = r"\varepsilon_{\text{low}}", r"\varepsilon_{\text{high}}"
RANGE = (rf"0 < {LOW}", rf"{LOW} < 1", rf"{HIGH} > 0")
ANSWER_ADVANTAGE = r"A_i \doteq R(q, o_i) - \frac{1}{G-1} \sum_{j \neq i} R(q, o_j)"
INSIDE = (r"1 - \varepsilon < r_{i,t}(\theta)", r"r_{i,t}(\theta) < 1 + \varepsilon")


def equal(left: str, right: str) -> str:
    """The claim that two sides are equal."""
    return f"{left} = {right}"


def gradient(body: str) -> str:
    """The gradient in θ."""
    return rf"\nabla_\theta \left( {body} \right)"


def mean(draw: str, policy: str, body: str) -> str:
    """The mean over what is drawn from a policy."""
    return rf"\mathbb{{E}}_{{{draw} \sim {policy}(\cdot|s)}} \left[ {body} \right]"


def current(body: str) -> str:
    """The mean over an action of the current policy."""
    return mean("a", CURRENT, body)


def behaviour(body: str) -> str:
    """The mean over an action of the behaviour policy."""
    return mean("a", BEHAVIOUR, body)


def on_policy_group(body: str) -> str:
    """The mean over a group of the current policy."""
    return mean("a_{1:G}", CURRENT, body)


def behaviour_group(body: str) -> str:
    """The mean over a group of the behaviour policy."""
    return mean("a_{1:G}", BEHAVIOUR, body)


def answer_group(body: str, policy: str = CURRENT, question: str = "q", answer: str = "o") -> str:
    """The mean over a group of answers, of the current policy unless another one is named."""
    return rf"\mathbb{{E}}_{{{answer}_{{1:G}} \sim {policy}(\cdot|{question})}} \left[ {body} \right]"


def rollout(body: str, draws: str = "O", question: str = "q", answer: str = "o") -> str:
    """The mean over a question and a group of the behaviour policy's answers; ``draws`` stands for what is drawn."""
    group = rf"\{{{answer}_i\}}_{{i=1}}^G \sim {BEHAVIOUR}({draws}|{question})"
    return rf"\mathbb{{E}}_{{{question} \sim P(Q), {group}}} \left[ {body} \right]"


def clipped(ratio: str, advantage: str, low: str = r"\varepsilon", high: str = r"\varepsilon") -> str:
    """The smaller of a surrogate and the same with its ratio clipped."""
    return capped(f"{ratio} {advantage}", rf"\text{{clip}}({ratio}, 1 - {low}, 1 + {high}) {advantage}")


def capped(surrogate: str, most: str) -> str:
    """The smaller of a surrogate and its ceiling."""
    return rf"\min \left( {surrogate}, {most} \right)"


def ceiling(name: str, advantage: str, low: str = r"\varepsilon", high: str = r"\varepsilon") -> str:
    """The definition of the most that a clipped surrogate can be, which the advantage alone decides."""
    return (rf"{name} \doteq \begin{{cases}} (1 + {high}) {advantage} & \text{{if }} {advantage} \geq 0 \\"
            rf" (1 - {low}) {advantage} & \text{{otherwise}} \end{{cases}}")


ANSWER_GAIN = gradient(rf"\mathbb{{E}}_{{o \sim {CURRENT}(\cdot|q)}} \left[ R(q, o) \right]")
