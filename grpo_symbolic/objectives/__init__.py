"""The objectives of the field, and the estimators of their penalty: definitions, and what the checker makes of them."""

from __future__ import annotations

from functools import cache

from .record import Fact, Objective

__all__ = ["Fact", "Objective", "objectives"]


@cache
def objectives() -> tuple[Objective, ...]:
    """Every objective, what is older first, and one over answers or paths beside its own."""
    from .answers import PENALTY, REINFORCE_ANSWERS, RLOO_ANSWERS
    from .clipping import DUAL, PPO
    from .groups import DAPO_OBJECTIVE, DR_GRPO, GRPO, PAPER_GRPO
    from .policy_gradient import REINFORCE, RLOO, TRPO
    from .processes import PPO_GAE, TRPO_VISITED
    from .sequences import CISPO, DEEPSEEK, GSPO_OBJECTIVE

    return (REINFORCE, REINFORCE_ANSWERS, RLOO, RLOO_ANSWERS, TRPO, TRPO_VISITED, PPO, PPO_GAE, DUAL, PENALTY,
            PAPER_GRPO, GRPO, DR_GRPO, DAPO_OBJECTIVE, GSPO_OBJECTIVE, CISPO, DEEPSEEK)
