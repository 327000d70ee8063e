"""Traps: false statements that a careless calculus proves, each beside a true one that it must not lose."""

from symbols import G, a, b, beta, c, eps, group, i, j, o, old, pi, r, ref, s, t, tilde
from triangle_traps import FALSE as FALSE_TRIANGLES
from triangle_traps import TRUE as TRUE_TRIANGLES

from grpo_symbolic.language import (
    KL,
    Abs,
    AtOld,
    Claim,
    Clip,
    Const,
    E,
    Entropy,
    Exp,
    Fisher,
    Frac,
    Head,
    Hessian,
    Indicator,
    Length,
    Log,
    Max,
    Min,
    Num,
    Ordinal,
    Policy,
    Power,
    Prob,
    Relation,
    Root,
    Same,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    Var,
    Visited,
    grad,
    group_mean,
    group_spread,
    group_sum,
    node,
    remainder,
    taylor,
    total,
    variables,
)
from grpo_symbolic.language.derived import TotalVariation
from grpo_symbolic.latex.statement.reader import read_statement

other, third = variables("b c", "group")
p, q, T = Policy("p", "constant"), Policy("q", "constant"), Const("T", "positive")
A, B, C = Const("A"), Const("B"), Const("C")
f, g, h = Head("f(#1)"), Head("g(#1, #2)"), Head("h(#1)")
w, v = Head("w(#1, #2)", sign="positive"), Head("v(#1)", sign="positive")
k, u, N = Head("k(#1)", theta=True), Head("u", shape="vector")(), Const("N", "positive")
d = Step()
half = Frac(Num(1), Num(2))
log_pi, log_old = Log(pi(a, s)), Log(old(a, s))
ratio = pi(a, s) / old(a, s)

PATHS = r"\mathbb{E}_{o\sim\pi_\theta(\cdot|q)}"
SCORE = r"\nabla_\theta\log\pi_\theta(o_t|q,o_{<t})"
LATER = r"\mathbb{E}_{\tau\sim\pi_\theta}\left[\sum_{t=0}^{T-1}\beta^t\sum_{t'=<start>}^{T-1} r(s_{t'},a_{t'})\right]"
WEIGHED = r"\mathbb{E}_{\tau\sim\pi_\theta}\left[\sum_{t=0}^{T-1}(1-\beta^{<power>})r(s_t,a_t)\right]"


def printed(text):
    """A claim in LaTeX."""
    claim, = read_statement(text).claims
    return claim


def all_printed(texts):
    """Claims in LaTeX, each to be built, by their names."""
    return {name: lambda text=text: printed(text) for name, text in texts.items()}


def later(start, power):
    """That rewards after each step, weighted, are rewards weighted by a sum."""
    return printed(rf"(1-\beta){LATER} = {WEIGHED}".replace("<start>", start).replace("<power>", power))


def score(action=a):
    return grad(Log(pi(action, s)))


def E_pi(body, policy=pi):
    return E((a, policy | s), body)


def E_group(body, policy=old, members=group):
    return E((members, policy | s), body)


def is_(left, right, op="=", **context):
    return Claim(Relation(op, left, right), **context)


def token_ratio(sequence=o):
    return pi(TokenOf(sequence, t), s) / old(TokenOf(sequence, t), s)


def entangled(body):
    """E over a group of Σ_j of a body in which the index stands outside the group too."""
    return E_group(group_sum(j, body(group)), ref)


def pair(members):
    return g(other[j], members[i]) * total(c, g(c, members[i]))


rewards = r(s, group[i])
mean = group_mean(j, r(s, group[j]))
spread = group_spread(j, r(s, group[j]))
along = AtOld(score()).T * d
f_i, f_1 = Head("w_#1")(i), Head("w_#1")(Num(1))
b_1 = Var("b_1", "action")
positive_a, negative_a = Max(A, node(0)), Max(-A, node(0))

FALSE = {
    # binders
    "a sum inside a logarithm keeps its own variable": lambda: is_(
        total(a, Log(1 + total(b, g(a, b) ** 2))), total(a, Log(1 + total(b, g(b, b) ** 2)))),
    "bound variables of two sums are not one": lambda: is_(total(a, f(a)) * total(a, h(a)), total(a, f(a) * h(a))),
    "the square of a sum has mixed terms": lambda: is_(total(a, f(a)) ** 2, total(a, f(a) ** 2)),
    "a root of a sum stays under the outer sum": lambda: is_(E_pi(Root(total(b, w(a, b)))), 1),
    "a fractional power of a sum too": lambda: is_(
        E_pi(Power(total(b, w(a, b)), Num(3) / 2)), E_pi(total(b, w(a, b)))),
    "an index outside the group stays bound": lambda: is_(
        entangled(pair) ** 2, G * E_group(E_group(group_sum(j, pair(group) * pair(third)), ref, third), ref),
        at_old=True),
    # paths
    "all tokens but the last": lambda: printed(
        r"\log\pi_\theta(o|q) = \sum_{t=1}^{|o|-1}\log\pi_\theta(o_t|q,o_{<t})"),
    "half of the score": lambda: printed(rf"\nabla_\theta\log\pi_\theta(o|q) = \frac12\sum_{{t=1}}^{{|o|}}{SCORE}"),
    "one over the length of a sequence": lambda: printed(
        rf"{PATHS}\left[\frac{{1}}{{|o|}}\sum_{{t=1}}^{{|o|}}{SCORE}\right] = 0"),
    "an earlier token that is the last": lambda: printed(
        rf"{PATHS}[\sum_{{t=1}}^{{|o|}} b(q,o_{{<t}}) |o|] = {PATHS}[\sum_{{t=1}}^{{|o|}} \sum_{{t'=t}}^{{|o|}} "
        r"b(q,o_{<t})]"),
    "a ratio up to a step beside a later reward": lambda: printed(
        r"\mathbb{E}_{\tau\sim\pi_{\theta_{old}}}[\sum_{t=0}^{T-1} (\prod_{u=0}^{t}\frac{\pi_\theta(a_u|s_u)}"
        r"{\pi_{\theta_{old}}(a_u|s_u)}) \sum_{k=t}^{T-1} r(s_k,a_k)] = \mathbb{E}_{\tau\sim\pi_\theta}"
        r"[\sum_{t=0}^{T-1} \sum_{k=t}^{T-1} r(s_k,a_k)]"),
    "a step more": lambda: later("t+1", "t+1"),
    "two weights in the other order": lambda: later("t", "t"),
    "a sequence has no fixed length": lambda: printed(rf"{PATHS}[|o|^2] = {PATHS}[|o|]^2"),
    "the visits of states sum to one": lambda: is_(
        total(s, Prob(Visited(pi, beta), s)), 1 - beta, assume=(Relation("<", beta, node(1)),)),
    "the old visits": lambda: printed(
        r"\nabla_\theta \mathbb{E}_{\tau\sim\pi_{\theta_{old}}}[\sum_{t=0}^{T-1}\frac{\pi_\theta(a_t|s_t)}"
        r"{\pi_{\theta_{old}}(a_t|s_t)} r(s_t,a_t)] = \nabla_\theta \mathbb{E}_{\tau\sim\pi_\theta}"
        r"[\sum_{t=0}^{T-1} r(s_t,a_t)]"),
    # laws
    "π² does not sum to one": lambda: is_(total(a, pi(a, s) ** 2), 1),
    "π(a|a) does not sum to one": lambda: is_(total(a, pi(a, a)), 1),
    "mean of a curvature": lambda: is_(E_pi(Hessian(log_pi)), 0 * Fisher(pi | s)),
    "a change of measure has a direction": lambda: is_(E_pi(ratio * f(a)), E_pi(f(a), old)),
    "the law of an expectation depends on θ": lambda: is_(grad(E_pi(f(a))), 0),
    "the gradient of an expectation has a score": lambda: is_(grad(E_pi(log_pi * f(a))), E_pi(grad(log_pi) * f(a))),
    "states visited by π_θ depend on θ": lambda: is_(grad(E((s, StateLaw(pi)), h(s))), 0),
    # roots, logarithms, powers
    "√(A²) is |A|": lambda: is_(Root(A**2), A),
    "√(A²B²) is |AB|": lambda: is_(Root(A**2 * B**2), A * B),
    "exp(½ log A²) is |A|": lambda: is_(Exp(half * Log(A**2)), A),
    "|A| is not A": lambda: is_(Abs(A), A),
    "√(2√2) is 2^¾": lambda: is_(Root(2 * Root(node(2))), Root(node(2))),
    "√(⅔)³ under another root": lambda: is_(
        Root(Power(Num(2) / 3, Num(3) / 2)), Root(node(2)) * Power(node(3), -Num(3) / 4)),
    "there is no √−1": lambda: is_(Root(node(-1)) * Root(node(-1)), -1),
    "an integer power of a negative number": lambda: is_(Root(Power(A, G) ** 2), Power(A, G)),
    "a product of negative numbers": lambda: is_(
        Root(total(i, f(group[i]), product=True) ** 2), total(i, f(group[i]), product=True)),
    "log 4 is not log 2": lambda: is_(Log(node(4)), Log(node(2))),
    # zero denominators
    "0/0 of a constant": lambda: is_((A - A) / (A - A), 1),
    "0/0 is not 0 either": lambda: is_((A - A) / (A - A), 0),
    "a normalised law less one": lambda: is_((total(a, pi(a, s)) - 1) / (total(a, pi(a, s)) - 1), 1),
    "a logarithm of a normalised law": lambda: is_(Log(total(a, pi(a, s))) / Log(total(a, pi(a, s))), 1),
    "a mean over a group less the mean": lambda: is_(
        (E_group(rewards) - E_pi(r(s, a), old)) / (E_group(rewards) - E_pi(r(s, a), old)), 1),
    "0/0 at θ_old": lambda: is_(AtOld((log_pi - log_old) / (log_pi - log_old)), 1),
    "0/0 at θ_old along the step": lambda: is_(AtOld(along / along), 1),
    "the diagonal of 1/(f(a) − f(b))": lambda: is_(
        E((a, old | s), (b, old | s), 1 / (f(a) - f(b))), E((a, old | s), (b, old | s), 1 / (f(a) - f(b))) * 1),
    "σ may vanish under the expectation": lambda: is_(E_group(group_sum(i, (rewards - mean) / spread)), 0),
    "a group of equal rewards": lambda: is_(E_group((rewards - mean) / (rewards - mean)), 1),
    "E over a group of one": lambda: is_(E_group(spread / spread), 1),
    # groups
    "pairs of a group meet on the diagonal": lambda: is_(
        E_group(group_sum(i, rewards) ** 2), G**2 * E_pi(r(s, a), old) ** 2),
    "leave-one-out divides by G − 1": lambda: is_(
        E_group(mean * rewards), E_pi(r(s, a), old) ** 2),
    "a statistic needs the whole group": lambda: is_(
        E_group(1 / G * group_sum(i, pi(group[i], s) / old(group[i], s) * tilde(i, group))),
        E_group(1 / G * group_sum(i, tilde(i, group)))),
    "members are not exchangeable in a statistic": lambda: is_(E_group(tilde(Num(1), group)), E_group(
        1 / G * group_sum(i, tilde(i, group)))),
    "the group's law depends on θ": lambda: is_(grad(E_group(tilde(i, group), pi)), 0),
    "the score of one member is not that of the group": lambda: is_(
        grad(E_group(tilde(i, group), pi)), E_group(tilde(i, group) * score(group[i]), pi)),
    "a baseline of all members is biased": lambda: is_(
        E_group(1 / G * group_sum(i, score(group[i]) * (rewards - mean)), pi), E_pi(score() * r(s, a))),
    # sequences
    "a range that depends on its sequence": lambda: is_(
        AtOld(E((o, old | s), total(t, token_ratio() * score(o), upper=Length(o)))), 0),
    "a range that depends on a member": lambda: is_(E_group(group_sum(i, total(
        t, f(TokenOf(group[i], t)) * score(group[i]), upper=Length(group[i]))), pi), 0),
    "the length goes with the score": lambda: is_(E((o, pi | s), Length(o) * score(o)), 0),
    "an empty sum is no positive number": lambda: is_(
        Indicator(">", total(t, v(t), upper=T - 1), node(0)), 1),
    "a sum to zero": lambda: is_(Indicator(">", total(t, 1, upper=node(0)), node(0)), 1),
    # stop-gradient
    "marks outlive the first gradient": lambda: is_(Hessian(pi(a, s) / StopGradient(pi(a, s))), Hessian(log_pi)),
    "a stopped factor does not move": lambda: is_(grad(StopGradient(pi(a, s)) * f(a)), grad(pi(a, s) * f(a))),
    "a stopped copy has the value at θ": lambda: is_(StopGradient(pi(a, s)), old(a, s) + remainder(2)),
    "a stopped copy moves with θ": lambda: is_(StopGradient(pi(a, s)), old(a, s), "≈"),
    # θ_old
    "the score at θ_old is constant": lambda: is_(grad(along), AtOld(Hessian(log_pi)) * d),
    "the gradient at θ_old is not the gradient": lambda: is_(AtOld(score()), score()),
    "evaluation comes after the gradient": lambda: is_(AtOld(grad(log_pi - log_old)), grad(AtOld(log_pi - log_old))),
    # Δθ
    "∇(gᵀΔθ) is g": lambda: is_(grad(along), 0),
    "∇²(½ΔθᵀFΔθ) is F": lambda: is_(Hessian(half * d.T * Fisher(old | s) * d), 0 * Fisher(old | s)),
    "the gradient of a Taylor polynomial": lambda: is_(grad(taylor(log_pi, 1)), 0),
    # remainders
    "a remainder times zero is zero": lambda: is_(pi(a, s), old(a, s) + 0 * remainder(1)),
    "a remainder times a small number is smaller": lambda: is_(pi(a, s), old(a, s) + along**2 * remainder(1)),
    "a remainder at θ_old is zero": lambda: is_(pi(a, s), old(a, s) + AtOld(remainder(1))),
    "the printed gradient has an error of second order": lambda: is_(
        log_pi, log_old + score().T * d + remainder(3)),
    "√D_KL is not smooth": lambda: is_(Root(KL(old | s, pi | s)), remainder(2)),
    "the two divergences differ at third order": lambda: is_(
        KL(old | s, pi | s), KL(pi | s, old | s) + remainder(4)),
    # kinks
    "∇max(ρ, 1) at the kink": lambda: is_(AtOld(grad(Max(ratio, node(1)))), AtOld(score())),
    "∇min(ρ, 1) at the kink": lambda: is_(AtOld(grad(Min(ratio, node(1)))), 0),
    "∇|log ρ| at the kink, one side": lambda: is_(AtOld(grad(Abs(log_pi - log_old))), -AtOld(score())),
    "∇|ρ − 1| at the kink, the other": lambda: is_(AtOld(grad(Abs(ratio - 1))), AtOld(score())),
    "min(ρ, 1) has a slope on one side": lambda: is_(Min(ratio, node(1)), 1 + remainder(2)),
    "max(ρ, 1) too": lambda: is_(Max(ratio, node(1)), 1 + along + remainder(2)),
    "|log ρ| is no −log ρ": lambda: is_(Abs(log_pi - log_old), -along + remainder(2)),
    "an indicator jumps": lambda: is_(Indicator(">", ratio, node(1)), remainder(1)),
    # regions
    "A is not of one sign for all actions": lambda: is_(
        E_pi(Max(f(a), node(0))) * E_pi(Max(-f(a), node(0))), 0),
    "clipping is not idle": lambda: is_(Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A), ratio * A),
    "an indicator at zero": lambda: is_(Indicator(">", A, node(0)) + Indicator("<", A, node(0)), 1),
    "a sign of the product": lambda: is_(Indicator(">", A * B, node(0)), Indicator(">", A, node(0)) * Indicator(
        ">", B, node(0))),
    # names
    "a function named τ": lambda: is_(AtOld(Head("τ", theta=True)()), 0),
    "a constant named as a size": lambda: is_(total(a, 1), Const("|actions|", "positive")),
    # inequalities
    "A number is not below itself": lambda: is_(A, A, "<"),
    "more than Pinsker": lambda: is_(KL(p.law, q.law), Frac(Num(5), Num(2)) * TotalVariation(p.law, q.law) ** 2, "≥"),
    "a divergence may vanish": lambda: is_(KL(p.law, q.law), 0, ">"),
    "a log-ratio has either sign": lambda: is_(Log(ratio), 0, "≥"),
    "a square may vanish": lambda: is_(A**2, 0, ">"),
    "a mean of squares is not below": lambda: is_(E_pi(f(a) ** 2), E_pi(f(a)) ** 2, "≤"),
    "the clipped surrogate is the lower one": lambda: is_(
        Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A), ratio * A, "≥"),
    "a group of one": lambda: is_(G, 1, ">"),
    "a sum over nobody": lambda: is_(total(t, v(t), upper=T - 1), 0, ">"),
    "the clipped side": lambda: is_(Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A), Min(ratio, 1 + eps) * A, assume=(
        Relation("<", A, node(0)),)),
    "the gradient of the unclipped side": lambda: is_(
        grad(Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A)), 0, assume=(
            Relation("<", A, node(0)), Relation(">", ratio, 1 + eps))),
    "a maximum of sums": lambda: is_(positive_a + Max(B, node(0)), Max(A + B, node(0))),
    "one positive reward is not all": lambda: is_(
        f(a) * E((b, pi | s), f(b)), 0, "≥", assume=(Relation(">", f(a), node(0)),)),
    "nothing follows from a contradiction": lambda: is_(A, A + 1, assume=(Relation("<", node(1), node(0)),)),
    # what a suggestion divides by, and ranges that may be empty or negative
    "a threshold that has no value": lambda: is_(Min(A, B * (A - C)), A),
    "a threshold that has none by an assumption": lambda: is_(
        Min(A, Clip(ratio, 1 - eps, 1 + eps) * (A - B) / C), A, assume=(Relation("=", ratio, node(1)),)),
    "comparisons that share a number": lambda: is_(
        Indicator("=", A * (1 + B**2 + C**2), node(0)) * Indicator(">", Const("c") * A, Const("k")), 0),
    "a geometric sum has its own start": lambda: is_(
        total(i, Power(beta, Ordinal(i))), (1 - Power(beta, G)) / (1 - beta)),
    "a geometric sum of weights of their own": lambda: is_(
        total(i, Power(beta, Ordinal(i)) * f_i), total(i, f_i) * (beta - Power(beta, G + 1)) / (1 - beta)),
    "an end below zero is no size": lambda: is_(total(i, 1, upper=G - 2), G - 2),
    "a length that may be negative": lambda: is_(total(t, 1, upper=Length(o) - 2), Length(o) - 2),
    "the rows of another range": lambda: is_(
        total(i, f_i, upper=Const("K")), Const("K"), assume=(Relation("=", f_i, node(1)),)),
    # points that coincide
    "a bound action meets a free one at its kink": lambda: is_(
        total(b, Indicator(">", pi(b, s), old(a, s))),
        total(b, Indicator(">", old(b, s), old(a, s))) + remainder(1)),
    "a slope where a bound action meets a free one": lambda: is_(
        grad(total(b, Abs(pi(b, s) - old(a, s)))),
        total(b, (2 * Indicator(">", pi(b, s), old(a, s)) - 1) * grad(pi(b, s))), at_old=True),
    "a member that another one equals": lambda: is_(
        E_group(1 / (r(s, group[1]) - r(s, group[2]))), E_group(1 / (r(s, group[1]) - r(s, group[2]))) * 1),
    "a jump is no remainder": lambda: is_(
        Indicator(">", pi(a, s), old(a, s)), Indicator(">", old(a, s), old(a, s)) + remainder(1)),
    "a copy that is stopped ties with what it stops": lambda: is_(
        grad(Min(pi(a, s), StopGradient(pi(a, s)))), grad(pi(a, s))),
    "and so does a ratio with one": lambda: is_(grad(Max(pi(a, s) / StopGradient(pi(a, s)), node(1))), 0),
    "two free actions that may be one": lambda: is_(
        grad(Max(k(a), k(b))).T * u * Indicator("=", k(a), k(b)), 0),
    "a slope at θ_old under a sum, where a bound action meets a free one": lambda: is_(
        total(b, AtOld(grad(Max(pi(b, s) / old(b, s) + f(b), 1 + f(a))))),
        total(b, Indicator("≥", f(b), f(a)) * AtOld(grad(pi(b, s) / old(b, s))))),
    # what is obliged is obliged where the statement is made
    "a kink that an assumption makes": lambda: is_(
        AtOld(grad(Max(ratio, A))), 0, assume=(Relation("=", A, node(1)),)),
    "a kink that an assumption makes, by the other side": lambda: is_(
        AtOld(grad(Min(ratio, A))), AtOld(score()), assume=(Relation("=", A, node(1)),)),
    "a kink that an assumption makes at θ_old": lambda: is_(
        grad(Max(ratio, A)), 0, assume=(Relation("=", A, node(1)),), at_old=True),
    "a denominator at θ_old": lambda: is_(Indicator("=", k(a), A) * AtOld(1 / (k(a) - A)), 0),
    # members that a range may not have
    "a number left out of a range": lambda: is_(total(j, 1, upper=G - 1, excluded=Num(1)), G - 2),
    "an index left out of another range": lambda: is_(
        total(i, 1, upper=N) - 1, total(j, 1, upper=N, excluded=i)),
    # terms that are compared
    "two actions that may be one": lambda: is_(Same(a, b) * f(a), 0),
    "one of two actions": lambda: is_(Same(a, b) * f(a), f(b)),
    "the other action is picked": lambda: is_(total(b, Same(a, b) * g(b, a)), g(b, a)),
    "an action is picked from a mean": lambda: is_(E_pi(Same(a, b) * f(a)), f(b)),
    "an index that may lie outside its range": lambda: is_(total(i, Same(i, j) * f_i, upper=N), Head("f_{#1}")(j)),
    "what divides by a difference that may vanish": lambda: is_(Same(a, b) / (f(a) - f(b)), 0),
    # what is assumed, and of whom
    "an approximation is no equality": lambda: is_(A, B, assume=(Relation("≈", A, B),)),
    "the case of one action is not that of every": lambda: is_(
        E_pi(f(a)) * E_pi(h(a)), 0, ">", assume=(Relation(">", f(b_1) * h(b_1), 0),)),
    "weights of their own are not exchangeable": lambda: is_(
        E_group(r(s, group[1]) / (group_sum(i, f_i * r(s, group[i])) ** 2 + eps)),
        E_group(mean / (group_sum(i, f_i * r(s, group[i])) ** 2 + eps))),
    "members with numbers keep their weights": lambda: is_(
        E_group(f_1 * r(s, group[1]) / (spread + eps)), E_group(mean * group_mean(i, f_i) / (spread + eps))),
}


TRUE = {
    "all tokens": lambda: printed(r"\log\pi_\theta(o|q) = \sum_{t=1}^{|o|}\log\pi_\theta(o_t|q,o_{<t})"),
    "the score of all tokens": lambda: printed(rf"\nabla_\theta\log\pi_\theta(o|q) = \sum_{{t=1}}^{{|o|}}{SCORE}"),
    "what a sequence is worth": lambda: printed(
        rf"\nabla_\theta {PATHS}[R(q,o)] = {PATHS}[R(q,o) \sum_{{t=1}}^{{|o|}} {SCORE}]"),
    "the score of a sequence": lambda: printed(rf"{PATHS}\left[\sum_{{t=1}}^{{|o|}}{SCORE}\right] = 0"),
    "one over a length of all": lambda: printed(
        r"\mathbb{E}_{\tau\sim\pi_\theta}[\frac1T\sum_{t=1}^T\nabla_\theta\log\pi_\theta(a_t|s_t)] = 0"),
    "a token and those before": lambda: printed(
        rf"{PATHS}[\sum_{{t=1}}^{{|o|}} b(q,o_{{<t}}) |o|] = {PATHS}[\sum_{{t=1}}^{{|o|}} \sum_{{t'=t}}^{{|o|}} "
        rf"b(q,o_{{<t}})] + {PATHS}[\sum_{{t=1}}^{{|o|}} \sum_{{t'=1}}^{{t-1}} b(q,o_{{<t}})]"),
    "later rewards": lambda: later("t+1", "t"),
    "rewards from now on": lambda: later("t", "t+1"),
    "as many steps as there are": lambda: printed(
        r"\mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=1}^T\frac{\pi_{ref}(a_t|s_t)}{\pi_\theta(a_t|s_t)}] = T"),
    "the visits of states": lambda: is_(total(s, Prob(Visited(pi, beta), s)), 1),
    "visits that move": lambda: printed(
        r"\nabla_\theta \mathbb{E}_{\tau\sim\pi_\theta}[\sum_{t=0}^{T-1} r(s_t,a_t)] = \mathbb{E}_{\tau\sim\pi_\theta}"
        r"[\sum_{t=0}^{T-1} \nabla_\theta\log\pi_\theta(a_t|s_t) \sum_{t'=t}^{T-1} r(s_{t'},a_{t'})]"),
    "the action that is picked": lambda: is_(total(b, Same(a, b) * g(b, b)), g(a, a)),
    "the action that is picked from a mean": lambda: is_(E_pi(Same(a, b) * f(a)), pi(b, s) * f(b)),
    "equals for equals": lambda: is_(Same(a, b) * g(a, b), Same(b, a) ** 2 * g(b, a)),
    "one index of a range, or another": lambda: is_(
        total(i, total(j, Same(i, j) * Head("f_{#1}")(j))), total(j, total(i, Same(i, j) * Head("f_{#1}")(j)))),
    "draws that agree": lambda: is_(E_pi(E((b, pi | s), Same(a, b))), total(a, pi(a, s) ** 2)),
    "the slope of what is picked": lambda: is_(grad(total(b, Same(a, b) * pi(b, s))), grad(pi(a, s))),
    "renamed sums": lambda: is_(
        total(a, Log(1 + total(b, g(a, b) ** 2))), total(c, Log(1 + total(a, g(c, a) ** 2)))),
    "swapped sums": lambda: is_(total(a, total(b, g(a, b) * f(a))), total(b, total(a, g(a, b) * f(a)))),
    "an entangled square": lambda: is_(total(a, f(a)) ** 2, total(a, total(b, f(a) * f(b)))),
    "a root stays": lambda: is_(E_pi(2 * Root(total(b, w(a, b)))), 2 * E_pi(Root(total(c, w(a, c))))),
    "a mean of a curvature": lambda: is_(E_pi(Hessian(log_pi)), -Fisher(pi | s)),
    "a change of measure": lambda: is_(E_pi(ratio * f(a), old), E_pi(f(a))),
    "the gradient of a mean": lambda: is_(grad(E_pi(f(a))), E_pi(f(a) * score())),
    "states of π_old do not depend on θ": lambda: is_(grad(E((s, StateLaw(old)), h(s))), 0),
    "√β² = β": lambda: is_(Root(beta**2), beta),
    "a geometric sum": lambda: is_(
        total(i, Power(beta, Ordinal(i))), (beta - Power(beta, G + 1)) / (1 - beta)),
    "the numbers of an index": lambda: is_(
        total(i, Power(beta, Ordinal(i)) * f_i, upper=Num(1)), beta * f_1),
    "√A √A = A": lambda: is_(Root(A) * Root(A), A),
    "log of powers": lambda: is_(Log(node(8)), 3 * Log(node(2))),
    "log √2": lambda: is_(Log(Root(node(2))), half * Log(node(2))),
    "a tilted policy": lambda: is_(
        Log(ref(a, s) * Exp(r(s, a) / beta) / total(b, ref(b, s) * Exp(r(s, b) / beta))),
        Log(ref(a, s)) + r(s, a) / beta - Log(total(b, ref(b, s) * Exp(r(s, b) / beta)))),
    "centred": lambda: is_(group_sum(i, rewards - mean), 0),
    "σ + ε does not vanish": lambda: is_(E_group(group_sum(i, (rewards - mean) / (spread + eps))), 0),
    "second moment of a group": lambda: is_(
        E_group(group_sum(i, rewards) ** 2),
        G * E_pi(r(s, a) ** 2, old) + G * (G - 1) * E_pi(r(s, a), old) ** 2),
    "variance of a mean": lambda: is_(
        E_group((mean - E_pi(r(s, a), old)) ** 2),
        (E_pi(r(s, a) ** 2, old) - E_pi(r(s, a), old) ** 2) / G),
    "a baseline of all members shrinks by (G − 1)/G": lambda: is_(
        E_group(1 / G * group_sum(i, score(group[i]) * (rewards - mean)), pi),
        (G - 1) / G * E_pi(score() * r(s, a))),
    "leave-one-out is unbiased": lambda: is_(
        E_group(score(group[i]) * (rewards - 1 / (G - 1) * total(j, r(s, group[j]), excluded=i)), pi),
        E_pi(score() * r(s, a))),
    "the score of a group": lambda: is_(
        grad(E_group(tilde(i, group), pi)), E_group(tilde(i, group) * group_sum(j, score(group[j])), pi)),
    "ratios at θ_old": lambda: is_(
        AtOld(E_group(1 / G * group_sum(i, pi(group[i], s) / old(group[i], s) * tilde(i, group)))),
        E_group(1 / G * group_sum(i, tilde(i, group)))),
    "a range that depends on its sequence": lambda: is_(
        AtOld(E((o, old | s), total(t, token_ratio() * score(o), upper=Length(o)))),
        AtOld(E((o, pi | s), Length(o) * score(o)))),
    "a product over tokens": lambda: is_(
        grad(total(t, token_ratio(), upper=T, product=True)),
        total(t, token_ratio(), upper=T, product=True) * total(t, grad(Log(pi(TokenOf(o, t), s))), upper=T)),
    "a geometric mean": lambda: is_(
        grad(Power(total(t, token_ratio(), upper=T, product=True), 1 / T)),
        Power(total(t, token_ratio(), upper=T, product=True), 1 / T) / T
        * total(t, grad(Log(pi(TokenOf(o, t), s))), upper=T)),
    "a stopped denominator": lambda: is_(grad(pi(a, s) / StopGradient(pi(a, s))), score()),
    "its curvature": lambda: is_(
        Hessian(pi(a, s) / StopGradient(pi(a, s))), Hessian(pi(a, s)) / pi(a, s)),
    "a symmetric Hessian": lambda: is_(
        score().T * Hessian(log_pi) * score(b), score(b).T * Hessian(log_pi) * score()),
    "both divergences to second order": lambda: is_(
        KL(old | s, pi | s), KL(pi | s, old | s) + remainder(3)),
    "the clipped ratio at θ_old": lambda: is_(AtOld(Clip(ratio, 1 - eps, 1 + eps)), 1),
    "∇ of a clipped ratio at θ_old": lambda: is_(AtOld(grad(Clip(ratio, 1 - eps, 1 + eps))), AtOld(score())),
    "max of two orders": lambda: is_(Max(A, B), Max(B, A)),
    "|A| = max(A, −A)": lambda: is_(Abs(A), Max(A, -A)),
    "min + max": lambda: is_(Min(A, B) + Max(A, B), A + B),
    "one action, both signs": lambda: is_(positive_a * negative_a, 0),
    "a divergence is not negative": lambda: is_(KL(p.law, q.law), 0, "≥"),
    "Pinsker": lambda: is_(KL(p.law, q.law), 2 * TotalVariation(p.law, q.law) ** 2, "≥"),
    "the root of a divergence": lambda: is_(Root(KL(p.law, q.law)), TotalVariation(p.law, q.law), "≥"),
    "the clipped surrogate of a good action": lambda: is_(
        Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A), Min(ratio, 1 + eps) * A, assume=(
            Relation(">", A, node(0)),)),
    "its gradient where it is clipped": lambda: is_(
        grad(Min(ratio * A, Clip(ratio, 1 - eps, 1 + eps) * A)), 0, assume=(
            Relation(">", A, node(0)), Relation(">", ratio, 1 + eps))),
    "a variance is not negative": lambda: is_(E_pi(f(a) ** 2), E_pi(f(a)) ** 2, "≥"),
    "entropy and cross-entropy": lambda: is_(
        KL(p.law, q.law), -E((a, p.law), Log(q(a))) - Entropy(p.law)),
    "a range with an end above zero": lambda: is_(total(i, 1, upper=G - 1), G - 1),
    "a range with an end that is assumed": lambda: is_(
        total(i, 1, upper=G - 2), G - 2, assume=(Relation("≥", G, node(2)),)),
    "a jump away from its kink": lambda: is_(
        Indicator(">", pi(a, s), A), Indicator(">", old(a, s), A) + remainder(1)),
    "a sign by convention": lambda: is_(Indicator(">", ref(a, s), node(0)), 1),
    "a number that is assumed positive": lambda: is_(Root(A) / Root(A), 1, assume=(Relation(">", A, 0),)),
    "the first of three members": lambda: is_(
        E_group(total(i, rewards, upper=Num(3))), 3 * E_pi(r(s, a), old)),
    "members are exchangeable": lambda: is_(
        E_group((r(s, group[1]) - mean) / (spread + eps)), 0),
    "an assumption of every member": lambda: is_(
        group_sum(i, r(s, group[i])), G, assume=(Relation("=", r(s, group[j]), node(1)),)),
    "a step down where the threshold has a value": lambda: is_(
        Min(A, beta * (A - C)), A, assume=(Relation("=", beta, node(2)), Relation(">", A, 2 * C))),
}

FALSE |= all_printed(FALSE_TRIANGLES)
TRUE |= all_printed(TRUE_TRIANGLES)
