"""Point 13: the group mean includes the sample itself, which costs the estimator the factor (G − 1)/G."""

from grpo_symbolic.paper.claims_group import E_sampled, estimator, others
from grpo_symbolic.paper.claims_notation import *
from grpo_symbolic.paper.notation import *
from grpo_symbolic.paper.script import *

policy_gradient = E_theta(reward(s, a) * score(a))

scaled = (
    derive("claim13-scaled")
    .then(E_sampled(estimator(r())) - E_sampled(estimator(group_reward(s, group))), LINEARITY)
    .then(policy_gradient - 1 / G * policy_gradient, INDEPENDENCE, LOG_DERIVATIVE, definition("r̄", define_mean))
    .then((G - 1) / G * policy_gradient, LINEARITY)
    .arrive(INTERCHANGE, LOG_DERIVATIVE)
)

leave_one_out = (
    derive("claim13-leave-one-out")
    .then(E_sampled(estimator(r())) - E_sampled(estimator(others())), LINEARITY)
    .then(policy_gradient, INDEPENDENCE, LOG_DERIVATIVE)
    .arrive(INTERCHANGE, LOG_DERIVATIVE)
)

squares = (
    derive("claim13-squares")
    .then(group_sum(i, centred(i, group, s) ** 2) / spread(s, group) ** 2, LINEARITY)
    .arrive(definition("σ", define_spread), definition("Â", define_centred))
)

script = argument("claim13", scaled, leave_one_out, squares)

if __name__ == "__main__":
    script.show()
