r"""Moments whose law is not printed, E[X], Var(X), Cov(X, Y): what texts say of them, and what that makes of letters.

They are all taken under one law, the joint law of whatever is random in a statement. A sample of it is ``hidden``, and
bare letters are functions of it; or it is an ``index``, as in E_t[x_t], the mean over a batch with positive weights of
which nothing is known; or it consists of the variables that are ``named``, as in E_{s,a}[f(s,a)] and E[f(s,a)|s].
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from ...language import (
    App,
    AtOld,
    Claim,
    Const,
    Definition,
    Gradient,
    Hessian,
    Law,
    Policy,
    Relation,
    Taylor,
    Var,
    substitute,
)
from ..notation.priors import COEFFICIENTS, POLICY, SAMPLED, SORTS, STATES
from ..notation.vocabulary import BOLD, DECORATIONS, words
from ..parsing.naming import Nucleus, bare, nucleus
from ..parsing.surface import Content, Item, content_of, items_of, seen_in, unwrap
from ..read_error import Fault
from ..spelling.indexed import printed
from .named import is_name, letter_of
from .parameter import derivative

# The law of all that is random, and that of an estimate.
LAWS = Policy(r"\mathbb{P}", "constant"), Policy(r"\hat{\mathbb{P}}", "constant")
EXPECTATION = re.compile(r"(?:\\(?:wide)?hat\{)?(?:\\(?:mathbb|mathbf|boldsymbol|bm|text)\{)?E\}*")
VARIANCE = re.compile(r"\\text\{[Vv]ar\}")
VALUE = re.compile(r"\\(?:mathbf|boldsymbol|bm|text)\{V\}")
BLACKBOARD = r"\mathbb{V}"
COVARIANCE = re.compile(r"\\text\{[Cc]ov\}")
DEVIATION = re.compile(r"\\text\{(?:[Ss]td|SD)\}")
PLACE = re.compile(r"#\d+")
MOMENT = re.compile("[EV]|[Vv]ar|[Cc]ov|[Ss]td|SD")  # one in letters
HAT = re.compile(r"\\(?:wide)?hat\{")
BRACKETS = ("[", "(", r"\{")

# The subject of the choice whether a symbol is random.
NATURE = "nature of "
# Numbers beside what is random, and those that are in the company of abstract random letters only: aX + b.
NUMBERS = words(r"\alpha \beta \gamma \kappa \lambda c")
COMPANIONS = words("a b d k m n")
ABSTRACT = words("U V W X Y Z")
# Capitals that count or bound as often as they are random: a return G, a cost C.
EITHER = words("C G K M N T")
# Means, deviations, errors and values by custom, of which more is known than a text says.
KNOWN = re.compile(r"\\(?:bar|overline)\{|(?:\\[a-z]+\{)*\\(?:mu|sigma|epsilon|varepsilon|xi|zeta|delta|Delta)"
                   r"(?![A-Za-z])(?!.*\()|[QV](?![A-Za-z])|A\(")
# How a hidden sample is called, and what a condition fixes of it: the first that a statement does not print.
SAMPLES = (r"\omega", r"\zeta", r"\xi", r"\varpi", r"\varsigma", "")
CONDITIONS = (r"\nu", r"\upsilon", r"\iota", "")
# Uses of the letter of an index that does nothing but tell the members of a batch.
MEMBER = frozenset(("subscript", "under"))


@dataclass(frozen=True)
class Mention:
    """One moment without a law: ``drawn`` are the letters below it, ``given`` those after its bar, ``letters`` the
    symbols in its brackets and ``indices`` the letters of their subscripts; ``hat`` is set for an estimate, ``expects``
    for an expectation.

    ``kind`` is ``moment``; or ``definition`` for the symbols of a text of definitions, ``assumption`` for those that
    may be assumed something of, ``outside`` for those that stand in no moment, ``slope`` for a derivative or a bar of
    evaluation, ``vector`` for what may be a transpose, ``number`` for an E that is no moment.
    """

    kind: str
    hat: bool = False
    expects: bool = False
    drawn: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    letters: frozenset[str] = frozenset()
    indices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What a sample is in a statement: ``kind`` as the module has it, empty where no law is left out, ``refused`` with
    the reason ``why`` where it cannot be told. ``letters`` are what a hidden sample is given, the index, or the names
    in the order in which they are drawn; ``random`` are the symbols that stand in a moment, ``limits`` the letters that
    count, ``outside`` the symbols that stand in no moment, ``sample`` the names and sorts of what bare letters are
    functions of; ``conditional`` is set where a moment of named variables is given one."""

    kind: str = ""
    letters: tuple[str, ...] = ()
    random: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    sample: tuple[tuple[str, str], ...] = ()
    conditional: bool = False
    law: Policy = LAWS[0]
    why: str = ""

    def nature(self, layout: str) -> str:
        """Whether a bare symbol of a moment is a ``number``, ``random``, or ``either``, which its text does not tell.

        A name, which has one meaning, may be random.
        """
        letter, _ = letter_of(layout)
        if letter in self.letters or is_name(layout):
            return "random"
        evident = letter in NUMBERS and "#" not in layout or letter in NUMBERS | COMPANIONS and self.abstract
        if self.kind == "index" and "#" not in layout:
            evident = evident or letter in COEFFICIENTS - EITHER  # what is random has the index
        if layout.startswith(letter) and (evident or letter in self.limits):
            return "number"
        random = letter in SAMPLED - self.outside or letter.isalpha() and letter.isupper() and letter not in EITHER
        return "random" if random else "either"

    @property
    def abstract(self) -> bool:
        """Whether capitals are random, and none but X, Y, Z and their neighbours."""
        capitals = {name for name in self.random if name.isalpha() and name.isupper()} - EITHER
        return bool(capitals) and capitals <= ABSTRACT


def moment(symbol: Nucleus, bracket: str = "[") -> str:
    """The moment that a symbol before a bracket is in whatever font, empty if it is none.

    A V that is no blackboard letter is a variance before square brackets only: V(s) is a value.
    """
    upright = symbol.name == "V" and symbol.item.kind == "sym" and symbol.item.end - symbol.item.pos > 1
    return "variance" if upright and bracket == "[" else moment_named(symbol.name, bracket)


@lru_cache(maxsize=4096)
def moment_named(name: str, bracket: str) -> str:
    """The moment that a name is before a bracket, empty if it is none."""
    if EXPECTATION.fullmatch(name):
        return "expectation"
    if name == BLACKBOARD or VARIANCE.fullmatch(name) or bracket == "[" and VALUE.fullmatch(name):
        return "variance"
    if COVARIANCE.fullmatch(name):
        return "covariance"
    return "deviation" if DEVIATION.fullmatch(name) else ""


def moment_before(item: Item, after: Item | None) -> str:
    """The moment that an item is before what follows it, empty if it is none."""
    symbol = nucleus(item)
    if symbol is None or after is None or after.kind != "group" or after.value not in BRACKETS or after.body is None:
        return ""
    found = moment(symbol, after.value)
    return "" if found == "deviation" and listed(after) else found


def listed(group: Item) -> bool:
    """Whether brackets hold members of a group, or a set of them."""
    assert group.body is not None
    return group.value == r"\{" or any(sign == "," for sign, _ in group.body.seps) or any(
        item.value == r"\{" or item.value in BOLD for item in items_of(group.body))


def mentions(text: str, content: Content) -> frozenset[Mention]:
    """What a text says of moments without a law, and of derivatives beside them."""
    found = frozenset(_anonymous(content)) if MOMENT.search(text) else frozenset()
    return found and found | frozenset(_beside(content))


def mention(kind: str, content: Content) -> Mention:
    """The symbols of a text beside the statement: in a ``definition`` they may stand in a moment by what they define,
    in an ``assumption`` they may be random as those in a moment are."""
    return Mention(kind, letters=frozenset(symbols_in([content])))


def _anonymous(content: Content) -> Iterator[Mention]:
    """The moments without a law in a text."""
    for inner in printed(content).contents:
        for piece in inner.pieces:
            for side in piece.sides:
                for _, items, _ in () if side is None else side.terms:
                    for item, after in pairwise(items):
                        if after.kind == "group" and moment_before(item, after) and (
                                found := _moment(item, after)) is not None:
                            yield found


def _beside(content: Content) -> Iterator[Mention]:
    """What stands beside moments in a text, and in them."""
    bare = frozenset(symbols_in([content], outside=True))
    yield Mention("outside", letters=bare)
    if len(content.pieces) > 1:
        yield Mention("assumption", letters=bare)
    for items in _terms([content], scripts=True):
        for item, after in zip_longest(items, items[1:]):
            if item.kind == "sym" and item.value == "E" and not moment_before(item, after):
                yield Mention("number")
            if item.sup is not None and unwrap(item.sup).value in ("⊤", "T"):
                yield Mention("vector")
            if item.kind == "bar" or item.kind == "fn" and item.value in ("nabla", "partial") or derivative(item):
                yield Mention("slope")


def _moment(item: Item, after: Item) -> Mention | None:
    """What one moment says, None where its law is printed."""
    symbol = nucleus(item)
    assert symbol is not None
    assert after.body is not None
    drawn = () if symbol.item.sub is None else below(symbol.item.sub)
    if drawn is None:
        return None
    bodies, given = parted(after.body)
    condition = "" if symbol.item.sub is None else conditioned(content_of(unwrap(symbol.item.sub)))
    conditions = (*symbols_in(given), *([condition] if condition else ()))
    return Mention("moment", HAT.match(symbol.name) is not None, moment(symbol) == "expectation", drawn, conditions,
                  frozenset(symbols_in(bodies)), frozenset(_subscripts(bodies)))


def below(sub: Item) -> tuple[str, ...] | None:
    """The letters listed below a moment, None where anything else stands there: a law is printed, or may be.

    What is drawn may be given a state, a|s, which is none of them.
    """
    found = []
    content = content_of(unwrap(sub))
    pieces = content.pieces[:-1] if conditioned(content) else content.pieces
    for place, piece in enumerate(pieces):
        lone = None if piece.only is None else piece.only.lone
        if lone is None or unwrap(lone).kind != "sym" or not unwrap(lone).plain:
            return None
        if place and content.seps[place - 1][0] != ",":
            return None
        found.append(unwrap(lone).value)
    return tuple(found)


def conditioned(content: Content) -> str:
    """The state that stands after a bar at the end of a subscript, empty where none does: it is a law by any other."""
    last = content.pieces[-1].only
    lone = None if last is None or last.lone is None else unwrap(last.lone)
    alone = lone is not None and lone.kind == "sym" and lone.plain and lone.value in STATES
    return lone.value if lone is not None and alone and [sign for sign, _ in content.seps][-1:] == ["|"] else ""


def parted(body: Content) -> tuple[list[Content], list[Content]]:
    """What a moment is of, and what it is given after a bar."""
    bar = next((place + 1 for place, (sign, _) in enumerate(body.seps) if sign == "|"), len(body.pieces))
    contents = list(map(Content, body.pieces))
    return contents[:bar], contents[bar:]


def symbols_in(contents: Iterable[Content], scripts: bool = False, outside: bool = False) -> Iterator[str]:
    """The names of the symbols in contents, or of those only that stand ``outside`` moments."""
    for items in _terms(contents, scripts, outside):
        for item in items:
            if (symbol := nucleus(item)) is not None and symbol.item.kind != "num":
                yield symbol.name


def _terms(contents: Iterable[Content], scripts: bool, outside: bool = False) -> Iterator[list[Item]]:
    """The products in contents, at all depths; those in subscripts and below operators only with ``scripts``."""
    waiting = list(contents)
    while waiting:
        for piece in waiting.pop().pieces:
            for side in piece.sides:
                for _, items, _ in () if side is None else side.terms:
                    yield items
                    for place, item in enumerate(items):
                        args = () if item.value in DECORATIONS and nucleus(item) is not None else item.args
                        parts = [*args, item.sup, item.sub if scripts else None]
                        waiting += [seen_in(part) for part in parts if part is not None]
                        if item.body is not None and not (outside and place and moment_before(items[place - 1], item)):
                            waiting.append(item.body)


def _subscripts(contents: Iterable[Content]) -> Iterator[str]:
    """The letters in the subscripts of contents."""
    for items in _terms(contents, scripts=False):
        for item in items:
            symbol = nucleus(item)
            sub = item.sub if symbol is None else symbol.item.sub
            if sub is not None:
                yield from symbols_in([seen_in(sub)], scripts=True)


def planned(said: Collection[Mention], sorts: Mapping[str, str], uses: Collection[tuple[str, str]],
            laws: Collection[str]) -> Plan:
    """What a sample is in a statement, whose letters have these sorts and uses."""
    moments = [one for one in said if one.kind == "moment" and not set(one.drawn) & {*laws, POLICY}]
    if not moments:
        return Plan()
    outside = frozenset[str]().union(*(one.letters for one in said if one.kind == "outside"))
    assumed = frozenset[str]().union(*(one.letters for one in said if one.kind == "assumption"))
    random = assumed & outside | frozenset[str]().union(
        *(one.letters | set(one.given) for one in said if one.kind in ("moment", "definition")))
    limits = frozenset(letter for letter, use in uses if use in ("limit", "counted"))
    drawn, given = {one.drawn for one in moments}, {one.given for one in moments} - {()}
    if len({one.hat for one in moments if one.expects or not one.drawn}) > 1:
        return Plan("refused", why="whether an estimate and an expectation have one law is not said: write their laws")
    law = LAWS[any(one.hat for one in moments)]
    if laws or any(letter == POLICY or use in ("source", "states") for letter, use in uses):
        return Plan("refused", why="which law this is taken under is not said, beside other laws: write it below, "
                                   r"as in E_{a \sim \pi}")
    if drawn == {()} and any(r"\theta" in one.letters for one in said):
        return Plan("refused", why=r"whether the law of this moves with \theta is not said: write it below")
    if any(use == "ranged" for _, use in uses):
        return Plan("refused", why="whether a sum beside this is over its values is not said: write its law below")
    if any(one.kind == "vector" for one in said):
        return Plan("refused", why="moments of vectors are not known here")
    if any(one.kind == "slope" for one in said):
        return Plan("refused", why="whether the law of this moves with what is differentiated is not said: write it "
                                   "below")
    variables = {letter for one in moments for letter in (*one.drawn, *one.given, *one.letters)
                 if sorts.get(letter) in ("state", "action")}
    if not variables and all(map(whole, moments)):
        if len(given) > 1 or any(len(one) > 1 for one in given):
            return Plan("refused", why="conditions on several things cannot be said: write the law below")
        taken = {letter for letter, _ in uses} | random | outside
        name, condition = (next(name for name in names if name not in taken) for names in (SAMPLES, CONDITIONS))
        letters = next(iter(given), ())
        sample = ((condition, "state"),) if letters else ()
        return Plan("hidden", letters, random, limits, outside, (*sample, (name, "action")), law=law)
    if len(drawn) == 1 and not given and not variables:
        letters = next(iter(drawn))
        tells = any(letters[0] in one.indices for one in moments) or sorts.get(letters[0]) in ("index", "token")
        if len(letters) == 1 and tells:
            if any(use not in MEMBER for name, use in uses if name == letters[0]):
                return Plan("refused", why=f"{letters[0]} is averaged over here, and stands for something else in this "
                                           "statement: name one of them otherwise")
            return Plan("index", letters, random, limits, outside, ((letters[0], "action"),), law=law)
    listed = [letter for one in sorted(moments, key=lambda one: (-len(one.drawn), one.drawn)) for letter in one.drawn]
    names = dict.fromkeys([*(letter for one in given for letter in one), *listed, *sorted(variables)])
    order = sorted(names, key=lambda letter: sorts.get(letter) != "state")
    told = {(order[0],), tuple(order), tuple(reversed(order))} if order else set()
    if len(names) > 2 or not given <= told or \
            sum(sorts.get(letter) == "state" for letter in names) > 1 or \
            any(sorts.get(letter) in ("index", "token") or letter not in SORTS for letter in names):
        return Plan("refused", why="the joint law of what is averaged here is not said: write the law of each")
    return Plan("named", tuple(order), random, limits, outside, conditional=bool(given), law=law)


def whole(one: Mention) -> bool:
    """Whether a moment is taken over all that is random in it: nothing is listed below, or all its capitals are."""
    capitals = {name for name in one.letters if letter_of(name)[0].isupper()}
    return not one.drawn or capitals == set(one.drawn) and all(
        name in capitals | NUMBERS for name in one.letters)


def of_every_sample(relations: Iterable[Relation], plan: Plan) -> Iterator[Relation]:
    """What is assumed beside moments without a law: of every sample, and not of that of which something is claimed."""
    samples = {Var(name, sort): Var(name + "'", sort) for name, sort in plan.sample}
    for relation in relations:
        if plan.kind == "named" and any(var.name in plan.letters for var in relation.free):
            raise Fault("whether this is assumed of all that is averaged is not said", 0)
        yield substitute(relation, samples) if samples else relation


def refuse_mixed(said: Relation, used: Sequence[Definition], pos: int) -> None:
    """Refuse moments without a law beside other laws and derivatives, which definitions may bring in, and definitions
    by a condition, which may not be that of the statement. Raises Fault."""
    parts = [part for term in (said, *used) for part in term.walk()]
    anonymous = [part for part in parts if isinstance(part, Law) and part.policy in LAWS]
    if not anonymous:
        return
    policies = {part for part in parts if isinstance(part, Policy)}
    if len(policies) > 1 or len({len(law.context) for law in anonymous}) > 1 or any(
            isinstance(part, (Gradient, Hessian, AtOld, Taylor)) for part in parts):
        raise Fault("whether the law of what is averaged is another one, or moves with θ, is not said: write it", pos)
    if any(isinstance(part, Law) and part.policy in LAWS and part.context for one in used for part in one.walk()):
        raise Fault("a definition by an expectation that is given something cannot be used here: write it out", pos)


def meant_by_custom(claim: Claim, declared: Collection[str]) -> Iterator[str]:
    """The symbols of a claim on moments that custom gives a meaning, as it does those of means, errors and values, and
    that nothing defines or declares."""
    defined = {one.head for one in claim.where}
    for term in (claim.relation, *(one.rhs for one in claim.where)):
        for part in term.walk():
            if not isinstance(part, (App, Const)) or isinstance(part, App) and part.head in defined:
                continue
            layout = part.head.layout if isinstance(part, App) else part.name
            moving = isinstance(part, App) and part.head.theta
            if (moving or KNOWN.match(layout)) and bare(layout) not in declared:
                yield PLACE.sub("·", layout)
