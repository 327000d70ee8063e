r"""Decision processes: where they start, where a step leads, values, and the states that a policy visits.

Paths have no end; what is paid after k steps counts γ^k. ``Value``, ``ActionValue`` and ``Visited`` name the discount
and the reward of which they speak.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic

from .arithmetic import Const, Node, node
from .binders import Scope, Var, sort_of
from .derived import Abbreviation, means
from .errors import LawError
from .expectation import Expect
from .policy import Head, Policy, ProcessLaw
from .shapes import SCALAR, Shape

# The end of a range of steps that has none.
ENDLESS = Const(r"\infty", "positive")


class Start(ProcessLaw):
    r"""\rho_0, the law of the first state."""


class Transition(ProcessLaw):
    """P(·|s,a), the law of the next state, given a state and an action."""

    @property
    def context(self) -> tuple[Basic, ...]:
        """What it is conditioned on."""
        return self.args


class Visited(ProcessLaw):
    """d^π, Visited(policy, discount): the states of paths, the k-th with weight (1 − γ) γ^k.

    Visited(policy, discount, state) has those of paths that start in a state.
    """

    @property
    def policy(self) -> Policy:
        """The policy under which they are visited."""
        return self.args[0]

    @property
    def context(self) -> tuple[Basic, ...]:
        """The state in which paths start, if it is given."""
        return self.args[2:]


def looks_ahead(reward: Head) -> bool:
    """Whether a reward is one of a state, an action and the state after."""
    return "#3" in reward.layout


class Value(Node):
    """V^π(s), Value(policy, state, discount, reward): what is paid from a state on, discounted, under a policy."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        policy, state, _, reward = args
        if not isinstance(policy, Policy) or sort_of(state) != "state" or not isinstance(reward, Head):
            raise LawError("a value is that of a state under a policy, of a reward", state)
        return SCALAR


class ActionValue(Abbreviation):
    """Q^π(s,a), ActionValue(policy, state, action, discount, reward): what is paid from an action on."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return SCALAR


@means(ActionValue)
def action_value(policy: Policy, state: Basic, action: Basic, discount: Node, reward: Head) -> Node:
    """Q^π(s,a) = r(s,a) + γ E_{s'∼P(·|s,a)}[V^π(s')], or E_{s'}[r(s,a,s') + γ V^π(s')]."""
    after = Var("s'", "state")
    value = Value(policy, after, discount, reward)
    if looks_ahead(reward):
        paid = node(reward(state, action, after)) + node(discount) * value
        return Expect(Transition(state, action), Scope.close(after, paid))
    return node(reward(state, action)) + node(discount) * Expect(Transition(state, action), Scope.close(after, value))


class Advantage(Abbreviation):
    """A^π(s,a), Advantage(policy, state, action, discount, reward): Q^π(s,a) − V^π(s)."""

    @classmethod
    def shape_of(cls, *args: Any) -> Shape:
        return SCALAR


@means(Advantage)
def advantage(policy: Policy, state: Basic, action: Basic, discount: Node, reward: Head) -> Node:
    """A^π(s,a) = Q^π(s,a) − V^π(s)."""
    return ActionValue(policy, state, action, discount, reward) - Value(policy, state, discount, reward)
