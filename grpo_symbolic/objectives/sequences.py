r"""Ratios of whole sequences, clipped weights, corrected penalties: GSPO, CISPO, DeepSeek-V3.2."""

from __future__ import annotations

from .notation import (
    ANY_ADVANTAGE,
    ANYTHING,
    AT_OLD,
    BEHAVIOUR,
    CURRENT,
    DAPO,
    GSPO,
    HIGH,
    INSIDE,
    LOW,
    RANGE,
    SEQUENCE_MEAN,
    TOKEN,
    TOKEN_K3,
    TOKEN_MEAN,
    TOKEN_RATIO,
    TOKEN_REF,
    TOKEN_SCORE,
    TOKEN_SURROGATE,
    answer_group,
    capped,
    ceiling,
    clipped,
    equal,
    gradient,
    rollout,
)
from .record import Fact, Objective

RESPONSE, OLD_RESPONSE = (rf"{policy}(y_{{i,t}}|x, y_{{i,<t}})" for policy in (CURRENT, BEHAVIOUR))
RATIO = rf"w_{{i,t}}(\theta) \doteq \frac{{{RESPONSE}}}{{{OLD_RESPONSE}}}"
PRODUCT = r"\prod_{t=1}^{|y_i|} w_{i,t}(\theta)"
SEQUENCE_RATIO = rf"s_i(\theta) \doteq \left( {PRODUCT} \right)^{{\frac{{1}}{{|y_i|}}}}"
MEAN_SCORE = rf"\frac{{1}}{{|y_i|}} \sum_{{t=1}}^{{|y_i|}} \nabla_\theta \log {RESPONSE}"
SAMPLE = clipped(r"s_i(\theta)", r"\hat{A}_i")
CEILING = ceiling("g_i", r"\hat{A}_i")
CAPPED = capped(r"s_i(\theta) \hat{A}_i", "g_i")
TOKEN_WEIGHT = (rf"u_{{i,t}}(\theta) \doteq \operatorname{{sg}}[s_i(\theta)]"
                rf" \frac{{{RESPONSE}}}{{\operatorname{{sg}}[{RESPONSE}]}}")
TOKEN_VARIANT = r"\frac{1}{G} \sum_{i=1}^G \frac{1}{|y_i|} \sum_{t=1}^{|y_i|} u_{i,t}(\theta) \hat{A}_i"
GROUP = r"\frac{1}{G} \sum_{i=1}^G"
ADVANTAGE = r"A_i \doteq R(x, y_i) - \frac{1}{G-1} \sum_{j \neq i} R(x, y_j)"
REWARD_GRADIENT = gradient(rf"\mathbb{{E}}_{{y \sim {CURRENT}(\cdot|x)}} \left[ R(x, y) \right]")


def answers(body: str) -> str:
    """GSPO's expectation over a query and a group of the behaviour policy's responses."""
    return rollout(body, ANYTHING, "x", "y")


def sampled(body: str) -> str:
    """The mean over a group of the behaviour policy's responses to a query."""
    return answer_group(body, BEHAVIOUR, "x", "y")


GSPO_OBJECTIVE = Objective(
    "gspo", "GSPO", "Zheng et al. 2025, arXiv:2507.18071",
    (RATIO, SEQUENCE_RATIO,
     r"\mathcal{J}_{\text{GSPO}}(\theta) \doteq " + answers(f"{GROUP} {SAMPLE}")),
    (
        Fact("gradient", "gradient", "A response counts with s_i Â_i below its ceiling, times the mean of its scores.",
             equal(gradient(answers(f"{GROUP} {CAPPED}")), answers(
                 rf"{GROUP} \mathbf{{1}}[s_i(\theta) \hat{{A}}_i < g_i] s_i(\theta) \hat{{A}}_i {MEAN_SCORE}")),
             (CEILING,)),
        Fact("ratio", "gradient", "The gradient of the sequence ratio is the ratio times the mean score.",
             equal(gradient(r"s_i(\theta)"), rf"s_i(\theta) {MEAN_SCORE}")),
        Fact("ceiling", "equals", "For any positive ratio v_i the clipped surrogate is the one under its ceiling.",
             equal(clipped(r"v_i(\theta)", r"\hat{A}_i"), capped(r"v_i(\theta) \hat{A}_i", "g_i")),
             (CEILING,), (r"v_i(\theta) > 0",)),
        Fact("clip-at-old", "old", "Clipped, a response has the coefficient Â_i at θ_old.",
             equal(gradient(CAPPED), rf"\hat{{A}}_i {MEAN_SCORE}"), (CEILING,), AT_OLD),
        Fact("ratio-at-old", "old", "At θ_old every sequence ratio is 1.", equal(r"s_i(\theta)", "1"), assume=AT_OLD),
        Fact("at-old", "old", "Unclipped, at θ_old: Â_i times the mean score, which is GRPO's gradient there.",
             equal(gradient(answers(rf"{GROUP} s_i(\theta) \hat{{A}}_i")),
                   gradient(answers(r"\frac{1}{G} \sum_{i=1}^G \frac{1}{|y_i|} \sum_{t=1}^{|y_i|}"
                                    r" w_{i,t}(\theta) \hat{A}_i"))), assume=AT_OLD),
        Fact("away-from-old", "equals", "Away from θ_old too its unclipped gradient is GRPO's.",
             equal(gradient(answers(rf"{GROUP} s_i(\theta) \hat{{A}}_i")),
                   gradient(answers(r"\frac{1}{G} \sum_{i=1}^G \frac{1}{|y_i|} \sum_{t=1}^{|y_i|}"
                                    r" w_{i,t}(\theta) \hat{A}_i"))), expect="refuted"),
        Fact("answer-score", "gradient", "That is the score of the whole response divided by its length.",
             equal(gradient(r"s_i(\theta)"), rf"\frac{{s_i(\theta)}}{{|y_i|}} \nabla_\theta \log {CURRENT}(y_i|x)")),
        Fact("ratio-gradient-at-old", "old", "At θ_old the gradient of the ratio is the mean score.",
             equal(gradient(r"s_i(\theta)"), MEAN_SCORE), assume=AT_OLD),
        Fact("lengths", "old", "With RLOO's advantage, times lengths, it has the gradient of the mean reward at θ_old.",
             equal(gradient(sampled(rf"{GROUP} |y_i| s_i(\theta) A_i")), REWARD_GRADIENT), (ADVANTAGE,), AT_OLD),
        Fact("no-lengths", "old", "Without the lengths it has that gradient, too.",
             equal(gradient(sampled(rf"{GROUP} s_i(\theta) A_i")), REWARD_GRADIENT), (ADVANTAGE,), AT_OLD, "refuted"),
        Fact("token-gradient", "equals", "GSPO-token, with one advantage a response, has the same gradient.",
             equal(gradient(answers(TOKEN_VARIANT)), gradient(answers(rf"{GROUP} s_i(\theta) \hat{{A}}_i"))),
             (TOKEN_WEIGHT,)),
        Fact("token-value", "equals", "GSPO-token has the same value.",
             equal(answers(TOKEN_VARIANT), answers(rf"{GROUP} s_i(\theta) \hat{{A}}_i")), (TOKEN_WEIGHT,)),
        Fact("one-token", "equals", "For responses of one token the ratio is that of the sequence, and of PPO.",
             equal(r"s_i(\theta)", PRODUCT), assume=("|y_i| = 1",)),
        Fact("power", "property", "Its power |y_i| is the ratio of the responses' probabilities.",
             equal(r"s_i(\theta)^{|y_i|}", rf"\frac{{{CURRENT}(y_i|x)}}{{{BEHAVIOUR}(y_i|x)}}")),
        Fact("reward", "property", "The mean reward under it is that of the policy, as under the power.",
             equal(sampled(rf"{GROUP} s_i(\theta) R(x, y_i)"),
                   rf"\mathbb{{E}}_{{y \sim {CURRENT}(\cdot|x)}} \left[ R(x, y) \right]"), expect="refuted"),
        Fact("geometric-mean", "property", "The logarithm of the ratio is the mean of the tokens' log-ratios.",
             equal(r"\log s_i(\theta)", r"\frac{1}{|y_i|} \sum_{t=1}^{|y_i|} \log w_{i,t}(\theta)")),
        Fact("importance-weight", "property", "The ratio is that of the probabilities of the sequence.",
             equal(r"s_i(\theta)", PRODUCT), expect="refuted"),
    ),
    GSPO,
    "The gradient writes the clipped surrogate under its ceiling g_i, which `ceiling` justifies.",
)

CLIP = rf"\text{{clip}}(r_{{i,t}}(\theta), 1 - {LOW}, 1 + {HIGH})"
LOG = rf"\log {TOKEN}"
WEIGHTED_LOG = rf"\operatorname{{sg}}[{CLIP}] \hat{{A}}_{{i,t}} {LOG}"

CISPO = Objective(
    "cispo", "CISPO", "MiniMax-M1 2025, arXiv:2506.13585",
    (TOKEN_RATIO,
     r"\mathcal{J}_{\text{CISPO}}(\theta) \doteq " + rollout(f"{TOKEN_MEAN} {WEIGHTED_LOG}", ANYTHING)),
    (
        Fact("gradient", "gradient", "Every token counts, with the clipped ratio times its advantage.",
             equal(gradient(r"\mathcal{J}_{\text{CISPO}}(\theta)"),
                   rollout(rf"{TOKEN_MEAN} {CLIP} \hat{{A}}_{{i,t}} {TOKEN_SCORE}", ANYTHING))),
        Fact("at-old", "old", "At θ_old a token's coefficient is its advantage.",
             equal(gradient(WEIGHTED_LOG), rf"\hat{{A}}_{{i,t}} {TOKEN_SCORE}"), assume=(*RANGE, *AT_OLD)),
        Fact("inside", "equals", "Inside the clip range a token has the gradient of the surrogate, and of DAPO.",
             equal(gradient(rf"\operatorname{{sg}}[\text{{clip}}(r_{{i,t}}(\theta), 1 - \varepsilon, 1 + \varepsilon)]"
                            rf" \hat{{A}}_{{i,t}} {LOG}"), gradient(TOKEN_SURROGATE)), assume=INSIDE),
        Fact("alive-above", "gradient", "Above the clip range the weight is 1 + ε_high, whatever the advantage.",
             equal(gradient(WEIGHTED_LOG), rf"(1 + {HIGH}) \hat{{A}}_{{i,t}} {TOKEN_SCORE}"),
             assume=(rf"r_{{i,t}}(\theta) > 1 + {HIGH}", *RANGE)),
        Fact("dapo-above", "equals", "There DAPO's gradient is zero for a token with a positive advantage.",
             equal(gradient(clipped(r"r_{i,t}(\theta)", r"\hat{A}_{i,t}", LOW, HIGH)), "0"),
             assume=(rf"r_{{i,t}}(\theta) > 1 + {HIGH}", r"\hat{A}_{i,t} > 0", *RANGE)),
        Fact("surrogate", "property", "It has the surrogate's gradient everywhere.",
             equal(gradient(WEIGHTED_LOG), gradient(TOKEN_SURROGATE)), expect="refuted"),
    ),
    DAPO,
    let=(ANY_ADVANTAGE,),
)

WEIGHTED_K3 = r"r_{i,t}(\theta) k_{i,t}(\theta)"
LOG_RATIO = rf"\log \frac{{{TOKEN}}}{{{TOKEN_REF}}}"
MASK = (r"w_i(\theta) \doteq 1 - \mathbf{1}[\hat{A}_i < 0] \mathbf{1} \left[ \frac{1}{|o_i|} \sum_{t=1}^{|o_i|} \log"
        r" \frac{\pi_{\theta_{\text{old}}}(o_{i,t}|q, o_{i,<t})}{\pi_\theta(o_{i,t}|q, o_{i,<t})} > \delta \right]")
TERM = clipped(r"r_{i,t}(\theta)", r"\hat{A}_i")
NEXT = r"\mathbb{E}_{o \sim \pi_{\theta_{\text{old}}}(\cdot|q)}"
NEXT_RATIO = r"\frac{\pi_\theta(o|q)}{\pi_{\theta_{\text{old}}}(o|q)}"
NEXT_REFERENCE = r"\frac{\pi_{\text{ref}}(o|q)}{\pi_\theta(o|q)}"
NEXT_K3 = rf"\left( {NEXT_REFERENCE} - \log {NEXT_REFERENCE} - 1 \right)"
STOPPED = rf"\operatorname{{sg}} \left[ {NEXT_RATIO} \right]"
NEXT_DIVERGENCE = r"D_{\text{KL}}(\pi_\theta(\cdot|q) \| \pi_{\text{ref}}(\cdot|q))"
NEXT_FORWARD = r"D_{\text{KL}}(\pi_{\text{ref}}(\cdot|q) \| \pi_\theta(\cdot|q))"
TOKEN_DIVERGENCE = (rf"D_{{\text{{KL}}}}({CURRENT}(\cdot|q, o_{{i,<t}}) \|"
                    r" \pi_{\text{ref}}(\cdot|q, o_{i,<t}))")
ANSWER_TOKENS = r"\frac{1}{G} \sum_{i=1}^G \sum_{t=1}^{|o_i|}"
ANSWER_PENALTY = answer_group(f"{ANSWER_TOKENS} {WEIGHTED_K3}", BEHAVIOUR)
OLD_PREFIXES = answer_group(f"{ANSWER_TOKENS} {TOKEN_DIVERGENCE}", BEHAVIOUR)

DEEPSEEK = Objective(
    "deepseek-v3.2", "GRPO as DeepSeek-V3.2 corrects it", "DeepSeek-AI 2025, arXiv:2512.02556",
    (TOKEN_RATIO, TOKEN_K3, MASK,
     r"\mathcal{J}(\theta) \doteq "
     + rollout(rf"{SEQUENCE_MEAN} \left( w_i(\theta) {TERM} - \beta {WEIGHTED_K3} \right)", ANYTHING)),
    (
        Fact("gradient", "gradient", "The weighted penalty of a token has the coefficient r_{i,t} log π_θ/π_ref.",
             equal(gradient(WEIGHTED_K3), rf"r_{{i,t}}(\theta) {LOG_RATIO} {TOKEN_SCORE}")),
        Fact("mask", "gradient", "The mask switches a token's surrogate off, and has no gradient of its own.",
             equal(gradient(r"w_i(\theta) r_{i,t}(\theta) \hat{A}_i"),
                   rf"w_i(\theta) r_{{i,t}}(\theta) \hat{{A}}_i {TOKEN_SCORE}")),
        Fact("mask-at-old", "old", "At θ_old no sequence is masked.", equal(r"w_i(\theta)", "1"),
             assume=(r"\delta > 0", *AT_OLD)),
        Fact("at-old", "old", "At θ_old the penalty's coefficient is log π_θ/π_ref, where GRPO's is 1 − π_ref/π_θ.",
             equal(gradient(WEIGHTED_K3), rf"{LOG_RATIO} {TOKEN_SCORE}"), assume=AT_OLD),
        Fact("unmasked", "equals", "A sequence with a positive advantage is never masked: its surrogate is GRPO's.",
             equal(rf"w_i(\theta) {TERM}", TERM), assume=(r"\hat{A}_i > 0",)),
        Fact("penalty-is-grpo", "equals", "Its penalty has the gradient of GRPO's.",
             equal(gradient(WEIGHTED_K3), gradient(r"k_{i,t}(\theta)")), expect="refuted"),
        Fact("value", "property", "The mean penalty of a token is the reverse divergence, whoever has drawn it.",
             equal(rf"{NEXT} \left[ {NEXT_RATIO} {NEXT_K3} \right]", NEXT_DIVERGENCE)),
        Fact("unbiased-gradient", "property", "The mean gradient of that penalty is that of the reverse divergence.",
             equal(rf"{NEXT} \left[ {gradient(NEXT_RATIO + NEXT_K3)} \right]", gradient(NEXT_DIVERGENCE))),
        Fact("answers", "property", "Summed over answers it is the tokens' divergences at the behaviour's prefixes.",
             equal(ANSWER_PENALTY, OLD_PREFIXES)),
        Fact("answers-gradient", "property", "So is its gradient, of which the prefixes know nothing.",
             equal(gradient(ANSWER_PENALTY), gradient(OLD_PREFIXES))),
        Fact("answers-divergence", "property", "At θ_old it has the gradient of the divergence of answers.",
             equal(gradient(ANSWER_PENALTY), gradient(NEXT_DIVERGENCE)), assume=AT_OLD, expect="refuted"),
        Fact("answer-means", "property", "The mean over an answer's tokens is the mean of their divergences.",
             equal(answer_group(f"{SEQUENCE_MEAN} {WEIGHTED_K3}", BEHAVIOUR),
                   answer_group(f"{SEQUENCE_MEAN} {TOKEN_DIVERGENCE}", BEHAVIOUR)), expect="refuted"),
        Fact("detached-weight", "property", "With the weight held fixed it is that of the forward divergence.",
             equal(rf"{NEXT} \left[ {gradient(STOPPED + NEXT_K3)} \right]", gradient(NEXT_FORWARD))),
        Fact("unweighted", "property", "Without the weight the mean is the reverse divergence too.",
             equal(rf"{NEXT} \left[ {NEXT_K3} \right]", NEXT_DIVERGENCE), expect="refuted"),
    ),
    DAPO,
    "In the claims on next tokens, o is one token and q all that stands before it; in those on answers o is whole.",
)
