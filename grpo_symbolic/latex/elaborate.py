"""From the surface to the language: arithmetic, products and what reaches over what.

A factor is one symbol with its arguments, a bracket, a fraction, or an operator with its operand. log and ∇ reach over
one factor; Σ, Π and an expectation without a bracket over the product up to the next + or −.
"""

from __future__ import annotations

from sympy import Basic, Rational

from ..language import (
    MATRIX,
    SCALAR,
    Abs,
    ActionCount,
    App,
    AtOld,
    Const,
    Exp,
    Frac,
    Gradient,
    Hessian,
    Law,
    Length,
    Log,
    Max,
    Min,
    Neg,
    Node,
    Norm,
    Num,
    Parameter,
    Policy,
    Power,
    Prob,
    Root,
    Step,
    StopGradient,
    Transpose,
    expand,
    moves,
    plus,
    sort_of,
    times,
)
from . import symbols as table
from .application import word_before_factor
from .elaborate_left import LeftSides
from .elaborate_words import bare_but
from .naming import nucleus, spelled, word
from .numbering import set_of
from .parameter import Derivative, derivative, letter
from .reach import reach_of
from .read_as import UNPRINTED
from .read_error import Fault, Malformed
from .remarks import refuse_conditions
from .slope import By, Cell, Number, depends, slope
from .surface import Content, Expr, Item, content_of, unwrap
from .symbols import STOP_LABELS
from .vocabulary import DECORATIONS

MAX_OPERATORS = 60
# The scripts that functions take.
SCRIPTED = {"nabla": ("sub", "sup"), "partial": ("sub", "sup"), "min": ("sub",), "max": ("sub",)}


class Elaborator(LeftSides):
    """Elaborates the sides of one statement."""

    def expression(self, expr: Expr | None, pos: int) -> Node:
        """The node of signed terms."""
        if expr is None:
            raise Malformed("an expression is missing here", pos)
        terms = []
        for sign, items, place in expr.terms:
            found = self.term(items)
            terms.append(self.built(Neg, found, pos=place) if sign == "-" else found)
        if any(term.shape != SCALAR for term in terms):
            terms = [term for term in terms if term not in (Num(0), Neg(Num(0)))] or terms
        return terms[0] if len(terms) == 1 else self.built(plus, *terms, pos=expr.pos)

    def inside(self, content: Content, pos: int) -> Node:
        """The node of a bracket's content, which must be one expression."""
        if content.only is None:
            found = content.seps[0] if content.seps else (content.pieces[0].rels or [("", pos)])[0]
            if not found[0]:
                raise Malformed("these brackets are empty", found[1])
            raise Fault(f"the sign {found[0]} has no meaning inside these brackets", found[1])
        node = self.expression(content.only, pos)
        return Step().hinted(form="difference") if is_step(node) else node

    def arguments(self, content: Content, pos: int) -> list[Node]:
        """Several expressions, separated by commas."""
        for sign, place in content.seps:
            if sign != ",":
                raise Fault(f"arguments are separated by commas, not by {sign}", place)
        for piece in content.pieces:
            if piece.rels:
                raise Fault(f"the sign {piece.rels[0][0]} has no meaning among arguments", piece.rels[0][1])
        return [self.expression(piece.only, pos) for piece in content.pieces]

    def term(self, items: list[Item]) -> Node:
        """The node of a product."""
        factors: list[Node] = []
        p, waiting = 0, ""
        while p < len(items):
            item = items[p]
            if item.kind == "op":
                if not factors or waiting or p + 1 == len(items):
                    raise Malformed("a factor is missing beside this sign", item.pos)
                waiting = item.value
                p += 1
            elif item.kind == "bar":
                if not factors:
                    raise Malformed("an evaluation bar stands here with nothing before it", item.pos)
                factors = [self.raised(self.evaluated(self.built(times, *factors), item), item.sup)]
                p += 1
            else:
                if not waiting and p and item.kind == "num" and items[p - 1].kind == "num" and items[p - 1].plain:
                    raise Fault("two numbers side by side: write their product with \\cdot", item.pos)
                start = p
                node, p = self.operand(items, p)
                self.refuse_factor(items, start, p)
                if waiting == "/":
                    node, p = self.divisor(node, items, start, p)
                    node = self.built(Frac, factors.pop(), node, pos=item.pos)
                    node.hints = {"form": "slash"}
                waiting = ""
                factors.append(node)
        return factors[0] if len(factors) == 1 else self.built(times, *factors, pos=items[0].pos)

    def divisor(self, node: Node, items: list[Item], start: int, p: int) -> tuple[Node, int]:
        """What a slash divides by, the factor from ``start`` to ``p`` or also those after it, and the place after."""
        end = next((k for k in range(p, len(items)) if items[k].kind in ("op", "big", "bar")), len(items))
        if p == end or items[p].kind in ("op", "big", "bar"):
            return node, p
        options = f"{self.print_of(items[start:p])} alone divides", f"{self.print_of(items[start:end])} divides"
        whole = self.choose("what follows a/b may belong to b: write a fraction or brackets", "what a slash divides by",
                            options, items[p].pos)
        return (self.term(items[start:end]), end) if whole else (node, p)

    def logarithm(self, items: list[Item], p: int) -> tuple[Node, int]:
        """The logarithm whose sign stands at ``p``, and the place after what it is taken of."""
        node, after = self.operand(items, p + 1)
        first, pos = items[p + 1], items[p].pos
        bracket = first.kind == "group" and first.value != "brace"
        last = items[after - 1]
        if bracket or after == len(items):
            return self.built(Log, node, pos=pos), after
        if items[after].kind == "op" and items[after].value == "/" and after + 1 < len(items):
            other, end = self.operand(items, after + 1)
            reason = "this divides the logarithm, or what it is taken of: write brackets"
            whole = self.built(Frac, node, other, pos=pos)
        elif last.kind == "num" and items[after].kind not in ("op", "bar"):
            end = next((k for k in range(after, len(items)) if items[k].kind in ("op", "bar")), len(items))
            other = self.term(items[after:end])
            reason = "this multiplies the logarithm, or the number that it is taken of: write brackets"
            whole = self.built(times, node, other, pos=pos)
        else:
            return self.built(Log, node, pos=pos), after
        options = tuple(f"the logarithm is that of {self.print_of(items[p + 1:stop])}" for stop in (after, end))
        if self.choose(reason, "what a logarithm is taken of", options, items[after].pos):
            return self.built(Log, whole, pos=pos), end
        return self.built(Log, node, pos=pos), after

    def refuse_factor(self, items: list[Item], start: int, p: int) -> None:
        """Refuse a factor after a word or a blackboard capital, which may be an operator on it."""
        if p >= len(items) or items[p].kind in ("op", "bar"):
            return
        symbol = nucleus(items[p - 1])
        if symbol is not None and self.compares(symbol):
            return
        only = p - start == 1 or items[start].kind == "fn"
        if name := word_before_factor(items[p - 1], only):
            raise Fault(f"{name} is not known: it may be an operator on what follows; define it, or write \\cdot for a "
                        "product", items[p - 1].pos)

    def operand(self, items: list[Item], p: int) -> tuple[Node, int]:
        """The factor that starts at ``p``, and the place after it."""
        if p >= len(items):
            raise Malformed("an operand is missing at the end", items[-1].end - 1)
        item = items[p]
        item.taken = True
        around, self.pos = self.pos, item.pos
        self.depth += 1
        if self.depth > MAX_OPERATORS:
            raise Fault(f"operators are nested more than {MAX_OPERATORS} deep", item.pos)
        try:
            if item.kind == "fn":
                return self.function(items, p)
            if item.kind == "big" and item.primes:
                raise Fault("a prime after the sign of a sum has no meaning: for one over a' write \\sum_{a'}",
                            item.pos)
            if item.kind == "big":
                end = reach_of(items, p)
                return self.ranged(items[:end], p), end
            if item.kind in ("sym", "text") or item.kind == "cmd" and nucleus(item) is not None:
                return self.symbol(items, p)
            if (quotient := derivative(item)) is not None:
                return self.quotient(items, p, quotient)
            if item.kind == "group" and item.value == "(" and item.plain and p + 1 < len(items) and \
                    (found := self.applied_bracket(item, items[p + 1])) is not None:
                return found, p + 2
            braced = item.kind == "group" and item.value == "brace" and item.sub is not None
            if braced and nucleus(item) is not None or item.kind == "cmd" and item.value == r"\underset":
                return self.symbol(items, p)
            return self.scripted(self.atom(item), item), p + 1
        finally:
            self.depth -= 1
            self.pos = around

    def applied_bracket(self, item: Item, after: Item) -> Node | None:
        r"""(\log\pi_\theta - \log\pi_{ref})(a): laws without arguments in a bracket that is applied to an action."""
        lone = after.body.lone if after.kind == "group" and after.value == "(" and after.body is not None else None
        if lone is None or not after.plain or not self.is_variable(unwrap(lone)):
            return None
        action = self.variable(unwrap(lone))
        if action is None or sort_of(action) != "action" or item.body is None:
            return None
        contexts = () if self.facts.unconditional else (self.ambient("state"),)
        kept, self.bare_law = self.bare_law, (action, Law(Policy(table.POLICY), *contexts))
        node = self.inside(item.body, item.pos)
        self.bare_law = kept
        bare = [part for part in node.walk() if isinstance(part, Prob) and part.action == action]
        for part in bare:
            part.hints = {}
        if not bare:
            raise Fault("this bracket is applied to an action, but no law without arguments stands in it", item.pos)
        return node

    def atom(self, item: Item) -> Node:
        """The node of a number, fraction, root or bracket, without its scripts."""
        if item.kind == "num":
            return Num(Rational(item.value))
        if item.kind == "cmd":
            if item.value == r"\frac":
                above, below = (self.inside(content_of(arg), arg.pos) for arg in item.args)
                return self.built(Frac, above, below, pos=item.pos)
            if item.value in DECORATIONS:
                raise Fault(f"{item.value} stands over more than one symbol: what it means is not known", item.pos)
            body = self.inside(content_of(item.args[0]), item.args[0].pos)
            return self.built(Root, body, pos=item.pos) if item.value == r"\sqrt" else body
        if item.kind != "group" or item.body is None:
            raise Fault("this sign cannot stand here", item.pos)
        if item.value == "|":
            lone = item.body.lone
            number = lone is not None and unwrap(lone).plain and (unwrap(lone).value, "number") in self.facts.evidence
            variable = self.variable(lone) if lone is not None and not number else None
            if variable is not None and sort_of(variable) == "state":
                raise Fault("a state has no length: give a number another letter, or declare it", item.pos)
            if variable is not None:
                return self.built(Length, variable, pos=item.pos)
            named = "" if lone is None else spelled(unwrap(lone))
            if named == table.ACTION_SET and named not in self.environment.names:
                return ActionCount()
            if lone is not None and ("set", named) in self.facts.numbering.offsets and set_of(lone) is not None:
                return Const(f"|{named}|")
            return self.built(Abs, self.inside(item.body, item.pos), pos=item.pos)
        if item.value == "‖":
            return self.built(Norm, self.inside(item.body, item.pos), pos=item.pos)
        if item.value in ("cases", "half"):
            return self.cases(item)
        if item.value == ".":
            return self.evaluated(self.inside(item.body, item.pos), item)
        if item.value == "brace" and item.body.only is not None and item.body.lone is None:
            raise Fault("braces are invisible: put round brackets around what carries this script", item.pos)
        return self.inside(item.body, item.pos)

    def scripted(self, node: Node, item: Item) -> Node:
        """A node with the scripts of its item: a power, a transpose, a stop-gradient mark."""
        if item.value == "." and item.kind == "group":
            return self.raised(node, item.sup)
        if item.primes:
            raise Fault("a prime belongs to a symbol", item.pos)
        if item.value in (r"\underbrace", r"\overbrace"):
            remark(item)
            return node
        if item.sub is not None:
            stopped = word(item.sub) in STOP_LABELS or unwrap(item.sub).value == "⊥"
            if item.kind != "group" or not stopped:
                raise Fault("this subscript has no meaning here: it must belong to a symbol", item.sub.pos)
            node = StopGradient(node)
        return self.raised(node, item.sup)

    def raised(self, node: Node, sup: Item | None) -> Node:
        """A power or a transpose."""
        if sup is None:
            return node
        mark = unwrap(sup)
        if mark.kind == "mark" and mark.plain and mark.value == "⊤" or \
                mark.kind == "sym" and mark.value == "T" and mark.plain and node.shape != ("1", "1"):
            return self.built(Transpose, node, pos=sup.pos)
        if mark.kind in ("mark", "text"):
            raise Fault(f"the superscript {mark.value} has no meaning here", sup.pos)
        if mark.kind == "group" and mark.value in ("(", "[", r"\{") and not isinstance(node, Num):
            raise Fault("this superscript may be a power or the number of an iterate: write a power without brackets",
                        sup.pos)
        exponent = self.raising(sup)
        if node.shape == MATRIX and exponent == Neg(Num(1)):
            return self.formal("#1^{-1}", [], node, pos=sup.pos)
        return self.built(Power, node, exponent, pos=sup.pos)

    def evaluated(self, node: Node, bar: Item) -> Node:
        """A node at θ_old, for an evaluation bar."""
        if bar.sub is None:
            raise Fault("a bar without a subscript: write what is evaluated where", bar.pos)
        piece = content_of(bar.sub).pieces[0]
        sides = [side.lone if side is not None else None for side in piece.sides]
        at_old = len(content_of(bar.sub).pieces) == 1 and (
            [rel for rel, _ in piece.rels] == ["="] and self.point(sides[0]) == "current"
            and self.point(sides[1]) == "old" or not piece.rels and self.point(sides[0]) == "old")
        return AtOld(node) if at_old else self.at_point(node, piece, bar.sub.pos)

    def bracketed(self, items: list[Item], p: int, name: str, kinds: str = "([{") -> tuple[Item, Content]:
        """The bracket at ``p``, needed after ``name``."""
        if p < len(items) and items[p].kind == "group" and items[p].value.strip("\\") in kinds:
            body = items[p].body
            assert body is not None
            return items[p], body
        raise Fault(f"{name} needs its argument in brackets", self.pos)

    def function(self, items: list[Item], p: int) -> tuple[Node, int]:
        """log, exp, min, max, ∇."""
        item, name = items[p], items[p].value
        if name in ("arg", "argmax", "argmin"):
            return self.argmax(items, p)
        bare_but(item, *SCRIPTED.get(name, ()))
        if name in ("nabla", "partial"):
            return self.nabla(items, p)
        if name in ("log", "ln"):
            found, after = self.logarithm(items, p)
            first = items[p + 1]
            if first.kind == "group" and first.value == "(" and first.plain:
                found.hints = {"form": "parens"}
            return found, after
        if name == "exp":
            group, body = self.bracketed(items, p + 1, r"\exp")
            found = self.built(Exp, self.inside(body, group.pos), pos=item.pos)
            return self.scripted(found, group), p + 2
        if name in ("min", "max"):
            if item.sub is not None:
                return self.maximum(items, p)
            group, body = self.bracketed(items, p + 1, "\\" + name)
            args = self.arguments(body, group.pos)
            if len(args) < 2:
                raise Malformed(f"\\{name} compares two numbers or more", group.pos)
            found = args[-1]
            for arg in reversed(args[:-1]):
                found = self.built(Min if name == "min" else Max, arg, found, pos=item.pos)
            return self.scripted(found, group), p + 2
        raise Fault(f"\\{name} cannot be said in this language", item.pos)

    def nabla(self, items: list[Item], p: int) -> tuple[Node, int]:
        """A gradient or Hessian of the next factor."""
        item = items[p]
        if item.sub is None and item.value == "partial":
            raise Fault(r"write what this derivative is taken in: \partial_\theta", item.pos)
        order = "1" if item.sup is None else unwrap(item.sup).value
        if order not in ("1", "2"):
            raise Fault("only gradients and Hessians are known", item.pos)
        if item.sub is not None and self.inner(item.sub) is not None:
            node, after = self.reached(items, p + 1)
            return self.differentiated(node, item.sub, int(order), item.pos), after
        node, after = self.operand(items, p + 1)
        if not moves(node) and after < len(items) and items[after].kind not in ("op", "bar"):
            # what is constant is a factor of what the gradient is taken of
            node, after = self.term(items[p + 1:]), len(items)
        transposed = self.transposed(items[after - 1])
        if transposed:
            node = untransposed(node)
        found = self.differentiated(node, item.sub, int(order), item.pos)
        if item.sub is None:
            found.hints = {"form": "bare"}
        return self.built(Transpose, found, pos=item.pos) if transposed else found, after

    def quotient(self, items: list[Item], p: int, found: Derivative) -> tuple[Node, int]:
        r"""\frac{\partial f}{\partial\theta}, or \frac{\partial}{\partial\theta} with f after it."""
        item = items[p]
        if found.held:
            node = self.differentiated(self.term(found.held), found.by, found.order, item.pos)
            return self.scripted(node, item), p + 1
        if not item.plain or p + 1 == len(items) or items[p + 1].kind in ("op", "bar"):
            raise Fault("this derivative is taken of nothing that stands after it", item.pos)
        node, after = self.reached(items, p + 1)
        return self.differentiated(node, found.by, found.order, item.pos), after

    def reached(self, items: list[Item], p: int) -> tuple[Node, int]:
        """What a derivative is taken of: the next factor, and those after it that it makes no difference to include."""
        end = next((k for k in range(p, len(items)) if items[k].kind == "bar"), len(items))
        node, after = self.operand(items[:end], p)
        if after == end:
            return node, end
        rest = items[after + (items[after].kind == "op"):end]
        if self.varies(node) and self.varies(self.term(rest)):
            options = tuple(f"the derivative is that of {self.print_of(items[p:stop])}" for stop in (after, end))
            if not self.choose("a derivative before several factors may be that of the first or of all: write brackets",
                               "what a derivative is taken of", options, items[after].pos):
                return node, after
        return self.term(items[p:end]), end

    def inner(self, by: Item) -> By | None:
        """The number in which a derivative is taken, a cell of a table perhaps; None for a parameter."""
        parameter, by = self.facts.parameter, unwrap(by)
        if self.facts.table is not None and by.value == self.facts.table.name and by.sub is not None:
            matched = any(use == "matched" and self.facts.sorts.get(name) == "state"
                          for name, use in self.facts.evidence)
            return Cell(self.cell(content_of(unwrap(by.sub)), by.pos), self.facts.table.name, matched)
        return Number(parameter.name) if parameter.number and letter(by) == parameter.name else None

    def varies(self, node: Node) -> bool:
        """Whether a term depends on what this statement takes derivatives in."""
        shown = self.facts.table.name if self.facts.table is not None else self.facts.parameter.name
        if self.facts.table is None and not self.facts.parameter.number:
            return moves(node)
        return depends(expand(node, self.environment.definitions), Number(shown))

    def differentiated(self, node: Node, by: Item | None, order: int, pos: int) -> Node:
        """The derivative of a term in θ, in which it may not be constant by mistake, or in a number."""
        if by is not None and (inner := self.inner(by)) is not None:
            for _ in range(order):
                node = slope(expand(node, self.environment.definitions), inner, pos)
            return node
        if by is not None and self.point(unwrap(by)) != "current":
            raise Fault(f"derivatives are taken in a parameter or a number, not in {spelled(by)}", by.pos)
        self.place(Parameter(), pos if by is None else by.pos, UNPRINTED if by is None else "")
        if node.shape != SCALAR:
            raise Fault("a gradient needs a scalar: that of a vector cannot be said", pos)
        if not (moves(node) or by is not None or self.facts.parameter.stated) and any(
                isinstance(part, (App, Const)) for part in node.walk()):
            raise Fault(r"nothing here moves with a parameter: write what the gradient is taken in, as \nabla_\theta",
                        pos)
        if not moves(node) and self.frozen(node) and self.facts.parameter.old:
            raise Fault("this is constant in the parameter: for the gradient there write an evaluation bar", pos)
        if not moves(node) and self.frozen(node):
            raise Fault(r"ambiguous: this is constant in \theta, so its gradient is 0; for the gradient at "
                        r"\theta_{\text{old}} write an evaluation bar", pos)
        if not moves(node) and any(isinstance(part, Policy) and part.name == r"\pi" for part in node.walk()):
            raise Fault(r"\pi is constant in \theta, so this gradient is 0: write \pi_\theta", pos)
        return self.built(Gradient if order == 1 else Hessian, node, pos=pos)

    def transposed(self, last: Item) -> bool:
        r"""Whether the last item after a ∇ carries the ⊤ of the gradient: \nabla f^\top is (\nabla f)^\top."""
        mark = None if last.sup is None else unwrap(last.sup)
        if mark is not None and mark.kind == "sym" and mark.value == "T" and mark.plain:
            raise Fault(r"ambiguous: this T is a power of what the gradient is taken of, or transposes the gradient: "
                        r"write (\nabla f)^\top or \nabla (f^T)", mark.pos)
        return mark is not None and mark.kind == "mark" and mark.value == "⊤"


def remark(brace: Item) -> None:
    """Pass over the words or the number, (1), at a brace, which claim nothing; refuse anything else there."""
    beside, script = (brace.sup, brace.sub) if brace.value == r"\underbrace" else (brace.sub, brace.sup)
    if beside is not None:
        raise Fault("this script on a brace may be a power or a remark: bracket what it belongs to", beside.pos)
    if script is None:
        return
    only = content_of(script).only
    items = [] if only is None or len(only.terms) > 1 or only.terms[0][0] else only.terms[0][1]
    label = items[0].body.lone if len(items) == 1 and items[0].value == "(" and items[0].body is not None else None
    numbered = label is not None and label.plain and label.kind in ("sym", "num") and items[0].plain
    if not items or not numbered and not all(item.kind == "text" and item.plain for item in items):
        raise Fault("what stands at this brace says more than words: write it as a statement of its own", script.pos)
    for item in items:
        refuse_conditions(item.value, item.pos)
    spelled(script)


def untransposed(node: Basic) -> Basic:
    """A scalar without the ⊤ that was printed after it."""
    if isinstance(node, Transpose):
        return node.args[0]
    return type(node)(untransposed(node.args[0])).hinted(**node.hints) if isinstance(node, Log) else node


def is_step(node: Basic) -> bool:
    """Whether a node is θ − θ_old."""
    return len(node.args) == 2 and node == STEP


STEP = plus(Parameter(), Neg(Parameter("old")))
