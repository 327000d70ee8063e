"""Small processes: derivatives at θ_old, and the states that a policy visits."""

import pytest
from flint import fmpq

from grpo_symbolic.language import AtOld, Claim, Relation, grad
from grpo_symbolic.oracle.process.model import END, Process
from grpo_symbolic.oracle.process.numbers import Dual, total
from grpo_symbolic.oracle.search.processes import search
from grpo_symbolic.paper.notation import s
from grpo_symbolic.paper.trajectories import (
    E_paths,
    Q_pi,
    V_pi,
    action,
    discounted,
    endless,
    paid,
    pi_old,
    pi_theta,
    state,
    step_score,
)

value = E_paths(endless(discounted() * paid()))
theorem = E_paths(endless(discounted() * Q_pi(state(), action(), pi_old) * AtOld(step_score())), pi_old)


def contradicted(left, right):
    """Whether some process contradicts that two sides are equal; they have a value on some."""
    found = search(Claim(Relation("=", left, right)), 5.0)
    assert found.models
    return found.counterexample is not None


def test_a_derivative_at_old_is_that_of_the_policy_put_there():
    assert not contradicted(AtOld(grad(value)), theorem)
    assert contradicted(AtOld(grad(value)), 2 * theorem)
    assert contradicted(AtOld(grad(value)), grad(value))


def test_what_is_put_at_old_does_not_move_any_more():
    assert not contradicted(grad(AtOld(V_pi(s))), 0 * V_pi(s))
    assert not contradicted(AtOld(V_pi(s)), V_pi(s, pi_old))


@pytest.mark.parametrize("fixed", [False, True])
def test_the_states_visited_are_all_states_and_have_mass_one(fixed):
    process = Process(3, 2, fixed=fixed)
    found = process.visited(pi_theta, Dual(fmpq(3, 4)))
    assert set(found) == set(process.states)
    assert total(found.values()) == Dual(fmpq(1))
    assert found[END] != Dual(fmpq(0))
    assert fixed == any(found[k].value for k in process.states[:-1] if k not in process.living)
