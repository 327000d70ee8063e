"""Random equations between moments without a law, and their truth by the definition of a moment."""

from __future__ import annotations

from fractions import Fraction
from random import Random

RANDOM, NUMBERS, EITHER, WEIGHT = ("X", "Y", "R", "U"), ("c", r"\kappa", "k"), ("u", "v"), "w"
GIVEN = "Z"
ROWS, COLUMNS = 3, 3
FONTS = (r"\mathbb{{{}}}", r"\mathrm{{{}}}", r"\operatorname{{{}}}", r"\mathbf{{{}}}", "{}")
INDEX = r"\hat{\mathbb{E}}_t"


def atom(draw: Random, letters):
    """A letter, or a numeral."""
    return ("letter", draw.choice(letters)) if draw.random() < 0.9 else ("number", draw.randint(1, 3))


def term(draw: Random, letters, depth=2):
    """A random expression in letters, perhaps with moments inside."""
    if depth == 0 or draw.random() < 0.25:
        return atom(draw, letters)
    kind = draw.choice(("+", "-", "*", "*", "square", "E"))
    if kind in ("square", "E"):
        return kind, term(draw, letters, depth - 1)
    return kind, term(draw, letters, depth - 1), term(draw, letters, depth - 1)


def moment(draw: Random, letters, given):
    """A random moment."""
    kind = draw.choice(("E", "E", "Var", "Cov") + (("E|", "Var|") if given else ()))
    return kind, *(term(draw, letters) for _ in range(1 + (kind == "Cov")))


def rewritten(draw: Random, tree):
    """The tree after one step of algebra, which is right or a usual mistake."""
    kind, *args = tree
    if kind in ("letter", "number"):
        return tree
    if draw.random() < 0.5:
        place = draw.randrange(len(args))
        args[place] = rewritten(draw, args[place])
        return kind, *args
    first = args[0]
    if kind in ("E", "E|") and first[0] in ("+", "-"):
        return first[0], (kind, first[1]), (kind, first[2])
    if kind in ("E", "E|") and first[0] == "*":
        return "*", draw.choice((first[1], (kind, first[1]))), (kind, first[2])
    if kind in ("E", "E|") and first[0] == "E":
        return first
    if kind == "E" and first[0] == "square":
        return draw.choice((("square", ("E", first[1])), ("+", ("Var", first[1]), ("square", ("E", first[1])))))
    if kind == "E":
        return draw.choice((first, ("E", ("E|", first)), ("E|", first)))
    if kind == "E|":
        return draw.choice((first, ("E", first), ("E|", ("E|", first))))
    if kind in ("Var", "Var|") and first[0] == "*":
        return "*", draw.choice((("square", first[1]), first[1])), (kind, first[2])
    if kind in ("Var", "Var|") and first[0] in ("+", "-"):
        plain = (draw.choice(("+", first[0])), (kind, first[1]), (kind, first[2]))
        twice = ("*", ("number", 2), ("Cov", first[1], first[2]))
        return draw.choice((plain, (first[0], ("+", plain[1], plain[2]), twice) if kind == "Var" else plain))
    if kind == "Var":
        mean = ("E", first)
        return draw.choice((("-", ("E", ("square", first)), ("square", mean)), ("E", ("square", ("-", first, mean))),
                            ("Cov", first, first), ("+", ("E", ("Var|", first)), ("Var", ("E|", first)))))
    if kind == "Var|":
        return "-", ("E|", ("square", first)), ("square", draw.choice((("E|", first), ("E", first))))
    if kind == "Cov":
        return draw.choice((("-", ("E", ("*", *args)), ("*", ("E", first), ("E", args[1]))), ("Cov", args[1], first),
                            ("E", ("*", ("-", first, ("E", first)), args[1])), ("E", ("*", *args))))
    if kind == "square":
        return "*", first, first
    return kind, *reversed(args)


def parts(tree):
    """The subtrees of a tree."""
    yield tree
    for arg in tree[1:]:
        if isinstance(arg, tuple):
            yield from parts(arg)


def equation(draw: Random):
    """Both sides of a random equation, and whether a letter is given in it."""
    letters = [*draw.sample(RANDOM, 2), draw.choice(NUMBERS), draw.choice((*EITHER, WEIGHT, *RANDOM))]
    given = draw.random() < 0.4
    left = moment(draw, [*letters, GIVEN] if given else letters, given)
    right = left
    for _ in range(draw.randint(1, 3)):
        right = rewritten(draw, right)
    given = any(part[0][-1] == "|" for part in parts(("+", left, right)))
    return left, right, given


def shown(draw: Random, tree, index=""):
    """The LaTeX of a tree, its moments in random fonts; with an index those of a batch."""
    kind, *args = tree
    if kind == "letter":
        return args[0] + (f"_{index}" if index and args[0] in (*RANDOM, WEIGHT, GIVEN) else "")
    if kind == "number":
        return str(args[0])
    texts = [shown(draw, arg, index) for arg in args]
    if kind in ("+", "-"):
        return f"{texts[0]} {kind} {bracketed(args[1], texts[1], '+-')}"
    if kind == "*":
        return r" \cdot ".join(bracketed(arg, text, "+-") for arg, text in zip(args, texts, strict=True))
    if kind == "square":
        return f"{bracketed(args[0], texts[0], '+-*square')}^2"
    name = kind.rstrip("|")
    font = draw.choice(FONTS[1:3] if name != "E" else (r"\mathbb{{{}}}",))
    operator = (INDEX if name == "E" else font.format(name) + f"_{index}") if index else font.format(name)
    condition = rf" \mid {GIVEN}" * (kind[-1] == "|")
    return rf"{operator}\left[{', '.join(texts)}{condition}\right]"


def bracketed(tree, text, looser):
    """A text in brackets if its tree holds together less than it must."""
    return f"({text})" if tree[0] in looser and tree[0] != "E" else text


def outside(tree):
    """The letters that stand in no moment."""
    if tree[0] == "letter":
        return {tree[1]}
    return set() if tree[0].rstrip("|") in ("E", "Var", "Cov") else {
        name for arg in tree[1:] if isinstance(arg, tuple) for name in outside(arg)}


def model(draw: Random, numbers):
    """A law of rows and columns, and a value of each letter at each: ``numbers`` have one, the given one a row's."""
    weights = [draw.randint(1, 5) for _ in range(ROWS * COLUMNS)]
    law = [Fraction(weight, sum(weights)) for weight in weights]
    values = {name: [Fraction(draw.randint(-4, 4)) for _ in law] for name in (*RANDOM, *EITHER, *NUMBERS, WEIGHT)}
    values |= {name: [values[name][0]] * len(law) for name in numbers}
    values[GIVEN] = [row for row in (Fraction(draw.randint(-4, 4)) for _ in range(ROWS)) for _ in range(COLUMNS)]
    return law, values


def value(tree, law, values):
    """The value of a tree at each sample."""
    kind, *args = tree
    if kind == "letter":
        return values[args[0]]
    if kind == "number":
        return [Fraction(args[0])] * len(law)
    first, *more = (value(arg, law, values) for arg in args)
    second = more[0] if more else first
    if kind in ("+", "-"):
        return [one + other if kind == "+" else one - other for one, other in zip(first, second, strict=True)]
    if kind in ("*", "square"):
        return [one * other for one, other in zip(first, second, strict=True)]
    product = [one * other for one, other in zip(first, second, strict=True)]
    average = given if kind[-1] == "|" else mean
    if kind in ("E", "E|"):
        return average(first, law)
    return [both - one * other for both, one, other in zip(
        average(product, law), average(first, law), average(second, law), strict=True)]


def mean(values, law):
    """The mean under a law, at each sample."""
    return [sum(weight * one for weight, one in zip(law, values, strict=True))] * len(law)


def given(values, law):
    """The mean within the row of each sample."""
    found = []
    for start in range(0, len(law), COLUMNS):
        row = slice(start, start + COLUMNS)
        inside = sum(weight * one for weight, one in zip(law[row], values[row], strict=True)) / sum(law[row])
        found += [inside] * COLUMNS
    return found


def holds(left, right, numbers, draw: Random, trials=6):
    """Whether an equation holds at every sample of random models in which some letters are numbers."""
    return all(value(left, *one) == value(right, *one) for one in (model(draw, numbers) for _ in range(trials)))
