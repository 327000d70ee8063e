"""From text to verdict: read, then check each link."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter, thread_time
from typing import Any

from sympy import Basic

from ..language import Claim, LanguageError
from ..language.arguments import latex_text, latex_texts, seconds, switch
from ..latex.kinds.open_laws import AGAINST_CUSTOM
from ..latex.kinds.parameter import THETA, Parameter, replaced
from ..latex.printing.printer import refusal
from ..latex.read_error import ReadError
from ..latex.statement.premises import widened
from ..latex.statement.proportional import PROPORTION
from ..latex.statement.readings import Ambiguity, Tried, read_text
from ..latex.statement.statement import Link, Statement, Told
from ..lore.told import STEM, told_otherwise
from ..proof.hypotheses import plain_name
from .at_odds import resting
from .check import BUDGET, check, shared
from .doubts import MAX_LISTED, below_custom, doubted
from .families import with_probabilities
from .granted import by_custom, by_quantities
from .mending import SHARE, Printed, mended
from .notices import counting, noticed, repeated
from .qualified import heeded
from .ranged import ranged, with_whole_ranges
from .standard import by_standard
from .twofold import undivided
from .verdict import ORDER, Verdict

MAX_REMEMBERED = 200
THETA_SIGN = plain_name(THETA)
POINT = re.compile(f"(?<!Δ){THETA_SIGN}(_?old)?")
UNSAID = "not read as it may be meant, of one joint law or of the parts of one path"
FIRST = r"\sum_a \pi_\theta(a|s) = 1"
MEANT = ((with_whole_ranges, "a range is shorter than an empty one"),
         (with_probabilities, "members with the letter of a law are no probabilities"))

Read = tuple[Any, Statement | ReadError]


def prove(latex: str, where: str | Sequence[str] = (), assume: str | Sequence[str] = (), budget: float = BUDGET,
          notation: str = "paper", let: str | Sequence[str] = (), lore: bool = True, changes: bool = True) -> Verdict:
    r"""The verdict on a statement as papers print it, with the definitions it uses and the relations it assumes.

    ``budget`` bounds what is done to find it, in seconds of the processor's time; the links of a chain share it.
    ``notation`` is that of the texts, ``let`` declares symbols; with ``lore`` a symbol that nothing defines is read as
    the field reads it; with ``changes`` what makes a refuted statement true is looked for. One string is a list of one.
    Raises LanguageError for an unknown notation, and Misused, which is one, for a value of the wrong type.

    >>> prove(r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0").status
    'proved'
    """
    start = perf_counter()
    texts = latex_text(latex, "a statement"), latex_texts(where, "where"), latex_texts(assume, "assume")
    budget, lore, changes = seconds(budget, "budget"), switch(lore, "lore"), switch(changes, "changes")
    try:
        statement: Statement | ReadError = read_text(*texts, profile=notation, let=latex_texts(let, "let"))
    except ReadError as error:
        statement = error
    verdict = verdict_on(statement if lore else without_customs(statement), budget=budget, lore=lore, changes=changes)
    return replace(verdict, latex=latex, ms=1e3 * (perf_counter() - start))


def without_customs(statement: Statement | ReadError) -> Statement | ReadError:
    """What was read, or why it cannot be without what custom says of it."""
    ways = [one.found for one in statement.readings] if isinstance(statement, Ambiguity) else [statement]
    if not any(isinstance(one, Statement) and (one.quantities or one.supposed) for one in ways):
        return statement
    return statement.plain if isinstance(statement, Ambiguity) else ReadError(
        "this speaks of quantities of steps that nothing here defines")


def verdict_on(statement: Statement | ReadError, name: str = "", budget: float = BUDGET, lore: bool = True,
               changes: bool = True) -> Verdict:
    """The verdict on what was read, or on what was not; of a chain the worst of its links.

    With ``lore``, symbols that nothing defines are read in the standard ways. With ``changes`` what makes a refuted
    statement true is looked for; not where there are several readings.
    """
    if isinstance(statement, Ambiguity):
        return proved_by_custom(statement, agreed(statement, name, budget, lore), name, budget, lore)
    if isinstance(statement, ReadError):
        part = f"in {statement.part}: " if statement.part else ""
        return Verdict(statement.status, part + statement.reason, position=(statement.line, statement.column), id=name,
                       part=statement.part)
    return in_full(statement, link_verdicts(statement, budget, changes), name, budget, lore)


def in_full(statement: Statement, verdicts: Sequence[Verdict], name: str, budget: float, lore: bool) -> Verdict:
    """The verdict on a statement from those on its links, with ``lore`` under standard readings too."""
    plain = unless_meant_otherwise(statement, under_lore(statement, verdicts, name, budget, lore), name, budget, lore)
    for other in customary(statement) if lore and plain.status in ("undecided", "refuted") else ():
        found = under_lore(other, link_verdicts(other, budget, changes=False), name, budget, lore)
        if found.status == "proved" and other.shown and not told_otherwise(statement, " ".join(other.granted)):
            found = replace(found, read_as=plain.read_as, declared=plain.declared, taken=plain.taken)
            return by_custom(in_place(found, other, statement), other)
        if plain.status == "refuted" and found.status != "refuted":
            plain = replace(plain, status="undecided", counterexample=None, change=None, reason=(
                f"it fails as it is printed, and is {found.status} if read by custom: {'; '.join(other.granted)}"))
    return read_otherwise(statement, by_custom(plain, statement), name, budget) if lore else by_custom(plain, statement)


def unless_meant_otherwise(statement: Statement, plain: Verdict, name: str, budget: float, lore: bool) -> Verdict:
    """The verdict on a statement that is refuted as custom has it: undecided if it may hold in another way to mean
    it."""
    for way, other in statement.ways() if plain.status == "refuted" else ():
        found = under_lore(other, link_verdicts(other, budget, changes=False), name, budget, lore).status
        if found in ("proved", "undecided"):
            return replace(plain, status="undecided", counterexample=None, change=None, reason=(
                f"ambiguous: it fails as custom has it, and is {found} if {way.said}: {way.write}"))
    return plain


def read_otherwise(statement: Statement, plain: Verdict, name: str, budget: float) -> Verdict:
    """The verdict on a statement that may be read otherwise, as one of a joint law, or of matrices by columns: proved
    if it is shown to be meant so, and refuted only if it fails so too."""
    for other in statement.otherwise() if plain.status in ("undecided", "refuted") else ():
        found = None if other is None else under_lore(other, link_verdicts(other, budget, False), name, budget, True)
        if other is not None and found is not None and found.status == "proved" and other.shown and not told_otherwise(
                statement, " ".join(other.granted)):
            found = replace(found, read_as=plain.read_as, declared=plain.declared, taken=plain.taken)
            return by_custom(in_place(found, other, statement), other)
        if plain.status == "refuted" and may_hold(other, found):
            said = UNSAID if other is None or found is None else (
                f"{found.status} if {'; '.join(other.granted or other.quantities)}")
            plain = replace(plain, status="undecided", counterexample=None, change=None,
                            reason=f"it fails as it is printed, and is {said}")
    return plain


def may_hold(other: Statement | None, found: Verdict | None) -> bool:
    """Whether a statement may hold as another reading has it: it is not refuted so, or proved if nothing shows that it
    is meant so."""
    if other is None or found is None:
        return True
    return found.status != "refuted" if other.shown or other.quantities else found.status == "proved"


def in_place(verdict: Verdict, written: Statement, statement: Statement) -> Verdict:
    """The verdict on a statement in another print, at the places of the one that its document has."""
    at: dict[tuple[int, int] | None, tuple[int, int]] = {
        (one.line, one.column): (home.line, home.column)
        for one, home in zip(written.links, statement.links, strict=False)}
    links = tuple(replace(link, position=at.get(link.position, link.position)) for link in verdict.links)
    return replace(verdict, position=at.get(verdict.position, verdict.position), links=links)


def customary(statement: Statement) -> Iterator[Statement]:
    """What a statement says once more of what it prints by custom is written out, and more of that."""
    other = statement.customary()
    while other is not None:
        yield other
        other = other.customary()


def under_lore(statement: Statement, verdicts: Sequence[Verdict], name: str, budget: float, lore: bool) -> Verdict:
    """The verdict on a statement in one print from those on its links, with ``lore`` under standard readings too."""
    plain = assembled(statement, verdicts, name)
    if statement.by_step and plain.status in ("proved", "refuted") and (
            symbol := told_otherwise(replace(statement, told=untaken(statement)), " ".join(
                (statement.latex, *(one.text for one in statement.taken))))):
        return replace(plain, status="undecided", proved=None, counterexample=None, change=None, reason=(
            f"what the text says of {symbol} is not taken: define it beside this"))
    judge = partial(without_help, name)
    found = resting(by_standard(statement, plain, judge, budget), statement, judge, budget / 2) if lore else plain
    found = plain if named_at_braces(found, statement) else found
    return by_quantities(found, statement)


def untaken(statement: Statement) -> frozenset[Told]:
    """What a document tells of symbols, but for those whose definitions there are taken."""
    defined = [one.text.replace(" ", "") for one in statement.taken if one.kind == "definition"]
    return frozenset(one for one in statement.told
                     if not any(text.startswith(one.symbol.replace(" ", "")) for text in defined))


def without_help(name: str, statement: Statement, budget: float) -> Verdict:
    """The verdict on a statement in which nothing more is to be read in a standard way, or to be changed."""
    return verdict_on(replace(statement, ways=tuple), name, budget, lore=False, changes=False)


def by_step(one: Tried) -> bool:
    """Whether a reading takes quantities of a step for what they are in the field, one of the ways that it knows."""
    return isinstance(one.found, Statement) and bool(one.found.quantities)


def against_custom(one: Tried) -> bool:
    """Whether a reading takes for laws what custom does not call so."""
    return bool(one.choices.get(AGAINST_CUSTOM))


def agreed(found: Ambiguity, name: str, budget: float, lore: bool) -> Verdict:
    """The verdict that all readings share; else what each of them comes to.

    What is ill-formed in one reading is proved if the others are, and not refuted: it may be that one, badly written. A
    reading against custom counts where it is proved, and one by custom fails.
    """
    share = budget / len(found.readings)
    judged = [(one, verdict_on(one.found, name, share, lore, changes=False))
              for one in found.readings if not against_custom(one)]
    if any(verdict.status == "refuted" for _, verdict in judged):
        others = [(one, verdict_on(one.found, name, share, lore, changes=False))
                  for one in found.readings if against_custom(one)]
        judged += [(one, verdict) for one, verdict in others if verdict.status == "proved"]
    verdicts = [verdict for _, verdict in judged]
    if len(verdicts) == 1:
        return verdicts[0]
    tried = tuple((", ".join(one.said), verdict.status) for one, verdict in judged)
    sound = [verdict for verdict in verdicts if verdict.status != "ill-formed"] or verdicts
    slipped = len(sound) < len(verdicts) and sound[0].status == "refuted"
    if any(verdict.status == "unread" for verdict in sound):
        return replace(verdict_on(found.plain, name, changes=False), readings=tried)
    usual = next((verdict for one, verdict in judged if by_step(one) and verdict.status == "proved"), None)
    if usual is not None:
        return replace(usual, readings=tried)
    said = "; ".join(f"if {reading}, it is {status}" for reading, status in tried[:MAX_LISTED])
    said += f"; and {len(tried) - MAX_LISTED} more" if len(tried) > MAX_LISTED else ""
    first = sound[0]
    parted = any((one.status, one.proved) != (first.status, first.proved) for one in sound)
    if slipped or parted or first.status == "undecided":
        return replace(verdict_on(found.plain, name), status="undecided", reason=f"ambiguous: {found.reason} ({said})",
                       readings=tried)
    hypotheses = tuple(dict.fromkeys(one for verdict in sound for one in verdict.hypotheses))
    return replace(first, reason=f"{first.reason} ({said})", hypotheses=hypotheses, readings=tried)


def proved_by_custom(found: Ambiguity, verdict: Verdict, name: str, budget: float, lore: bool) -> Verdict:
    """The verdict on a text with several readings, a proof of what custom has it say where these decide nothing."""
    if not lore or verdict.status not in ("undecided", "unread"):
        return verdict
    other = next((one.found.customary() for one in found.readings if isinstance(one.found, Statement)), None)
    if other is None:
        return verdict
    written = by_custom(under_lore(other, link_verdicts(other, budget, changes=False), name, budget, lore), other)
    return replace(written, readings=verdict.readings) if written.status == "proved" else verdict


def link_verdicts(statement: Statement, budget: float, changes: bool = True) -> list[Verdict]:
    """The verdicts on the links, which share the time; what is declared goes with its least value, if it is whole.

    ``changes`` are looked for as in ``verdict_on``."""
    claims = [link.content for link in statement.links if isinstance(link.content, Claim)]
    counted = {const.name: 1 for claim in claims for const in counting(claim)} if len(claims) > 1 else {}
    declared = {**counted, **{one.symbol: one.least for one, _ in statement.declared}}
    twice = repeated(claims)
    verdicts = []
    for link, share in shared(statement.links, budget):
        start = thread_time()
        verdict = link_verdict(link, share, declared, twice)
        left = share - (thread_time() - start)
        verdicts.append(with_change(verdict, link, statement, min(SHARE * share, left)) if changes else verdict)
    return verdicts


def with_change(verdict: Verdict, link: Link, statement: Statement, budget: float) -> Verdict:
    """The verdict, of a refuted claim with a change that makes it true, where one is found in ``budget`` seconds.

    Where the search fails unexpectedly the verdict stays, and says so.
    """
    claim, start = link.content, thread_time()
    if verdict.status != "refuted" or not isinstance(claim, Claim) or claim.fixed or link.kind == PROPORTION:
        return verdict

    def confirmed(texts: Printed, budget: float) -> bool:
        try:
            again: Statement | ReadError = read_text(*texts, profile=statement.profile)
        except ReadError as error:
            again = error
        return verdict_on(again, budget=budget, changes=False).status == "proved"

    try:
        change = mended(claim, statement.parameter, statement.profile, budget, confirmed)
    except Exception as fault:
        return replace(verdict, reason=f"{verdict.reason}; looking for a change that makes it true failed: {fault!r}")
    return replace(verdict, change=change, ms=verdict.ms + 1e3 * (thread_time() - start))


def link_verdict(link: Link, budget: float, declared: Mapping[str, int | None], twice: Collection[Basic] = ()
                 ) -> Verdict:
    """The verdict on one link, with what its reader must be told; whatever fails unexpectedly costs this link only.

    Nothing is refuted by a choice of what custom gives a meaning.
    """
    try:
        verdict = noticed(judged(link.content, budget), link.content, declared, twice)
        if verdict.status == "refuted" and link.known:
            return replace(verdict, status="undecided", counterexample=None,
                           reason=f"{link.known[0]} is not defined: define it, to check what is said of it")
        verdict = undivided(verdict, link.content)
        return in_proportion(verdict) if link.kind == PROPORTION else verdict
    except LanguageError as fault:
        return Verdict("undecided", f"its definitions do not fit it: {refusal(fault)}")
    except Exception as fault:
        return Verdict("undecided", f"the checker failed on this statement: {fault!r}")


def judged(content: Any, budget: float) -> Verdict:
    """The verdict on a link, which is not refuted where it fails only of what few mean who print it: a range that is
    shorter than an empty one, numbers p_i that are no probabilities."""
    start = thread_time()
    verdict = of_one_or_every(content, budget)
    for meant, fault in MEANT if isinstance(content, Claim) else ():
        if verdict.status == "refuted" and (found := meant(content)) is not None:
            content, given = found
            there = of_one_or_every(content, max(budget / 4, budget - (thread_time() - start)))
            verdict = there if there.status == "refuted" else replace(
                verdict, status="undecided", counterexample=None,
                reason=f"it is refuted only where {fault}, and {there.status} where {given}: assume that")
    return verdict


def of_one_or_every(content: Any, budget: float) -> Verdict:
    """The verdict on a link. What a premise says may be so of one value of what it names, or of every: that decides
    nothing. Where it fails if so of every, it fails."""
    start = thread_time()
    verdict = check(content, budget=budget)
    if not isinstance(content, Claim) or not content.fixed or verdict.status not in ("refuted", "undecided"):
        return verdict
    wide = check(widened(content), budget=max(budget / 4, budget - (thread_time() - start)))
    if wide.status == "refuted" or verdict.status != "refuted":
        return wide if wide.status == "refuted" and verdict.status != "refuted" else verdict
    named = ", ".join(sorted(var.name for var in content.fixed))
    return replace(verdict, status="undecided", counterexample=None, reason=(
        f"ambiguous: what is assumed may be so of one {named}, or of every: if of one, it is refuted, if of every, "
        f"{wide.status}; name in the conclusion what the premise names, or take the premise as assumed"))


def in_proportion(verdict: Verdict) -> Verdict:
    """The verdict on F ∝ G from that on F(π_θ) G(π') = F(π') G(π_θ), which shows no factor that is positive."""
    verdict = replace(verdict, printed=r"\propto")
    if verdict.status == "proved":
        return replace(verdict, status="undecided", proved=None, hypotheses=(), spot=None, reason=(
            "the ratio of the two sides is the same at all policies, or one of them is 0: that it is positive is not "
            "decided; write the factor"))
    if verdict.status != "refuted":
        return verdict
    return replace(verdict, reason=(
        "read as one positive factor for all policies: the ratio of the two sides is not the same at \\pi_\\theta and "
        "at \\pi'; the counterexample has the products of one side at each"))


def assembled(statement: Statement, verdicts: Sequence[Verdict], name: str) -> Verdict:
    """The verdict on a statement from those on its links, each in its place."""
    under = [below_custom(heeded(doubted(ranged(verdict, link), statement), statement), statement)
             for verdict, link in zip(verdicts, statement.links, strict=True)]
    links = [replace(labelled(printed(verdict, statement.parameter), statement), position=(link.line, link.column),
                     latex=statement.latex) for verdict, link in zip(under, statement.links, strict=True)]
    declared = tuple(dict.fromkeys((one.text, occurs) for one, occurs in statement.declared))
    if len(links) == 1:
        return replace(links[0], id=name, read_as=statement.read_as, declared=declared, taken=statement.taken)
    worst = min(links, key=lambda link: ORDER.index(link.status))
    asked = tuple(dict.fromkeys(one for link in links if link.status == worst.status for one in link.hypotheses))
    return replace(worst, id=name, links=tuple(links), ms=sum(link.ms for link in links), latex=statement.latex,
                   read_as=statement.read_as, declared=declared, taken=statement.taken, hypotheses=asked)


def named_at_braces(verdict: Verdict, statement: Statement) -> bool:
    """Whether a verdict rests on a standard reading of what a brace may say something else of."""
    labels = statement.at_braces
    letters = {STEM.split(label)[0].strip() for label in labels.open}
    heads = {STEM.split(one.formula.partition("=")[0])[0].strip() for one in verdict.lore}
    return bool(verdict.lore) and (labels.labels != labels.open or bool(letters & heads))


def labelled(verdict: Verdict, statement: Statement) -> Verdict:
    """The verdict on a link of a statement, which says what at its braces was passed over; what fails without that may
    hold with it, where it says more than a name."""
    if not statement.at_braces.labels:
        return verdict
    if verdict.status == "refuted" and statement.at_braces.telling:
        return replace(verdict, status="undecided", counterexample=None, change=None, reason=(
            f"it fails, unless what stands at a brace says more than a name: {', '.join(statement.at_braces.telling)}"))
    return replace(verdict, reason=f"{verdict.reason}; not checked is what names a part at a brace: "
                                   f"{', '.join(statement.at_braces.labels)}")


def printed(verdict: Verdict, parameter: Parameter) -> Verdict:
    """The verdict in the letters that are printed, where the statement was read with the parameter called θ."""
    if parameter.other_letters:
        verdict = with_size(verdict, parameter)
    if not parameter.exchanged:
        return verdict

    def spoken(text: str) -> str:
        name, old = (plain_name(letter) or letter for letter in parameter.points)
        if old:
            return parameter.spoken(POINT.sub(lambda found: old if found[1] else name, text))
        letters = {name: THETA_SIGN, THETA_SIGN: name, parameter.name: THETA, THETA: parameter.name}
        return replaced(parameter.sized(text), letters)

    reason = spoken(verdict.reason)
    if verdict.counterexample is not None:
        point, old = parameter.points
        letters = (point, THETA) if parameter.cells else (THETA, point)
        reason += f"; in the counterexample {letters[0]} stands for {letters[1]}"
        reason += rf", and {THETA}_{{\text{{old}}}} for {old}" if old else ""
    return replace(verdict, reason=reason, hypotheses=tuple(map(spoken, verdict.hypotheses)))


def with_size(verdict: Verdict, parameter: Parameter) -> Verdict:
    """The verdict where the statement was read with the size of the group called G, or a path τ."""
    found = verdict.counterexample
    if found is not None:
        found = replace(found, values={parameter.sized(name): value for name, value in found.values.items()},
                        at={parameter.sized(name): value for name, value in found.at.items()},
                        place=parameter.sized(found.place))
    return replace(verdict, reason=parameter.sized(verdict.reason), counterexample=found,
                   hypotheses=tuple(map(parameter.sized, verdict.hypotheses)))


def check_read(read: Iterable[Read], budget: float, lore: bool = True, changes: bool = True) -> Iterator[Verdict]:
    """The verdicts on records that were read, in order, each as soon as it is there; a statement that comes again is
    checked once. ``changes`` are looked for as in ``verdict_on``."""
    known: dict[tuple[int, ...], tuple[Statement, list[Verdict]]] = {}
    for record, found in read:
        statement = found if lore else without_customs(found)
        if isinstance(statement, ReadError):
            yield verdict_on(statement, record.id, budget, lore)
            continue
        # the reader gives the same nodes for a text that it has read before; they are kept, so their ids stay theirs
        key = tuple(id(link.content) for link in statement.links)
        if key in known:
            again = [replace(verdict, ms=0.0) for verdict in known[key][1]]
            yield in_full(statement, again, record.id, budget, lore)
            continue
        verdicts = link_verdicts(statement, budget, changes)
        known[key] = statement, verdicts
        if len(known) > MAX_REMEMBERED:
            del known[next(iter(known))]
        yield in_full(statement, verdicts, record.id, budget, lore)


def load() -> None:
    """Load all that a check needs: what is loaded here, no process that is split off has to load."""
    prove(FIRST)
