"""Losses in LaTeX with letters of their own, and code that is a random variation of each."""

import random
from dataclasses import dataclass, replace

import numpy as np

POLICY = r"\pi_\theta(o_{i,t}|q,o_{i,<t})"
OLD = r"\pi_{\theta_{\text{old}}}(o_{i,t}|q,o_{i,<t})"
REF = r"\pi_{\text{ref}}(o_{i,t}|q,o_{i,<t})"
RATIO, FAR = rf"\frac{{{POLICY}}}{{{OLD}}}", rf"\frac{{{POLICY}}}{{{REF}}}"
ROLES = ("logp", "old", "ref", "adv", "mask")
SUMS = {
    "tokens": r"\frac{1}{\sum_{i=1}^{G} |o_i|} \sum_{i=1}^{G} \sum_{t=1}^{|o_i|}",
    "means": r"\frac{1}{G} \sum_{i=1}^{G} \frac{1}{|o_i|} \sum_{t=1}^{|o_i|}",
    "sequences": r"\frac{1}{G} \sum_{i=1}^{G} \sum_{t=1}^{|o_i|}",
}
# Of a letter: the names that say that a hyper-parameter is it, and those that say nothing.
NAMES = {r"\beta": ("beta", "kl_coef"), r"\alpha": ("alpha", "weight", "w1"), r"\gamma": ("gamma", "w2", "scale"),
         r"\epsilon": ("eps", "cliprange"), r"\epsilon_l": ("eps_low",), r"\epsilon_h": ("eps_high",), "c": ("dual_c",),
         "C": ("C", "cap")}
VALUES = (0.2, 0.25, 0.3, 0.5, 1.0, 1.0)
AT_ENDS = {"c": (2.5, 3.0), "C": (1.5, 2.0)}
NUMERALS = ("1", "2", r"\frac{1}{2}", "0.2")
TERMS = ("clip", "clip", "clip", "plain", "log", "k1", "k2", "k3", "far k3", "dual", "capped")
PENALTIES = ("k1", "k2", "k3", "far k3")


@dataclass(frozen=True)
class Part:
    """A term: how it is made, its factor, and the ends of its clip; each a letter, a numeral or an argument."""

    kind: str
    factor: str
    low: str = "0"
    high: str = "0"
    bound: str = "0"
    sign: int = 1


@dataclass(frozen=True)
class Recipe:
    """A loss: its terms and how they are summed up; whether padding counts."""

    parts: tuple[Part, ...]
    sum: str
    masked: bool = True


def number(text, values):
    """A factor or an end as a number, by the values of letters or arguments."""
    if text in values:
        return values[text]
    return 0.5 if "frac" in text else float(text)


def token(part, values, logp, old, ref, adv):
    """What a term is at every token."""
    low, high, bound = (number(one, values) for one in (part.low, part.high, part.bound))
    ratio, gap = np.exp(logp - old), ref - logp
    clipped = np.minimum(ratio * adv, np.clip(ratio, 1 - low, 1 + high) * adv)
    found = {
        "clip": lambda: -clipped, "plain": lambda: -ratio * adv, "log": lambda: -adv * logp, "k1": lambda: -gap,
        "k2": lambda: gap ** 2 / 2, "k3": lambda: np.exp(gap) - gap - 1,
        "far k3": lambda: ratio * (np.exp(gap) - gap - 1),
        "dual": lambda: -np.where(adv < 0, np.maximum(clipped, bound * adv), clipped),
        "capped": lambda: -np.minimum(ratio, bound) * adv,
    }[part.kind]()
    return part.sign * number(part.factor, values) * found


def value(recipe, values, logp, old, ref, adv, mask):
    """What a recipe is on a batch."""
    found = sum(token(one, values, logp, old, ref, adv[:, None]) for one in recipe.parts) + 0 * (logp + old + ref)
    shown = found * mask if recipe.masked else found
    return {"tokens": lambda: shown.sum() / mask.sum(),
            "means": lambda: (shown.sum(axis=1) / mask.sum(axis=1)).mean(),
            "sequences": lambda: shown.sum(axis=1).mean()}[recipe.sum]()


def latex(recipe):
    """A recipe as a loss in LaTeX."""
    return rf"\mathcal{{L}}(\theta) = {SUMS[recipe.sum]} \left( {' '.join(map(term, recipe.parts))} \right)"


def term(part):
    """A term in LaTeX, its sign in front."""
    clipped = (rf"\min \left( {RATIO} \hat{{A}}_i, \text{{clip}}\left({RATIO}, 1 - {part.low}, 1 + {part.high}\right) "
               r"\hat{A}_i \right)")
    minus, body = {
        "clip": (1, clipped), "plain": (1, rf"{RATIO} \hat{{A}}_i"), "log": (1, rf"\hat{{A}}_i \log {POLICY}"),
        "k1": (0, rf"\log {FAR}"), "k2": (0, rf"\frac{{1}}{{2}} \left( \log {FAR} \right)^2"),
        "k3": (0, rf"\left( \frac{{{REF}}}{{{POLICY}}} - \log \frac{{{REF}}}{{{POLICY}}} - 1 \right)"),
        "far k3": (0, rf"{RATIO} \left( \frac{{{REF}}}{{{POLICY}}} - \log \frac{{{REF}}}{{{POLICY}}} - 1 \right)"),
        "dual": (1, rf"\left( \mathbf{{1}}[\hat{{A}}_i > 0] {clipped} + \mathbf{{1}}[\hat{{A}}_i < 0] "
                    rf"\max \left( {clipped}, {part.bound} \hat{{A}}_i \right) \right)"),
        "capped": (1, rf"\min \left( {RATIO}, {part.bound} \right) \hat{{A}}_i"),
    }[part.kind]
    return f"{'-' if minus == (part.sign > 0) else '+'} {part.factor} {body}"


def drawn(seed):
    """A formula, code that may be another, its arguments with their values, and the arguments that letters name."""
    draw = random.Random(f"formula {seed}")
    kinds = [draw.choice(TERMS)] + ([draw.choice(PENALTIES)] if draw.random() < 0.6 else [])
    formula = Recipe(tuple(part(draw, kind, place) for place, kind in enumerate(kinds)), draw.choice(list(SUMS)))
    letters = [one for one in NAMES if one in {text for each in formula.parts for text in texts(each)}]
    arguments = {one: draw.choice(NAMES[one]) if draw.random() < 0.85 else draw.choice(("0.2", "2")) for one in letters}
    if len(letters) > 1 and draw.random() < 0.15:
        arguments[letters[0]] = arguments[letters[1]]
    code = replace(formula, parts=tuple(renamed(one, arguments) for one in formula.parts))
    named = {name: draw.choice(AT_ENDS.get(one, VALUES)) for one, name in arguments.items() if name.isidentifier()}
    if r"\epsilon" in letters and draw.random() < 0.2:
        code, named = apart(code, arguments[r"\epsilon"], named, draw)
    if draw.random() < 0.5:
        code = bent(code, draw, list(named))
    if draw.random() < 0.15:
        formula = settled(formula, arguments, named, draw)
    return formula, code, named, arguments


def part(draw, kind, place):
    """A term with letters: the second of two mostly has a factor."""
    factor = draw.choice(("1", "1", r"\alpha", r"\epsilon", *NUMERALS)) if not place else \
        draw.choice((r"\beta", r"\beta", r"\gamma", r"\alpha", r"\epsilon", "1", *NUMERALS))
    ends = draw.choice(((r"\epsilon", r"\epsilon"), (r"\epsilon", r"\epsilon"), (r"\epsilon_l", r"\epsilon_h"),
                        ("0.2", "0.25"), (r"\epsilon", "0.25")))
    return Part(kind, factor, *(ends if kind in ("clip", "dual") else ("0", "0")),
                {"dual": "c", "capped": "C"}.get(kind, "0"))


def texts(one):
    """The letters and numerals of a term."""
    return one.factor, one.low, one.high, one.bound


def renamed(one, names):
    """A term with other names for letters."""
    return Part(one.kind, *(names.get(text, text) for text in texts(one)), one.sign)


def apart(code, name, named, draw):
    """Code with two arguments where one letter was, equal or not."""
    if name not in named:
        return code, named
    other = draw.choice(("eps_high", "upper", "scale2"))
    parts = tuple(replace(one, high=other) if one.high == name else one for one in code.parts)
    return replace(code, parts=parts), {**named, other: draw.choice((named[name], 0.3))}


def bent(code, draw, names):
    """Code with one thing changed."""
    place = draw.randrange(len(code.parts))
    one = code.parts[place]
    changed = draw.choice((
        replace(one, sign=-one.sign), replace(one, kind=draw.choice(PENALTIES if place else ("clip", "plain", "log"))),
        replace(one, low=one.high, high=one.low), replace(one, factor=draw.choice(("1", "2", *names))), one, one))
    code = replace(code, parts=(*code.parts[:place], changed, *code.parts[place + 1:]))
    return replace(code, sum=draw.choice(list(SUMS)), masked=draw.random() < 0.8) if changed is one else code


def settled(formula, arguments, named, draw):
    """A formula with the number of an argument in place of a letter."""
    letter = draw.choice([one for one, name in arguments.items() if name in named] or [""])
    if not letter:
        return formula
    return replace(formula, parts=tuple(renamed(one, {letter: f"{named[arguments[letter]]:g}"})
                                        for one in formula.parts))


def function_of(code):
    """The code as a function of NumPy's arrays and its arguments."""
    def loss(logp, old, ref, adv, mask, **values):
        return value(code, values, logp, old, ref, adv, mask)
    return loss
