"""Witnesses that no model of ours can be: infinite sets and paths, a process that moves, a policy without slopes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Integer, Rational, Symbol, cancel, diff, expand, factorial, integrate, log, oo, summation, together

from . import stated as said
from .case import Case, Witness

theta, draw, root = Symbol("θ", positive=True), Symbol("a", positive=True), Symbol("u", positive=True)
step = Symbol("k", integer=True, nonnegative=True)
state, half = Symbol("n", integer=True, positive=True), Rational(1, 2)


def decided(model: str, left: Any, right: Any, place: str = "") -> Case:
    """A case whose sides are SymPy numbers or rational functions of θ; they are equal where the difference expands
    to 0."""
    return Case(model, str(left), str(right), expand(together(left - right)) == 0, place)


def mean_score(density: Any, upper: Any) -> Any:
    """E_θ[∂ log π_θ(a)/∂θ] for a density on (0, upper)."""
    return integrate(cancel(density * diff(log(density), theta)), (draw, 0, upper))


def finite_actions() -> Witness:
    """The uniform law on (0, θ): its support moves with θ, so that a derivative does not pass under the integral."""
    return Witness(
        "FiniteActions", "the score has mean zero", said.MEAN_SCORE,
        decided("a ∼ Uniform(0, θ)", mean_score(1 / theta, theta), Integer(0)),
        decided("π_θ(a) = 1 + θ (a − 1/2) on (0, 1)", mean_score(1 + theta * (draw - half), Integer(1)), Integer(0)),
        "∇ ∫ π_θ = 0 since mass is conserved, but ∫ ∇π_θ leaves out the mass that the moving end of the support gains: "
        "on an infinite set Interchange has to be assumed.")


def finite_states() -> Witness:
    """States 1, 2, … in which the policy leans towards the reward 2^(n−1), and away from its opposite.

    With probability 2⁻ⁿ of state n, E_s E_θ[r] = Σ_n θ³/(1 + θ²)^(n+1) = θ/(1 + θ²) at every θ.
    """
    lean, reward = theta**3 / (1 + theta**2) ** (state + 1), 2 ** (state - 1)
    mean_reward = (half + lean) * reward - (half - lean) * reward

    def at(last: Any, states: str) -> Case:
        term = expand(half**state * expand(mean_reward)) / (1 - half**last)
        objective = together(summation(term, (state, 1, last)))
        slopes = summation(diff(term, theta).subs(theta, 0), (state, 1, last))
        model = f"states n = {states}, d(n) ∝ {half**state}, r = ±{reward}, π_θ = 1/2 ± {lean}, θ = 0"
        return decided(readable(model), diff(objective, theta).subs(theta, 0), slopes)

    return Witness(
        "FiniteStates", "the policy gradient", said.POLICY_GRADIENT,
        at(oo, "1, 2, …"), at(3, "1, 2, 3"),
        "Every state has gradient zero at θ = 0, yet the sum over infinitely many states is θ/(1 + θ²).")


def path_ends() -> Witness:
    """A first token that ends the sequence with probability 1 − θ, and others after which it may go on for ever."""
    def at(ending: list[Any], after: str) -> Case:
        mean = sum(expand(together(chance * diff(log(chance), theta))) for chance in ending)
        return decided(f"the first token ends the sequence with probability 1 − θ, {after}", mean, Integer(0))

    return Witness(
        "PathEnds", "the score of a sequence has mean zero", said.SCORE_OF_SEQUENCES,
        at([1 - theta], "and after any other it goes on for ever"),
        at([1 - theta, theta], "and the second ends it in any case"),
        "Sequences that never end have no tokens to sum over, and their probability moves with θ.")


def discounted() -> Witness:
    """Two states, which pay 1 and −1 and lead to each other: undiscounted, what is paid has no sum."""
    def at(discount: Any, last: Any, so_far: str) -> Case:
        value = summation((-discount) ** step, (step, 0, last))
        model = f"a state pays 1 and leads to one that pays −1, and that back, γ = {discount}{so_far}"
        return decided(model, value, 1 + discount * -value)

    return Witness(
        "Discounted", "Bellman's equation", said.BELLMAN,
        at(Integer(1), 9, ", the first ten payments summed"), at(half, oo, ""),
        "Without a discount what is paid on a path that does not end has no sum.")


def dynamics_constant() -> Witness:
    """One step, from a state that pays 1 or from one that pays 0; nothing depends on what is done there."""
    def at(chance: Any, said_so: str) -> Case:
        scores = sum(half * diff(log(half), theta) * payment for payment in (chance, chance))
        return decided(f"T = 1, {said_so} probability of the state that pays 1, π_θ = 1/2, 1/2", diff(chance, theta),
                       scores)

    return Witness(
        "DynamicsConstant", "the policy gradient of a return", said.GRADIENT_OF_RETURN,
        at(theta, "θ as the"), at(half, "1/2 as the"),
        "Where starts or transitions move with θ, the return does so without any score of the policy.")


def readable(text: str) -> str:
    """A SymPy expression in a line, the way it is written by hand."""
    return text.replace("**", "^").replace("*", "·")


def differentiable() -> Witness:
    """A policy with one continuous derivative, |Δθ|^(3/2) from uniform: both sides are power series in u = √|Δθ|."""
    def coefficient(term: Any, power: int) -> Any:
        return diff(expand(term), root, power).subs(root, 0) / factorial(power)

    def at(power: int, exponent: str) -> Case:
        log_policy = log((1 + root**power) / 2)
        score = diff(log_policy, root) / (2 * root)  # d/dθ, where θ = u²
        expansion = log_policy.subs(root, 0) + score * root**2
        found = [(coefficient(log_policy, k), coefficient(expansion, k)) for k in range(4)]
        last = decided(f"π_θ(1) = (1 + |Δθ|^{exponent})/2, a = 1", *found[3], place="|Δθ|^(3/2)")
        return replace(last, holds=last.holds and all(expand(left - right) == 0 for left, right in found))

    return Witness(
        "Differentiable", "the first-order expansion", said.FIRST_ORDER, at(3, "(3/2)"), at(4, "2"),
        "A remainder of second order needs two continuous derivatives; with one it is only o(‖Δθ‖).")
