"""The mutants that are true though bent, with the reason why; and those that are neither proved nor refuted."""

ZERO = "a multiple of zero is zero"
DIVIDED = "a sum that vanishes does so whatever it is divided by"
CONSTANT = "what does not depend on θ has no gradient"
AT_OLD = "at θ_old the policy is π_old, the ratio is 1, and evaluating there again changes nothing"
ORDER = "the change is of the order of the remainder"
LAWS = "every law sums to one"
SAMPLES = "the samples of a group have one law"
BASELINE = "a constant times the score has mean zero"
EVEN = "only the square of what changed its sign counts"
SPARE = "the inequality has room"
REACH = "the bound that moved is not the one that binds"

# For each statement and reason the labels of its mutants: a rule, and which of the mutants that this rule makes.
EQUIVALENT = {
    "a-law-does-not-diverge-from-itself": {
        ZERO: "sign 1",
    },
    "forward-kl-stationary": {
        ZERO: "sign 1 2, factor 1",
        AT_OLD: "point 1, policy 1, divergence 1",
        CONSTANT: "stop_gradient 1, policy 3 4, divergence 2 3",
    },
    "the-ratio-has-mean-one-under-the-behaviour-policy": {
        LAWS: "policy 1 2 3, variable 2",
    },
    "score-squared": {
        ZERO: "sign 1 2, factor 1 2 3",
        LAWS: "point 1, variable 2",
        CONSTANT: "stop_gradient 1, policy 1 2",
    },
    "log-derivative": {
        CONSTANT: "factor 7",
    },
    "eq12": {
        CONSTANT: "divergence 2, factor 4",
    },
    "cross-entropy-gradient": {
        CONSTANT: "factor 3, divergence 2",
    },
    "first-order-expansion": {
        ORDER: "point 1",
        CONSTANT: "factor 7",
    },
    "centred-rewards-sum-to-zero": {
        ZERO: "sign 1, mean_for_sum 1",
    },
    "ratio-near-one": {
        ORDER: "point 1",
        CONSTANT: "factor 6",
    },
    "the-expansion-with-the-gradient-at-θ_old": {
        ORDER: "point 1",
        AT_OLD: "point 2",
        CONSTANT: "factor 7",
    },
    "mean-under-a-group": {
        SAMPLES: "index_range 2",
    },
    "eq08": {
        CONSTANT: "sign 3, dropped_term 2, factor 3 4 5 8, logarithm 2, policy 4, power 2, variable 2, index_range 2",
    },
    "second-moment-bound": {
        SPARE: "power 1, policy 1 2 3, factor 1, variable 2",
    },
    "k3-nonnegative": {
        SPARE: "sign 3, dropped_term 3, factor 1 5",
    },
    "leave-one-out": {
        ZERO: "sign 1, mean_for_sum 1",
    },
    "stopped-ratio": {
        CONSTANT: "factor 11",
    },
    "token-scores": {
        CONSTANT: "factor 3 6",
    },
    "k2-gradient": {
        EVEN: "fraction 4",
        BASELINE: "factor 7 8",
    },
    "stopped-weight": {
        CONSTANT: "factor 7",
    },
    "reverse-kl-gradient": {
        BASELINE: "factor 4 5",
        CONSTANT: "factor 8",
    },
    "eq10": {
        CONSTANT: "sign 4, dropped_term 2, factor 6 7 8 13, logarithm 2, policy 4, power 3, variable 4 5",
    },
    "hessian-of-log": {
        CONSTANT: "factor 2 7 10",
    },
    "eq13": {
        ORDER: "divergence 1, point 1",
        AT_OLD: "law 1, point 2 3",
        CONSTANT: "factor 7 10",
    },
    "the-mean-of-k3-under-the-current-policy": {
        LAWS: "policy 1 2 4, variable 2",
    },
    "the-constraint-is-quadratic-near-θ_old": {
        ORDER: "divergence 1, point 1",
        AT_OLD: "law 1, point 2 3",
        CONSTANT: "factor 7 10",
    },
    "off-policy-gradient": {
        CONSTANT: "factor 11",
    },
    "eq07": {
        CONSTANT: "factor 9",
    },
    "the-error-of-the-expansion-as-printed": {
        CONSTANT: "factor 7 13",
        ORDER: "point 2",
        AT_OLD: "point 3",
    },
    "the-error-of-the-usual-expansion": {
        AT_OLD: "point 2 4",
        CONSTANT: "factor 7 13",
        ORDER: "point 3",
    },
    "the-surrogate's-gradient-at-θ_old": {
        AT_OLD: "point 2 4",
        CONSTANT: "factor 11",
    },
    "the-gradient-of-k3": {
        CONSTANT: "sign 4, dropped_term 3, policy 6, factor 5 6 7 14, power 5, variable 5 6",
    },
    "k3-importance-weighted": {
        LAWS: "policy 5 6 8, variable 6",
    },
    "deviations": {
        EVEN: "sign 7",
    },
    "normalised-advantages-sum-to-zero": {
        ZERO: "sign 1, mean_for_sum 1",
        DIVIDED: (
            "fraction 2 5 6 7 8 9, sign 5 6 8 9 10, dropped_term 3 4 5 6, power 4 5 6 8 9 10 11, "
            "factor 7 8 9 10 11 12 13 14 15 16 17, index_range 5 6 7 8, mean_for_sum 3 4, variable 3 4"
        ),
    },
    "clip-for-gains": {
        REACH: "region 6 8, factor 8 11, sign 1 2, dropped_term 1 2, power 7",
    },
    "clip-for-losses": {
        REACH: "region 5 7, factor 12 13, sign 4, dropped_term 4, power 8",
    },
    "group-mean-baseline": {
        SAMPLES: "index_range 4",
        EVEN: "sign 10",
    },
    "the-objective-at-θ_old": {
        AT_OLD: "law 1 3, factor 5, fraction 3, power 3, policy 1 3 5 9",
        SAMPLES: "index_range 4 5 7 8",
    },
    "eq09": {
        CONSTANT: (
            "sign 8, dropped_term 4, factor 15 16 17 30, logarithm 2, policy 8, power 8, variable 6, "
            "index_range 5"
        ),
        SAMPLES: "index_range 4",
    },
    "the-clipped-objective-at-θ_old": {
        AT_OLD: (
            "law 1 3 5 7, region 1 2 3 4 5 6 7 8, factor 5 10 15 16 17 30, fraction 3 5 9, "
            "power 3 6 9 10 16, policy 1 3 5 7 9 13 15 17, sign 6, dropped_term 3 4 6"
        ),
        SAMPLES: "index_range 6 7 11 12",
    },
}

OPEN = {
    "second-moment-bound": "law 1, fraction 1 2, power 2 3 5",
    "first-order-expansion": "stop_gradient 1",
    "ratio-near-one": "stop_gradient 1",
    "the-expansion-with-the-gradient-at-θ_old": "stop_gradient 1",
    "k3-nonnegative": "power 3 5, fraction 4",
    "eq13": "stop_gradient 1 2",
    "the-constraint-is-quadratic-near-θ_old": "stop_gradient 1 2",
    "the-error-of-the-expansion-as-printed": "stop_gradient 1",
    "the-error-of-the-usual-expansion": "stop_gradient 1",
    "normalised-advantages-sum-to-zero": "power 7, sign 7",
    "clip-for-gains": "power 6, factor 10",
    "clip-for-losses": "fraction 4, power 5, factor 9",
}
