r"""What the sentences around displays define, declare and assume: formulas after "let", "where" and their like.

A formula counts only where its sentence says nothing that may turn or hedge it, and nothing is concluded before it.
What is said of a case (``\lambda = 1``, ``A > 0``) holds for the display that its sentence runs into, or, after "let"
and "suppose", in its paragraph; a definition and the range of a coefficient hold until the symbol is defined anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ..names.declaring import Declaration, Undeclarable, declared_in, stretches, top_level
from ..names.defining import Target, targets_in, uses
from ..notation.priors import POLICY, SORTS
from ..notation.profiles import PAPER, Profile
from ..notation.vocabulary import DEFINING, words
from ..parsing.naming import bare
from ..parsing.parser import parse
from ..read_error import Fault
from ..statement.restating import restated
from .sentences import MOST_FORMULA, Sentence, Token

# What makes the formulas after it a part of the text's own language, and how many words may stand between.
NAMING = words("let where wherein here define defines defined denote denotes denoted denoting with write writing")
ASSUMING = words("assume assuming suppose supposing")
CASES = words("for given")
# These say where something holds: that is not read, and may bear on what is displayed.
POINTS = words("at under when")
TRIGGERS = NAMING | ASSUMING | CASES | POINTS
BETWEEN = {**dict.fromkeys(NAMING, 12), **dict.fromkeys(ASSUMING, 6), **dict.fromkeys(CASES, 4),
           **dict.fromkeys(POINTS, 0)}
# These begin what is said after a display of that display.
OF_DISPLAY = words("where wherein with here for and in")
# After these something is concluded, done or found, no more named.
CONCLUDING = words(
    "then thus hence so therefore because since have has had having get gets getting obtain obtains obtained "
    "obtaining give gives giving yield yields yielding follow follows following imply implies implying hold holds "
    "become becomes becoming reduce reduces reducing show shows showing shown prove proves proving see sees note "
    "notice satisfy satisfies find finds make makes making lead leads result results recover recovers equal equals "
    "means use uses using maximize maximizes maximise minimize minimizes minimise optimize optimise probability "
    "compute computes computing update updates while which vanish vanishes coincide coincides know compare consider "
    "observe call claim claims expect want wants need needs require requires seek")
# A sentence with one of these may say the contrary, or what holds of something else, or not surely.
HEDGES = words(
    "unless not no never neither nor cannot instead except otherwise if whether when whenever would could might may "
    "e.g. like unlike rather wrong wrongly incorrect incorrectly false falsely naive naively sometimes often usually "
    "typically without but however ideally hypothetically approximately roughly try replace replaced replacing "
    "replaces some special example instance alternatively alternative contrary contradiction inductive induction "
    "mistakenly erroneously were until or common only previous previously prior tempted tempting truncated "
    r"traditionally does did contrast \footnote") | {"et al."}
# What may stand between "suppose" and the display that it supposes.
LEADING = words("that the following for all any every each state states condition inequality bound identity and")
THEN = words("then thus hence so therefore")
REWRITTEN, REWRITING = words("write written writing defined"), words("can may could be")
# Letters whose range, once it is said, is that of the document: coefficients, counts, bounds.
COEFFICIENTS = words(
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \kappa \lambda \sigma \tau \omega c C d B G K L M N T "
    r"H n m k")
NUMERIC = re.compile(r"(?:[-+\d\s.,{}()/^·*]|\\(?:[dt]?frac|infty|times|cdot|sqrt|,)(?![A-Za-z]))*")
DIGIT = re.compile(r"\d|\\infty")
ORDER = re.compile(r"<|>|≤|≥|\\(?:leqslant|geqslant|leq|geq|le|ge|lt|gt)(?![A-Za-z])")
DOTS = re.compile(r"\\[lcd]?dots[bc]?(?![A-Za-z])|…|\.\.\.")
PROPORTIONAL = re.compile(r"\\propto(?![A-Za-z])")
MEMBER = re.compile(r"\\in(?![A-Za-z])|∈")
RELATING = re.compile(r"[=<>≤≥∈→≐≔≜≡]|\\(?:in|to|rightarrow|leq?|geq?|[lg]t|leqslant|geqslant|equiv|doteq|coloneqq"
                      r"|triangleq|propto)(?![A-Za-z])|\(.*(?:\||\\mid|\\vert).*\)")

# What a formula does; a condition is none of these and not read, but may bear on what stands near it.
DEFINITION, DECLARATION, ASSUMPTION, CONDITION = "definition", "declaration", "assumption", "condition"
# How far what is said reaches: to what the sentence runs into, through its paragraph, or on.
IN_SENTENCE, IN_PARAGRAPH, ONWARD = "sentence", "paragraph", "onward"


class Part(NamedTuple):
    """A part of a formula that says something: its LaTeX, what it does, of which symbols, how far, its offset, whether
    it is a case of what is said in general."""

    text: str
    kind: str
    names: tuple[str, ...]
    reach: str
    pos: int = 0
    case: bool = False


class Scan:
    """What a sentence says up to a place: the words that make its formulas count, and how many words came since.

    A case, as after "for", is one formula's, and leaves what the sentence named before to the formulas after it.
    """

    def __init__(self, conditional: bool, premise: bool) -> None:
        # Whether "if" assumes; whether nothing is concluded before "then".
        self.conditional, self.concluding = conditional, THEN if premise else CONCLUDING
        self.said = self.case = ""
        self.since: dict[str, int] = {}

    def hear(self, word: str, before: str) -> None:
        """One more word, and what stands before it."""
        word = "suppose" if word == "if" and self.conditional else word
        if word == "given" and self.said in NAMING or word in REWRITTEN and before in REWRITING:
            word = ""
        if word in CASES | POINTS:
            self.case = word
        elif word in TRIGGERS:
            self.said, self.case = word, ""
        elif word in self.concluding:
            self.said = self.case = ""
        self.since = {one: count + 1 for one, count in self.since.items()}
        if word in TRIGGERS:
            self.since[word] = 0

    def passed(self) -> None:
        """A formula was passed."""
        self.case, self.since = "", {self.said: 0}

    @property
    def trigger(self) -> str:
        """The word that makes a formula here count, empty where it says nothing."""
        return next((word for word in (self.case, self.said) if word and self.since[word] <= BETWEEN[word]), "")


def hedged(sentence: Sentence, conditional: bool) -> bool:
    """Whether a sentence may say the contrary of what it prints, or of something else."""
    said = set(sentence.words)
    found = (said & HEDGES) - ({"if", "when"} if conditional else set())
    return bool(found) or any(word.endswith("n't") for word in said)


def scanned(sentence: Sentence, conditional: bool = False, premise: bool = False) -> Iterator[tuple[Token | None, str]]:
    """The formulas of a sentence, and its end, each with the word that makes it count."""
    scan, before = Scan(conditional, premise), ""
    if hedged(sentence, conditional):
        return
    for token in sentence.tokens:
        if token.formula:
            yield token, scan.trigger
            scan.passed()
        else:
            scan.hear(token.text, before)
        before = token.text
    yield None, scan.trigger


def ends_assuming(sentence: Sentence, conditional: bool) -> bool:
    """Whether a sentence that a display follows assumes what is displayed."""
    asking = next((word for word in reversed(sentence.words) if word not in LEADING), "")
    return (asking in ASSUMING or asking == "if" and conditional) and \
        any(token is None and trigger in ASSUMING for token, trigger in scanned(sentence, conditional))


def parts(sentence: Sentence, conditional: bool = False, premise: bool = False, printed: Callable[[str], str] = str
          ) -> Iterator[Part]:
    """What the formulas of a sentence define, declare and assume, in order; ``printed`` expands macros.

    ``premise`` is set in a theorem before what it concludes: all that is said there is assumed.
    """
    for token, trigger in scanned(sentence, conditional, premise):
        if token is None or not trigger or len(token.text) > MOST_FORMULA:
            continue
        formula = printed(token.text)
        if RELATING.search(formula) and not DOTS.search(formula):
            for start, end in stretches(formula):
                text = " ".join(formula[start:end].strip(" \t\n.,;~").split())
                if not text or restated(text):
                    continue
                if (found := part(text, "suppose" if premise else trigger, trigger)) is not None:
                    yield found._replace(pos=token.pos)


@lru_cache(1_000)
def part(text: str, mood: str, trigger: str) -> Part | None:
    """What one relation after a word does, None where that says nothing; ``mood`` is the word by which it assumes."""
    if trigger in POINTS:
        return Part(text, CONDITION, names, IN_PARAGRAPH) if (names := assumed(text)) else None
    defined = defined_in(text)
    if len(defined) == 1 and (trigger not in ASSUMING or defined[0].sign in DEFINING):
        name, sign = defined[0]
        text = first_relation(text)
        case = sign not in DEFINING and is_number(text.rpartition("=")[2])
        if sign == "≈" or trigger in CASES and not case:
            return None
        return Part(text, DEFINITION, (str(name),), reach_of(trigger, not case), case=case)
    if (one := declaration(text)) is not None:
        lasting = one.kind == "law" or one.letter not in SORTS and (
            MEMBER.search(text) is not None or one.kind == "function" or
            one.letter in COEFFICIENTS and bounded_by_numbers(text, one.letter))
        return Part(text, DECLARATION, (one.symbol,), reach_of(trigger, lasting))
    if not (names := assumed(text)):
        return None
    return Part(text, ASSUMPTION if mood in ASSUMING else CONDITION, names, IN_PARAGRAPH)


def defined_in(text: str, profile: Profile = PAPER) -> tuple[Target, ...]:
    """What a text would define; what is proportional to something printed is defined by it."""
    return targets_in(PROPORTIONAL.sub("=".ljust(len(r"\propto")), text), profile)


def first_relation(text: str) -> str:
    """A chain up to its second sign: what it defines, without what it says of that."""
    signs = [start for kind, start, _ in top_level(text, 0, len(text)) if kind in ("other", "order")]
    return text[:signs[1]].rstrip() if len(signs) > 1 else text


def reach_of(trigger: str, lasting: bool) -> str:
    """How far reaches what is said after a word; ``lasting`` is set for what is no special case."""
    if trigger in CASES:
        return IN_SENTENCE
    if lasting:
        return ONWARD
    return IN_PARAGRAPH if trigger in ASSUMING or trigger in ("let", "define", "denote", "write") else IN_SENTENCE


def declaration(text: str) -> Declaration | None:
    """What a text declares of one symbol, if it does nothing else."""
    try:
        found, rest = declared_in(text, "")
    except Undeclarable:
        return None
    # that a policy is a law is custom
    if len(found) != 1 or found[0].letter in ("", POLICY) or rest.strip():
        return None
    # of a bound, what is bounded stands first, or after a number
    sides = [bare(side) for side in ORDER.split(text)]
    bounded = sides[is_number(sides[0])] if len(sides) > 1 else ""
    return found[0] if bounded in ("", bare(found[0].symbol)) else None


def is_number(text: str) -> bool:
    """Whether a text is a number, or made of numbers."""
    return DIGIT.search(text) is not None and NUMERIC.fullmatch(text) is not None


def bounded_by_numbers(text: str, letter: str) -> bool:
    """Whether a chain of inequalities has nothing but numbers beside a letter."""
    return all(is_number(side) or bare(side) == letter for side in ORDER.split(text))


def assumed(text: str) -> tuple[str, ...]:
    """The symbols of which a relation is assumed; none where the text is no relation."""
    names = names_in(text)
    return names if names and ("=" in text or "propto" in text or ORDER.search(text)) else ()


def names_in(text: str) -> tuple[str, ...]:
    """The names that a text prints, none where it cannot be parsed."""
    try:
        return tuple(dict.fromkeys(str(name) for name in uses(parse(text, PAPER)[0]) if name.sure))
    except (Fault, RecursionError):
        return ()
