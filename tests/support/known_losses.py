"""Losses on tape, each with what it is held against, and the verdicts on value and gradient."""

from grpo_symbolic.objectives.notation import HIGH, LOW, TOKEN, TOKEN_MEAN, TOKEN_OLD, TOKEN_REF

RATIO = rf"\frac{{{TOKEN}}}{{{TOKEN_OLD}}}"
REFERENCE = rf"\frac{{{TOKEN_REF}}}{{{TOKEN}}}"
K3 = rf"\left( {REFERENCE} - \log {REFERENCE} - 1 \right)"
SAMPLED = r"\frac{\pi_{\theta_{\text{old}}}(o_{i,t}|q, o_{i,<t})}{\pi_{\text{rollout}}(o_{i,t}|q, o_{i,<t})}"
TERM = (rf"\min \left( {RATIO} \hat{{A}}_{{i,t}}, \text{{clip}}({RATIO}, 1 - {LOW}, 1 + {HIGH}) \hat{{A}}_{{i,t}}"
        r" \right)")
PENALTY = {name: rf"L = {TOKEN_MEAN} {body}" for name, body in (
    ("k2", rf"\frac{{1}}{{2}} \left( \log {REFERENCE} \right)^2"), ("k3", K3), ("weighted", f"{RATIO} {K3}"))}
CORRECTED = rf"{TOKEN_MEAN} \min \left( {SAMPLED}, C \right) {TERM}"
# loss, what it is held against, value, gradient
VERDICTS = [
    ("grpo", "grpo", "proved", "proved"), ("grpo", "dapo", "refuted", "refuted"),
    ("token_mean", "dapo", "proved", "proved"), ("token_mean", "grpo", "refuted", "refuted"),
    ("cispo", "cispo", "proved", "proved"), ("cispo_live", "cispo", "proved", "refuted"),
    ("gspo", "gspo", "proved", "proved"), ("gspo_token", "gspo", "proved", "proved"),
    ("gspo_sum", "gspo", "refuted", "refuted"), ("gspo_stopped", "gspo", "proved", "refuted"),
    ("dual_clip", "ppo-dual-clip", "proved", "proved"), ("dual_everywhere", "ppo-dual-clip", "refuted", "refuted"),
    ("constant_length", "drgrpo", "proved", "proved"), ("means_of_means", "grpo", "proved", "proved"),
    ("means_of_means", "dapo", "refuted", "refuted"), ("ends_swapped", "dapo", "refuted", "refuted"),
    ("optimistic", "dapo", "refuted", "refuted"), ("other_sign", "dapo", "refuted", "refuted"),
    ("to_reference", "grpo", "refuted", "refuted"), ("to_itself", "dapo", "refuted", "refuted"),
    ("over_padding", "trpo", "refuted", "refuted"), ("shifted", "reinforce", "refuted", "refuted"),
    ("wrong_axis", "dapo", "refuted", "refuted"), ("picked", "dapo", "proved", "proved"),
    ("with_entropy", "trpo", "refuted", "refuted"), ("corrected", CORRECTED, "refuted", "refuted"),
    ("penalty_k2", PENALTY["k2"], "proved", "proved"), ("penalty_k1", PENALTY["k3"], "refuted", "refuted"),
    ("penalty_swapped", PENALTY["k3"], "refuted", "refuted"), ("penalty_capped", PENALTY["k3"], "refuted", "refuted"),
    ("penalty_weighted", PENALTY["weighted"], "proved", "proved"),
    ("penalty_weight_stopped", PENALTY["weighted"], "proved", "refuted"),
]
