r"""Random statements of one joint law of three variables, with their truth by tables of numbers.

An expression is a tuple: ("p", of, given), ("*", …), ("/", above, below), ("sum", name, slot, body),
("mean", name, slot, weight, body), ("log", body) or ("+", (sign, body), …). Names are those that are printed, each at a
slot, one of the three variables.
"""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np

SIZES, TABLES, CLOSE = (2, 3, 2), 12, 1e-9
LETTERS = ("p", "q", "P", r"\pi", r"p_\theta", r"\pi_\theta", r"\hat p", r"\tilde{q}", "p'", r"q_\phi", r"\mathbb{P}")
NAMES = ("xyz", "abc", "uvw", "yzx", "sao", "XYZ", "ABC", "zxc")
BARS = ("|", r" \mid ", r"\,|\,")


def chance(table, of, given, at):
    """The conditional probability by a table, at the values of names."""
    def mass(slots):
        return np.sum(table[tuple(at[slots[k]] if k in slots else slice(None) for k in range(3))])
    below = mass({slot: name for name, slot in given})
    return mass({slot: name for name, slot in (*of, *given)}) / below


def value(term, table, at):
    """The value of an expression by a table."""
    match term:
        case ("p", of, given):
            return chance(table, of, given, at)
        case ("*", *parts):
            return np.prod([value(part, table, at) for part in parts])
        case ("/", above, below):
            return value(above, table, at) / value(below, table, at)
        case ("sum", name, slot, body):
            return sum(value(body, table, {**at, name: k}) for k in range(SIZES[slot]))
        case ("mean", name, slot, weight, body):
            return sum(value(weight, table, {**at, name: k}) * value(body, table, {**at, name: k})
                       for k in range(SIZES[slot]))
        case ("log", body):
            return np.log(value(body, table, at))
        case ("+", *parts):
            return sum(sign * value(part, table, at) for sign, part in parts)
    raise AssertionError(term)


def free(term):
    """The names that are free in an expression, with their slots."""
    match term:
        case ("p", of, given):
            return {*of, *given}
        case ("sum", name, slot, body):
            return free(body) - {(name, slot)}
        case ("mean", name, slot, weight, body):
            return (free(weight) | free(body)) - {(name, slot)}
        case ("+", *parts):
            return set().union(*(free(part) for _, part in parts))
        case (_, *parts):
            return set().union(*map(free, parts))
    raise AssertionError(term)


def holds(left, op, right, seed, independent=None):
    """Whether a relation holds of random tables, at all values; of tables in which two slots are independent given the
    third, if so named."""
    names = sorted(free(left) | free(right))
    for k in range(TABLES):
        random = np.random.default_rng([seed, k])
        table = random.dirichlet(np.full(int(np.prod(SIZES)), (3, 0.5, 0.15)[k % 3])).reshape(SIZES)
        if independent is not None:
            table = made_independent(table, independent)
        for values in product(*(range(SIZES[slot]) for _, slot in names)):
            at = {name: one for (name, _), one in zip(names, values, strict=True)}
            gap = value(left, table, at) - value(right, table, at)
            if op == "=" and abs(gap) > CLOSE or op == r"\leq" and gap > CLOSE or op == r"\geq" and gap < -CLOSE:
                return False
    return True


def made_independent(table, slots):
    """A table with the same law of each of two slots with the third, one independent of the other given that; or alone
    if the third is named too."""
    one, other, *alone = slots
    if alone:
        weights = table.sum(axis=tuple(alone), keepdims=True)
        apart = weights.sum(axis=other, keepdims=True) * weights.sum(axis=one, keepdims=True)
        return table / weights * apart
    both = table.sum(axis=(one, other), keepdims=True)
    return table.sum(axis=other, keepdims=True) * table.sum(axis=one, keepdims=True) / both


def bare(random, names, count=None):
    """A random probability of some of the names, given others."""
    slots = random.sample(range(3), 3)
    size = count or random.choice((1, 1, 2))
    given = random.choice(range(0, 4 - size))
    pick = [(names[slot], slot) for slot in slots]
    return ("p", tuple(pick[:size]), tuple(pick[size:size + given]))


def rewritten(random, term, names):
    """An equal expression, by the chain rule, Bayes' rule, a sum over what is left out, or the definition."""
    if term[0] != "p":
        return term
    _, of, given = term
    used = {slot for _, slot in (*of, *given)}
    left = [slot for slot in range(3) if slot not in used]
    ways = ["definition"] * bool(given) + ["chain", "chain"] * (len(of) > 1) + ["sum", "weighted", "mean"] * bool(left)
    ways += ["bayes", "bayes", "whole"] * (len(of) == 1 and bool(given))
    match random.choice(ways or ["same"]):
        case "definition":
            return ("/", ("p", of + given, ()), ("p", given, ()))
        case "chain":
            first, rest = of[:1], of[1:]
            return ("*", ("p", first, given), ("p", rest, given + first))
        case "bayes":
            turned, rest = given[0], given[1:]
            return ("/", ("*", ("p", (turned,), of + rest), ("p", of, rest)), ("p", (turned,), rest))
        case "whole":
            turned, rest = given[0], given[1:]
            (name, slot), = of
            new = (f"{name}'", slot)
            return ("/", ("*", ("p", (turned,), (*of, *rest)), ("p", of, rest)),
                    ("sum", new[0], slot, ("*", ("p", (turned,), (new, *rest)), ("p", (new,), rest))))
        case "sum":
            one = (names[left[0]] + "'" * random.choice((0, 0, 1)), left[0])
            return ("sum", *one, ("p", (*of, one), given))
        case "weighted":
            one = (names[left[0]] + "'" * random.choice((0, 0, 1)), left[0])
            return ("sum", *one, ("*", ("p", of, (*given, one)), ("p", (one,), given)))
        case "mean":
            one = (names[left[0]], left[0])
            return ("mean", *one, ("p", (one,), given), ("p", of, (*given, one)))
    return term


def statement(random, names):
    """Two sides and a relation that holds of every joint law."""
    first = bare(random, names)
    left, right = first, rewritten(random, first, names)
    if right[0] == "*":
        right = ("*", *(rewritten(random, part, names) if random.random() < 0.4 else part for part in right[1:]))
    shape = random.random()
    if shape < 0.15 and len(first[1]) > 1:
        return left, r"\leq", ("p", first[1][:1], first[2])
    if shape < 0.35:
        return logarithm(left), "=", logarithm(right)
    if shape < 0.45:
        other = bare(random, names, 1)
        return ("*", left, other), "=", ("*", right, rewritten(random, other, names))
    return left, "=", right


def logarithm(term):
    """The logarithm, of products and quotients term by term."""
    match term:
        case ("/", above, below):
            return ("+", *signed(above, 1), *signed(below, -1))
        case ("*", *_):
            return ("+", *signed(term, 1))
    return ("log", term)


def signed(term, sign):
    """The logarithms of the factors of a term, each with its sign."""
    parts = term[1:] if term[0] == "*" else [term]
    return [(sign, ("log", part)) for part in parts]


def bent(random, term):
    """An expression with one change somewhere: a condition left out or moved, a factor left out, laws turned over."""
    match term:
        case ("p", of, given):
            if given and random.random() < 0.5:
                return ("p", of, given[1:])
            if given:
                return ("p", given, of)
            return ("p", of[:1], of[1:]) if len(of) > 1 else ("p", of, given)
        case ("*", *parts):
            if random.random() < 0.3:
                return parts[0] if len(parts) == 2 else ("*", *parts[1:])
            place = random.randrange(len(parts))
            return ("*", *(bent(random, part) if k == place else part for k, part in enumerate(parts)))
        case ("/", above, below):
            return random.choice((("/", bent(random, above), below), ("/", above, bent(random, below)), above))
        case ("sum", name, slot, body):
            return ("sum", name, slot, bent(random, body))
        case ("mean", name, slot, weight, body):
            return ("mean", name, slot, weight, bent(random, body))
        case ("log", body):
            return ("log", bent(random, body))
        case ("+", *parts):
            place = random.randrange(len(parts))
            sign, part = parts[place]
            new = (-sign, part) if random.random() < 0.4 else (sign, bent(random, part))
            return ("+", *(new if k == place else one for k, one in enumerate(parts)))
    raise AssertionError(term)


def text(term, letter, bar):
    """An expression as LaTeX."""
    match term:
        case ("p", of, given):
            listed = ",".join(name for name, _ in of)
            return f"{letter}({listed}{bar + ','.join(name for name, _ in given) if given else ''})"
        case ("*", *parts):
            return " ".join(enclosed(part, letter, bar) for part in parts)
        case ("/", above, below):
            return rf"\frac{{{text(above, letter, bar)}}}{{{text(below, letter, bar)}}}"
        case ("sum", name, _, body):
            return rf"\sum_{{{name}}} {text(body, letter, bar)}"
        case ("mean", name, _, weight, body):
            return rf"\mathbb{{E}}_{{{name} \sim {text(weight, letter, bar)}}}[{text(body, letter, bar)}]"
        case ("log", body):
            plain = body[0] == "p"
            inner = text(body, letter, bar)
            return rf"\log {inner}" if plain else rf"\log \left( {inner} \right)"
        case ("+", *parts):
            found = " ".join(("+ " if sign > 0 else "- ") + text(part, letter, bar) for sign, part in parts)
            return found.removeprefix("+ ")
    raise AssertionError(term)


def enclosed(part, letter, bar):
    """A factor, in brackets where it is a sum."""
    inner = text(part, letter, bar)
    return rf"\left( {inner} \right)" if part[0] in ("sum", "+") else inner


def drawn(seed):
    """A random statement as LaTeX, and whether it holds of every joint law."""
    random = Random(seed)
    names, letter, bar = random.choice(NAMES), random.choice(LETTERS), random.choice(BARS)
    left, op, right = statement(random, names)
    if random.random() < 0.5:
        side = random.random() < 0.8
        left, right = (left, bent(random, right)) if side else (bent(random, left), right)
    return f"{text(left, letter, bar)} {op} {text(right, letter, bar)}", holds(left, op, right, seed)


def drawn_independent(seed):
    """A random statement as LaTeX under an assumption that two things are independent, and whether it holds so."""
    random = Random(seed)
    names, letter, bar = random.choice(NAMES), random.choice(LETTERS), random.choice(BARS)
    one, other, third = random.sample(range(3), 3)
    a, b, c = (((names[slot], slot),) for slot in (one, other, third))
    given = random.choice((c, c, ()))
    ways = [(("p", a, b + given), ("p", a, given)), (("p", b, a + given), ("p", b, given)),
            (("p", a + b, given), ("*", ("p", a, given), ("p", b, given)))]
    assumed, (left, right) = random.sample(ways, 2)
    if random.random() < 0.6:
        right = bent(random, right)
    if random.random() < 0.3:
        left, right = logarithm(left), logarithm(right)
    printed = f"{text(left, letter, bar)} = {text(right, letter, bar)}"
    kind = (one, other) if given else (one, other, third)
    return printed, f"{text(assumed[0], letter, bar)} = {text(assumed[1], letter, bar)}", holds(
        left, "=", right, seed, kind)
