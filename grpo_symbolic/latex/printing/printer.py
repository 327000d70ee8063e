r"""From the language to LaTeX: one method a node, brackets only where precedence asks for them.

Precedence: Σ reaches over a product up to the next + or −; log and ∇ reach over one factor; a superscript
belongs to the one symbol it stands on. E, KL, min and their like bring their own brackets.
"""

from __future__ import annotations

import re
from contextlib import ExitStack, suppress
from typing import Any

from sympy import Basic

from ...language import (
    OLD,
    App,
    Claim,
    Definition,
    Frac,
    LanguageError,
    Neg,
    Num,
    Plus,
    Product,
    Relation,
    Sample,
    Scope,
    Sum,
    Term,
    Times,
)
from ...language.derived import NamedFunction, Sigmoid
from ...language.formal import Formal
from ..notation.priors import NUMBERS
from ..notation.profiles import Profile, profile_named
from ..notation.vocabulary import DECORATIONS, GREEK
from .laws import LawMapper
from .mapper import FACTOR, PREFIX, PRODUCT, SUM, SYMBOL, Piece, script

RELATION_SIGNS = {"=": "=", "≈": r"\approx", "≤": r"\leq", "≥": r"\geq", "<": "<", ">": ">"}
HINTED_SIGNS = {"eq": "=", "approx": r"\approx", "doteq": r"\doteq", "define": ":=", "coloneqq": ":=",
                "triangleq": r"\triangleq", "equiv": r"\equiv"}
LETTER = re.compile(rf"(?:(?:{'|'.join(map(re.escape, sorted(DECORATIONS)))})\{{)*(\\?[A-Za-z]+)")
PLACE = re.compile(r"([#@])(\d+)")
THETA = re.compile(r"(?<!\\Delta)(?<!\\Delta )(_?)\\theta(?![A-Za-z])")


def applicable(text: str) -> bool:
    """Whether brackets that follow a text would be read as an argument, or might be: after a symbol of no number."""
    found = LETTER.match(text)
    letter = "" if found is None else found[1]
    symbol = len(letter) == 1 or letter in GREEK
    return symbol and letter not in NUMBERS and not text.endswith((")", "]", "|"))


Statement = Term | Claim | tuple[Term | Claim, ...]


def latex(statement: Statement, profile: str | Profile = "paper") -> str:
    r"""LaTeX of a term, relation, definition or claim in a notation (``paper``, ``deepseekmath``, ``ppo``, ``plain``).

    A tuple is a chain of statements, joined by ⟹. Raises LanguageError for an unknown notation or for something
    that has none.

    >>> from grpo_symbolic.language import Policy, Var
    >>> print(latex(Policy(r"\pi")(Var("a", "action"), Var("s", "state"))))
    \pi_{\theta}(a|s)
    """
    if isinstance(statement, tuple):
        return r" \implies ".join(latex(link, profile) for link in statement)
    if not isinstance(statement, Claim):
        style = profile_named(profile)
        found = Printer(style).statement(statement)
        own = style.for_text(found)
        return found if own == style else Printer(own).statement(statement)
    relation, where, assume = parts(statement, profile)
    context = [("where", where), ("assuming", assume)]
    return relation + "".join(rf", \quad \text{{{word}}} \quad " + r", \quad ".join(items)
                              for word, items in context if items)


def refusal(error: LanguageError) -> str:
    """What the language refuses and why, the place printed where it is a term that has a notation."""
    if isinstance(error.where, Term):
        with suppress(LanguageError):
            return f"{latex(error.where)}: {error.reason}"
    return str(error)


def parts(claim: Claim, profile: str | Profile = "paper") -> tuple[str, list[str], list[str]]:
    """The LaTeX of a claim, of its definitions and of its assumptions: a record's latex, where, assume."""
    style = profile_named(profile)
    assume = [latex(relation, style) for relation in claim.assume]
    if claim.at_old:
        assume.append(rf"\theta = {style.theta_old}")
    return latex(claim.relation, style), [latex(definition, style) for definition in claim.where], assume


class Printer(LawMapper):
    """The methods for arithmetic, functions, calculus and statements."""

    def _Num(self, term: Num) -> Piece:
        if term.value.q == 1:
            return Piece(str(term.value))
        digits = next((k for k in range(1, 20) if 10**k % term.value.q == 0), 0)
        if digits:
            whole, part = divmod(int(term.value * 10**digits), 10**digits)
            return Piece(f"{whole}.{part:0{digits}d}")
        return Piece(rf"\frac{{{term.value.p}}}{{{term.value.q}}}", FACTOR)

    def _Const(self, term: Any) -> Piece:
        return Piece(self.profile.spelled(term.name), FACTOR if "^" in term.name else SYMBOL)

    def _Argument(self, term: Any) -> Piece:
        return Piece(self.profile.spelled(term.name))

    def _Plus(self, term: Plus) -> Piece:
        text = ""
        for arg in flat(term, Plus):
            negative = isinstance(arg, Neg)
            piece = self.at(arg.args[0] if negative else arg, PRODUCT)
            sign = (" - " if text else "-") if negative else (" + " if text else "")
            text += sign + piece
        return Piece(text, SUM)

    def _Neg(self, term: Neg) -> Piece:
        piece = self.at(term.args[0], PRODUCT)
        return Piece(f"-{piece}", SUM)

    def _Times(self, term: Times) -> Piece:
        text, applied, operator, pieces = "", False, False, [self.piece(factor) for factor in flat(term, Times)]
        for piece in pieces:
            printed = self.fit(piece, PREFIX, last=piece is pieces[-1])
            dotted = printed[0].isdigit() or operator or applied and printed.startswith(("(", r"\left("))
            text += (r" \cdot " if dotted else " ") * bool(text) + printed
            operator = printed.startswith(r"\text{") and printed[-1] not in ")]"  # a word may act on what follows
            applied = applicable(printed)  # f (x + 1) would be read as f of x + 1
        return Piece(text, PRODUCT, pieces[-1].open)

    def _Frac(self, term: Any) -> Piece:
        top, bottom = term.args
        if term.hints.get("form") == "slash":
            return self.slashed(term)
        return Piece(rf"\frac{{{self.text(top)}}}{{{self.text(bottom)}}}", FACTOR)

    def slashed(self, term: Any) -> Piece:
        """The quotient on one line."""
        top, bottom = term.args
        return Piece(f"{self.at(top, PREFIX, last=False)}/{self.at(bottom, FACTOR)}", PRODUCT)

    def _Power(self, term: Any) -> Piece:
        base, exponent = term.args
        small = self.slashed(exponent) if isinstance(exponent, Frac) else self.piece(exponent)
        return Piece(f"{self.at(base, SYMBOL)}^{script(small.text)}", FACTOR)

    def _Transpose(self, term: Any) -> Piece:
        return Piece(rf"{self.at(term.args[0], SYMBOL)}^{{\top}}", FACTOR)

    # Functions.

    def prefixed(self, sign: str, operand: Basic, bracketed: bool = False) -> Piece:
        """An operator that reaches over one factor."""
        piece = self.piece(operand)
        # a reader takes \nabla f^T for ambiguous and \nabla f^\top for the transpose of the gradient
        ambiguous = "nabla" in sign and piece.text.endswith((r"^{\top}", "^T"))
        if bracketed or ambiguous or piece.level < PREFIX:
            return Piece(f"{sign} {self.bracket(piece.text)}", PREFIX)
        return Piece(f"{sign} {piece.text}", PREFIX, piece.open)

    def call(self, name: str, terms: tuple[Basic, ...], pair: str = "()") -> Piece:
        return Piece(name + self.bracket(self.listed(terms), pair), FACTOR)

    def _Log(self, term: Any) -> Piece:
        bracketed = self.hint(term, "form") == "parens" or isinstance(term.args[0], (Sum, Product))
        text, level, opens = self.prefixed(r"\log", term.args[0], bracketed)
        return Piece(text, level, opens or text[-1] not in ")]}")  # log x y would be read as log(xy)

    def _Exp(self, term: Any) -> Piece:
        if term.hints.get("form") == "power":
            return Piece(f"e^{script(self.text(term.args[0]))}", FACTOR)
        return self.call(r"\exp", term.args)

    def _Root(self, term: Any) -> Piece:
        return Piece(rf"\sqrt{{{self.text(term.args[0])}}}")

    def _Abs(self, term: Any) -> str:
        return rf"\left| {self.text(term.args[0])} \right|"

    def extreme(self, name: str, term: Any) -> Piece:
        inner = self.listed(term.args)
        return Piece(rf"{name} \left( {inner} \right)" if self.profile.stretch else f"{name}({inner})", FACTOR)

    def _Min(self, term: Any) -> Piece:
        return self.extreme(r"\min", term)

    def _Max(self, term: Any) -> Piece:
        return self.extreme(r"\max", term)

    def _Clip(self, term: Any) -> Piece:
        return self.call(self.profile.clip, term.args)

    def _Sigmoid(self, term: Sigmoid) -> Piece:
        return self.call(r"\sigma", term.args) if term.hints.get("form") == "letter" else self._NamedFunction(term)

    def _NamedFunction(self, term: NamedFunction) -> Piece:
        return self.call(self.profile.spelled(rf"\text{{{term.word}}}"), term.args)

    def _Indicator(self, term: Any) -> Piece:
        op, left, right = term.args
        inner = f"{self.text(left)} {RELATION_SIGNS[str(op)]} {self.text(right)}"
        return Piece(self.profile.indicator + self.bracket(inner, "[]"), FACTOR)

    def _Same(self, term: Any) -> Piece:
        return Piece(self.profile.indicator + self.bracket(" = ".join(map(self.text, term.args)), "[]"), FACTOR)

    def _App(self, term: App) -> Piece:
        return self.applied(term)

    def _Apply(self, term: App) -> Piece:
        return self.applied(term)

    def applied(self, term: App, at_old: bool = False) -> Piece:
        """A named function, its arguments put into the profile's layout for it."""
        own = term.head.layout
        sample = next((part for part in term.params if isinstance(part, Sample)), None)
        layout = self.profile.layout(own)
        numbered = sample and isinstance(sample.args[1], Num)  # r_1 is one sample's reward only beside a group law
        if sample and not numbered and all(map(self.ambient, (*term.params[:1], *sample.args[:1]))):
            layout = self.profile.samples.get(own, layout)
        if at_old:
            layout = THETA.sub(lambda found: f"_{{{self.profile.theta_old}}}" if found[1] else self.profile.theta_old,
                               layout)
        printed = {str(place): self.text(part) for place, part in enumerate(term.params, 1)}
        if sample:
            printed["i"] = self.text(sample.args[1])

        def fill(found: re.Match[str]) -> str:
            place = found[2] or found[3]
            if place not in printed:
                raise LanguageError(f"an argument {place} is printed, but there are {len(term.params)}", own)
            return found[1] + script(printed[place]) if found[1] else printed[place]

        text = re.sub(r"([_^]?)(?:\{#(\w)\}|#(\w))", fill, layout)
        return Piece(self.profile.short.get(text, text), FACTOR if re.search(r"\^[^()\[\]]*$", text) else SYMBOL)

    def _Formal(self, term: Formal) -> Piece:
        with ExitStack() as stack:
            body, variables = term.args[2], []
            while isinstance(body, Scope):
                var, body = stack.enter_context(self.opened(body))
                variables.append(self.text(var))
            shown = [self.text(part) for part in (body, *term.args[3:])]
            text = PLACE.sub(lambda found: (shown if found[1] == "#" else variables)[int(found[2]) - 1],
                             self.profile.spelled(term.layout))
        return Piece(text, PRODUCT, open=text[-1] not in "])}")

    # Calculus in θ.

    def _Gradient(self, term: Any) -> Piece:
        subscript = "" if term.hints.get("form") == "bare" else f"_{self.profile.theta}"
        return self.prefixed(rf"\nabla{subscript}", term.args[0])

    def _Hessian(self, term: Any) -> Piece:
        subscript = "" if term.hints.get("form") == "bare" else f"_{self.profile.theta}"
        return self.prefixed(rf"\nabla{subscript}^2", term.args[0])

    def _Parameter(self, term: Any) -> str:
        return self.profile.theta_old if str(term.args[0]) == OLD else r"\theta"

    def _Step(self, term: Any) -> Piece:
        if term.hints.get("form") == "difference":
            return Piece(rf"\theta - {self.profile.theta_old}", SUM)
        return Piece(r"\Delta\theta")

    def _Norm(self, term: Any) -> str:
        inner = self.text(term.args[0])
        return rf"\left\| {inner} \right\|" if self.profile.stretch and " " in inner else rf"\|{inner}\|"

    def _AtOld(self, term: Any) -> Piece:
        inner = term.args[0]
        if self.hint(term, "form") == "silent":
            return self.piece(inner)
        if isinstance(inner, App) and THETA.search(inner.head.layout):
            return self.applied(inner, at_old=True)
        return Piece(rf"\left. {self.text(inner)} \right|_{{\theta = {self.profile.theta_old}}}", FACTOR)

    def _StopGradient(self, term: Any) -> Piece:
        return self.call(self.profile.stop_gradient, term.args, "[]")

    def _BigO(self, term: Any) -> str:
        return rf"O(\|\Delta\theta\|{'' if term.order == 1 else '^' + script(str(term.order))})"

    def _Taylor(self, term: Any) -> Piece:
        body, order = term.args
        return self.call(rf"\mathcal{{T}}_{script(self.text(order))}", (body,), "[]")

    def _Maximum(self, term: Any) -> Piece:
        objective, *sides = term.args
        piece = self.prefixed(rf"\max_{self.profile.theta}", objective)
        for left, right in zip(sides[::2], sides[1::2], strict=True):
            self.conditions.append(rf"{self.text(left)} \leq {self.text(right)}")
        return Piece(piece.text, PREFIX, open=True)

    # Statements.

    def sides(self, term: Any, sign: str) -> Piece:
        """Both sides, joined by the sign the statement was written with, or else by ``sign``."""
        sign = HINTED_SIGNS.get(self.hint(term, "op"), sign)
        return Piece(f"{self.text(term.lhs)} {sign} {self.text(term.rhs)}", 0)

    def _Relation(self, term: Relation) -> Piece:
        defines = HINTED_SIGNS.get(term.hints.get("op", ""), "=") not in ("=", r"\approx")
        return self.sides(term, self.profile.definition if defines else RELATION_SIGNS[term.op])

    def _Definition(self, term: Definition) -> Piece:
        # where the left side has a meaning already, = would claim
        sign = self.profile.definition
        return self.sides(term, ":=" if sign == "=" and term.head is None else sign)


def flat(term: Basic, kind: type) -> list[Any]:
    """The operands of nested sums (or products) in reading order."""
    return [part for arg in term.args for part in (flat(arg, kind) if isinstance(arg, kind) else [arg])]


# SymPy's own printers, and with them notebooks, ask a node for its LaTeX by this name.
Term._latex = lambda term, _printer: latex(term)
