"""The expressions of ``kernel_reference`` as nodes of the language."""

from sympy import Rational

from grpo_symbolic import kernel as k
from grpo_symbolic import language as lang

FREE = {"s": lang.Var("s", "state"), "a": lang.Var("a", "action"), "g": lang.Var("g", "group"),
        "i": lang.Var("i", "index")}
NAMES = {var: k.variable(name, var.sort) for name, var in FREE.items()}
CALLS = {"log": lang.Log, "exp": lang.Exp, "max": lang.Max, "min": lang.Min, "old": lang.AtOld, "sg": lang.StopGradient}


def named(term, env):
    """An action, index or state."""
    if isinstance(term, str):
        return env[term]
    first, second = named(term[1], env), env[term[2]]
    return lang.Sample(first, second) if term[0] == "at" else lang.TokenOf(first, second)


def spoken(expression, env=FREE):
    """The node that says what an expression says."""
    tag, *parts = expression

    def say(part, **more):
        return spoken(part, {**env, **more})

    def law(policy, where, state):
        return lang.Policy(policy, where) | env[state]

    def drawn(name, sort, law_of, body):
        var = lang.Var(name, sort)
        return lang.E((var, law_of), say(body, **{name: var}))

    match tag:
        case "num":
            return lang.node(Rational(parts[0].numerator, parts[0].denominator))
        case "const":
            return lang.Const(*parts)
        case "fun":
            name, args, kind, theta = parts
            return lang.Head(name, theta=theta, sign=kind)(*(named(x, env) for x in args))
        case "prob":
            policy, where, action, state = parts
            return lang.Policy(policy, where)(named(action, env), env[state])
        case "same":
            return lang.Same(*(named(part, env) for part in parts))
        case "add":
            return say(parts[0]) + say(parts[1])
        case "mul":
            return say(parts[0]) * say(parts[1])
        case "div":
            return say(parts[0]) / say(parts[1])
        case "pow":
            return say(parts[0]) ** Rational(parts[1])
        case "spow":
            return say(parts[0]) ** say(parts[1])
        case "ind":
            return lang.Indicator(">", say(parts[0]), lang.node(0))
        case "sum":
            name, sort, body = parts
            var = lang.Var(name, sort if isinstance(sort, str) else "token")
            upper = None if sort in ("action", "index") else lang.Const("T", "positive") if sort == "token" else (
                lang.Length(named(sort[1], env)))
            return lang.total(var, say(body, **{name: var}), upper=upper)
        case "without":
            name, other, body = parts
            var = lang.Var(name, "index")
            return lang.total(var, say(body, **{name: var}), excluded=env[other])
        case "E":
            return drawn(parts[0], "action", law(*parts[1:4]), parts[4])
        case "group":
            return drawn(parts[0], "group", law(*parts[1:4]), parts[4])
        case "visit":
            return drawn(parts[0], "state", lang.StateLaw(lang.Policy("π", parts[1])), parts[2])
        case "D":
            return lang.grad(say(parts[1])).T * lang.Head("u_" + parts[0], shape="vector")()
        case "dot":
            return lang.grad(say(parts[0])).T * lang.grad(say(parts[1]))
    return CALLS[tag](*map(say, parts))
