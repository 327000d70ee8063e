r"""Reading symbols: constants, and named functions with printed and hidden arguments.

Hidden arguments are what an application depends on without printing it: the group and the state. A function that no
definition names is a function of its printed arguments; with an index, of the group and the state too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Basic

from ..language import (
    SCALAR,
    App,
    Apply,
    Argument,
    AtOld,
    Const,
    Head,
    Neg,
    Node,
    Num,
    Ordinal,
    Parameter,
    Policy,
    Sample,
    Term,
    TokenOf,
    Var,
    plus,
    sort_of,
)
from . import symbols as table
from .application import WORDS, family, is_operator
from .arguments import letters_alone
from .bound_scripts import dropped
from .elaborate_policies import MOVING
from .elaborate_variables import COMPUTED
from .elaborate_words import Words
from .environment import Named, skeleton
from .indexed import every
from .labels import LABEL, label_among, labelled
from .named import is_name, may_move
from .naming import Nucleus, bare, label, nucleus, script, spelled
from .numbering import Place, shift_of
from .primed import derivative_at, primed
from .read_as import DEFINED, SAMPLED, UNPRINTED
from .read_error import Ambiguous, Blocked, Fault, Malformed
from .surface import Content, Expr, Item, content_of, unwrap

FROZEN = re.compile(r"\\theta_")
PLACE = re.compile(r"#\d+")
POLICY_NAME = re.compile(r"\\pi(?![A-Za-z])")
PLAIN_WORD = re.compile(r"\\text\{[A-Za-z]{3,}\}")  # old, neg; but A_{ik} may mean two indices
CAPITALS = re.compile(r"\\text\{[A-Z]{2}\}")
NAMES = frozenset(("old", "new", "ref", "max", "min", "clip", "base", "mix", "seq", "target"))
ARGUMENT_SIGNS = {",": ", ", ";": "; ", "|": "|", "‖": r" \| ", r"\succ": r" \succ ", r"\prec": r" \prec "}


@dataclass(frozen=True)
class Use:
    """A symbol as it is used: its layout, printed arguments, power; ``stem`` is the layout before the brackets,
    ``operator`` the operator that a definition applies."""

    layout: str
    stem: str
    symbol: Nucleus
    printed: tuple[Basic, ...] = ()
    theta: bool = False
    old: bool = False
    power: Item | None = None
    brackets: bool = False
    pos: int = 0
    operator: str = ""


def is_word(base: Nucleus, raised: str) -> bool:
    """Whether a superscript of letters is a name: old and max always, others as capitals on a letter of no number."""
    if PLAIN_WORD.fullmatch(raised) is None and CAPITALS.fullmatch(raised) is None:
        return False
    return raised[6:-1] in NAMES or raised[6:-1].isupper() and base.letter not in table.NUMBERS


def bracket(item: Item | None) -> Item | None:
    """The bracket that an item is, without TeX braces around it, else None."""
    if item is None or item.kind != "group":
        return None
    inner = unwrap(item) if item.plain else item
    lone = None if item.body is None or item.plain or item.value != "brace" else item.body.lone
    if lone is not None and lone.kind == "group" and lone.value != "brace" and lone.plain:
        inner = lone.copy()
        inner.sub, inner.sup, inner.primes = item.sub, item.sup, item.primes
    return inner if inner.kind == "group" and inner.value != "brace" else None


class Functions(Words):
    """The methods for named functions and constants."""

    def symbol(self, items: list[Item], p: int) -> tuple[Node, int]:
        """The node of a symbol with what belongs to it, and the place after it."""
        if items[p].kind == "cmd" and items[p].value == r"\underset":
            items = [*items[:p], self.underset(items[p]), *items[p + 1:]]
        item = items[p]
        symbol = nucleus(item)
        if symbol is None:
            raise Fault("this is no symbol: put its scripts in one place", item.pos)
        if symbol.name == r"\infty":
            raise Fault(r"\infty is not a number: bound a quantity by a number, such as C", item.pos)
        follows = items[p + 1] if p + 1 < len(items) else None
        group = bracket(follows)
        if self.facts.table is not None and symbol.name == self.facts.table.name and not symbol.item.primes:
            if group is None or group.body is None or group.value != "(" or not item.plain:
                raise Fault(f"{symbol.name} is a table of numbers, and no cell of it is named here", item.pos)
            return self.raised(self.cell(group.body, item.pos), group.sup), p + 2
        if found := self.special(symbol, items, p, group):
            laws = () if group is None or group.body is None else every(group.body)
            for shown in (item, *laws):
                self.refuse_dropped(shown, found[0])
            return found
        if group is None or group.value != "(":
            variable = self.variable(item)
            if self.exponent and variable in self.raises.keys() & self.spans.keys() and item.sub is item.sup is None:
                by = self.raises[variable]
                return (plus(Ordinal(variable), Neg(Num(by))) if by else Ordinal(variable)), p + 1
            if variable is not None:
                sort = sort_of(variable)
                article = "an" if sort[0] in "ai" else "a"
                shown = spelled(unwrap(item))
                raise Fault(f"{shown} is {article} {sort} here, not a number: write a value of it, as f({shown}), or "
                            f"declare it with --let '{shown} \\in \\mathbb{{R}}'", item.pos)
        use = self.use(symbol, group)
        if use.power is not None and use.power is symbol.item.sup:
            self.refuse_power(symbol.item)
        node = self.applied(use)
        self.place_function(node, use)
        raised = self.raised(node, use.power)
        self.refuse_dropped(item, raised)
        return raised, p + 1 + use.brackets

    def refuse_power(self, item: Item) -> None:
        """Refuse the power of a variable that is bound here: an index, an action or a state is no number."""
        name = item.value + item.dashes
        bound = {**self.bound, **self.groups}
        if name in bound or item.sub is not None and f"{name}_{script(label(item.sub))}" in bound:
            raise Fault(f"{name} is bound here, and what it stands for is no number: it has no power", item.pos)

    def refuse_dropped(self, item: Item, node: Node) -> None:
        """Refuse a symbol that shows a bound letter in a script, and whose meaning does not depend on it."""
        if (shown := dropped(item, node, {**self.bound, **self.groups})) is not None:
            name = shown.value + "'" * shown.primes
            raise Fault(f"{name} is bound here, and stands in a script as a label: whether this depends on it is not "
                        f"said; write it as a function of {name}", shown.pos)

    def cell(self, body: Content, pos: int) -> App:
        """The cell of the table of parameters that a bracket names."""
        table = self.facts.table
        lone = [None if piece.only is None else piece.only.lone for piece in body.pieces]
        if table is None or len(lone) != len(table.sorts) or any(sign not in (",", "|") for sign, _ in body.seps):
            raise Fault("this names no cell of the table of parameters", pos)
        found = [None if item is None else self.variable(unwrap(item), sort)
                 for item, sort in zip(lone, table.sorts, strict=True)]
        for place, sort in zip(found, table.sorts, strict=True):
            if place is None or sort_of(place) != sort or isinstance(place, TokenOf):
                raise Fault(f"a cell of {table.name} is named by {of_sort(sort)} here", pos)
        app = self.built(App, Head(table.layout), *found, pos=pos)
        self.place(app.head, pos, "")
        return app

    def place_function(self, node: Basic, use: Use) -> None:
        """Note where a function or constant gets its meaning, and whether a definition gives it."""
        node = node.args[0] if isinstance(node, AtOld) else node
        head = node.head if isinstance(node, App) else node
        sampled = isinstance(head, Head) and head.layout != use.layout
        self.place(head, use.pos, SAMPLED if sampled else DEFINED if use.layout in self.environment.names else "")

    def use(self, symbol: Nucleus, group: Item | None, defining: bool = False, left: bool = False) -> Use:
        """How a symbol is used: which scripts are arguments, labels, powers; whether the bracket is its own.

        ``left`` is set for what stands alone on the left of a relation that may define it.
        """
        item = symbol.item
        if item.kind == "text" and not item.value.replace("-", "").isalnum():
            raise Fault(f"the words “{item.value[:60]}” have no meaning in a formula", item.pos)
        subs: list[str] = []
        sups: list[str] = []
        printed: list[Basic] = []
        power: Item | None = None
        if item.sub is not None:
            subs, printed = self.split_subscript(symbol, item.sub, group, defining)
        if item.sup is not None:
            kind, found = self.superscript(symbol, item.sup)
            if kind == "indices":
                places = ",".join(f"#{len(printed) + k + 1}" for k in range(len(found)))
                sups, printed = [f"({places})"], [*printed, *found]
            elif kind == "label":
                sups = [label(item.sup)]
            else:
                power = item.sup
        stem = symbol.name + item.dashes
        if subs:
            stem += "_" + (f"{{{','.join(subs)}}}" if len(subs) > 1 or "#" in subs[0] else script(subs[0]))
        if sups:
            stem += "^" + script(sups[0])
        if stem in self.environment.operators:
            raise Blocked(f"{stem} is defined as an operator on functions: what uses it cannot be checked", item.pos)
        self.note_family(symbol, printed)
        use = Use(stem, stem, symbol, tuple(printed), bool(MOVING.search(stem)), False, power, False, item.pos)
        if group is None or group.body is None or group.value not in ("(", "[", r"\{"):
            return use
        return self.with_arguments(use, group, defining, left)

    def split_subscript(self, symbol: Nucleus, sub: Item, group: Item | None, defining: bool
                        ) -> tuple[list[str], list[Basic]]:
        """The parts of a subscript, those that are variables as places, and the number of a member of the group."""
        text = label(sub)
        lone = unwrap(sub)
        content = content_of(lone)
        letters = content.only.terms[0][1] if lone.kind == "group" and content.only is not None else []
        if len(letters) > 1 and all(self.is_index(part) for part in letters):
            raise Fault(f"the subscript {text} is ambiguous: write a comma between indices", sub.pos)
        numbering = self.facts.numbering
        families = [self.facts.family(symbol, number) for number in range(len(content.pieces))]
        family = not defining and not numbering.families.isdisjoint(families)
        if text != "G" and not defining and not family and self.is_statistic(symbol, text, group):
            self.refuse_member(symbol.name + symbol.item.dashes, sub)
        listed = len(content.pieces) > 1 or family
        if lone.kind == "group" and (not listed or any(sign != "," for sign, _ in content.seps)):
            if not PLAIN_WORD.fullmatch(text):
                self.refuse_shifted(lone)
            return [text], []
        parts: list[str] = []
        printed: list[Basic] = []
        for place, (rel, element) in enumerate(self.elements(sub)):
            variable = None if rel else self.index(element)
            if not (rel or defining or variable is not None) and families[place] in numbering.families:
                variable = self.member(symbol, element, families[place], group)
            named = rel or defining or variable is not None
            if not (named or place) and self.is_member(symbol, unwrap(element), text, group):
                variable = Num(unwrap(element).value)
            letter = unwrap(element).value
            ambient = self.drawn["state"].name if "state" in self.drawn else self.facts.state
            if variable is None and not rel and self.facts.sorts.get(letter) == "state" and unwrap(element).plain and \
                    letter == ambient:
                variable = self.variable(element)
            if variable is None:
                if not PLAIN_WORD.fullmatch(label(element)):
                    self.refuse_shifted(element)
                parts.append(rel + label(element))
            else:
                printed.append(variable)
                parts.append(f"#{len(printed)}")
        return parts, printed

    def member(self, symbol: Nucleus, part: Item, family: Place, group: Item | None) -> Basic | None:
        """The member of a family that c_{t+1} or c_0 names where c_t stands under its sum; None for a label.

        Raises Fault where that member is not to be told from a symbol of its own, or has no number.
        """
        shown = f"{symbol.name}_{script(label(part))}"
        offset, shift = self.facts.numbering.offset(family), shift_of(part)
        if shift is not None:
            name, by = shift
            var = self.bound.get(name)
            if var is None and self.facts.sorts.get(name) in ("index", "token"):
                var = self.named(name, self.facts.sorts[name], part.pos)
            if var is not None and var.sort in ("index", "token"):
                if offset is None:
                    raise Fault(f"a shifted or computed index ({label(part)}) cannot be said", part.pos)
                return var
        last = shift is not None and (shift[1] != 0 or (shift[0], "limit") in self.facts.evidence)
        if last or COMPUTED.search(label(part)) and not label(part).startswith(r"\text{"):
            raise Fault(f"{shown} cannot be said: name a member of a group by an index or by a number", part.pos)
        if part.kind != "num" or not part.plain or not part.value.isdecimal() or self.takes_samples(group):
            return None
        if shown in self.environment.names or shown in self.environment.stems:
            raise Fault(f"{shown} is defined, and {symbol.name} has a member of that number", part.pos)
        if (number := int(part.value) + (offset or 0)) < 1:
            raise Fault(f"{shown} cannot be said beside a range from 1: name a member of a group by an index or by a "
                        "number from 1 on", part.pos)
        return Num(number)

    def is_member(self, symbol: Nucleus, number: Item, label: str, group: Item | None) -> bool:
        r"""Whether r_1 is the value of r_i at the member 1 of the group, not a symbol of its own.

        It is for a symbol that is a group statistic where it has an index, under a law of the group or beside r_i,
        which a definition of the statement may print.
        """
        last = number.value == "G" and label == "G"
        if not number.plain or not (last or number.kind == "num" and number.value.isdigit() and number.value != "0"):
            return False
        if not self.is_statistic(symbol, label, group):
            return False
        name = symbol.name + symbol.item.dashes
        own, here = f"{name}_{script(label)}", name in self.facts.indexed
        grouped = "group" in self.drawn
        if last and grouped or not grouped and not here and self.facts.grouped:
            raise Fault(f"{own} is ambiguous: it may be the member {label} of {name}_i, or a symbol of its own; "
                        + (f"write the sample, as r(s, a_1), or {name}_i with an index" if not last else
                           "number the member, or give the symbol another name"), symbol.item.pos)
        return not last and (grouped or name in self.facts.members)

    def is_statistic(self, symbol: Nucleus, label: str, group: Item | None) -> bool:
        """Whether a symbol with this label has a value for each member where it has an index, and is not defined."""
        name = symbol.name + symbol.item.dashes
        own = f"{name}_{script(label)}"
        if own in self.environment.names or own in self.environment.stems or self.takes_samples(group):
            return False
        return name in self.facts.indexed or name == "r" or name in self.facts.members or self.indexed_before(name)

    def indexed_before(self, name: str) -> bool:
        """Whether a definition has a symbol of this name with a group index."""
        return any(layout.startswith(f"{name}_{{#1") and sort_of(named.app.params[0]) == "index"
                   for layout, named in self.environment.names.items())

    def takes_samples(self, group: Item | None) -> bool:
        """Whether the bracket after a symbol holds arguments that are more than a point θ: k_1(a), r_1(s, a)."""
        body = None if group is None or group.value != "(" else group.body
        return body is not None and (len(body.pieces) > 1 or self.sample_like(body) and not self.point(body.lone))

    def refuse_shifted(self, lone: Item) -> None:
        """t + 1 as a position has no node; k + 1 as a label is fine."""
        for piece in content_of(lone).pieces:
            for side in piece.sides:
                for _, items, _ in side.terms if side is not None else ():
                    if found := next((item for item in items if self.is_index(item)), None):
                        raise Fault(f"a shifted or computed index ({label(lone)}) cannot be said", found.pos)

    def superscript(self, base: Nucleus, sup: Item) -> tuple[str, list[Basic]]:
        """Whether a superscript holds indices, is a label, or is a power."""
        inner = unwrap(sup)
        if inner.kind == "group" and inner.value == "(" and inner.body is not None:
            found = [self.index(element) for _, element in self.elements(Item("group", "brace", inner.pos, inner.end,
                                                                             inner.body))
                     if self.is_index(element)]
            if found and len(found) == len(inner.body.pieces):
                return "indices", [index for index in found if index is not None]
        if inner.kind == "mark":
            return ("power", []) if inner.value == "⊤" else ("label", [])
        if inner.kind == "text" or is_word(base, label(sup)):
            return "label", []
        symbol = nucleus(inner)
        if symbol is not None and (symbol.letter == table.POLICY or symbol.name in self.facts.laws):
            return "label", []
        return "power", []

    def with_arguments(self, use: Use, group: Item, defining: bool = False, left: bool = False) -> Use:
        """The use with the bracket after it, if that holds its arguments; else the bracket is a factor."""
        body = group.body
        assert body is not None
        known = use.stem in self.environment.stems
        letter, symbol = use.symbol.letter, use.symbol
        samples = self.sample_like(body)
        taken = use.stem in self.environment.names
        declared = self.facts.kinds.get(symbol.name, "")
        new = left and not taken and letters_alone(body) and (defining or family(symbol.item) not in self.facts.alone)
        tuple_like = len(body.pieces) > 1 or samples or new
        defined = tuple_like and (defining or new) or bool(self.point(body.lone))
        number = declared == "num" or declared != "function" and letter in table.CONSTANTS and not defined
        if (taken or number) and not known:
            if len(body.pieces) > 1 and group.value == "(":
                raise Fault(f"{symbol.name} is a constant here and takes no arguments: define it as a function, "
                            "or write one factor in the brackets", use.pos)
            self.refuse_product(use, body, taken)
            self.refuse_application(use, body)
            return use
        silent = not known and not tuple_like
        if silent and (letter not in table.MAPS and declared != "function" or group.value != "(") and \
                not self.applies(use, body, letter in table.NUMBERS or use.stem in self.environment.users):
            return use
        if group.value != "(" and not known:
            raise Fault(f"{symbol.name}[…] may be an application or a product: write round brackets or \\cdot", use.pos)
        if use.power is not None:
            if unwrap(use.power).value in ("⊤", "T"):
                return use
            raise Fault("write the power after the brackets", use.power.pos)
        parts, printed, theta, old = self.argument_list(body, len(use.printed))
        text = ""
        for place, part in enumerate(parts):
            if place:
                text += ARGUMENT_SIGNS[body.seps[place - 1][0]]
            text += part
        return replace(use, layout=f"{use.stem}({text})", printed=(*use.printed, *printed), theta=use.theta or theta,
                       old=old and not theta, power=group.sup, brackets=True)

    def applies(self, use: Use, body: Content, number: bool) -> bool:
        """Whether a symbol that is not said to be a function is one of the bracket after it, which is else a factor."""
        self.refuse_application(use, body)
        if number or family(use.symbol.item) in self.facts.alone:
            return False
        name = PLACE.sub("·", use.stem)
        return bool(self.choose(f"the brackets after {name} may be its argument or a factor: define {name} as a "
                                "function, or write \\cdot for a product", f"{use.stem}(",
                                (f"{name} is a factor", f"{name} is a function"), use.pos))

    def refuse_application(self, use: Use, body: Content) -> None:
        """Refuse a symbol before a bracket that would be a function of what stands there, and is not known as one."""
        name = PLACE.sub("·", use.stem)
        if use.symbol.letter == "E" and use.stem not in self.environment.names:
            raise Fault(f"{name} before brackets is an expectation, which needs its law: write E_{{a ∼ π}}", use.pos)
        if is_operator(use.symbol.name):
            known = "defined without arguments" if use.stem in self.environment.names else "not known"
            kind = Fault if WORDS.search(use.symbol.name) else Ambiguous
            raise kind(f"{name} is {known}: define it as a function, or write \\cdot for a product", use.pos)
        lone = None if body.lone is None else unwrap(body.lone)
        if lone is not None and (lone.kind == "num" or nucleus(lone) is not None):
            raise Fault(f"{name}({spelled(lone)}) would be a function, and {name} is not known as one: define it, or "
                        "write \\cdot for a product", use.pos)

    def refuse_product(self, use: Use, body: Content, taken: bool) -> None:
        """Refuse c(s) where c is a number: a number is no function, and a state no factor."""
        if body.lone is None or not self.is_variable(unwrap(body.lone)):
            return
        shown, name = spelled(unwrap(body.lone)), PLACE.sub("·", use.stem)
        known = "defined without arguments" if taken else "read as a number here"
        other = "write another letter for the function" if taken else \
            rf"write a function as f({shown}), or define {name}({shown}) with \doteq"
        raise Fault(f"{name} is {known}, so that {name}({shown}) would be a product, and {shown} is no number: {other}",
                    use.pos)

    def sample_like(self, body: Content) -> bool:
        """Whether a bracket holds one thing that functions of samples take: a variable, θ, a policy."""
        lone = body.lone
        if lone is None:
            return False
        symbol = nucleus(unwrap(lone))
        if symbol is None:
            return False
        return self.point(lone) != "" or symbol.letter in (table.POLICY, r"\theta") or self.is_variable(unwrap(lone))

    def is_variable(self, item: Item) -> bool:
        """Whether an item names a variable; nothing is noted as used."""
        kept = dict(self.free)
        try:
            return self.variable(item) is not None
        finally:
            self.free.clear()
            self.free.update(kept)

    def argument_list(self, body: Content, place: int) -> tuple[list[str], list[Basic], bool, bool]:
        """The printed form of each argument, the arguments that have places, whether θ and θ_old are among them."""
        for sign, pos in body.seps:
            if sign not in ARGUMENT_SIGNS:
                raise Fault(f"arguments are separated by commas, not by {sign}", pos)
        points = [self.point(piece.only.lone if piece.only is not None else None) for piece in body.pieces]
        policies = [self.lone_policy(piece.only) for piece in body.pieces]
        theta = "current" in points or any(policy is not None and policy.point == "current" for policy in policies)
        old = "old" in points or any(policy is not None and policy.point == "old" for policy in policies)
        parts: list[str] = []
        printed: list[Basic] = []
        for piece, point, policy in zip(body.pieces, points, policies, strict=True):
            if piece.rels or piece.only is None:
                raise Malformed("an argument is missing or holds a relation", piece.pos if piece.pos >= 0 else body.pos)
            lone = piece.only.lone
            if point:
                parts.append(r"\theta" if point == "current" or not theta else r"\theta_{\text{old}}")
            elif policy is not None:
                moving = policy.point == "current" or policy.point == "old" and not theta
                parts.append(policy.name if policy.point == "constant" else
                             policy.name + (r"_{\theta}" if moving else r"_{\theta_{\text{old}}}"))
            elif lone is not None and unwrap(lone).value in self.facts.laws and unwrap(lone).plain and any(
                    sign == "‖" for sign, _ in body.seps):
                parts.append(spelled(unwrap(lone)))  # what compares these two laws, and no others
            elif lone is not None and unwrap(lone).value == r"\theta":
                parts.append(spelled(unwrap(lone)))
            else:
                variable = None if lone is None else self.variable(unwrap(lone))
                printed.append(self.expression(piece.only, piece.pos) if variable is None else variable)
                parts.append(f"#{place + len(printed)}")
        return parts, printed, theta, old

    def lone_policy(self, expr: Expr | None) -> Policy | None:
        """The policy that stands alone in an expression, else None."""
        lone = None if expr is None else expr.lone
        symbol = None if lone is None else nucleus(unwrap(lone))
        if symbol is None or symbol.letter != table.POLICY:
            return None
        return self.policy(symbol)[0]

    def applied(self, use: Use) -> Node:
        """The node of a use: a defined function, an undefined one, or a constant."""
        named, order = self.environment.names.get(use.layout), 0
        if named is None and "'" in use.layout:
            named, order = primed(use.layout, self.environment)
        if named is not None:
            self.refuse_kinds(use, named)
            self.refuse_fixed([one.rhs for one in self.environment.used_by([named.app])], use.pos)
            name = label_among(self.bound.values(), use.printed)
            if name and "group" in named.hidden:
                raise Fault(f"{spelled(use.symbol.item)} is defined for a group, and {name} names a single draw here",
                            use.pos)
            hidden = tuple(self.hidden(param, use, named.sequence) for param in named.unprinted)
            if order:
                return derivative_at(named, order, (*use.printed, *hidden), self.environment, use.pos)
            return self.at_old(self.built(App, named.head, *use.printed, *hidden, pos=use.pos), use)
        if not use.brackets and (value := self.value_at_sample(use.layout, use.symbol, use.printed,
                                                               use.theta or use.old, use.pos)) is not None:
            return value
        points = not use.printed and MOVING.search(use.layout) and POLICY_NAME.search(use.layout) is None
        if not points and any(mark in use.layout for mark in ("∼", r"\sim", r"\|", "∥", r"\parallel")):
            raise Fault(f"{use.layout.partition('_')[0].partition('(')[0]} of a law is not known: write it as an "
                        "expectation, or define it", use.pos)
        self.check_arity(use)
        if use.layout == "r_{#1}" and sort_of(use.printed[0]) == "index" and not self.of_one_draw(use):
            head = self.environment.names.get("r(#1, #2)")
            sample = Sample(self.ambient("group"), use.printed[0])
            return App(head.head if head else Head("r(#1, #2)"), self.ambient("state"), sample)
        if self.of_numbers(use):
            if use.theta or use.old:
                raise Fault(f"{PLACE.sub('·', use.layout)} moves with the parameter, and is taken at a number: "
                            "define it", use.pos)
            return self.built(Apply, Head(use.layout), *use.printed, pos=use.pos)
        hidden, declared = self.unprinted(use), self.facts.kinds.get(bare(use.layout), "")
        named_one = is_name(use.layout) and not declared
        summed = [var for var in hidden if sort_of(var) == "state" and var in self.spans]
        if summed and not named_one:
            raise Fault(f"whether {spelled(use.symbol.item)} depends on {summed[0]}, over which the sum around it "
                        "runs, is not said: write its arguments", use.pos)
        if named_one and may_move(use.layout):
            use = replace(use, theta=True)
        if named_one and not use.printed:  # what nothing defines may be another thing in each term of a sum
            hidden += tuple(var for var in self.spans if var not in hidden)
        if not use.printed and not hidden and not use.theta and not use.old and not use.brackets and not named_one:
            shape = {"vec": "vector", "mat": "matrix"}.get(declared, "" if declared else
                                                           table.BARE_SHAPES.get(use.symbol.letter, ""))
            if shape:
                return App(Head(use.layout, shape=shape))
            return Const(use.layout, "positive" if use.layout in table.POSITIVE and not declared else "real")
        head = Head(use.layout, use.theta or use.old)
        return self.at_old(self.built(App, head, *use.printed, *hidden, pos=use.pos), use)

    def of_numbers(self, use: Use) -> bool:
        """Whether an undefined function is taken at a number, which no other use of it forbids."""
        sorts = tuple("number" if isinstance(arg, Node) and not isinstance(arg, Num) else "" if isinstance(arg, Num)
                      else sort_of(arg) for arg in use.printed)
        for place, sort in enumerate(sorts if use.brackets else ()):
            if sort and "number" in {sort, known := self.domains.setdefault((use.layout, place), sort)} != {known}:
                raise Ambiguous(f"{PLACE.sub('·', use.layout)} is taken at {of_domain(sort)} and elsewhere at "
                            f"{of_domain(known)}: one function has one kind of argument", use.pos)
        numbered = any((letter, f"at {place} {use.symbol.name}") in self.facts.evidence for place in range(len(sorts))
                       for letter, sort in self.facts.sorts.items() if sort in ("index", "token"))
        return use.brackets and ("number" in sorts or "" in sorts and not numbered)

    def refuse_kinds(self, use: Use, named: Named) -> None:
        """Refuse an argument of another kind than the variable for which a function is defined."""
        for arg, param in zip(use.printed, named.app.params, strict=False):
            if isinstance(param, Argument) and isinstance(arg, Node):
                if arg.shape != SCALAR:
                    raise Fault(f"{PLACE.sub('·', use.layout)} is defined for a number, and no number stands here",
                                use.pos)
                continue
            here, sort = sort_of(arg), sort_of(param)
            if here != sort and not {here, sort} <= {"index", "token"}:
                raise Fault(f"{PLACE.sub('·', use.layout)} is defined for {of_sort(sort)}, and stands here with "
                            f"{of_sort(here)}", use.pos)

    def at_old(self, node: Node, use: Use) -> Node:
        return AtOld(node) if use.old else node

    def check_arity(self, use: Use) -> None:
        """Refuse a function that is used with another number of arguments than it is defined or used with."""
        shape, environment = skeleton(use.layout), self.environment
        if use.brackets:
            if use.stem in environment.names:
                raise Malformed(f"{use.stem} is defined without arguments in brackets", use.pos)
            defined = environment.shapes.get(shape)
        else:
            defined = environment.stems.get(use.stem)
        if defined is not None:
            raise Malformed(f"wrong arguments: this function is defined as {PLACE.sub('·', defined)}", use.pos)
        if not use.brackets or use.symbol.letter in ("P", "p"):
            return
        count = len(use.printed)
        shape += sort_of(use.printed[0]) if use.printed else ""
        if self.arities.setdefault(shape, count) != count:
            raise Malformed(f"wrong number of arguments: {use.stem} takes {self.arities[shape]} before and {count} "
                            "here", use.pos)

    def hidden(self, param: Var, use: Use, sequence: str) -> Var:
        """A hidden argument of a defined function; ``sequence`` names the one whose step it is defined for."""
        sort = param.sort
        if known := [var for var in self.sample() if var.sort == sort]:
            return self.named(known[0].name, sort, use.pos, UNPRINTED)
        if sort in ("index", "token"):
            if param.name in self.bound:
                raise Fault(f"{spelled(use.symbol.item)} is defined for any {param.name}, and {param.name} runs over a "
                            "range here: write out what it stands for", use.pos)
            return self.named(param.name, sort, use.pos, UNPRINTED)
        if sort == "action" and sequence:
            drawn = self.drawn.get("action") or self.drawn.get("group")
            if drawn is None:
                return self.named(sequence, "action", use.pos, UNPRINTED)
            if drawn.sort == "group" or "_" in drawn.name:
                raise Fault(f"{spelled(use.symbol.item)} is defined for one sequence {sequence}, and here {drawn.name} "
                            f"is drawn{' as a group' * (drawn.sort == 'group')}: draw {sequence}, or write out what it "
                            "stands for", use.pos)
            return drawn
        if sort == "action":
            found = self.drawn_for(use, sort)
            if len(found) > 1:
                raise Fault(f"{spelled(use.symbol.item)} is defined at one draw, and several have its letter here",
                            use.pos)
            return found[0] if found else self.named(self.facts.action or "a", "action", use.pos, UNPRINTED)
        return self.ambient(sort)

    def all_drawn_for(self, use: Use) -> tuple[Var, ...]:
        """What is drawn of each sort, for a value at it."""
        return tuple(var for sort in ("group", "state", "action") for var in self.drawn_for(use, sort))

    def drawn_for(self, use: Use, sort: str) -> tuple[Var, ...]:
        """What is drawn of a sort, for a value at it: of several those with its letter. Raises Fault where none has."""
        if sort not in self.drawn:
            return ()
        found = [var for var in (self.groups if sort == "group" else self.bound).values() if var.sort == sort]
        letters = {*below(use), *(var.name for var in use.printed if isinstance(var, Var))}
        mine = [var for var in found if sort != "group" and labelled([var], letters)]
        if mine or len(found) < 2:
            return tuple(mine) or (self.drawn[sort],)
        shown = spelled(use.symbol.item)
        raise Fault(f"{shown} may be a value at {' or at '.join(var.name for var in found)}: write its arguments, as "
                    f"{shown}({found[0].name})", use.pos)

    def unprinted(self, use: Use) -> tuple[Basic, ...]:
        """The hidden arguments of an undefined function: what was drawn, for a value at an index or at a sample."""
        if not use.printed and self.facts.kinds.get(bare(use.layout)) in ("num", "vec", "mat"):
            return ()
        indices = [sort_of(arg) for arg in use.printed if isinstance(arg, Term)]
        if any(sort_of(arg) in ("action", "state") for arg in use.printed):
            return ()
        drawn = tuple(self.drawn[sort] for sort in ("group", "state", "action") if sort in self.drawn)
        numbered = "index" in indices
        if numbered and not self.steps(use) and not self.of_one_draw(use):
            return self.ambient("group"), self.ambient("state")
        if numbered or "token" in indices:
            group = self.drawn.get("group")
            actions = (group,) if group is not None else self.drawn_for(use, "action")
            if not actions and self.facts.action:
                actions = (self.named(self.facts.action, "action", use.pos, UNPRINTED),)
            if actions and actions[0].name.startswith(table.TRAJECTORY):
                return actions
            self.refuse_step(use)
            return (*actions, *(self.drawn_for(use, "state") or (self.ambient("state"),)))
        letter, decorations = use.symbol.letter, use.symbol.decorations
        silent = self.bare_law is not None and not use.printed
        sampled = set(decorations) <= table.SAMPLED_DECORATIONS and not indices and (
            letter in table.SAMPLED or silent and (letter in table.SCHEMATIC or use.theta))
        if sampled or use.layout in self.values:
            return self.everywhere(use, self.all_drawn_for(use))
        if drawn and labelled(self.bound.values(), set(below(use))):
            self.refuse_step(use)
        number = letter in table.COEFFICIENTS and not any(char.isdigit() for char in use.layout)
        if (silent or drawn and random(letter, use)) and not number and not is_name(use.layout):
            shown = PLACE.sub("·", use.stem)
            reason = f"{shown} may be a number or a value at what this expectation draws: write {shown}(a) for the " \
                     f"value, or declare a number as {shown} \\in \\mathbb{{R}}"
            options = f"{shown} is a number", f"{shown} is a value at what is drawn"
            if self.choose(reason, use.layout, options, use.pos):
                return self.everywhere(use, self.all_drawn_for(use))
        return drawn if is_name(use.layout) and not indices else ()

    def of_one_draw(self, use: Use) -> bool:
        """Whether a symbol carries a letter that names a single draw. Raises Fault where it does elsewhere only."""
        if label_among(self.bound.values(), use.printed):
            return True
        for var in use.printed:
            if isinstance(var, Var) and var.sort == "index" and (var.name, LABEL) in self.facts.evidence:
                shown = spelled(use.symbol.item)
                raise Fault(f"{var.name} names a single draw elsewhere in this statement: whether {shown} is a value "
                            "at that is not said", use.pos)
        return False

    def note_family(self, symbol: Nucleus, printed: list[Basic]) -> None:
        """Refuse rewards, or tokens, that are numbered by tokens in one place and by members of a group in another."""
        for place, part in enumerate(printed if symbol.letter in (table.SEQUENCES | {"r"}) else ()):
            sort = part.sort if isinstance(part, Var) else "index" if isinstance(part, Num) else ""
            if sort and self.families.setdefault((symbol.name, place), sort) != sort:
                raise Fault(f"{symbol.name} is numbered by a token and by a member of a group: number it in one way",
                            symbol.item.pos)

    def refuse_step(self, use: Use) -> None:
        """Refuse what may be a value before a step draws or after: a baseline b_t under a_t ∼ π."""
        drawn = self.drawn.get("action")
        if drawn is None or "_" not in drawn.name or use.symbol.letter in table.SAMPLED or is_name(use.layout) or \
                self.facts.kinds.get(bare(use.layout)) in ("num", "vec", "mat"):
            return
        shown = spelled(use.symbol.item)
        raise Fault(f"whether {shown} depends on {drawn.name}, which is drawn here, is not said: write its arguments",
                    use.pos)

    def everywhere(self, use: Use, drawn: tuple[Var, ...]) -> tuple[Var, ...]:
        """What is drawn, unless the same symbol stands where nothing is drawn, or with arguments."""
        kept = self.values.setdefault(use.layout, drawn)
        if bool(kept) != bool(drawn) or drawn and (use.symbol.name, "applied") in self.facts.evidence:
            shown = spelled(use.symbol.item)
            raise Fault(f"{shown} is a value at what an expectation draws, and stands elsewhere in another form: write "
                        f"{shown}(a) for the value, or another letter for a number", use.pos)
        return drawn

    def steps(self, use: Use) -> bool:
        """Whether a symbol has members by the number of a token."""
        families = (self.facts.family(use.symbol, number) for number in range(len(use.printed)))
        return any(family in self.facts.numbering.steps for family in families)

    def frozen(self, node: Basic) -> bool:
        """Whether a node that is constant in θ speaks of θ_old, or of another point of θ."""
        if isinstance(node, AtOld) or isinstance(node, Policy) and (
                node.point == "old" or bool(FROZEN.search(node.name))) or isinstance(node, Parameter):
            return True
        if isinstance(node, Head):
            named = self.environment.names.get(node.layout)
            return bool(FROZEN.search(node.layout)) or named is not None and named.old
        return any(self.frozen(arg) for arg in node.args)


def below(use: Use) -> Iterator[str]:
    """The lone letter or number that is printed below a symbol without indices."""
    sub = use.symbol.item.sub
    if sub is not None and not use.printed and unwrap(sub).kind in ("sym", "num"):
        yield unwrap(sub).value


def of_sort(sort: str) -> str:
    """A variable of a sort in words, or a number."""
    return "a number" if sort == "expression" else f"a variable of the sort {sort}"


def of_domain(sort: str) -> str:
    """What a function is taken at, in words."""
    return f"{'an' if sort[0] in 'ai' else 'a'} {sort}"


def random(letter: str, use: Use) -> bool:
    """Whether a symbol without arguments stands for a random value by custom: a capital, or the error of one step."""
    return not use.printed and (letter.isalpha() and letter.isupper() or letter in table.ERRORS)
