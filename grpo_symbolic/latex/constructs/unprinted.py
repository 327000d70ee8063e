r"""The arguments of a function that are not printed: what was drawn where it stands."""

from __future__ import annotations

from sympy import Basic

from ...language import (
    Num,
    Term,
    Var,
    sort_of,
)
from ..kinds.named import is_name
from ..names.read_as import UNPRINTED
from ..notation import priors as table
from ..notation.vocabulary import BOLD, SAMPLED_DECORATIONS
from ..parsing.naming import Nucleus, bare, spelled
from ..read_error import Fault
from ..spelling.labels import LABEL, label_among, labelled
from .anonymous_moments import read_sample
from .brackets import PLACE
from .builder import Builder
from .dependence import mark
from .uses import Use, below
from .variables import (
    ambient_variable,
)


def hidden_variable(builder: Builder, param: Var, use: Use, sequence: str) -> Var:
    """A hidden argument of a defined function; ``sequence`` names the one whose step it is defined for."""
    sort = param.sort
    if known := [var for var in read_sample(builder) if var.sort == sort]:
        return builder.named(known[0].name, sort, use.pos, UNPRINTED)
    if sort in ("index", "token"):
        if param.name in builder.bound:
            raise Fault(f"{spelled(use.symbol.item)} is defined for any {param.name}, and {param.name} runs over a "
                        "range here: write out what it stands for", use.pos)
        return builder.named(param.name, sort, use.pos, UNPRINTED)
    if sort == "action" and sequence:
        drawn = builder.drawn.get("action") or builder.drawn.get("group")
        if drawn is None:
            return builder.named(sequence, "action", use.pos, UNPRINTED)
        if drawn.sort == "group" or "_" in drawn.name:
            raise Fault(f"{spelled(use.symbol.item)} is defined for one sequence {sequence}, and here {drawn.name} "
                        f"is drawn{' as a group' * (drawn.sort == 'group')}: draw {sequence}, or write out what it "
                        "stands for", use.pos)
        return drawn
    if sort == "action":
        found = drawn_for(builder, use, sort)
        if len(found) > 1:
            raise Fault(f"{spelled(use.symbol.item)} is defined at one draw, and several have its letter here",
                        use.pos)
        own = param.name if "_" in param.name else ""  # a letter with a label names one action
        return found[0] if found else builder.named(own or builder.facts.action or "a", "action", use.pos, UNPRINTED)
    return hidden_state(builder, param, use) if sort == "state" else ambient_variable(builder, sort)


def hidden_state(builder: Builder, param: Var, use: Use) -> Var:
    """The state at which what is defined at a state stands: the one at hand, unless only one of the two is a next one.
    """
    found = ambient_variable(builder, "state")
    if mark(found) == mark(param):
        return found
    if "state" in builder.drawn:
        raise Fault(f"{spelled(use.symbol.item)} is defined at {param.name}, and {found.name} is drawn here: write out "
                    "what it stands for", use.pos)
    return builder.named(param.name, "state", use.pos, UNPRINTED)


def all_drawn_for(builder: Builder, use: Use) -> tuple[Var, ...]:
    """What is drawn of each sort, for a value at it."""
    return tuple(var for sort in ("group", "state", "action") for var in drawn_for(builder, use, sort))


def drawn_for(builder: Builder, use: Use, sort: str) -> tuple[Var, ...]:
    """What is drawn of a sort, for a value at it: of several those with its letter. Raises Fault where none has."""
    if sort not in builder.drawn:
        return ()
    found = [var for var in (builder.groups if sort == "group" else builder.bound).values() if var.sort == sort]
    letters = {*below(use), *(var.name for var in use.printed if isinstance(var, Var))}
    mine = [var for var in found if sort != "group" and labelled([var], letters)]
    if mine or len(found) < 2:
        return tuple(mine) or (builder.drawn[sort],)
    shown = spelled(use.symbol.item)
    raise Fault(f"{shown} may be a value at {' or at '.join(var.name for var in found)}: write its arguments, as "
                f"{shown}({found[0].name})", use.pos)


def unprinted_arguments(builder: Builder, use: Use) -> tuple[Basic, ...]:
    """The hidden arguments of an undefined function: what was drawn, for a value at an index or at a sample."""
    if not use.printed and builder.facts.kinds.get(bare(use.layout)) in ("num", "vec", "mat"):
        return ()
    indices = [sort_of(arg) for arg in use.printed if isinstance(arg, Term)]
    if any(sort_of(arg) in ("action", "state") for arg in use.printed):
        return ()
    drawn = tuple(builder.drawn[sort] for sort in ("group", "state", "action") if sort in builder.drawn)
    numbered = "index" in indices
    if numbered and not has_steps(builder, use) and not of_one_draw(builder, use):
        return ambient_variable(builder, "group"), ambient_variable(builder, "state")
    if numbered or "token" in indices:
        group = builder.drawn.get("group")
        actions = (group,) if group is not None else drawn_for(builder, use, "action")
        if not actions and builder.facts.action:
            actions = (builder.named(builder.facts.action, "action", use.pos, UNPRINTED),)
        if actions and actions[0].name.startswith(table.TRAJECTORY):
            return actions
        refuse_step(builder, use)
        return (*actions, *(drawn_for(builder, use, "state") or (ambient_variable(builder, "state"),)))
    letter, decorations = use.symbol.letter, use.symbol.decorations
    silent = builder.bare_law is not None and not use.printed
    sampled = set(decorations) <= SAMPLED_DECORATIONS and not indices and (
        letter in table.SAMPLED or silent and (letter in table.SCHEMATIC or use.theta))
    if sampled or use.layout in builder.values:
        return read_everywhere(builder, use, all_drawn_for(builder, use))
    if drawn and labelled(builder.bound.values(), set(below(use))):
        refuse_step(builder, use)
    coefficient = letter in table.COEFFICIENTS and BOLD.isdisjoint(decorations)
    number = coefficient and not any(char.isdigit() for char in use.layout) or \
        (use.symbol.name, "limit") in builder.facts.evidence
    either = letter in table.VALUED or random(letter, use)
    valued = either or not (coefficient or letter in table.BASELINES or use.symbol.name in builder.facts.outside)
    if (silent or drawn and not use.printed and valued) and not number and not is_name(use.layout):
        shown = PLACE.sub("·", use.stem)
        reason = f"{shown} may be a number or a value at what is drawn or summed over here: write {shown}(a) for the " \
                 f"value, or declare a number as {shown} \\in \\mathbb{{R}}"
        options = f"{shown} is a number", f"{shown} is a value at what is drawn"
        if builder.choose(reason, use.layout, options, use.pos):
            return read_everywhere(builder, use, all_drawn_for(builder, use))
    return drawn if is_name(use.layout) and not indices else ()


def of_one_draw(builder: Builder, use: Use) -> bool:
    """Whether a symbol carries a letter that names a single draw. Raises Fault where it does elsewhere only."""
    if label_among(builder.bound.values(), use.printed):
        return True
    for var in use.printed:
        if isinstance(var, Var) and var.sort == "index" and (var.name, LABEL) in builder.facts.evidence:
            shown = spelled(use.symbol.item)
            raise Fault(f"{var.name} names a single draw elsewhere in this statement: whether {shown} is a value "
                        "at that is not said", use.pos)
    return False


def note_family(builder: Builder, symbol: Nucleus, printed: list[Basic]) -> None:
    """Refuse rewards, or tokens, that are numbered by tokens in one place and by members of a group in another."""
    for place, part in enumerate(printed if symbol.letter in (table.SEQUENCES | {"r"}) else ()):
        sort = part.sort if isinstance(part, Var) else "index" if isinstance(part, Num) else ""
        if sort and builder.families.setdefault((symbol.name, place), sort) != sort:
            raise Fault(f"{symbol.name} is numbered by a token and by a member of a group: number it in one way",
                        symbol.item.pos)


def refuse_step(builder: Builder, use: Use) -> None:
    """Refuse what may be a value before a step draws or after: a baseline b_t under a_t ∼ π."""
    drawn = builder.drawn.get("action")
    if drawn is None or "_" not in drawn.name or use.symbol.letter in table.SAMPLED or is_name(use.layout) or \
            builder.facts.kinds.get(bare(use.layout)) in ("num", "vec", "mat"):
        return
    shown = spelled(use.symbol.item)
    raise Fault(f"whether {shown} depends on {drawn.name}, which is drawn here, is not said: write its arguments",
                use.pos)


def read_everywhere(builder: Builder, use: Use, drawn: tuple[Var, ...]) -> tuple[Var, ...]:
    """What is drawn, unless the same symbol stands where nothing is drawn, or with arguments."""
    kept = builder.values.setdefault(use.layout, drawn)
    if bool(kept) != bool(drawn) or drawn and (use.symbol.name, "applied") in builder.facts.evidence:
        shown = spelled(use.symbol.item)
        raise Fault(f"{shown} is a value at what an expectation draws, and stands elsewhere in another form: write "
                    f"{shown}(a) for the value, or another letter for a number", use.pos)
    return drawn


def has_steps(builder: Builder, use: Use) -> bool:
    """Whether a symbol has members by the number of a token."""
    families = (builder.facts.family(use.symbol, number) for number in range(len(use.printed)))
    return any(family in builder.facts.numbering.steps for family in families)


def random(letter: str, use: Use) -> bool:
    """Whether a symbol without arguments stands for a random value by custom: a capital, or the error of one step."""
    return not use.printed and (letter.isalpha() and letter.isupper() or letter in table.ERRORS)
