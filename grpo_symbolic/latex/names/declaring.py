r"""Declarations: what a text says of the kind of a symbol, as ``\gamma \in [0,1)`` or ``f : \mathcal{S} \to [0,1]``.

They are told from definitions by their sign, and are hard: the kind binds the letter, and a range is taken as given.
Intervals are read here, as their brackets need not match.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ..kinds.evidence import Use
from ..kinds.facts import Facts
from ..kinds.parameter import THETA
from ..notation.priors import ACTION_SETS, SORTS
from ..parsing.naming import bare, nucleus, spelled
from ..parsing.parser import parse
from ..parsing.surface import Item, Piece, unwrap
from ..read_error import Fault, Malformed, ReadError, UnusableText
from .read_as import IN_WORDS, ReadAs

USABLE = (r"write \gamma \in [0,1), \beta > 0, c \in \mathbb{R}, n \in \mathbb{N}, s \in \mathcal{S}, "
          r"g \in \mathbb{R}^d, f : \mathcal{S} \times \mathcal{A} \to \mathbb{R}, q_\theta(y|x) "
          r"or \mu \in \Delta(\mathcal{A})")
MOST_TEXT = 2_000  # characters of a text that declares
LAW = re.compile(r"\s*[^\s(){}|=+/-]+(?:\{[^{}]*\})?\s*\(\s*[^()|]+(?:\||\\mid|\\vert|∣)[^()]+\)\s*\.?\s*")
IN, TO = r"(?:\\in(?![A-Za-z])|∈)", r"(?:\\to(?![A-Za-z])|\\rightarrow(?![A-Za-z])|→)"
ORDER = r"(?:\\leq?(?:slant)?(?![A-Za-z])|\\geq?(?:slant)?(?![A-Za-z])|[<>]=?|[≤≥]|\\[lg]t(?![A-Za-z]))"
# What a declaration is told by, at the top level of brackets, and what makes a text something else.
TOKEN = re.compile(rf"(?P<member>{IN})|(?P<to>{TO})|(?P<order>{ORDER})|(?P<other>:=|=|\\(?:doteq|coloneqq|triangleq|"
                   r"equiv|approx|simeq|sim|neq|ne|implies|Rightarrow|text|mbox|forall)(?![A-Za-z])|[≈∼≐≔≜≡≠⇒⟹∀])"
                   r"|(?P<colon>:|\\colon(?![A-Za-z]))|(?P<comma>[,;]|\\\\)"
                   r"|(?P<opens>\\begin(?![A-Za-z])|\\?[{(\[])|(?P<closes>\\end(?![A-Za-z])|\\?[})\]])"
                   r"|\\[A-Za-z]+|\\.|.", re.DOTALL)
LOOSE = re.compile(r"\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z])|\\(?:left|right|bigl?|bigr?|displaystyle)(?![A-Za-z])")
FONT = r"\\(?:mathbb|mathbf|mathrm){?([RNZ])}?"
NUMBERS = re.compile(rf"(?:{FONT}|([ℝℕℤ]))(?:[_^](?:{{([^{{}}]*)}}|(.)))?")
PLAIN = {"ℝ": "R", "ℕ": "N", "ℤ": "Z"}
AT_LEAST_0 = frozenset(("+", "0", r"\geq0", r"\ge0", ">=0", "≥0"))
ABOVE_0 = frozenset(("++", ">0", "*"))
FROM_1 = frozenset(("+", ">0", "*", r"\geq1", r"\ge1", ">=1", "≥1", "++"))
INTERVAL = re.compile(r"([\[(])(.*),(.*)([\])])")
NAMED_SET = re.compile(r"\\(?:mathcal|mathscr){?([A-Z])}?|([A-Z])")
SIMPLEX = re.compile(r"(?:\\Delta|\\mathcal{?P}?|Δ)(?:\(.*\)|_.*)")
COUNTED = re.compile(r"\\{1,(?:\\l?dots|\\cdots|…|\.\.\.),G\\}|\[G\]")
BITS = re.compile(r"\\{0,1\\}")
# What a symbol that is declared may be read as, and the kind by which a declaration is called.
MEMBERS = frozenset(("elem(action)", "elem(state)", "sequence", "group", "index", "token"))
READ_AS = {"num": frozenset(("num", "index", "token")), "vec": frozenset(("vec", "parameter")),
           "mat": frozenset(("mat",)),
           "state": frozenset(("elem(state)",)), "action": frozenset(("elem(action)", "sequence", "group")),
           "index": frozenset(("index", "token")), "token": frozenset(("index", "token")), "member": MEMBERS,
           "law": frozenset(("law",)), "function": frozenset(("function",)), "parameter": frozenset(("parameter",))}
SAID = {"state": "elem(state)", "action": "elem(action)", "member": "member"} | {
    kind: kind for kind in ("num", "vec", "mat", "index", "token", "law", "function", "parameter")}
NUMERIC = frozenset(("num", "vec", "mat"))
INFINITY = re.compile(r"[-+]?(?:\\infty|∞)")


class Undeclarable(UnusableText):
    """A declaration that cannot be used."""


@dataclass(frozen=True)
class Declaration:
    """What is declared of one symbol: its ``kind`` (that of a member of a set nobody knows is ``member``), the kinds of
    its arguments, and the relations ``given`` of it. ``letters`` are the sorts that it gives to other letters, ``part``
    and ``pos`` say where it stands."""

    text: str
    symbol: str
    kind: str
    letter: str = ""
    of: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    part: str = ""
    pos: int = 0

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.part}, column {self.pos + 1}".removeprefix(", ")


def declarations(texts: Sequence[str]) -> tuple[Declaration, ...]:
    """The declarations of texts that hold nothing else. Raises Undeclarable."""
    found: list[Declaration] = []
    for number, text in enumerate(texts, 1):
        part = f"let {number}"
        more, rest = declared_in(text, part)
        if rest.strip() or not more:
            at = len(rest) - len(rest.lstrip())
            raise Undeclarable(f"this declares nothing: {USABLE}", 1, at + 1, part)
        found += more
    return tuple(found)


def declared_in(text: str, part: str) -> tuple[tuple[Declaration, ...], str]:
    """The declarations of a text, and the text with blanks in their place. Raises Undeclarable."""
    found: list[Declaration] = []
    rest = text
    if len(text) > MOST_TEXT:
        return (), text
    for start, end in stretches(text):
        signs = list(top_level(text, start, end))
        kinds = {kind for kind, _, _ in signs}
        if "other" in kinds or not kinds & {"member", "to", "order"} and not lawful(text[start:end]):
            continue
        try:
            found += declared(text, start, end, signs, part)
        except Fault as fault:
            raise Undeclarable(f"{fault.reason}: {USABLE}", 1, start + 1, part) from None
        rest = rest[:start] + " " * (end - start) + rest[end:]
    if found:
        rest = re.sub(r"^[\s,;.]+|[\s,;.]+$", lambda gap: " " * len(gap[0]), rest)
    return tuple(found), rest


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text between commas; names before a sign belong to what the sign says."""
    start, waiting = 0, False
    ends = [(place, after) for kind, place, after in top_level(text, 0, len(text)) if kind == "comma"]
    for end, after in [*ends, (len(text), len(text))]:
        kinds = {kind for kind, _, _ in top_level(text, start, end)} - {"comma"}
        bare = not kinds and not lawful(text[start:end]) and text[start:end].strip()
        waiting = bool(bare) and end < len(text)
        if not waiting:
            yield start, end
            start = after


def top_level(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The signs outside of all brackets, of whatever kind these are, with their ends."""
    depth = 0
    for found in TOKEN.finditer(text, start, end):
        kind = found.lastgroup
        depth += (kind == "opens") - (kind == "closes")
        if kind not in (None, "opens", "closes") and depth == 0:
            yield str(kind), found.start(), found.end()


def lawful(text: str) -> bool:
    """Whether a text is a law alone: q_θ(y|x)."""
    return LAW.fullmatch(text) is not None


def declared(text: str, start: int, end: int, signs: list[tuple[str, int, int]], part: str) -> list[Declaration]:
    """The declarations of one stretch of a text. Raises Undeclarable."""
    whole, kinds = text[start:end].strip(" \t\n.,"), [kind for kind, _, _ in signs if kind != "comma"]
    pos = start + len(text[start:end]) - len(text[start:end].lstrip())
    if not kinds:
        return [law(whole, part, pos)]
    first = next(sign for sign in signs if sign[0] != "comma")
    items = names(text[start:first[1]])
    if kinds == ["member"]:
        right = LOOSE.sub("", text[first[2]:end]).rstrip(".")
        return [member(whole, item, shown, right, part, pos) for item, shown in items]
    if kinds == ["colon", "to"] and all(item is not None for item, _ in items):
        arrow = signs[[kind for kind, _, _ in signs].index("to")]
        domain, codomain = (LOOSE.sub("", one).rstrip(".") for one in (text[first[2]:arrow[1]], text[arrow[2]:end]))
        return [function(whole, item, shown, domain, codomain, part, pos) for item, shown in items if item is not None]
    if set(kinds) == {"order"}:
        tail = text[first[1]:end].strip(" \t\n.,")
        if len(items) > 1:
            return [ordered(whole, item, f"{shown} {tail}", part, pos) for item, shown in items]
        middle = signs[1] if len(signs) > 1 else None
        if middle is not None and items[0][0] is None:
            items = names(text[first[2]:middle[1]])
        elif items[0][0] is None or items[0][0].kind == "num":
            items = names(text[first[2]:end])
        return [ordered(whole, items[0][0], whole, part, pos)]
    raise Undeclarable(f"this cannot be declared: {USABLE}", 1, pos + 1, part)


def names(text: str) -> list[tuple[Item | None, str]]:
    """What stands before a sign: symbols, or an expression, with their print."""
    content, _ = parse(text)
    return [(lone_symbol(piece), spelling(piece, text)) for piece in content.pieces]


def lone_symbol(piece: Piece) -> Item | None:
    """The symbol that a piece is, if it is one."""
    lone = None if piece.only is None else piece.only.lone
    found = None if lone is None else unwrap(lone)
    symbol = None if found is None else nucleus(found)
    return found if symbol is not None and symbol.item.kind != "num" else None


def spelling(piece: Piece, text: str) -> str:
    """The print of a piece: its symbol, or all of the text."""
    found = lone_symbol(piece)
    return text.strip() if found is None else spelled(found)


def law(text: str, part: str, pos: int) -> Declaration:
    """q_θ(y|x): a law of y given x."""
    content, _ = parse(text)
    only = content.only
    items = only.terms[0][1] if only is not None else []
    symbol = nucleus(items[0]) if len(items) == 2 else None
    body = items[1].body if symbol is not None else None
    lone = [None if piece.only is None or piece.only.lone is None else unwrap(piece.only.lone)
            for piece in (body.pieces if body is not None else ())]
    if symbol is None or any(item is None or item.kind not in ("sym", "any") for item in lone):
        raise Undeclarable(f"a law is declared as q_\\theta(y|x): {USABLE}", 1, pos + 1, part)
    letters = [(item.value, "action" if place == 0 else "state") for place, item in enumerate(lone)
               if item is not None and item.kind == "sym"]
    return Declaration(text, spelled(items[0]), "law", symbol.name, letters=tuple(letters), part=part, pos=pos)


def letter_of(item: Item | None) -> str:
    """The letter of a symbol, whatever its scripts; that of a decorated one is no letter of its own."""
    return item.value if item is not None and item.kind == "sym" else ""


def member(text: str, item: Item | None, shown: str, right: str, part: str, pos: int) -> Declaration:
    """x ∈ a set of numbers, an interval, a set by name, or the laws over one."""
    letter = letter_of(item)
    if found := NUMBERS.fullmatch(right):
        which, sign = found[1] or PLAIN[found[2]], LOOSE.sub("", found[3] or found[4] or "")
        if which != "R":
            least = 1 if sign in FROM_1 else 0 if which == "N" or sign in AT_LEAST_0 else None
            if sign in FROM_1 | AT_LEAST_0 | {""}:
                given = (*(() if least is None else (rf"{shown} \geq {least}",)), *between_whole(shown, least))
                # whether 0 is a natural number is custom: a proof takes it for one, a counterexample does not
                least = -1 if least is None else 1 if which == "N" and not sign else least
                return Declaration(text, shown, "num", letter, given=given, least=least, part=part, pos=pos)
        elif not sign or sign in AT_LEAST_0 | ABOVE_0:
            given = () if not sign else (f"{shown} > 0" if sign in ABOVE_0 else rf"{shown} \geq 0",)
            return Declaration(text, shown, "num", letter, given=given, part=part, pos=pos)
        elif item is not None and re.fullmatch(r"[a-z]|[a-z]\\times[a-z]", sign):
            shape = "mat" if "times" in sign else "vec"
            if shape == "vec" or sign[0] == sign[-1]:
                kind = "parameter" if letter == r"\theta" else shape
                return Declaration(text, shown, kind, letter, part=part, pos=pos)
    elif found := INTERVAL.fullmatch(right):
        low, high = found[2], found[3]
        given = tuple(f"{shown} {sign} {end}" for sign, end in
                      ((r"\geq" if found[1] == "[" else ">", low), (r"\leq" if found[4] == "]" else "<", high))
                      if not INFINITY.fullmatch(end))
        return Declaration(text, shown, "num", letter, given=given, part=part, pos=pos)
    elif BITS.fullmatch(right):
        return Declaration(text, shown, "num", letter, given=(f"({shown}) ({shown}) = {shown}",), part=part, pos=pos)
    elif item is not None and COUNTED.fullmatch(right):
        return Declaration(text, shown, "index", letter, part=part, pos=pos)
    elif item is not None and SIMPLEX.fullmatch(right):
        symbol = nucleus(item)
        return Declaration(text, shown, "law", "" if symbol is None else symbol.name, part=part, pos=pos)
    elif item is not None and (found := NAMED_SET.fullmatch(right)):
        sort = "parameter" if letter == r"\theta" else sort_in(found[1] or found[2], right, letter)
        return Declaration(text, shown, sort, letter, part=part, pos=pos)
    elif letter == r"\theta" and right == r"\Theta":
        return Declaration(text, shown, "parameter", letter, part=part, pos=pos)
    raise Undeclarable(f"{right[:60]} is no set that can be declared: {USABLE}", 1, pos + 1, part)


def between_whole(shown: str, least: int | None) -> Iterator[str]:
    r"""That a whole number lies between no two neighbours, (n - k)(n - k - 1) \geq 0, of the least it may be."""
    for low in (0, -1) if least is None else (least, least + 1):
        yield rf"({shown} - ({low})) ({shown} - ({low + 1})) \geq 0"


def sort_in(name: str, printed: str, letter: str = "") -> str:
    """The sort of the members of a set: by the custom of its name, of the letter, or by the uses of the letter."""
    if re.sub(r"[{}]", "", printed) in {re.sub(r"[{}]", "", one) for one in ACTION_SETS}:
        return "action"
    return SORTS.get(name.lower()) or SORTS.get(letter) or "member"


def function(text: str, item: Item, shown: str, domain: str, codomain: str, part: str, pos: int) -> Declaration:
    """f : X × Y → ℝ, or to an interval."""
    sets = re.split(r"\\times|×", domain)
    of = tuple("num" if NUMBERS.fullmatch(one) else sort_in(found[1] or found[2], one) if
               (found := NAMED_SET.fullmatch(one)) else "" for one in sets)
    value = Declaration(text, "", "num")
    if "" not in of:
        letters = {"state": "s", "action": "a", "num": "u", "member": "s", "index": "i", "token": "t"}
        args = [letters[sort] + "'" * of[:place].count(sort) for place, sort in enumerate(of)]
        value = member(text, None, f"{shown}({', '.join(args)})", codomain, part, pos)
    if "" in of or value.kind != "num" or value.least is not None:
        raise Undeclarable(f"{domain[:40]} → {codomain[:40]} cannot be declared: {USABLE}", 1, pos + 1, part)
    given = value.given if "member" not in of else ()
    if value.given and not given:
        raise Undeclarable(f"a range of values needs a domain of states and actions: {USABLE}", 1, pos + 1, part)
    return Declaration(text, shown, "function", letter_of(item), of, given, part=part, pos=pos)


def ordered(text: str, item: Item | None, relation: str, part: str, pos: int) -> Declaration:
    """β > 0, 0 ≤ γ < 1: a number in a range."""
    symbol = "" if item is None else spelled(item)
    return Declaration(text, symbol, "num", letter_of(item), given=(relation,), part=part, pos=pos)


def believing(facts: Facts, found: Sequence[Declaration]) -> Facts:
    """The facts of a text where declarations have their say: the sorts of letters, the laws, what is a number."""
    if not found:
        return facts
    inner = facts.parameter.printed
    found = [replace(one, symbol=inner(one.symbol), letter=inner(one.letter)) for one in found]
    if point := next((one for one in found if one.symbol == THETA and one.kind not in ("parameter", "vec")), None):
        raise ReadError(f"{inner(THETA)} is read as the parameter here, and cannot be declared as anything else", 1,
                        point.pos + 1, point.part)
    laws = [one for one in found if one.kind == "law"]
    uses: set[Use] = {(one.letter, use) for one in laws for use in ("compared", "applied")}
    uses |= {(one.letter, "conditioned") for one in laws if any(sort == "state" for _, sort in one.letters)}
    uses |= {(one.letter, "moving") for one in laws if bare(one.symbol) == rf"{one.letter}_\theta"}
    sorts = {letter: sort for one in found for letter, sort in one.letters}
    for one in found:
        if one.letter and one.kind != "law" and bare(one.symbol) == one.letter:
            drawn = {(one.letter, "drawn"), (one.letter, "outcome")} & facts.evidence
            sort = ("action" if drawn else "state") if one.kind == "member" else one.kind
            sorts[one.letter] = sort if sort in ("state", "action", "index") else ""
    numbers = {(one.letter, use) for one in found if one.kind in NUMERIC for use in ("ratio", "under")}
    return replace(facts, evidence=(facts.evidence | uses) - numbers, said=sorts,
                   kinds={bare(one.symbol): one.kind for one in found})


def agreed(found: Sequence[Declaration], symbols: Sequence[ReadAs], known: Collection[str]) -> tuple[ReadAs, ...]:
    """What symbols were read as, where that is what is declared of them. Raises ReadError, naming both places.

    Members of a set that are numbers, and functions without their arguments, are what the reader cannot say;
    ``known`` are the symbols that are defined, which are what their definitions make them.
    """
    declared = {bare(one.symbol): one for one in found}
    result = []
    for symbol in symbols:
        one = declared.get(bare(symbol.symbol))
        if one is None or one.symbol in known:
            result.append(symbol)
        elif agreeing(one, symbol):
            result.append(replace(symbol, why=f"declared, {one.place}", beyond=False))
        else:
            raise clash(one, symbol)
    return tuple(result)


def clash(one: Declaration, symbol: ReadAs) -> ReadError:
    """What is wrong with a symbol that was read as something else than it is declared to be."""
    numeric = one.kind in NUMERIC and symbol.kind in READ_AS["member"]
    unread = numeric or one.kind == "function" and symbol.kind in ("num", "law", *READ_AS["member"]) or \
        symbol.why.startswith(("by custom", "not printed"))
    count = f" of {len(one.of)} arguments" if symbol.kind == one.kind == "function" else ""
    here = IN_WORDS.get(symbol.kind, symbol.kind) + (f" of {symbol.printed}" if count else "")
    return ReadError(f"{symbol.symbol} is declared {IN_WORDS[SAID[one.kind]]}{count} ({one.place}), and here it is "
                     f"{here} ({symbol.why})", symbol.line, symbol.column,
                     status=(Fault if unread else Malformed).status)


def agreeing(one: Declaration, symbol: ReadAs) -> bool:
    """Whether a symbol was read as what it is declared to be.

    The members of a family of numbers have no arguments in brackets; a function has as many as are declared.
    """
    if symbol.kind == "function":
        return one.kind == "num" and not symbol.printed or one.kind == "function" and symbol.printed in (0, len(one.of))
    return symbol.kind in READ_AS[one.kind]
