"""Printing policies, laws, divergences, expectations and ranges."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from ...language import (
    ALL,
    CONSTANT,
    GROUP_SIZE,
    NONE,
    OLD,
    Expect,
    Indicator,
    Law,
    Neg,
    Ordinal,
    Policy,
    ProcessLaw,
    Product,
    Span,
    StateLaw,
    Times,
    Var,
    span,
    times,
)
from ...language.derived import Distance, Moment
from ..notation.priors import ACTION_SET, ACTIONS
from ..notation.profiles import SEPARATORS
from .mapper import FACTOR, PREFIX, PRODUCT, Mapper, Piece, script

START, MOVES = r"\rho_0", "P"
Draws = list[tuple[Var, Any]]


class LawMapper(Mapper):
    """The methods for policies and for what draws or ranges."""

    def _Policy(self, term: Policy) -> str:
        name = self.profile.spelled(term.name)
        if term.point == CONSTANT:
            return name
        bare = self.hint(term, "braces") == "no"
        point = self.profile.old if term.point == OLD else r"\theta" if bare else self.profile.theta
        return f"{{{name}}}_{point}" if "_" in name else f"{name}_{point}"

    def raised(self, policy: Policy, context: tuple[Basic, ...]) -> str:
        """π^s, or nothing where there is no context or no room for a superscript."""
        name = self.text(policy)
        return f"{name}^{script(self.listed(context))}" if context and "^" not in name else ""

    def law(self, law: Law, action: str, form: str = "dot") -> str:
        """A law, its action shown as ``action``; ``form`` is used where the law has no hint of its own."""
        form = self.hint(law, "form", form)
        name = self.text(law.policy)
        if form == "bare" or not law.context:
            return name
        if form == "sup" and (raised := self.raised(law.policy, law.context)):
            return raised
        return f"{name}({action if form == 'var' else self.profile.anything}|{self.listed(law.context)})"

    def compared(self, law: Any) -> str:
        """A law inside a divergence or an entropy, where no variable is drawn."""
        return self.law(law, self.profile.variable(law.hints.get("var", "a")), self.silent(law))

    def silent(self, law: Law) -> str:
        """How a law is printed where no variable is drawn: bare only where a reader finds its context."""
        found = len(law.context) == 1 and self.ambient(law.context[0]) and law.policy.name.startswith(r"\pi")
        return self.profile.compared if found else "dot"

    def _Law(self, term: Law) -> str:
        return self.compared(term)

    def _StateLaw(self, term: StateLaw) -> str:
        return self.profile.states if term.policy is None else f"d^{{{self.text(term.policy)}}}"

    def _Start(self, _term: Any) -> str:
        return START

    def _Visited(self, term: Any) -> str:
        return f"d^{{{self.text(term.policy)}}}"

    def _Transition(self, term: Any) -> str:
        return f"{MOVES}({self.profile.anything}|{self.listed(term.args)})"

    def _Prob(self, term: Any) -> Piece:
        form, action, context = self.hint(term, "form"), self.text(term.action), term.law.context
        if isinstance(term.law, ProcessLaw):
            given = f"|{self.listed(context)}" if context else ""
            return Piece((MOVES if context else self.text(term.law)) + f"({action}{given})")
        name = self.text(term.law.policy)
        if form == "bare":
            return Piece(name, FACTOR)
        if form == "sup" and (raised := self.raised(term.law.policy, context)):
            return Piece(f"{raised}({action})")
        return Piece(f"{name}({action}|{self.listed(context)})" if context else f"{name}({action})")

    def valued(self, letter: str, policy: Policy, *at: Basic) -> Piece:
        """A value under a policy."""
        return Piece(f"{letter}^{{{self.text(policy)}}}({self.listed(at)})", FACTOR)

    def _Value(self, term: Any) -> Piece:
        return self.valued("V", *term.args[:2])

    def _ActionValue(self, term: Any) -> Piece:
        return self.valued("Q", *term.args[:3])

    def _Advantage(self, term: Any) -> Piece:
        return self.valued("A", *term.args[:3])

    def _KL(self, term: Any) -> Piece:
        first, second = term.args
        text = self.compared(first) + SEPARATORS[self.hint(term, "sep", self.profile.separator)] + self.compared(second)
        return Piece(self.profile.divergence.replace("#1", text))

    def _Distance(self, term: Distance) -> Piece:
        first, second = map(self.compared, term.args)
        name = self.profile.spelled(rf"\text{{{term.word}}}")
        return Piece(rf"D_{{{name}}}({first} \| {second})")

    def _ChiSquare(self, term: Any) -> Piece:
        first, second = map(self.compared, term.args)
        return Piece(rf"\chi^2({first} \| {second})", FACTOR)

    def _Moment(self, term: Moment) -> Piece:
        """What is drawn goes by one name in all functions of it."""
        law, *scopes = term.args
        with self.opened(scopes[0]) as (var, body):
            texts = [self.text(body), *(self.text(scope.at(var)) for scope in scopes[1:])]
            subscript = script(self.draw(var, law))
        name = self.profile.spelled(rf"\text{{{term.word}}}")
        return Piece(f"{name}_{subscript}{self.bracket(', '.join(texts), '[]')}", FACTOR)

    def _Entropy(self, term: Any) -> Piece:
        return Piece(f"{self.profile.entropy}({self.compared(term.args[0])})", FACTOR)

    def _CrossEntropy(self, term: Any) -> Piece:
        first, second = term.args
        return Piece(f"{self.profile.entropy}({self.compared(first)}, {self.compared(second)})", FACTOR)

    def _Fisher(self, term: Any) -> str:
        law = term.args[0]
        name = f"F_{script(self.listed(law.context))}" if law.context else "F"
        point = {CONSTANT: self.text(law.policy), OLD: self.profile.theta_old}.get(law.policy.point, r"\theta")
        return f"{name}({point})"

    def _Expect(self, term: Expect) -> Piece:
        return self.drawn(term, [], self.hint(term, "style", "sim"))

    def drawn(self, term: Expect, outer: Draws, style: str) -> Piece:
        """E with the draws gathered so far; inner draws of a joint expectation join in, if the outer law is printed."""
        with self.opened(term.scope) as (var, body):
            draws = [*outer, (var, term.law)]
            if isinstance(body, Expect) and body.hints.get("joint") == "inner" and self.text(term.law):
                return self.drawn(body, draws, style)
            if style == "ni":
                self.conditions.append(", ".join(self.draw(*draw) for draw in draws))
            subscript = script(self.subscript(draws, style))
            return Piece(f"{self.profile.expectation}_{subscript} {self.bracket(self.text(body), '[]')}", FACTOR)

    def subscript(self, draws: Draws, style: str) -> str:
        """What stands under E; a style that cannot show these draws gives way to x ∼ P for each."""
        names = ", ".join(self.text(var) for var, _ in draws)
        policies = {getattr(law, "policy", None) for _, law in draws}
        last = draws[-1][1]
        if style == "ni":
            return names
        if style == "law" and len(draws) == 1 and isinstance(last, Law):
            return self.law(last, self.text(draws[0][0]), "bare")
        if style == "bar" and len(policies) == 1 and None not in policies:
            return f"{names} | {self.text(last.policy)}"
        if len(policies) == 1 and isinstance(last, Law) and self.hint(last, "form") == "bare":
            return rf"{names} \sim {self.text(last)}"
        return ", ".join(self.draw(*draw) for draw in draws)

    def draw(self, var: Var, law: Any) -> str:
        r"""One draw x \sim P; only its name where the law has none."""
        family = self.text(var)
        if isinstance(law, (StateLaw, ProcessLaw)):
            return rf"{family} \sim {self.text(law)}" if self.text(law) else family
        if var.sort == "group" and law.context and (whole := self.profile.anything_in_groups):
            return rf"{family} \sim {self.text(law.policy)}({whole}|{self.listed(law.context)})"
        return rf"{family} \sim {self.law(law, self.profile.variable(var.name))}"

    def ranged(self, sign: str, term: Any) -> Piece:
        """Σ or Π with its range."""
        upper, excluded, scope = term.args
        start, last = span(upper)
        end = "" if last == ALL else self.text(last)
        without = "" if excluded == NONE else self.text(excluded)
        with self.opened(scope) as (var, body):
            name = self.text(var)
            low = name if upper == ALL else f"{name}={start}"
            if (bound := self.order_of(term, var, body)) is not None:
                low, end = (f"{name}={bound}", end) if str(body.args[0].args[0]) == "≥" else (low, bound)
                body = times(*body.args[1:])
            if without and upper in (ALL, GROUP_SIZE):
                low, end = rf"{name} \neq {without}", ""
            elif without:
                low = rf"{low}, {name} \neq {without}"
            elif upper == ALL and var.sort == "action" and (var.name[0] not in ACTIONS or "set" in term.hints):
                low = rf"{name} \in {self.hint(term, 'set', ACTION_SET)}"
            head = f"{sign}_{script(low)}" + (f"^{script(end)}" if end else "")
            # a factor without the index would stand outside of a product
            least = FACTOR if isinstance(body, Times) and isinstance(term, Product) else PRODUCT
            return Piece(f"{head} {self.at(body, least)}", PREFIX, open=True)

    def order_of(self, term: Any, var: Var, body: Any) -> str | None:
        """The other index at which a range begins or ends, if what is summed is counted from or up to it only."""
        first = body.args[0] if isinstance(body, Times) else None
        if not isinstance(first, Indicator) or first.args[1] != Ordinal(var) or var in first.args[2].free:
            return None
        ends = str(first.args[0]) == "≤" and term.hints.get("end") == "index"
        begins = str(first.args[0]) == "≥" and not isinstance(term.args[0], Span)
        numbered = any(isinstance(part, Ordinal) for part in first.args[2].walk())
        return self.text(first.args[2]).replace(" ", "") if numbered and (begins or ends) else None

    def _Sum(self, term: Any) -> Piece:
        return self.ranged(r"\sum", term)

    def _Product(self, term: Any) -> Piece:
        return self.ranged(r"\prod", term)

    def greatest(self, sign: str, term: Any) -> Piece:
        """max or min over all values of a variable, or over indices up to an end, perhaps without one of them."""
        scope, *range_ = term.args
        without = [self.text(excluded) for excluded in range_[1:]]
        with self.opened(scope) as (var, body):
            below = self.text(var)
            for start, end in map(span, range_[:1]):
                below = rf"{start} \leq {below} \leq {self.text(end)}"
            below += "".join(rf", {self.text(var)} \neq {one}" for one in without)
            below = script(below)
            return Piece(f"{sign}_{below} {self.at(body, PRODUCT)}", PREFIX, open=True)

    def _Largest(self, term: Any) -> Piece:
        return self.greatest(r"\max", term)

    def _Smallest(self, term: Any) -> Piece:
        return self.greatest(r"\min", term)

    def _AtLargest(self, term: Any) -> Piece:
        value, objective = term.args
        with self.opened(objective) as (var, body):
            least = isinstance(body, Neg)
            sign, shown = ("min", body.args[0]) if least else ("max", body)
            place = rf"\arg\{sign}_{script(self.text(var))} {self.at(shown, PRODUCT)}"
        return self.piece(value.at(Var(place, value.sort)))

    def _Preference(self, term: Any) -> Piece:
        return self.piece(term.args[0])

    def _Optimum(self, term: Any) -> Piece:
        policy, objective = term.args
        return Piece(rf"\max_{script(self.text(policy))} {self.at(objective, PRODUCT)}", PREFIX, open=True)

    def statistic(self, name: str, term: Any) -> Piece:
        """A statistic of the family of bodies over the group."""
        with self.opened(term.args[0]) as (var, body):
            return Piece(rf"{name}(\{{{self.text(body)}\}}_{{{var.name}=1}}^G)", FACTOR)

    def _GroupMean(self, term: Any) -> Piece:
        return self.statistic(self.profile.mean, term)

    def _GroupSpread(self, term: Any) -> Piece:
        return self.statistic(self.profile.spread, term)
