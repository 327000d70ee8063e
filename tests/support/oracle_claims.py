"""Claims for the oracle: the equations of the paper, true and bent, and others of the field."""

from __future__ import annotations

from symbols import G, a, b, beta, ell, eps, group, i, j, o, old, pi, q, r, ref, rho, s, t, tilde

from grpo_symbolic.language import (
    KL,
    AtOld,
    Claim,
    Clip,
    CrossEntropy,
    Definition,
    E,
    Entropy,
    Fisher,
    Frac,
    Head,
    Hessian,
    Indicator,
    Log,
    Max,
    Min,
    Node,
    Norm,
    Num,
    Parameter,
    Policy,
    Power,
    Prefix,
    Relation,
    Root,
    StateLaw,
    Step,
    StopGradient,
    TokenOf,
    grad,
    group_mean,
    group_spread,
    group_sum,
    remainder,
    taylor,
    total,
)
from grpo_symbolic.language import Length as length

A, f = Head("A(#1, #2)"), Head("f(#1, #2)")
objective = Head(r"\mathcal{J}(\theta)", theta=True)
half = Frac(Num(1), Num(2))


def score(action: object, policy: Policy = pi) -> Node:
    return grad(Log(policy(action, s)))


def ratio(action: object) -> Node:
    return pi(action, s) / old(action, s)


def log_ratio(action: object) -> Node:
    return Log(pi(action, s)) - Log(ref(action, s))


def k3(action: object) -> Node:
    return ref(action, s) / pi(action, s) - Log(ref(action, s) / pi(action, s)) - 1


def equation(left: Node, right: object, **context: object) -> Claim:
    return Claim(Relation("=", left, right), **context)  # type: ignore[arg-type]


WHERE = (Definition(rho(i, group, s), ratio(group[i])),
         Definition(ell(i, group, s), log_ratio(group[i])),
         Definition(objective(), E((s, StateLaw(old)), (group, old | s),
                                   1 / G * group_sum(i, rho(i, group, s) * tilde(i, group, s)
                                                     - beta * ell(i, group, s)))))


def grpo_gradient(penalty: Node) -> Node:
    return E((s, StateLaw(old)), (group, old | s),
             1 / G * group_sum(i, (rho(i, group, s) * tilde(i, group, s) - penalty) * score(group[i])))


PAPER = {
    "7": (equation(grad(rho(i, group, s)), rho(i, group, s) * score(group[i]), where=WHERE),
          equation(grad(rho(i, group, s)), score(group[i]), where=WHERE)),
    "8": (equation(grad(ell(i, group, s)), score(group[i]), where=WHERE),
          equation(grad(ell(i, group, s)), score(group[i]) - score(group[i], ref) - score(group[i]), where=WHERE)),
    "9": (equation(grad(objective()), grpo_gradient(beta), where=WHERE),
          equation(grad(objective()), grpo_gradient(2 * beta), where=WHERE)),
    "10": (equation(grad(E((a, old | s), beta * log_ratio(a))), beta * E((a, old | s), score(a))),
           equation(grad(E((a, old | s), beta * log_ratio(a))), E((a, old | s), score(a)))),
    "11": (equation(KL(old | s, pi | s), E((a, old | s), Log(old(a, s) / pi(a, s)))),
           equation(KL(old | s, pi | s), E((a, pi | s), Log(old(a, s) / pi(a, s))))),
    "12": (equation(grad(KL(old | s, pi | s)), -E((a, old | s), score(a))),
           equation(grad(KL(old | s, pi | s)), E((a, old | s), score(a)))),
    "13": (equation(KL(old | s, pi | s), half * Step().T * AtOld(Fisher(pi | s)) * Step() + remainder(3)),
           equation(KL(old | s, pi | s), Step().T * AtOld(Fisher(pi | s)) * Step() + remainder(3))),
}

TRUE = {
    "score": equation(E((a, pi | s), score(a)), 0),
    "reinforce": equation(grad(E((a, pi | s), r(s, a))), E((a, pi | s), r(s, a) * score(a))),
    "group under its own law": equation(grad(E((group, pi | s), tilde(Num(1), group, s))),
                                        E((group, pi | s), tilde(Num(1), group, s)
                                          * group_sum(i, score(group[i])))),
    "fisher": equation(Fisher(pi | s), -E((a, pi | s), Hessian(Log(pi(a, s))))),
    "hessian of KL at θ_old": equation(AtOld(Hessian(KL(old | s, pi | s))), AtOld(Fisher(pi | s))),
    "gradient at θ = θ_old": equation(grad(KL(old | s, pi | s)), 0, at_old=True),
    "stop-gradient": equation(grad(pi(a, s) / StopGradient(pi(a, s))), score(a)),
    "stop-gradient, second order": equation(Hessian(pi(a, s) / StopGradient(pi(a, s))),
                                            Hessian(pi(a, s)) / pi(a, s)),
    "score expansion": equation(Log(pi(a, s)), Log(old(a, s)) + AtOld(score(a)).T * Step() + remainder(2)),
    "taylor": equation(pi(a, s), taylor(pi(a, s), 2) + remainder(3)),
    "k3 is nonnegative": Claim(Relation("≥", k3(a), 0)),
    "k3 in the mean": equation(E((a, pi | s), k3(a)), KL(pi | s, ref | s)),
    "entropy": equation(Entropy(pi | s) + KL(pi | s, ref | s), CrossEntropy(pi | s, ref | s)),
    "clip": Claim(Relation("≤", Min(ratio(a) * A(s, a), Clip(ratio(a), 1 - eps, 1 + eps) * A(s, a)),
                           ratio(a) * A(s, a))),
    "max as an indicator": equation(grad(Max(ratio(a), Num(1))),
                                    Indicator(">", ratio(a), Num(1)) * ratio(a) * score(a)),
    "variance": equation(Power(group_spread(i, r(s, group[i])), Num(2)),
                         group_mean(i, r(s, group[i]) ** 2) - group_mean(i, r(s, group[i])) ** 2),
    "normalised advantages": equation(
        group_sum(j, (r(s, group[j]) - group_mean(i, r(s, group[i]))) ** 2 / group_spread(i, r(s, group[i])) ** 2), G),
    "leave one out": equation(group_sum(i, total(j, r(s, group[j]), excluded=i)),
                              (G - 1) * group_sum(i, r(s, group[i]))),
    "states": equation(grad(E((s, StateLaw(pi)), f(s, a))), grad(total(b, E((s, StateLaw(pi)), f(s, a) * pi(b, s))))),
    "chain rule of tokens": equation(pi(o, q), total(t, pi(TokenOf(o, t), q, Prefix(o, t)), upper=length(o),
                                                     product=True)),
    "token sum": equation(score(o), total(t, grad(Log(pi(TokenOf(o, t), s, Prefix(o, t)))), upper=length(o))),
    "θ and its step": equation(Parameter() - Parameter("old"), Step()),
    "the square of a norm": equation(grad(Norm(Step()) ** 2), 2 * Step()),
    "a strict inequality that hardly holds": Claim(Relation("<", pi(a, s), 1 + ref(a, s))),
    "an assumption holds after the operators": equation(
        grad(pi(a, s) * A(s, a)), 0, assume=(Relation("=", A(s, a), 0),)),
    "an assumed sign": Claim(Relation("≥", Max(ratio(a) * A(s, a), A(s, a)), A(s, a) * ratio(a)),
                             assume=(Relation(">", A(s, a), 0),)),
    "an assumption on a policy": Claim(Relation(">", ratio(a) ** 2, 1), assume=(Relation(">", ratio(a), 1 + eps),)),
}

BENT = {
    "score, off policy": equation(E((a, old | s), score(a)), 0),
    "action baseline": equation(E((a, pi | s), (r(s, a) - f(s, a)) * score(a)), grad(E((a, pi | s), r(s, a)))),
    "group under its own law": equation(grad(E((group, pi | s), tilde(Num(1), group, s))),
                                        E((group, pi | s), tilde(Num(1), group, s) * score(group[1]))),
    "group statistic read as a function of the index": equation(
        E((group, old | s), tilde(Num(1), group, s)), tilde(Num(1), group, s)),
    "KL is symmetric": equation(KL(pi | s, ref | s), KL(ref | s, pi | s)),
    "k3 in the mean, off policy": equation(E((a, old | s), k3(a)), KL(pi | s, ref | s)),
    "marks erased too early": equation(Hessian(pi(a, s) / StopGradient(pi(a, s))), Hessian(Log(pi(a, s)))),
    "score squared": equation(Fisher(pi | s), E((a, pi | s), Hessian(Log(pi(a, s))))),
    "the Hessian of a score is the same for all actions": equation(Hessian(Log(pi(a, s))), -Fisher(pi | s)),
    "expansion at θ instead of θ_old, one order too far": equation(
        Log(pi(a, s)), Log(old(a, s)) + score(a).T * Step() + remainder(3)),
    "≈ without a remainder": Claim(Relation("≈", Log(pi(a, s)), Log(old(a, s)) + score(a).T * Step())),
    "clip the other way": Claim(Relation("≥", Min(ratio(a) * A(s, a), Clip(ratio(a), 1 - eps, 1 + eps) * A(s, a)),
                                         ratio(a) * A(s, a))),
    "one cell for all actions": equation(E((a, pi | s), Max(A(s, a), Num(0))) * E((a, pi | s), Max(-A(s, a), Num(0))),
                                         0),
    "root of a square": equation(Root(A(s, a) ** 2), A(s, a)),
    "a strict inequality that touches": Claim(Relation("<", ratio(a), ratio(a))),
    "sum without its diagonal": equation(group_sum(i, total(j, r(s, group[j]), excluded=i)),
                                         G * group_sum(i, r(s, group[i]))),
    "length": equation(1 / length(o) * total(t, f(Prefix(o, t), TokenOf(o, t)), upper=length(o)),
                       total(t, f(Prefix(o, t), TokenOf(o, t)), upper=length(o))),
    "not finite": equation(E((group, old | s), r(s, group[1]) / group_spread(i, r(s, group[i]))), 0),
    "θ and its step": equation(Parameter(), Parameter("old") + 2 * Step()),
    "outer product is not symmetric": equation(score(a) * score(b).T, score(b) * score(a).T),
}
