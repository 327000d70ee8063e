"""The theorems of the necessity witnesses, those of the paper as it has them."""

from __future__ import annotations

from sympy import Rational

from ...language import (
    GROUP_SIZE,
    KL,
    OLD,
    AtOld,
    Claim,
    Clip,
    Const,
    Definition,
    E,
    Head,
    Indicator,
    Length,
    Log,
    Min,
    Node,
    Policy,
    Prefix,
    Relation,
    Root,
    StateLaw,
    Step,
    Term,
    TokenOf,
    Transition,
    Value,
    Var,
    grad,
    group_sum,
    node,
    remainder,
    total,
)

s, a, b = Var("s", "state"), Var("a", "action"), Var("b", "action")
group, i = Var("a", "group"), Var("i", "index")
pi, old = Policy(r"\pi"), Policy(r"\pi", OLD)
ref, moving_ref = Policy(r"\pi_{\text{ref}}", "constant"), Policy(r"\pi_{\text{ref}}")
G, epsilon = GROUP_SIZE, Const(r"\varepsilon", "positive")
reward = Head("r(#1, #2)")
ratio, log_ratio = Head(r"\rho_{#1}(\theta)", theta=True), Head(r"\ell_{#1}(\theta)", theta=True)
ratio_at = Head(r"\rho(\theta)", theta=True)
group_reward, spread = Head(r"\bar{r}(#1)"), Head(r"\sigma_r(#1)", sign="nonnegative")
fisher = Head(r"F_{#1}(\theta)", theta=True, shape="matrix")


def equation(left: Node, right: Node | int, *where: Definition) -> Claim:
    """The claim left = right."""
    return Claim(Relation("=", left, right), where)


def score(action: Term) -> Node:
    """∇ log π_θ(action|s)."""
    return grad(Log(pi(action, s)))


def mean(body: Node) -> Node:
    """(1/G) Σ_i body."""
    return node(1) / G * group_sum(i, body)


def under(law: Policy, body: Node) -> Node:
    """E over a ∼ law(·|s)."""
    return E((a, law | s), body)


define_mean = Definition(group_reward(s, group), mean(reward(s, group[i])))
define_spread = Definition(spread(s, group), Root(mean((reward(s, group[i]) - group_reward(s, group)) ** 2)))
define_fisher = Definition(fisher(s), under(pi, score(a) * score(a).T))
define_ratio_at = Definition(ratio_at(a, s), pi(a, s) / old(a, s))
step, one_half, r = Step(), node(Rational(1, 2)), reward(s, a)

# (13): D_KL(π_old‖π_θ) = ½ Δθᵀ F_s(θ_old) Δθ + O(‖Δθ‖³)
QUADRATIC = equation(KL(old | s, pi | s), one_half * step.T * AtOld(fisher(s)) * step + remainder(3), define_fisher)

# E_old[ρ r] = E_θ[r]
IMPORTANCE = equation(under(old, ratio_at(a, s) * r), under(pi, r), define_ratio_at)

# log π_θ(a|s) = log π_old(a|s) + (∇ log π_θ(a|s))ᵀ Δθ + O(‖Δθ‖²)
FIRST_ORDER = equation(Log(pi(a, s)), Log(old(a, s)) + score(a).T * step + remainder(2))

# E_θ[∇ log π_θ] = 0
MEAN_SCORE = equation(under(pi, score(a)), 0)

# ∇ E_s E_θ[r] = E_s E_θ[r ∇ log π_θ]
states = StateLaw(old)
POLICY_GRADIENT = equation(grad(E((s, states), (a, pi | s), r)), E((s, states), (a, pi | s), r * score(a)))

# ∇ min(ρ, 1 + ε) = 1[ρ < 1 + ε] ρ ∇ log π_θ
CLIPPED_GRADIENT = equation(
    grad(Min(pi(a, s) / old(a, s), 1 + epsilon)),
    Indicator("<", pi(a, s) / old(a, s), 1 + epsilon) * (pi(a, s) / old(a, s)) * score(a))

# clip(0, 1 − ε, 1 + ε) = 1 − ε
CLIPPED_ZERO = equation(Clip(node(0), 1 - epsilon, 1 + epsilon), 1 - epsilon)

# (1/G) Σ_i ((r_i − r̄)/σ_r)² = 1
UNIT_SPREAD = equation(mean(((reward(s, group[i]) - group_reward(s, group)) / spread(s, group)) ** 2), 1,
                       define_mean, define_spread)

# (1/G) Σ_i r_i/r̄ = 1
SHARES = equation(mean(reward(s, group[i]) / group_reward(s, group)), 1, define_mean)

# (√r)² = r
SQUARE_OF_ROOT = equation(Root(r) * Root(r), r)


# E_o[Σ_t ∇ log π_θ(o_t|s,o_{<t})] = 0
o, t, u = Var("o", "action"), Var("t", "token"), Var("u", "token")
token_score = grad(Log(pi(TokenOf(o, t), s, Prefix(o, t))))
SCORE_OF_SEQUENCES = equation(E((o, pi | s), total(t, token_score, Length(o))), 0)

# ∇ E_τ[Σ_t r(s_t,a_t)] = E_τ[Σ_t ∇ log π_θ(a_t|s_t) Σ_u r(s_u,a_u)]
path, T = Var(r"\tau", "action"), Const("T", "positive")
rewards = total(u, reward(Prefix(path, u), TokenOf(path, u)), T)
GRADIENT_OF_RETURN = equation(
    grad(E((path, pi.law), rewards)),
    E((path, pi.law), total(t, grad(Log(pi(TokenOf(path, t), Prefix(path, t)))), T) * rewards))


# V^π(s) = E_a[r(s,a) + γ E_{s'}[V^π(s')]]
gamma, after = Const(r"\gamma", "positive"), Var("s'", "state")
worth, worth_after = (Value(pi, place, gamma, reward) for place in (s, after))
BELLMAN = equation(worth, under(pi, reward(s, a) + gamma * E((after, Transition(s, a)), worth_after)))


def ratio_gradient(behaviour: Policy) -> Claim:
    """∇ρ_i = ρ_i ∇ log π_θ(a_i|s), (7), for the ratio to a behaviour policy."""
    rho = ratio(i, group, s)
    return equation(grad(rho), rho * score(group[i]), Definition(rho, pi(group[i], s) / behaviour(group[i], s)))


def log_ratio_gradient(reference: Policy) -> Claim:
    """∇ℓ_i = ∇ log π_θ(a_i|s), (8), for the log-ratio to a reference policy."""
    ell = log_ratio(i, group, s)
    return equation(grad(ell), score(group[i]),
                    Definition(ell, Log(pi(group[i], s)) - Log(reference(group[i], s))))


def squared_spread(copies: bool) -> Claim:
    """E[σ_r²] = (G−1)/G Var(r), over a group of independent draws or of ``copies`` of one draw."""
    variance = under(old, (r - E((b, old | s), reward(s, b))) ** 2)
    if copies:
        expected = under(old, mean((r - mean(r)) ** 2))
        return equation(expected, (G - 1) / G * variance)
    return equation(E((group, old | s), spread(s, group) ** 2), (G - 1) / G * variance, define_mean, define_spread)
