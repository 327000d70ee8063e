r"""What a sentence does besides naming: it takes back what was said, says when a display holds, tells of a symbol."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from ..names.declaring import top_level
from ..notation.vocabulary import words
from ..statement.restating import restated
from ..statement.statement import Told
from .prose import CASES, is_number
from .sentences import MOST_FORMULA, Sentence

# A sentence with one of these takes back what was said before of the symbols that it names.
RELEASING = words(
    "any arbitrary arbitrarily general generally vary varies varying whatever drop drops dropped dropping longer "
    "instead otherwise conversely away without fails fail abandon relax relaxed remove removed")
# It takes back all that was assumed, where it names none and begins with one of the first or has one of the others.
OTHERWISE = words("otherwise conversely generally general instead")
ASSUMED = words("assumption assumptions condition conditions restriction restrictions constraint constraints")
# A relation in a sentence with one of these may say when the display beside it holds.
BEARING = words(
    "for given if else with let suppose whenever choosing choose choice set setting sets take taking because since as "
    "under case cases assume assuming assumption iff when where at on on-policy say")
# What says that the display which a sentence runs into is not meant exactly, or not everywhere.
LOOSE = words("approximately roughly asymptotically locally heuristically informally loosely limit")
ORDERS = words("first second third leading lowest")
# What says in words that the display which a sentence runs into is one of a case.
SITUATING, CLAUSE = words("for on if when under given with assuming suppose in at"), 4
SPECIAL = words("binary boolean bernoulli deterministic greedy uniform identical noiseless")
FEW = words("one two three single")
THINGS = words("action actions response responses sample samples member members state states completion completions "
               "token tokens outcome outcomes answer answers prompt prompts reward rewards")
BEING = words("is are be being fully exactly strictly purely")
# What says that a display is a new definition, and where it is one.
ANNOUNCING, ANEW = words("write define denote let redefine set"), words(
    "section subsection appendix chapter now here instead henceforth redefine below")
ABLE = words("can may could might also")
NAMING, NEAR = words("let denote call define write"), 3
TELLING = words("is are be denotes denote denoted stands means represents called call")
# What is said of rewards in words alone: that they are lost instead, or, beside the word, that they are bounded.
REWARDS, LOSSES, INSTEAD = words("reward rewards"), words("cost costs regret regrets"), words("instead rather not")
BESIDE, BOUNDED = 3, words(
    "bounded positive nonnegative nonpositive negative zero constant clipped normalised normalized")
REWARD, INTERVAL = "r", "bounded"
ARTICLES = words("the a an our this its their")
LINKING = words("of to in by for with on at over under from and or that than")
# What is said of a symbol ends where something else begins.
ENDING = words("where when if then so thus hence while but which because since we this these it and with")
# What begins a clause, after what it is said for.
CLAUSES = words("it this they we the one there")
MOST_WORDS = 12
BRACKETS = re.compile(r"\([^()]*\)|\{[^{}]*\}")
TERMS = re.compile(r"[-+]|\\(?:sum|prod|d?frac|mathbb|nabla|log|max|min)(?![A-Za-z])")
EQUAL = re.compile(r":?=|[≈≐≔≜≡]|\\(?:approx|propto|equiv|doteq|coloneqq|triangleq)(?![A-Za-z])")
# What stands before the symbol of a display that is said to be optimised.
OPTIMISED = re.compile(
    r"\s*(?:\\underset\s*\{[^{}]*\}\s*\{)?\\(?:arg\s*\\?|operatorname\*?\s*\{\s*arg\s*\\?,?\s*)?(?:max|min)(?![A-Za-z])"
    r"(?:\s*\\limits)?[\s}]*(?:_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z]+))?")


def releases(sentence: Sentence) -> bool:
    """Whether a sentence takes back what was said of the symbols that it names."""
    return not RELEASING.isdisjoint(sentence.words)


def releases_all(sentence: Sentence) -> bool:
    """Whether a sentence that names no symbol takes back what was assumed."""
    return not (OTHERWISE.isdisjoint(sentence.words[:2]) and ASSUMED.isdisjoint(sentence.words))


def bears(sentence: Sentence) -> bool:
    """Whether the relations of a sentence may say when the display beside it holds."""
    return not BEARING.isdisjoint(sentence.words)


def goes_on(sentence: Sentence) -> bool:
    """Whether a sentence after a display says something of a case of its own: "and for λ = 1 it is the return"."""
    first, second, third, fourth = (*sentence.tokens[:4], *[None] * 4)[:4]
    return first is not None and first.text == "and" and second is not None and second.text in CASES and \
        third is not None and third.formula and fourth is not None and not fourth.formula and fourth.text in CLAUSES


def loosely(sentence: Sentence) -> str:
    """The words by which a sentence says that what it runs into is not meant exactly; empty where it does not."""
    said = sentence.words
    pairs = (f"to {one} order" for one, following in pairwise(said) if one in ORDERS and following == "order")
    return next(chain((word for word in said if word in LOOSE), pairs), "")


def of_a_case(sentence: Sentence) -> str:
    """The words by which a sentence says, without a formula, of which case what it runs into is meant; else empty."""
    said = sentence.words
    for place, word in enumerate(said):
        clause = said[place + 1:place + 1 + CLAUSE]
        few = [one for one, thing in pairwise(clause) if one in FEW and thing in THINGS]
        if word in SITUATING and (found := [*filter(SPECIAL.__contains__, clause), *few]):
            return f"{word} {' '.join(clause[:clause.index(found[0]) + 2])}"
        if said[place:place + 2] == ["on", "policy"] and (place == 0 or said[place - 1] in SITUATING | BEING):
            return "on policy"
        if said[place:place + 2] == ["group", "of"] and clause[1:2] and clause[1] in FEW:
            return f"group of {clause[1]}"
    return ""


def defines_anew(sentence: Sentence, at_heading: bool) -> bool:
    """Whether a sentence says that the display which it runs into defines its symbol, though another one may have: it
    ends so, after a heading or with a word for the place from which on that is."""
    said = sentence.words
    if not said or said[-1] not in ANNOUNCING or not ABLE.isdisjoint(said[-3:-1]):
        return False
    return at_heading or not ANEW.isdisjoint(said)


def told(sentence: Sentence, printed: Callable[[str], str]) -> Iterator[Told]:
    """What a sentence says of each symbol that it prints alone, or equates to something; and of rewards, in words."""
    if words_of := said_of_rewards(sentence):
        yield Told(REWARD, words_of)
    for place, token in enumerate(sentence.tokens):
        if token.formula and len(token.text) <= MOST_FORMULA:
            text = printed(token.text)
            symbol = equated(text)
            said = frozenset("=") if symbol else frozenset([*before(sentence, place), *after(sentence, place)])
            if said and not restated(text):
                yield Told(symbol or text, said)


def said_of_rewards(sentence: Sentence) -> frozenset[str]:
    """What a sentence says of rewards without a symbol for them."""
    said = frozenset(sentence.words)
    places = [place for place, token in enumerate(sentence.tokens) if token.text in REWARDS and not token.formula]
    near = (token for place in places for token in sentence.tokens[max(0, place - BESIDE):place + BESIDE + 1])
    bounds = frozenset(INTERVAL if token.formula and token.text.lstrip().startswith("[") else token.text
                       for token in near) & BOUNDED
    return (said & LOSSES if places and said & INSTEAD else frozenset()) | bounds


def optimised(text: str) -> Told | None:
    """What a display says of a symbol that it equates to something once it is optimised."""
    found = OPTIMISED.match(text)
    symbol = "" if found is None else equated(text[found.end():])
    return Told(symbol, frozenset("=")) if symbol else None


def equated(text: str) -> str:
    """What a text equates to something that is no number; empty where it does not."""
    for _, start, end in top_level(text, 0, len(text)):
        sign = EQUAL.match(text, start)
        if sign is not None:
            symbol = text[:start].strip()
            several = TERMS.search(BRACKETS.sub("", symbol)) is not None
            return "" if several or is_number(text[max(end, sign.end()):]) else symbol
    return ""


def before(sentence: Sentence, place: int) -> list[str]:
    r"""The words of which a symbol is the name, as "the running average" before \bar r."""
    found: list[str] = []
    for token in reversed(sentence.tokens[max(0, place - MOST_WORDS):place]):
        if token.formula or token.text in ENDING or token.text in LINKING and not found or not token.text.isascii():
            return []
        if token.text in ARTICLES:
            return found
        found.append(token.text)
    return []


def after(sentence: Sentence, place: int) -> list[str]:
    """The words after a symbol that say what it is."""
    following = sentence.tokens[place + 1:place + 1 + MOST_WORDS]
    named = any(token.text in NAMING for token in sentence.tokens[max(0, place - NEAR):place])
    telling = named or bool(following) and following[0].text in TELLING
    found: list[str] = []
    for token in following if telling else ():
        if token.formula or token.text in ENDING or not token.text.isascii():
            break
        found.append(token.text)
    return found
