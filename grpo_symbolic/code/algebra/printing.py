"""An expression as the field prints it: in LaTeX, or on a line of a terminal.

r is the ratio π_θ/π_old of a token and s its geometric mean over a sequence; a sum over masked positions is one over
the tokens of the sequence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from .expression import divide, multiply, negative, power, subtract
from .nodes import BATCH, MASK, ONE, TOKEN, VOCABULARY, Expression, is_number, leaf, number
from .normal import normal
from .polynomials import Poly
from .rebuilt import total

SUM, PRODUCT, FACTOR, ATOM = range(4)
COUNTED = {BATCH: ("i", "G"), TOKEN: ("t", "T"), VOCABULARY: ("v", "V")}
POLICIES = {"x": "current", "o": "old", "f": "ref", "b": "rollout"}


@dataclass(frozen=True)
class Style:
    """How pieces are written."""

    policies: dict[str, str]
    names: dict[str, str]
    fraction: Callable[[str, str], str]
    call: Callable[[str, str], str]
    indexed: Callable[[str, str], str]
    group: Callable[[str], str]
    raised: Callable[[str, str], str]
    summed: Callable[[str, str], str]
    constant: Callable[[str], str]
    length: Callable[[str], str]
    times: str
    signs: dict[str, str]


def _slash(above: str, below: str) -> str:
    return f"{above}/{below}"


GREEK = {"beta": r"\beta", "tau": r"\tau", "gamma": r"\gamma", "delta": r"\delta", "eps": r"\varepsilon",
         "epsilon": r"\varepsilon"}
EPSILON = re.compile(r"eps(?:ilon)?_(low|high)")


def name_of(name: str) -> str:
    """The LaTeX of a hyper-parameter."""
    if name in GREEK or len(name) == 1 or "\\" in name:
        return GREEK.get(name, name)
    end = EPSILON.fullmatch(name)
    return rf"\varepsilon_{{\text{{{end[1]}}}}}" if end else rf"\text{{{name}}}".replace("_", r"\_")


LATEX = Style(
    {"current": r"\pi_\theta", "old": r"\pi_{\theta_{\text{old}}}", "ref": r"\pi_{\text{ref}}",
     "rollout": r"\pi_{\text{rollout}}"},
    {"A": r"\hat{A}", "min": r"\min", "max": r"\max", "clip": r"\text{clip}", "log": r"\log", "G": "G", "T": "T",
     "V": "V", "stop": r"\operatorname{sg}", "sign": r"\operatorname{sign}", "one": r"\mathbf{1}", "e": "e"},
    lambda above, below: rf"\frac{{{above}}}{{{below}}}",
    lambda name, inside: rf"{name}\left({inside}\right)",
    lambda name, index: f"{name}_{{{index}}}",
    lambda inside: rf"\left({inside}\right)",
    lambda base, exponent: f"{base}^{{{exponent}}}",
    lambda below, above: rf"\sum_{{{below}=1}}^{{{above}}} ",
    name_of,
    lambda index: f"|o_{index}|", r" ", {">": ">", "≥": r"\geq", "=": "="})
TEXT = Style(
    {"current": "π_θ", "old": "π_old", "ref": "π_ref", "rollout": "π_rollout"},
    {"A": "A", "min": "min", "max": "max", "clip": "clip", "log": "log ", "G": "G", "T": "T", "V": "V", "stop": "sg",
     "sign": "sign", "one": "1", "e": "e"},
    _slash, lambda name, inside: f"{name}({inside})", lambda name, index: f"{name}_{index.replace(',', '')}",
    lambda inside: f"({inside})", lambda base, exponent: f"{base}^{exponent}",
    lambda below, _above: f"Σ_{below} ",
    lambda name: {"beta": "β", "tau": "τ", "gamma": "γ", "delta": "δ"}.get(name, re.sub(r"\\(\w+)", r"\1", name)),
    lambda index: f"|o_{index}|", " ", {">": ">", "≥": "≥", "=": "="})


def latex(node: Expression) -> str:
    """LaTeX of an expression."""
    return _Printer(LATEX).of(node)


def plain(node: Expression) -> str:
    """An expression on one line."""
    return _Printer(TEXT).of(node)


@dataclass(frozen=True)
class _Printer:
    style: Style

    def of(self, node: Expression, least: int = SUM) -> str:
        """A node, in brackets where it binds less than what stands around it."""
        text, binds = self._written(node)
        return self.style.group(text) if binds < least else text

    def _written(self, node: Expression) -> tuple[str, int]:
        known = self._known(node)
        if known:
            return known, ATOM
        match node.kind:
            case "number":
                return self._number(node.data)
            case "constant":
                return self.style.constant(node.data), ATOM
            case "size":
                return self.style.names[{BATCH: "G"}.get(node.data, node.data)], ATOM
            case "leaf":
                return self._leaf(node), ATOM
            case "add":
                alone = self.style is LATEX and not _log_ratio(node)[1]
                return self._sum(node), FACTOR if alone else SUM
            case "multiply" | "power" | "exp":
                return self._product(node)
            case "sum":
                return self._total(node), PRODUCT
            case "log":
                return self.style.names["log"] + self.of(node.args[0], FACTOR), FACTOR
        return self._closed(node), ATOM

    def _closed(self, node: Expression) -> str:
        """What stands in brackets of its own."""
        match node.kind:
            case "compare":
                inside = f" {self.style.signs[node.data]} ".join(self.of(arg) for arg in node.args)
                return f"{self.style.names['one']}[{inside}]"
            case "window":
                return f"{self.style.names['one']}[{_within(*node.data)}]"
            case "abs":
                return f"|{self.of(node.args[0])}|"
            case "stop":
                return f"{self.style.names['stop']}[{self.of(node.args[0])}]"
        return self.style.call(self.style.names[node.kind], ", ".join(self.of(arg) for arg in node.args))

    def _known(self, node: Expression) -> str:
        """What has a name of its own: a length, the ratio of a token, that of a sequence."""
        if node.kind == "sum" and is_number(_unmasked(node), 1) and node.data == TOKEN:
            return self.style.length("i")
        if node.kind == "sum" and node.data == BATCH and self._known(node.args[0]) == self.style.length("i"):
            return self.style.group(self.style.summed("j", "G") + self.style.length("j"))
        if node.kind == "exp" and normal(node.args[0]) == RATIO:
            return self.style.indexed("r", "i,t")
        if node.kind == "exp" and normal(node.args[0]) == SEQUENCE_RATIO:
            return self.style.indexed("s", "i")
        return ""

    def _number(self, value: Fraction) -> tuple[str, int]:
        if value.denominator == 1:
            return str(value), ATOM if value >= 0 else SUM
        text = self.style.fraction(str(abs(value.numerator)), str(value.denominator))
        return (text if value > 0 else f"-{text}"), SUM if value < 0 else PRODUCT

    def _leaf(self, node: Expression) -> str:
        name, places = node.data
        index = ",".join({BATCH: "i", TOKEN: "t"}.get(axis, "v") + (f"{by:+d}" if by else "") for axis, by in places)
        if name in POLICIES:
            law = self.style.policies[POLICIES[name]]
            return f"{self.style.names['log']}{law}({self.style.indexed('o', index)})"
        shown = self.style.names.get(name, name)
        return self.style.indexed(shown, index) if index else shown

    def _sum(self, node: Expression) -> str:
        logs, rest = _log_ratio(node)
        terms = [self._quotient_of_laws(logs, self.style.names["log"])] if logs else []
        for term in rest:
            turned = negative(term)
            minus = is_number(term) and term.data < 0 or term.kind == "multiply" and is_number(
                term.args[0]) and term.args[0].data < 0
            terms.append(f"- {self.of(turned, PRODUCT)}" if minus else f"+ {self.of(term, PRODUCT)}")
        if not node.axes and is_number(node.args[-1]) and node.args[-1].data > 0:
            terms.insert(0, terms.pop())
        first, *others = sorted(terms, key=lambda text: text.startswith("-"))
        first = first.removeprefix("+ ")
        return " ".join([f"-{first[2:]}" if first.startswith("- ") else first, *others])

    def _quotient_of_laws(self, logs: dict[str, int], before: str) -> str:
        def side(sign: int) -> str:
            return self.style.times.join(
                self.style.policies[POLICIES[name]] if times * sign == 1 else
                self.style.raised(self.style.policies[POLICIES[name]], str(times * sign))
                for name, times in logs.items() if times * sign > 0)
        top, bottom = side(1) or "1", side(-1)
        if self.style is TEXT and len([times for times in logs.values() if times < 0]) > 1:
            bottom = self.style.group(bottom)
        return before + (self.style.fraction(top, bottom) if bottom else top)

    def _product(self, node: Expression) -> tuple[str, int]:
        factors = node.args if node.kind == "multiply" else (node,)
        value = factors[0].data if is_number(factors[0]) else Fraction(1)
        above, below = [], []
        for factor in factors:
            if factor.kind == "power" and factor.data < 0:
                below.append(power(factor.args[0], -factor.data))
            elif not is_number(factor):
                above.append(factor)
        above = ([number(abs(value.numerator))] if abs(value.numerator) != 1 or not above else []) + above
        below = ([number(value.denominator)] if value.denominator != 1 else []) + below
        text = self._factors(above)
        if below:
            bottom = self._factors(below)
            several = len(below) > 1 and self.style is TEXT
            text = self.style.fraction(text, self.style.group(bottom) if several else bottom)
        minus = value < 0
        alone = len(above) == 1 and not below and not minus
        return ("-" if minus else "") + text, SUM if minus else ATOM if alone else PRODUCT

    def _factors(self, factors: list[Expression]) -> str:
        """A product: numbers first, then what is constant, sums last, otherwise by the alphabet."""
        found = sorted((RANKS.get(one.kind, 3), self._power(one)) for one in factors)
        return self.style.times.join(text for _, text in found)

    def _power(self, node: Expression) -> str:
        if self._known(node):
            return self._known(node)
        if node.kind == "exp":
            return self._exponential(node.args[0])
        if node.kind == "power":
            exponent = self.of(number(node.data))
            return self.style.raised(self.of(node.args[0], ATOM), exponent)
        return self.of(node, FACTOR)

    def _exponential(self, node: Expression) -> str:
        logs, rest = _log_ratio(node, several=True)
        if logs and not rest:
            return self._quotient_of_laws(logs, "")
        return self.style.raised(self.style.names["e"], self.of(node, ATOM if self.style is TEXT else SUM))

    def _total(self, node: Expression) -> str:
        inside = _unmasked(node)
        if node.data == TOKEN:
            end = self.style.length("i") if inside is not node.args[0] else self.style.names["T"]
            return self.style.summed("t", end) + self.of(inside, PRODUCT)
        return self.style.summed("i" if node.data == BATCH else "v", "G") + self.of(inside, PRODUCT)


RANKS = {"number": 0, "constant": 1, "size": 1, "compare": 2, "sum": 9, "add": 4}


def _unmasked(node: Expression) -> Expression:
    """The body of a sum over tokens without the mask; the body as it is where there is none."""
    body = node.args[0]
    factors = body.args if body.kind == "multiply" else (body,)
    masks = [one for one in factors if one.kind == "leaf" and one.data[0] == MASK]
    if node.data != TOKEN or not masks:
        return body
    return multiply(ONE, *(one for one in factors if one not in masks))


def _log_ratio(node: Expression, several: bool = False) -> tuple[dict[str, int], list[Expression]]:
    """The log-probabilities of one token that a sum adds and takes away, and its other terms.

    With ``several`` each may be there several times; without it, one alone is not told from other terms.
    """
    logs: dict[str, int] = {}
    rest: list[Expression] = []
    terms = node.args if node.kind == "add" else (node,)
    for term in terms:
        times, one = (term.args[0].data, multiply(*term.args[1:])) if term.kind == "multiply" and is_number(
            term.args[0]) else (Fraction(1), term)
        plain_ = one.kind == "leaf" and one.data[0] in POLICIES and not any(by for _, by in one.data[1])
        if plain_ and times.denominator == 1 and (several or abs(times) == 1):
            logs[one.data[0]] = int(times)
        else:
            rest.append(term)
    return (logs, rest) if len(logs) > 1 else ({}, list(terms))


def _ratios() -> tuple[Poly, Poly]:
    gap = subtract(leaf("x", (BATCH, TOKEN)), leaf("o", (BATCH, TOKEN)))
    mask = leaf(MASK, (BATCH, TOKEN))
    return normal(gap), normal(divide(total(TOKEN, multiply(mask, gap)), total(TOKEN, mask)))


RATIO, SEQUENCE_RATIO = _ratios()


def _within(axis: str, first: int, last: int) -> str:
    """Which positions a window leaves."""
    index, count = COUNTED[axis]
    before = f"{count} - {last - 1}" if last > 1 else count
    return ", ".join([f"{index} > {first}"] * bool(first) + [f"{index} < {before}"] * bool(last))
