r"""GRPO as the paper writes it, as DeepSeekMath defines it, and its corrections: Dr. GRPO and DAPO."""

from __future__ import annotations

from ..latex.notation.profiles import DEEPSEEKMATH
from .notation import (
    ANSWER_ADVANTAGE,
    ANSWER_GAIN,
    ANY_ADVANTAGE,
    ANYTHING,
    AT_OLD,
    BEHAVIOUR,
    DAPO,
    HIGH,
    INSIDE,
    LOW,
    RANGE,
    SEQUENCE_MEAN,
    TOKEN_K3,
    TOKEN_MEAN,
    TOKEN_OLD,
    TOKEN_RATIO,
    TOKEN_REF,
    TOKEN_REFERENCE,
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

RATIO = r"\rho_i(\theta) \doteq \frac{\pi_\theta(a_i|s)}{\pi_{\theta_{\text{old}}}(a_i|s)}"
LOG_RATIO = r"\ell_i(\theta) \doteq \log \pi_\theta(a_i|s) - \log \pi_{\text{ref}}(a_i|s)"
SCORE = r"\nabla_\theta \log \pi_\theta(a_i|s)"
REFERENCE = r"\frac{\pi_{\text{ref}}(a_i|s)}{\pi_\theta(a_i|s)}"
K3 = rf"k_i(\theta) \doteq {REFERENCE} - \log {REFERENCE} - 1"
SAMPLE = clipped(r"\rho_i(\theta)", r"\tilde{A}_i")
CEILING = ceiling("g_i", r"\tilde{A}_i")
CAPPED = capped(r"\rho_i(\theta) \tilde{A}_i", "g_i")
BELOW = r"\mathbf{1}[\rho_i(\theta) \tilde{A}_i \leq g_i]"


def group_mean(body: str) -> str:
    """The mean over a state and a group of the behaviour policy, in the paper's notation, of a mean over the group."""
    return (r"\mathbb{E}_{s, a_{1:G} | \pi_{\theta_{\text{old}}}} \left[ \frac{1}{G} \sum_{i=1}^G"
            rf" \left( {body} \right) \right]")


PAPER_GRPO = Objective(
    "grpo-paper", "GRPO as the paper writes it, (5) and (6)", "the paper, equations (1), (2), (5), (6)",
    (RATIO, LOG_RATIO,
     r"\mathcal{J}_{\text{GRPO}}(\theta) \doteq " + group_mean(r"\rho_i(\theta) \tilde{A}_i - \beta \ell_i(\theta)"),
     r"\mathcal{J}_{\text{GRPO-clip}}(\theta) \doteq " + group_mean(rf"{SAMPLE} - \beta \ell_i(\theta)")),
    (
        Fact("gradient", "gradient", "Unclipped, the coefficient of a score is ρ_i Ã_i − β; no π_ref is left in it.",
             equal(gradient(r"\mathcal{J}_{\text{GRPO}}(\theta)"),
                   group_mean(rf"(\rho_i(\theta) \tilde{{A}}_i - \beta) {SCORE}"))),
        Fact("clipped-gradient", "gradient", "Clipped, a sample counts with ρ_i Ã_i only below its ceiling.",
             equal(gradient(group_mean(rf"{CAPPED} - \beta \ell_i(\theta)")),
                   group_mean(rf"({BELOW} \rho_i(\theta) \tilde{{A}}_i - \beta) {SCORE}")), (CEILING,)),
        Fact("ceiling", "equals", "The clipped surrogate is the surrogate under that ceiling.",
             equal(SAMPLE, CAPPED), (CEILING,)),
        Fact("inside", "equals", "Inside the clip range a sample of (6) is one of (5).",
             equal(SAMPLE, r"\rho_i(\theta) \tilde{A}_i"),
             assume=(r"1 - \varepsilon < \rho_i(\theta)", r"\rho_i(\theta) < 1 + \varepsilon")),
        Fact("at-old", "old", "At θ_old the penalty has no mean gradient: the advantages alone drive it.",
             equal(gradient(r"\mathcal{J}_{\text{GRPO}}(\theta)"), group_mean(rf"\tilde{{A}}_i {SCORE}")),
             assume=AT_OLD),
        Fact("value-at-old", "old", "Its value there is the mean of Ã_i − βℓ_i.",
             equal(r"\mathcal{J}_{\text{GRPO}}(\theta)", group_mean(r"\tilde{A}_i - \beta \ell_i(\theta)")),
             assume=AT_OLD),
        Fact("clipped-at-old", "old", "A sample of (6) has the coefficient Ã_i at θ_old.",
             equal(gradient(CAPPED), rf"\tilde{{A}}_i {SCORE}"), (CEILING,), AT_OLD),
        Fact("k3", "equals", "DeepSeek's penalty k3 would have the same mean gradient as ℓ_i.",
             equal(gradient(group_mean(r"\ell_i(\theta)")), gradient(group_mean(r"k_i(\theta)"))), (K3,),
             expect="refuted"),
    ),
)

TERM = clipped(r"r_{i,t}(\theta)", r"\hat{A}_{i,t}")
TOKEN_CEILING = ceiling("g_{i,t}", r"\hat{A}_{i,t}")
TOKEN_CAPPED = capped(TOKEN_SURROGATE, "g_{i,t}")
TOKEN_BELOW = rf"\mathbf{{1}}[{TOKEN_SURROGATE} < g_{{i,t}}]"
PENALTY_COEFFICIENT = rf"\beta \left( {TOKEN_REFERENCE} - 1 \right)"
NORMALISED = r"\tilde{A}_i \doteq \frac{r_i - \text{mean}(\mathbf{r})}{\text{std}(\mathbf{r})}"
SEQUENCE_SUM = rf"{SEQUENCE_MEAN} r_{{i,t}}(\theta) A_i"
FIXED_MEAN = r"\frac{1}{G} \sum_{i=1}^G \frac{1}{T} \sum_{t=1}^T x_{i,t}"

GRPO = Objective(
    "grpo", "GRPO as DeepSeekMath and R1 define it", "Shao et al. 2024, arXiv:2402.03300",
    (TOKEN_RATIO, TOKEN_K3,
     r"\mathcal{J}_{GRPO}(\theta) \doteq "
     + rollout(rf"{SEQUENCE_MEAN} \left( {TERM} - \beta k_{{i,t}}(\theta) \right)")),
    (
        Fact("gradient", "gradient",
             "A token counts with r_{i,t} Â_{i,t} below its ceiling, and with β(π_ref/π_θ − 1) always.",
             equal(gradient(rollout(SEQUENCE_MEAN + rf" \left( {TOKEN_CAPPED} - \beta k_{{i,t}}(\theta) \right)")),
                   rollout(rf"{SEQUENCE_MEAN} \left( {TOKEN_BELOW} {TOKEN_SURROGATE} + {PENALTY_COEFFICIENT} \right)"
                           rf" {TOKEN_SCORE}")), (TOKEN_CEILING,)),
        Fact("ceiling", "equals", "A token's clipped surrogate is its surrogate under that ceiling.",
             equal(TERM, TOKEN_CAPPED), (TOKEN_CEILING,)),
        Fact("inside", "equals", "Inside the clip range it is the surrogate.", equal(TERM, TOKEN_SURROGATE),
             assume=INSIDE),
        Fact("penalty", "gradient", "The penalty of a token has the coefficient 1 − π_ref/π_θ.",
             equal(gradient(r"k_{i,t}(\theta)"), rf"\left( 1 - {TOKEN_REFERENCE} \right) {TOKEN_SCORE}")),
        Fact("at-old", "old", "At θ_old a token's clipped surrogate has the advantage as coefficient.",
             equal(gradient(TOKEN_CAPPED), rf"\hat{{A}}_{{i,t}} {TOKEN_SCORE}"), (TOKEN_CEILING,), AT_OLD),
        Fact("unclipped-at-old", "old", "Without the clip the whole has Â_{i,t} + β(π_ref/π_θ − 1) at θ_old.",
             equal(gradient(rollout(rf"{SEQUENCE_MEAN} \left( {TOKEN_SURROGATE} - \beta k_{{i,t}}(\theta) \right)")),
                   rollout(rf"{SEQUENCE_MEAN} \left( \hat{{A}}_{{i,t}} + {PENALTY_COEFFICIENT} \right) {TOKEN_SCORE}")),
             assume=AT_OLD),
        Fact("reference-is-old", "old", "Where the reference is π_old, the penalty has no gradient at θ_old.",
             equal(gradient(r"k_{i,t}(\theta)"), "0"),
             assume=(f"{TOKEN_REF} = {TOKEN_OLD}", *AT_OLD)),
        Fact("nonnegative", "property", "The penalty is never negative.", r"k_{i,t}(\theta) \geq 0"),
        Fact("answers", "old", "Times its length, each answer's mean gives the gradient of the mean reward at θ_old.",
             equal(gradient(answer_group(rf"{SEQUENCE_MEAN} |o_i| r_{{i,t}}(\theta) A_i", BEHAVIOUR)), ANSWER_GAIN),
             (ANSWER_ADVANTAGE,), AT_OLD),
        Fact("answer-means", "old", "Without its length it gives that gradient, too.",
             equal(gradient(answer_group(SEQUENCE_SUM, BEHAVIOUR)), ANSWER_GAIN), (ANSWER_ADVANTAGE,), AT_OLD,
             "refuted"),
        Fact("normalised", "property", "With the reward normalised in its group the squared advantages sum to G.",
             equal(r"\sum_{i=1}^G \tilde{A}_i^2", "G"),
             (NORMALISED,)),
    ),
    DEEPSEEKMATH,
    "The claims on gradients write the clipped surrogate under its ceiling g_{i,t}, which `ceiling` justifies.",
)

CENTRED = r"\hat{A}_i \doteq r_i - \frac{1}{G} \sum_{j=1}^G r_j"
DR_TERM = clipped(r"r_{i,t}(\theta)", r"\hat{A}_i")
DR_CAPPED = capped(r"r_{i,t}(\theta) \hat{B}_i", "g_i")
TOKENS = r"\frac{1}{G} \sum_{i=1}^G \sum_{t=1}^{|o_i|}"
ON_POLICY = r"\mathbb{E}_{\{o_i\}_{i=1}^G \sim \pi_\theta(\cdot|q)}"
OTHERS = r"A_i \doteq r_i - \frac{1}{G-1} \sum_{j \neq i} r_j"
ANSWER_SCORE = r"\nabla_\theta \log \pi_\theta(o_i|q)"

DR_GRPO = Objective(
    "dr-grpo", "Dr. GRPO", "Liu et al. 2025, arXiv:2503.20783",
    (TOKEN_RATIO, CENTRED, r"\mathcal{J}_{\text{Dr. GRPO}}(\theta) \doteq " + rollout(f"{TOKENS} {DR_TERM}", ANYTHING)),
    (
        Fact("gradient", "gradient", "A token counts with r_{i,t} Â_i below its ceiling; no length divides it.",
             equal(gradient(rollout(f"{TOKENS} {DR_CAPPED}", ANYTHING)),
                   rollout(rf"{TOKENS} \mathbf{{1}}[r_{{i,t}}(\theta) \hat{{B}}_i < g_i] r_{{i,t}}(\theta) \hat{{B}}_i"
                           rf" {TOKEN_SCORE}", ANYTHING)), (ceiling("g_i", r"\hat{B}_i"),)),
        Fact("at-old", "old", "Without the clip, at θ_old: Â_i times the sum of the scores of the tokens.",
             equal(gradient(rollout(rf"{TOKENS} r_{{i,t}}(\theta) \hat{{A}}_i", ANYTHING)),
                   rollout(rf"{TOKENS} \hat{{A}}_i {TOKEN_SCORE}", ANYTHING)), assume=AT_OLD),
        Fact("rloo", "equals", "Its advantage is RLOO's times (G − 1)/G.",
             equal(r"\hat{A}_i", r"\frac{G-1}{G} A_i"), (OTHERS,)),
        Fact("reinforce", "equals", "On-policy its mean gradient is (G − 1)/G times that of the mean reward.",
             equal(rf"{ON_POLICY} \left[ \frac{{1}}{{G}} \sum_{{i=1}}^G \hat{{A}}_i {ANSWER_SCORE} \right]",
                   r"\frac{G-1}{G} \nabla_\theta \mathbb{E}_{o \sim \pi_\theta(\cdot|q)} \left[ r(q, o) \right]")),
        Fact("equal-lengths", "equals", "With T tokens in every answer GRPO's mean is Dr. GRPO's sum divided by T.",
             equal(FIXED_MEAN, r"\frac{1}{T} \left( \frac{1}{G} \sum_{i=1}^G \sum_{t=1}^T x_{i,t} \right)")),
        Fact("spread", "equals", "GRPO's advantage is Dr. GRPO's divided by the spread: equal where it is 1.",
             equal(r"\text{std}(\mathbf{r}) \tilde{A}_i", r"\hat{A}_i"), (NORMALISED,)),
        Fact("any-spread", "equals", "GRPO's advantage is Dr. GRPO's for any rewards.",
             equal(r"\tilde{A}_i", r"\hat{A}_i"), (NORMALISED,), expect="refuted"),
        Fact("answers", "old", "With RLOO's advantage it has the gradient of the mean reward at θ_old.",
             equal(gradient(answer_group(rf"{TOKENS} r_{{i,t}}(\theta) A_i", BEHAVIOUR)), ANSWER_GAIN),
             (ANSWER_ADVANTAGE,), AT_OLD),
        Fact("answers-away", "equals", "Away from θ_old it has that gradient, too.",
             equal(gradient(answer_group(rf"{TOKENS} r_{{i,t}}(\theta) A_i", BEHAVIOUR)), ANSWER_GAIN),
             (ANSWER_ADVANTAGE,), expect="refuted"),
        Fact("sequence-score", "property", "The tokens' scores sum to that of the product of their probabilities.",
             equal(rf"\sum_{{t=1}}^{{|o_i|}} {TOKEN_SCORE}",
                   r"\nabla_\theta \log \prod_{t=1}^{|o_i|} \pi_\theta(o_{i,t}|q, o_{i,<t})")),
    ),
    DAPO,
    r"The gradient is that for any advantage $\hat{B}_i$, constant in θ.",
)

DAPO_TERM = clipped(r"r_{i,t}(\theta)", r"\hat{A}_{i,t}", LOW, HIGH)
DAPO_CEILING = ceiling("g_{i,t}", r"\hat{A}_{i,t}", LOW, HIGH)
FIXED_TOKEN_MEAN = r"\frac{1}{\sum_{i=1}^G T} \sum_{i=1}^G \sum_{t=1}^T x_{i,t}"
TOKEN_SUM = rf"{TOKEN_MEAN} r_{{i,t}}(\theta) A_i"
OF_TOKEN = "f(q, o_{i,<t}, o_{i,t})"


def own_mean(i: int) -> str:
    """The mean of what the tokens of an answer give."""
    return rf"\frac{{1}}{{|o_{i}|}} \sum_{{t=1}}^{{|o_{i}|}} f(q, o_{{{i},<t}}, o_{{{i},t}})"


def dapo_mean(body: str) -> str:
    """DAPO's expectation of a mean over the tokens of the group."""
    return rollout(f"{TOKEN_MEAN} {body}", ANYTHING)


DAPO_OBJECTIVE = Objective(
    "dapo", "DAPO", "Yu et al. 2025, arXiv:2503.14476",
    (TOKEN_RATIO, r"\mathcal{J}_{\text{DAPO}}(\theta) \doteq " + dapo_mean(DAPO_TERM)),
    (
        Fact("gradient", "gradient", "A token counts with r_{i,t} Â_{i,t} below its ceiling, and all tokens alike.",
             equal(gradient(dapo_mean(TOKEN_CAPPED)), dapo_mean(f"{TOKEN_BELOW} {TOKEN_SURROGATE} {TOKEN_SCORE}")),
             (DAPO_CEILING,)),
        Fact("ceiling", "equals", "A token's clipped surrogate is its surrogate under that ceiling.",
             equal(DAPO_TERM, TOKEN_CAPPED), (DAPO_CEILING,), RANGE),
        Fact("at-old", "old", "At θ_old a token's coefficient is its advantage.",
             equal(gradient(TOKEN_CAPPED), rf"\hat{{A}}_{{i,t}} {TOKEN_SCORE}"), (DAPO_CEILING,), (*RANGE, *AT_OLD)),
        Fact("symmetric", "equals", "With both ranges equal it clips as PPO does.",
             equal(DAPO_TERM, TERM), assume=(rf"{LOW} = \varepsilon", rf"{HIGH} = \varepsilon")),
        Fact("equal-lengths", "equals", "With T tokens in every answer the token mean is GRPO's mean of means.",
             equal(FIXED_TOKEN_MEAN, FIXED_MEAN)),
        Fact("weights", "equals", "An answer's mean weighs |o_i|/Σ|o_j| instead of 1/G: equal iff all lengths are.",
             equal(f"{TOKEN_MEAN} x_{{i,t}} - {SEQUENCE_MEAN} x_{{i,t}}",
                   r"\sum_{i=1}^G \left( \frac{|o_i|}{\sum_{j=1}^G |o_j|} - \frac{1}{G} \right)"
                   r" \frac{1}{|o_i|} \sum_{t=1}^{|o_i|} x_{i,t}")),
        Fact("same-lengths", "equals", "Where all answers have T tokens, both means of what tokens and prefixes give.",
             equal(f"{TOKEN_MEAN} {OF_TOKEN}", f"{SEQUENCE_MEAN} {OF_TOKEN}"), assume=("|o_i| = T",)),
        Fact("two-answers", "equals", "Of two answers the means differ by half the relative difference of lengths.",
             equal(f"{TOKEN_MEAN} {OF_TOKEN} - {SEQUENCE_MEAN} {OF_TOKEN}",
                   r"\frac{|o_1| - |o_2|}{2 (|o_1| + |o_2|)}"
                   rf" \left( {own_mean(1)} - {own_mean(2)} \right)"), assume=("G = 2",)),
        Fact("answers", "old", "With RLOO's advantages, drawn with the answers, it has GRPO's gradient at θ_old.",
             equal(gradient(answer_group(TOKEN_SUM, BEHAVIOUR)), gradient(answer_group(SEQUENCE_SUM, BEHAVIOUR))),
             (ANSWER_ADVANTAGE,), AT_OLD, "refuted"),
        Fact("answers-reward", "old", "It has the gradient of the mean reward there.",
             equal(gradient(answer_group(TOKEN_SUM, BEHAVIOUR)), ANSWER_GAIN), (ANSWER_ADVANTAGE,), AT_OLD, "refuted"),
        Fact("any-lengths", "equals", "The token mean is GRPO's mean of means for any lengths.",
             equal(f"{TOKEN_MEAN} x_{{i,t}}", f"{SEQUENCE_MEAN} x_{{i,t}}"), expect="refuted"),
    ),
    DAPO,
    "The gradient writes the clipped surrogate under its ceiling g_{i,t}, which `ceiling` justifies.",
    (ANY_ADVANTAGE,),
)
