"""Loops of JAX whose turns do not wait for each other, as what is done with all turns at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
from jax.extend.core import jaxpr_as_fun

ADDED, CONVERTED = "add", "convert_element_type"


def at_once(equation: Any) -> Any:
    """The expression of all turns of a loop, with its constants; None where a turn needs more of the one before than
    a sum to add to."""
    given = equation.params
    body, consts, carried = given["jaxpr"], given["num_consts"], given["num_carry"]
    added = [_added(body.jaxpr, consts + k, k) for k in range(carried)]
    if None in added:
        return None
    sums = body.jaxpr.outvars[:carried]
    one_turn = jaxpr_as_fun(body.replace(jaxpr=body.jaxpr.replace(
        eqns=[one for one in body.jaxpr.eqns if one.outvars[0] not in sums],
        outvars=[*added, *body.jaxpr.outvars[carried:]])))

    def whole(*values: Any) -> Sequence[Any]:
        first, begun, rest = values[:consts], values[consts:consts + carried], values[consts + carried:]
        turns = jax.vmap(lambda *own: one_turn(*first, *begun, *own), axis_size=given["length"])(*rest)
        return [*(begin + one.sum(axis=0) for begin, one in zip(begun, turns, strict=False)), *turns[carried:]]
    return jax.make_jaxpr(whole)(*(var.aval for var in equation.invars))


def _added(jaxpr: Any, place: int, number: int) -> Any:
    """What a turn adds to what it is handed at a place; None where it does anything else with that."""
    before, after = jaxpr.invars[place], jaxpr.outvars[number]
    users = _users(jaxpr, before)
    while len(users) == 1 and users[0].primitive.name == CONVERTED:
        before = users[0].outvars[0]
        users = _users(jaxpr, before)
    if len(users) != 1 or users[0].primitive.name != ADDED or users[0].outvars[0] is not after or _users(jaxpr, after):
        return None
    others = [var for var in users[0].invars if var is not before]
    return others[0] if len(others) == 1 and not hasattr(others[0], "val") else None


def _users(jaxpr: Any, wanted: Any) -> list[Any]:
    """The equations that have a variable on their right side."""
    return [one for one in jaxpr.eqns if any(var is wanted for var in one.invars)]
