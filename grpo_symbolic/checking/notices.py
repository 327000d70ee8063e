"""What a reader of a verdict must be told: what was taken as a definition, what is not defined and yet decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from types import MappingProxyType
from typing import Any

from sympy import Basic

from .. import language as lang
from ..language.binders import Bound
from ..language.formal import Formal
from ..latex.kinds.named import is_name, letter_of, may_follow
from ..latex.printing.printer import latex
from ..latex.statement.links import customary
from .advantages import fails_with_each
from .drawn_paths import along_path, other_path
from .estimates import estimated, loosely, of_its_own
from .parametrisation import parametrisation
from .two_uses import index_and_number
from .verdict import Verdict

# A star names the best of its kind.
BEST = re.compile(r"\^\{?(?:\*|\\star|\\ast)")
WHOLE = frozenset("ijkmnN")
ANY_WHOLE = -1  # a least value, below which numbers are whole too
INDEX = re.compile(r"\\#\d+")
PLACE = re.compile(r"[#@]\d+")
CALL = re.compile(r"\b([A-Z][A-Za-z]+)\(")
# A sign over a letter, or the letter below that of a mean or a spread: what is made of values of that letter.
DERIVED = re.compile(r"\\(?:bar|overline|hat|widehat|tilde|widetilde)\{(\\?[A-Za-z]+)\}"
                     r"|\\(?:mu|sigma)_\{?(\\?[A-Za-z])\}?(?![A-Za-z,])")
OF_POLICY = re.compile(r"\\(?:pi|theta)(?![A-Za-z])")
LEAVES = (lang.App, lang.Const, lang.Num, lang.Policy)


def noticed(verdict: Verdict, content: Any, declared: Mapping[str, int | None] = MappingProxyType({}),
            twice: Collection[Basic] = ()) -> Verdict:
    """The verdict on a definition, claim or expression, with what its reason has to add.

    An equation between a policy and a function of it that nothing defines says what that function is: a
    counterexample that chooses the function does not refute it, so it is undecided. Nor does one in which a number that
    is ``declared`` to be whole, with its least value, is none. What is declared needs no definition.
    A symbol that stands ``twice`` in a chain is under no mere condition.
    """
    if isinstance(content, (lang.Claim, lang.Definition)) and (function := parametrisation(content, twice)):
        return Verdict("definition", f"taken as the parametrisation of a policy by {named(function)}, which nothing "
                       "defines: it claims nothing", verdict.printed, ms=verdict.ms)
    if isinstance(content, lang.Definition):
        if content.hints.get("op") not in ("eq", "approx") or not isinstance(content.lhs, lang.App):
            return verdict
        reason = f"taken as the definition of {named(content.lhs)}, which nothing defines before: it claims nothing"
        return replace(verdict, reason=reason)
    if not isinstance(content, lang.Claim) or verdict.disagreement is not None:
        return verdict
    if verdict.status == "refuted" and (bound := free_bound(content, declared, twice)) is not None:
        return Verdict("no-claim", f"a condition on {named(bound)}, of which nothing else is said", verdict.printed,
                       ms=verdict.ms)
    open_ = verdict.status in ("refuted", "undecided")
    if verdict.status == "refuted" and (drawn := estimated(content)):
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"no equality, but an estimate by what is drawn, {drawn}: to check that it is unbiased, "
                              "state its expectation with =")
    if verdict.status == "refuted" and (name := index_and_number(content)):
        return replace(verdict, status="undecided", counterexample=None, change=None, reason=(
            f"{name} numbers a member here, and is a number elsewhere: in the counterexample these were two things"))
    if verdict.status == "refuted" and (loose := loosely(content)):
        return replace(verdict, status="undecided", counterexample=None, change=None, reason=loose)
    if verdict.status == "refuted" and (said := whatever_the_advantages(content, declared)):
        return replace(verdict, reason=f"{in_words(verdict, content)}; {said}")
    if open_ and (unknown := nameless(content, declared) or undefined(content) or unsettled(content)
                  or along_path(content, defined(content))) is not None:
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"{named(unknown)} is not defined: define it, to check what is said of it")
    if verdict.status == "refuted" and (path := other_path(content)):
        return replace(verdict, status="undecided", counterexample=None, reason=(
            rf"whether the steps s_t, a_t are those of {path}, drawn here, is not said: write \tau for a path"))
    if verdict.status == "refuted" and (
            new := only_said(content, declared, twice) or of_its_own(content) or new_law(content, twice)) is not None:
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"this may say what {named(new)} is, of which nothing else is said")
    if verdict.status == "refuted" and content.relation.op not in ("=", "≈") and (any_ := next(
            (part for part in content.expanded().walk() if isinstance(part, lang.Apply)), None)) is not None:
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"not true of every function {plain_head(any_)}: say what it is, as a text may take it "
                              "for convex or monotone elsewhere")
    if verdict.status == "refuted" and (
            apart := unrelated(content) or derived(content, declared) or at_policies(content)
            or valued(content, declared)):
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"what {' and '.join(apart)} have to do with each other is not said: define one by the "
                              "other, or write one symbol")
    if verdict.counterexample is not None and (odd := no_whole_number(verdict.counterexample.record(), declared)):
        return replace(verdict, status="undecided", counterexample=None,
                       reason=f"not proved; in the counterexample that was found, {odd} is no number as declared")
    if verdict.counterexample is not None and (odd := no_whole_number(verdict.counterexample.record(),
                                                                      dict.fromkeys(exponents(content), ANY_WHOLE))):
        return replace(verdict, status="undecided", counterexample=None, reason=(
            f"not proved; in the counterexample that was found, {odd} is no whole number, and a power of what may be "
            rf"negative needs one: declare {odd} \in \mathbb{{N}}"))
    reason = in_words(verdict, content)
    if any(part.hints.get("form") == "letter" for part in content.relation.walk() if isinstance(part, lang.Sigmoid)):
        reason += r"; \sigma is read as the logistic function"
    if any(part.hints.get("form") == "integral" for part in content.relation.walk()):
        reason += "; integrals are read as sums over finitely many values"
    if constant := sorted({named(app) for app in taken_as_constant(content)}):
        verb = "is not defined here: it is" if len(constant) == 1 else "are not defined here: they are"
        reason += f"; {', '.join(constant)} {verb} taken as constant in θ, with gradient 0"
    if every := sorted({var.name for var in assumed_of_every(content)}):
        reason += f"; what is assumed of {', '.join(every)} is assumed of every one, as the statement names none"
    return replace(verdict, reason=reason)


def repeated(claims: Sequence[lang.Claim]) -> frozenset[Basic]:
    """The symbols that stand in several sides of a chain, and all of one in which a side comes again: x < y < x."""
    sides: list[Basic] = []
    found: set[Basic] = set()
    for claim in claims:
        start = [] if sides and sides[-1] == claim.lhs else [claim.lhs]
        sides = [*([] if start else sides), *start, claim.rhs]
        each = [{part.head if isinstance(part, lang.App) else part for part in side.walk()
                 if isinstance(part, (lang.App, lang.Const))} for side in sides]
        again = any(sides.count(side) > 1 and symbols for side, symbols in zip(sides, each, strict=True))
        found |= {symbol for one in each for symbol in one if again or sum(symbol in other for other in each) > 1}
    return frozenset(found)


def free_bound(claim: lang.Claim, declared: Collection[str], twice: Collection[Basic] = ()
               ) -> lang.Const | lang.App | None:
    """The symbol that is alone on one side of an inequality, where nothing else is said of it or assumed; else None.

    It is a number, or a value beside which there are numbers only.
    """
    custom = set(customary([claim.relation], [], {}))
    if claim.relation.op == "=" or claim.order is not None or any(one not in custom for one in claim.assume):
        return None
    said = [part for side in (claim.relation, *claim.where) for part in side.walk()]
    heads = [part.head for part in said if isinstance(part, lang.App)]
    sides = [side.args[0] if isinstance(side, lang.Preference) else side for side in (claim.lhs, claim.rhs)]
    for side, other in (sides, reversed(sides)):
        if isinstance(side, lang.Const) and said.count(side) == 1 and side not in twice and \
                schematic(side.name, declared):
            return side
        numbers = not any(isinstance(part, (lang.App, lang.Prob)) for part in other.walk())
        if isinstance(side, lang.App) and numbers and heads.count(side.head) == 1 and \
                side.head not in {*defined(claim), *twice} and schematic(side.head.layout, declared):
            return side
    return None


def only_said(claim: lang.Claim, declared: Collection[str], twice: Collection[Basic] = ()) -> lang.App | None:
    """The function whose value is one side of an equation, where nothing else is said of it; None where there is none.
    """
    said = [part.head for one in (claim.relation, *claim.where, *claim.assume) for part in one.walk()
            if isinstance(part, lang.App)]
    sides = (claim.lhs, claim.rhs) if claim.relation.op in ("=", "≈") else ()
    return next((side for side in sides if isinstance(side, lang.App) and said.count(side.head) == 1
                 and side.head not in twice and not spelled_in(declared, side.head.layout)), None)


def new_law(claim: lang.Claim, twice: Collection[Basic] = ()) -> lang.Prob | None:
    """The probability that is one side of an equation, of whose law nothing else is said, and which a function that
    nothing defines may make one on the other, for each action; None where there is none."""
    sides = claim.expanded().args[1:] if claim.relation.op == "=" else ()
    laws = [part for side in (*sides, *claim.assume) for part in side.walk() if isinstance(part, lang.Policy)]
    for one, other in (sides, sides[::-1]) if sides else ():
        law = one.law if isinstance(one, lang.Prob) else None
        if isinstance(law, lang.Law) and law.policy.point == "constant" and laws.count(law.policy) == 1 and \
                law.policy not in twice and one.action in other.free and any(
                    isinstance(part, lang.App) for part in other.walk()):
            return one
    return None


def schematic(layout: str, declared: Collection[str]) -> bool:
    """Whether a symbol stands for any value: it names no one thing, and is not declared."""
    return not is_name(layout) and not spelled_in(declared, layout)


def spelled_in(declared: Collection[str], layout: str) -> bool:
    """Whether a symbol of this layout is declared."""
    return any(spells(symbol, layout) for symbol in declared)


def no_whole_number(found: Mapping[str, Any], declared: Mapping[str, int | None]) -> str:
    """A symbol that has a value in a counterexample which is no whole number, or too small a one; empty if none has."""
    for symbol, least in declared.items():
        for value in found["values"].get(symbol, ()) if least is not None else ():
            if not re.fullmatch(r"-?\d+", value) or least is not None and int(value) < least and least >= 0:
                return symbol
    return ""


def exponents(claim: lang.Claim) -> Iterator[str]:
    """The numbers in exponents of what is negative as it is printed, and those that count by custom in any exponent."""
    for part in claim.expanded().walk():
        if isinstance(part, lang.Power):
            negative = any(isinstance(one, lang.Neg) or isinstance(one, lang.Num) and one.value < 0
                           for one in part.args[0].walk())
            signed = negative or isinstance(part.args[0], (lang.Const, lang.App))
            yield from (one.name for one in part.args[1].walk() if isinstance(one, lang.Const)
                        and (negative or signed and one.name in WHOLE))


def assumed_of_every(claim: lang.Claim) -> set[lang.Var]:
    """The variables that assumptions name and the claim does not."""
    return {var for one in claim.assume for var in one.free - claim.free}


def named(app: Any) -> str:
    """A function as it is printed; where its arguments are bound around it, dots stand for them."""
    if any(isinstance(part, Bound) for part in app.walk()):
        return PLACE.sub("·", app.head.layout if isinstance(app, lang.App) else app.layout)
    return latex(app)


def plain_head(app: lang.App) -> str:
    """The name of a function, without its arguments."""
    return app.head.layout.partition("(")[0]


def nameless(claim: lang.Claim, declared: Collection[str]) -> lang.App | lang.Const | lang.Policy | None:
    """A symbol that names one thing, which nothing defines or declares: it has no values to choose."""
    return next(names(claim, declared), None)


def names(claim: lang.Claim, declared: Collection[str]) -> Iterator[lang.App | lang.Const | lang.Policy]:
    """The symbols that name one thing, and that nothing defines or declares, nor alone is spoken of within a range."""
    known, counts = defined(claim) | alone_in_range(claim) | of_all_policies(claim), counting(claim)
    for part in claim.expanded().walk():
        if isinstance(part, lang.Const) and part not in counts | known:
            layout = part.name
        elif isinstance(part, lang.App) and part.head not in known:
            layout = part.head.layout
        elif isinstance(part, lang.Policy) and BEST.search(part.name):
            layout = part.name
        else:
            continue
        one = is_name(layout) or isinstance(part, lang.Policy)
        if one and not spelled_in(declared, layout):
            yield part


def alone_in_range(claim: lang.Claim) -> frozenset[Basic]:
    """The only symbol of a claim, sizes apart, where an assumption compares it with a number: it is any in that range.

    Whatever it names, what is claimed of it is claimed of nothing else.
    """
    parts = list(claim.expanded().walk())
    symbols = {part.head if isinstance(part, lang.App) else part for part in parts
               if isinstance(part, (lang.App, lang.Const))} - counting(claim)
    sides = [side for one in claim.assume for side, other in ((one.lhs, one.rhs), (one.rhs, one.lhs))
             if isinstance(other, lang.Num)]
    bounded = {side.head if isinstance(side, lang.App) else side for side in sides}
    only = len(symbols) == 1 and symbols <= bounded and not any(isinstance(part, lang.Policy) for part in parts)
    return frozenset(symbols) if only else frozenset()


def of_all_policies(claim: lang.Claim) -> frozenset[Basic]:
    """The functions of a claim that has nothing else, where maxima run over all policies at which they are taken.

    What is claimed of them is claimed of any, whatever they name.
    """
    parts = list(lang.unfold(claim.expanded()).walk())
    taken = [one for part in parts if isinstance(part, lang.Largest) and OF_POLICY.match(part.args[0].name)
             for one in part.walk() if isinstance(one, lang.App) and any(isinstance(arg, Bound) for arg in one.params)]
    alone = all(part in taken for part in parts if isinstance(part, LEAVES))
    return frozenset(part.head for part in taken) if taken and alone else frozenset()


def spells(symbol: str, layout: str) -> bool:
    """Whether a symbol is one of this layout, with whatever indices."""
    return re.fullmatch(INDEX.sub("[^,{}]+", re.escape(layout)), symbol) is not None


def unrelated(claim: lang.Claim) -> list[str]:
    """A sequence that stands on one side only, and what stands for it on the other; empty where there is none."""
    sides = [{var for var in side.free if var.sort == "action"} for side in (claim.lhs, claim.rhs)]
    left, right = sides[0] - sides[1], sides[1] - sides[0]
    sequences = {part.args[0] for side in (claim.lhs, claim.rhs) for part in side.walk()
                 if isinstance(part, (lang.TokenOf, lang.Prefix, lang.Length))}
    if not left or not right or not (left | right) & sequences:
        return []
    return [min(var.name for var in left), min(var.name for var in right)]


def derived(claim: lang.Claim, declared: Collection[str]) -> list[str]:
    r"""An undefined symbol and one that may be made of it, by its print: x_i and \bar{x} or \mu_x; else empty."""
    known = defined(claim)
    found = {layout: part for part in claim.expanded().walk()
             if (layout := part.name if isinstance(part, lang.Const) else
                 part.head.layout if isinstance(part, lang.App) and part.head not in known else "")
             and not spelled_in(declared, layout)}
    plain = {letter_of(layout)[0]: layout for layout in found if not DERIVED.match(layout)}
    for part in found.values():
        made = DERIVED.match(shown_as(part))
        other = plain.get(made[1] or made[2]) if made else None
        if other is not None:
            return [shown_as(found[other]), shown_as(part)]
    return []


def valued(claim: lang.Claim, declared: Collection[str]) -> list[str]:
    """What is paid on one side only of an equation, and a value or an advantage on the other only; else empty."""
    known = defined(claim)
    sides = [{part.head.layout: part for part in side.walk() if isinstance(part, lang.App) and part.head not in known
              and not spelled_in(declared, part.head.layout)} for side in claim.expanded().args[1:]]
    for paid, made in (sides, sides[::-1]) if claim.relation.op in ("=", "≈") else ():
        values = sorted(layout for layout in made.keys() - paid.keys() if letter_of(layout)[0] in ("A", "Q", "V"))
        rewards = sorted(layout for layout in paid.keys() - made.keys() if letter_of(layout)[0] in ("r", "R"))
        if values and rewards:
            return [named(paid[rewards[0]]), named(made[values[0]])]
    return []


def at_policies(claim: lang.Claim) -> list[str]:
    r"""A function at all policies, over which a maximum runs, and the same at one: f(\pi) beside \max_\pi f(\pi)."""
    heads = {part.head: part for part in claim.expanded().walk() if isinstance(part, lang.App)}
    for one, other in permutations(heads.values(), 2):
        if plain_head(one) == plain_head(other) and len(one.params) > len(other.params) and \
                OF_POLICY.search(other.head.layout):
            return [named(one), named(other)]
    return []


def shown_as(symbol: Basic) -> str:
    """A constant or a function as it is printed, without its arguments."""
    return symbol.name if isinstance(symbol, lang.Const) else named(symbol)


def counting(claim: lang.Claim) -> frozenset[Basic]:
    """The constants that stand as ends of ranges: they are any whole numbers, whatever their names."""
    ends = (lang.span(part.args[0])[1] for part in claim.expanded().walk()
            if isinstance(part, (lang.Sum, lang.Product)))
    return frozenset(part for end in ends if isinstance(end, lang.Node) for part in end.walk()
                     if isinstance(part, lang.Const))


def whatever_the_advantages(claim: lang.Claim, declared: Collection[str]) -> str:
    r"""What to add to a counterexample with advantages \hat{A}_i as only names: empty unless there is one with each of
    the usual advantages of a group in their place."""
    every = list(names(claim, declared))
    found = {part.head: part for part in every if isinstance(part, lang.App)}
    if not found or any(not isinstance(part, lang.App) for part in every) or undefined(claim) is not None:
        return ""
    if not fails_with_each(claim, found.values()):
        return ""
    shown = ", ".join(sorted(map(named, found.values())))
    return f"so they do where {shown} is the reward less the mean of the group, and that over their spread"


def undefined(claim: lang.Claim) -> lang.App | None:
    """A function that nothing defines, in an equation whose sides do not share all that moves with θ.

    It is one of θ or of a policy, or the gradient of nothing else is taken, so that it may be one.
    """
    if claim.relation.op not in ("=", "≈"):
        return None
    varied = {part.head for part in taken_as_constant(claim)}
    left, right = ({part if isinstance(part, lang.Policy) else part.head: part for part in leaves(side, claim)
                    if depends(part) or isinstance(part, lang.App) and part.head in varied}
                   for side in (claim.lhs, claim.rhs))
    if left.keys() == right.keys():
        return None
    return next((part for part in (*left.values(), *right.values()) if isinstance(part, lang.App)), None)


def unsettled(claim: lang.Claim) -> lang.App | None:
    r"""A function of a policy that may be the current one, of which nothing says whether its gradient is 0.

    It stands in what a gradient is taken of, and nothing defines it: c_\pi beside \pi_\theta.
    """
    known = defined(claim)
    return next((part for one in claim.expanded().walk() if isinstance(one, (lang.Gradient, lang.Hessian))
                 for part in one.walk() if isinstance(part, lang.App) and part.head not in known
                 and may_follow(part.head.layout)), None)


def leaves(side: Basic, claim: lang.Claim) -> Iterator[lang.App | lang.Policy]:
    """The policies and the undefined functions of a side, in the bodies of the definitions that it uses too."""
    bodies = {definition.head: definition.rhs for definition in claim.where}
    known, waiting = defined(claim), [side]
    while waiting:
        for part in waiting.pop().walk():
            if isinstance(part, lang.App) and part.head in bodies:
                waiting.append(bodies.pop(part.head))
            elif isinstance(part, lang.Policy) or isinstance(part, lang.App) and part.head not in known:
                yield part


def defined(claim: lang.Claim) -> frozenset[Basic | None]:
    """The functions that a claim's definitions define."""
    return frozenset(definition.head for definition in claim.where)


def depends(part: lang.App | lang.Policy) -> bool:
    """Whether a function is printed as one of θ or of a policy; whether a policy is the current one."""
    if isinstance(part, lang.Policy):
        return bool(part.point == "current")
    return part.head.theta or OF_POLICY.search(part.head.layout) is not None


def in_words(verdict: Verdict, claim: lang.Claim) -> str:
    """The reason without the inner names of expressions; what has no rule is said first."""
    formal = next((part for part in claim.relation.walk() if isinstance(part, Formal)), None)
    if verdict.status == "undecided" and formal is not None:
        return f"{named(formal)} can be read, but there is no rule to prove or to evaluate it"
    return without_nodes(verdict.reason)


def without_nodes(text: str) -> str:
    """A text in which an expression of the language, spelled by the names of its nodes, is called that."""
    parts, pos = [], 0
    for found in CALL.finditer(text):
        if found.start() < pos or not isinstance(getattr(lang, found[1], None), type):
            continue
        depth, end = 1, found.end()
        while depth and end < len(text):
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
        parts += [text[pos:found.start()], "an expression"]
        pos = end
    return "".join([*parts, text[pos:]])


def taken_as_constant(claim: lang.Claim) -> Iterator[lang.App]:
    """The undefined functions whose gradient is taken where nothing depends on θ, in the bodies of definitions too."""
    for part in claim.expanded().walk():
        if isinstance(part, (lang.Gradient, lang.Hessian)) and not lang.moves(part.args[0]):
            yield from (leaf for leaf in leaves(part.args[0], claim) if isinstance(leaf, lang.App))
