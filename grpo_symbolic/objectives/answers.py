r"""Answers token by token: REINFORCE and RLOO over them, and a penalty in their reward beside one in their loss."""

from __future__ import annotations

from .notation import (
    ANSWER_ADVANTAGE,
    ANSWER_GAIN,
    AT_OLD,
    BEHAVIOUR,
    CURRENT,
    DAPO,
    REFERENCE,
    TOKEN_RATIO,
    TOKEN_SCORE,
    answer_group,
    equal,
    gradient,
)
from .record import Fact, Objective

HELD = rf"\operatorname{{sg}}[{CURRENT}(\cdot|q)]"
TOKENS = r"\sum_{t=1}^{|o|}"
NOW, BEFORE, GIVEN = (rf"{policy}(o_t|q, o_{{<t}})" for policy in (CURRENT, BEHAVIOUR, REFERENCE))
SCORE = rf"\nabla_\theta \log {NOW}"
RATIO = rf"\frac{{{NOW}}}{{{BEFORE}}}"
REWARD = "R(q, o)"
WHOLE_SCORE = rf"\nabla_\theta \log {CURRENT}(o|q)"
WHOLE_RATIO = rf"\frac{{{CURRENT}(o|q)}}{{{BEHAVIOUR}(o|q)}}"
GAIN = r"\nabla_\theta J(\theta)"
STEP_REWARD, LATER_REWARD = "r(q, o_{<t}, o_t)", "r(q, o_{<t'}, o_{t'})"
LATER = r"\sum_{t'=t}^{|o|}"


def answer(body: str, law: str = rf"{CURRENT}(\cdot|q)") -> str:
    """The mean over an answer, of the current policy unless another law is named."""
    return rf"\mathbb{{E}}_{{o \sim {law}}} \left[ {body} \right]"


def old_answer(body: str) -> str:
    """The mean over an answer of the behaviour policy."""
    return answer(body, rf"{BEHAVIOUR}(\cdot|q)")


REINFORCE_ANSWERS = Objective(
    "reinforce-answers", "REINFORCE over answers", "Williams 1992, with the tokens of an answer as steps",
    (r"J(\theta) \doteq " + answer(REWARD),),
    (
        Fact("gradient", "gradient", "Every token has the reward of its whole answer as coefficient.",
             equal(GAIN, answer(rf"{REWARD} {TOKENS} {SCORE}"))),
        Fact("baseline", "gradient", "A token's coefficient may be less by what its prefix knows.",
             equal(GAIN, answer(rf"{TOKENS} ({REWARD} - b(q, o_{{<t}})) {SCORE}"))),
        Fact("to-go", "gradient", "Of rewards paid token by token those from the token on are enough.",
             equal(gradient(answer(f"{TOKENS} {STEP_REWARD}")),
                   answer(rf"{TOKENS} {SCORE} {LATER} {LATER_REWARD}"))),
        Fact("sample-loss", "gradient", "The gradient of an answer's loss, its reward held fixed, has this mean.",
             equal(GAIN, answer(gradient(rf"(R(q, o) - b(q)) \log {CURRENT}(o|q)")))),
        Fact("at-old", "old", "At θ_old the behaviour policy's own answers serve.",
             equal(GAIN, old_answer(rf"{REWARD} {TOKENS} {SCORE}")), assume=AT_OLD),
        Fact("tokens-at-old", "old", "There the sum of the tokens' surrogates, each with its own ratio, serves too.",
             equal(gradient(old_answer(f"{TOKENS} {RATIO} {REWARD}")), GAIN), assume=AT_OLD),
        Fact("surrogate", "equals", "It is the mean of the reward times the ratio of the whole answer.",
             equal(r"J(\theta)", old_answer(f"{WHOLE_RATIO} {REWARD}"))),
        Fact("ratios", "equals", "That ratio is the product of those of the tokens.",
             equal(r"J(\theta)", old_answer(rf"\left( \prod_{{t=1}}^{{|o|}} {RATIO} \right) {REWARD}"))),
        Fact("tokens", "equals", "Away from θ_old too the tokens' surrogates have its gradient.",
             equal(gradient(old_answer(f"{TOKENS} {RATIO} {REWARD}")), GAIN), expect="refuted"),
        Fact("score", "property", "The scores of the tokens sum to that of the answer.",
             equal(f"{TOKENS} {SCORE}", WHOLE_SCORE)),
        Fact("token-baseline", "property", "A token's coefficient may be less by what the token itself knows.",
             equal(GAIN, answer(rf"{TOKENS} ({REWARD} - b(q, o_{{<t}}, o_t)) {SCORE}")), expect="refuted"),
        Fact("length", "property", "The mean of an answer's scores serves as well as their sum.",
             equal(GAIN, answer(rf"\frac{{1}}{{|o|}} {REWARD} {TOKENS} {SCORE}")), expect="refuted"),
        Fact("past", "property", "Rewards paid after the token alone are enough.",
             equal(gradient(answer(f"{TOKENS} {STEP_REWARD}")),
                   answer(rf"{TOKENS} {SCORE} \sum_{{t'=t+1}}^{{|o|}} {LATER_REWARD}")), expect="refuted"),
    ),
    DAPO,
)

MEAN_REWARD = r"\bar{R}(q) \doteq \frac{1}{G} \sum_{j=1}^G R(q, o_j)"
GROUP_MEAN = r"\frac{1}{G} \sum_{i=1}^G"
GROUP_SUM = rf"{GROUP_MEAN} A_i \sum_{{t=1}}^{{|o_i|}}"
TOKEN_SURROGATES = gradient(answer_group(rf"{GROUP_SUM} r_{{i,t}}(\theta)", BEHAVIOUR))
ESTIMATE = f"{GROUP_SUM} {TOKEN_SCORE}"
GROUP_RATIO = rf"\frac{{{CURRENT}(o_i|q)}}{{{BEHAVIOUR}(o_i|q)}}"

RLOO_ANSWERS = Objective(
    "rloo-answers", "RLOO over answers", "Ahmadian et al. 2024, arXiv:2402.14740",
    (ANSWER_ADVANTAGE,),
    (
        Fact("gradient", "gradient", "Every token of an answer has A_i as coefficient: the mean is the gradient.",
             equal(answer_group(ESTIMATE), ANSWER_GAIN)),
        Fact("answer-score", "gradient", "So has the answer as a whole.",
             equal(answer_group(rf"{GROUP_MEAN} A_i \nabla_\theta \log {CURRENT}(o_i|q)"), ANSWER_GAIN)),
        Fact("at-old", "old", "At θ_old a group of the behaviour policy gives the same gradient.",
             equal(answer_group(ESTIMATE, BEHAVIOUR), ANSWER_GAIN), assume=AT_OLD),
        Fact("surrogate-at-old", "old", "There the tokens' ratios, with A_i each, have it.",
             equal(TOKEN_SURROGATES, ANSWER_GAIN), (TOKEN_RATIO,), AT_OLD),
        Fact("own-sample", "equals", "The group mean, which has the answer itself in it, brings a factor 1 − 1/G.",
             equal(answer_group(rf"{GROUP_MEAN} (R(q, o_i) - \bar{{R}}(q)) \sum_{{t=1}}^{{|o_i|}} {TOKEN_SCORE}"),
                   rf"\left( 1 - \frac{{1}}{{G}} \right) {ANSWER_GAIN}"), (MEAN_REWARD,)),
        Fact("off-policy", "equals", "With the ratios of whole answers it is unbiased away from θ_old as well.",
             equal(gradient(answer_group(rf"{GROUP_MEAN} {GROUP_RATIO} A_i", BEHAVIOUR)), ANSWER_GAIN)),
        Fact("tokens-off-policy", "equals", "With those of the tokens it is, too.",
             equal(TOKEN_SURROGATES, ANSWER_GAIN), (TOKEN_RATIO,), expect="refuted"),
        Fact("length", "property", "Each answer's sum divided by its length leaves it unbiased.",
             equal(answer_group(rf"{GROUP_MEAN} \frac{{A_i}}{{|o_i|}} \sum_{{t=1}}^{{|o_i|}} {TOKEN_SCORE}"),
                   ANSWER_GAIN), expect="refuted"),
    ),
    DAPO,
)

LOG = rf"\log \frac{{{NOW}}}{{{GIVEN}}}"
LATER_LOG = r"\log \frac{\pi_\theta(o_{t'}|q, o_{<t'})}{\pi_{\text{ref}}(o_{t'}|q, o_{<t'})}"
KL_TOKEN, KL_LATER = (rf"D_{{\text{{KL}}}}({CURRENT}(\cdot|q, o_{{<{t}}}) \| {REFERENCE}(\cdot|q, o_{{<{t}}}))"
                      for t in ("t", "t'"))
FORWARD_TOKEN = rf"D_{{\text{{KL}}}}({REFERENCE}(\cdot|q, o_{{<t}}) \| {CURRENT}(\cdot|q, o_{{<t}}))"
KL_ANSWER = rf"D_{{\text{{KL}}}}({CURRENT}(\cdot|q) \| {REFERENCE}(\cdot|q))"
REFERENCE_RATIO = rf"\frac{{{GIVEN}}}{{{NOW}}}"
K3 = rf"\left( {REFERENCE_RATIO} - \log {REFERENCE_RATIO} - 1 \right)"
REWARD_GRADIENT = answer(rf"{REWARD} {TOKENS} {SCORE}")
AFTER = r"\sum_{t'=t+1}^{|o|}"
IN_LOSS = gradient(old_answer(f"{TOKENS} {KL_TOKEN}"))
SAMPLED = gradient(answer(f"{TOKENS} {KL_TOKEN}", HELD))

PENALTY = Objective(
    "kl-in-reward", "A penalty in the reward, and in the loss", "Ouyang et al. 2022, arXiv:2203.02155",
    (r"J(\theta) \doteq " + answer(rf"{REWARD} - \beta {TOKENS} {LOG}"),),
    (
        Fact("gradient", "gradient", "In the reward a token is charged for the log-ratios from its own on.",
             equal(GAIN, answer(rf"{TOKENS} {SCORE} \left( {REWARD} - \beta {LATER} {LATER_LOG} \right)"))),
        Fact("held-reward", "gradient", "The reward, its penalty held fixed, is the coefficient of every token.",
             equal(GAIN, answer(rf"\left( {REWARD} - \beta {TOKENS} {LOG} \right) {WHOLE_SCORE}"))),
        Fact("loss", "gradient", "In the loss, with prefixes that are held, a token is charged for its own alone.",
             equal(SAMPLED, answer(f"{TOKENS} {SCORE} {LOG}"))),
        Fact("loss-at-old", "old", "At θ_old so it is with the behaviour policy's prefixes.",
             equal(IN_LOSS, answer(f"{TOKENS} {SCORE} {LOG}")), assume=AT_OLD),
        Fact("difference", "equals", "What the loss leaves out: how a token moves the divergences after it.",
             equal(gradient(KL_ANSWER), SAMPLED + " + " + answer(rf"{TOKENS} {SCORE} {AFTER} {KL_LATER}"))),
        Fact("difference-at-old", "equals", "At θ_old the same is left out with the behaviour policy's prefixes.",
             equal(rf"{gradient(KL_ANSWER)} - {IN_LOSS}", answer(rf"{TOKENS} {SCORE} {AFTER} {LATER_LOG}")),
             assume=AT_OLD),
        Fact("same", "equals", "In the loss, at θ_old, it has the gradient of the penalty in the reward.",
             equal(GAIN, rf"{REWARD_GRADIENT} - \beta {IN_LOSS}"), assume=AT_OLD, expect="refuted"),
        Fact("same-held", "equals", "With prefixes of the current policy, held, it has.",
             equal(gradient(KL_ANSWER), SAMPLED), expect="refuted"),
        Fact("value", "property", "The mean penalty is the divergence of answers.",
             equal(r"J(\theta)", rf"{answer(REWARD)} - \beta {KL_ANSWER}")),
        Fact("chain-rule", "property", "That is the sum of the divergences of tokens, at prefixes of π_θ.",
             equal(KL_ANSWER, answer(f"{TOKENS} {KL_TOKEN}"))),
        Fact("old-prefixes", "property", "It is their sum at prefixes of the behaviour policy, too.",
             equal(KL_ANSWER, old_answer(f"{TOKENS} {KL_TOKEN}")), expect="refuted"),
        Fact("k1-loss", "property", "The log-ratios of the tokens as a loss have no mean gradient.",
             equal(answer(gradient(f"{TOKENS} {LOG}")), "0")),
        Fact("k2-loss", "property", "Half their squares have that of the divergences at held prefixes.",
             equal(answer(gradient(rf"{TOKENS} \frac{{1}}{{2}} \left( {LOG} \right)^2")), SAMPLED)),
        Fact("k2-answer", "property", "Half the square of their sum has that of the divergence of answers.",
             equal(answer(gradient(rf"\frac{{1}}{{2}} \left( {TOKENS} {LOG} \right)^2")), gradient(KL_ANSWER))),
        Fact("k3-loss", "property", "k3 of the tokens has that of the forward divergences at held prefixes.",
             equal(answer(gradient(f"{TOKENS} {K3}")), gradient(answer(f"{TOKENS} {FORWARD_TOKEN}", HELD)))),
        Fact("k3-whole-ratio", "property", "k3 with the ratio of the answer has that of the divergence of answers.",
             equal(old_answer(gradient(f"{WHOLE_RATIO} {TOKENS} {K3}")), gradient(KL_ANSWER))),
        Fact("k3-token-ratio", "property", "With the ratio of its token it has, too.",
             equal(old_answer(gradient(f"{TOKENS} {RATIO} {K3}")), gradient(KL_ANSWER)), expect="refuted"),
    ),
    DAPO,
    r"A law under sg is held: nothing is differentiated in it.",
)
