r"""PPO's clipped surrogate and its dual: where their gradient lives and where it dies."""

from __future__ import annotations

from ..latex.notation.profiles import PPO as NOTATION
from .notation import AT_OLD, capped, ceiling, clipped, equal, gradient
from .record import Fact, Objective

RATIO = r"r_t(\theta) \doteq \frac{\pi_\theta(a_t|s_t)}{\pi_{\theta_{\text{old}}}(a_t|s_t)}"
ADVANTAGE = r"\hat{A}(s_t, a_t)"
SCORE = r"\nabla_\theta \log \pi_\theta(a_t|s_t)"
SAMPLE = clipped(r"r_t(\theta)", ADVANTAGE, r"\epsilon", r"\epsilon")
CEILING = ceiling("g(s_t, a_t)", ADVANTAGE, r"\epsilon", r"\epsilon")
CAPPED = capped(rf"r_t(\theta) {ADVANTAGE}", "g(s_t, a_t)")
LIVE = rf"\nabla_\theta {SAMPLE} = r_t(\theta) {ADVANTAGE} {SCORE}"
DEAD = rf"\nabla_\theta {SAMPLE} = 0"
ABOVE, BELOW = r"r_t(\theta) > 1 + \epsilon", r"r_t(\theta) < 1 - \epsilon"
INSIDE = (r"1 - \epsilon < r_t(\theta)", r"r_t(\theta) < 1 + \epsilon")
GOOD, BAD = f"{ADVANTAGE} > 0", f"{ADVANTAGE} < 0"


def mean(body: str) -> str:
    """The mean over a state and an action of the behaviour policy."""
    return (r"\mathbb{E}_{s_t \sim d^{\pi_{\theta_{\text{old}}}}, a_t \sim \pi_{\theta_{\text{old}}}(\cdot|s_t)}"
            rf" \left[ {body} \right]")


PPO = Objective(
    "ppo", "PPO-clip", "Schulman et al. 2017, arXiv:1707.06347",
    (RATIO, rf"L^{{\text{{CLIP}}}}(\theta) \doteq {mean(SAMPLE)}"),
    (
        Fact("gradient", "gradient",
             "A sample counts with r_t Â_t while r_t Â_t is below its ceiling g, and not at all above it.",
             equal(gradient(mean(CAPPED)), mean(
                 rf"\mathbf{{1}}[r_t(\theta) {ADVANTAGE} < g(s_t, a_t)] r_t(\theta) {ADVANTAGE} {SCORE}")), (CEILING,)),
        Fact("ceiling", "equals", "The clipped surrogate is the surrogate under that ceiling.",
             rf"L^{{\text{{CLIP}}}}(\theta) = {mean(CAPPED)}", (CEILING,)),
        Fact("at-old", "old", "At θ_old nothing is clipped: the coefficient is the advantage.",
             equal(gradient(mean(CAPPED)), mean(f"{ADVANTAGE} {SCORE}")), (CEILING,), AT_OLD),
        Fact("value-at-old", "old", "Its value there is the mean advantage.",
             rf"L^{{\text{{CLIP}}}}(\theta) = {mean(ADVANTAGE)}", assume=AT_OLD),
        Fact("surrogate", "equals", "Inside the clip range a sample's term is TRPO's surrogate.",
             rf"{SAMPLE} = r_t(\theta) {ADVANTAGE}", assume=INSIDE),
        Fact("live-inside", "gradient", "Inside the clip range the gradient lives.", LIVE, assume=INSIDE),
        Fact("dead-above", "gradient", "A good action that has become more likely than 1 + ε allows: dead.",
             DEAD, assume=(ABOVE, GOOD)),
        Fact("dead-below", "gradient", "A bad action that has become less likely than 1 − ε allows: dead.",
             DEAD, assume=(BELOW, BAD)),
        Fact("live-above", "gradient", "A bad action that has become too likely: alive, and r_t has no bound.",
             LIVE, assume=(ABOVE, BAD)),
        Fact("live-below", "gradient", "A good action that has become too unlikely: alive.",
             LIVE, assume=(BELOW, GOOD)),
        Fact("lower-bound", "property", "The clipped surrogate is never above the surrogate.",
             rf"{SAMPLE} \leq r_t(\theta) {ADVANTAGE}"),
        Fact("clip-kills", "property", "The gradient dies wherever the ratio exceeds the range.",
             DEAD, assume=(ABOVE,), expect="refuted"),
    ),
    NOTATION,
    "A sample at the very edge of the clip range is excluded: there the minimum has no derivative.",
)

DUAL_TERM = rf"\max \left( {SAMPLE}, c {ADVANTAGE} \right)"
FLOORED = rf"\max(r_t(\theta), 1 - \epsilon) {ADVANTAGE}"
DUAL_FLOORED = rf"\max \left( {FLOORED}, c {ADVANTAGE} \right)"
BEYOND = (BAD, "c > 1")

DUAL = Objective(
    "ppo-dual-clip", "PPO with dual clip, for a negative advantage", "Ye et al. 2020, arXiv:1912.09729",
    (RATIO, rf"L^{{\text{{DUAL}}}}(\theta) \doteq {mean(DUAL_TERM)}"),
    (
        Fact("floor", "equals", "For a negative advantage PPO's term has a floor under the ratio, and no ceiling.",
             equal(SAMPLE, FLOORED), assume=(BAD,)),
        Fact("gradient", "gradient", "Between 1 − ε and c the coefficient is r_t Â_t.",
             equal(gradient(DUAL_FLOORED), rf"r_t(\theta) {ADVANTAGE} {SCORE}"),
             assume=(BAD, r"r_t(\theta) > 1 - \epsilon", r"r_t(\theta) < c")),
        Fact("dead", "gradient", "Where the ratio exceeds c the gradient dies too.",
             equal(gradient(DUAL_FLOORED), "0"), assume=(r"r_t(\theta) > c", *BEYOND)),
        Fact("at-old", "old", "At θ_old the coefficient is the advantage.",
             equal(gradient(DUAL_FLOORED), f"{ADVANTAGE} {SCORE}"), assume=(*BEYOND, *AT_OLD)),
        Fact("ppo", "equals", "Where the ratio is below c it is PPO-clip.",
             equal(DUAL_FLOORED, FLOORED), assume=(r"r_t(\theta) < c", *BEYOND)),
        Fact("bounded", "property", "A term is never below c Â_t.",
             rf"{DUAL_FLOORED} \geq c {ADVANTAGE}", assume=(BAD,)),
        Fact("ppo-unbounded", "property", "PPO-clip is never below c Â_t either.",
             rf"{SAMPLE} \geq c {ADVANTAGE}", assume=BEYOND, expect="refuted"),
    ),
    NOTATION,
    "By `floor`, the other claims write PPO's term as max(r_t, 1 − ε) Â_t.",
)
