r"""Laws that expectations leave out, \mathbb{E}_a and \mathbb{E}[\sum_t …], where the rest of the text has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..parsing.naming import nucleus, spelled
from ..parsing.surface import Item, seen_in
from .customary_paths import PATH, PATH_LETTERS, POLICY, draws
from .edits import Change, Edit, Found, end_of, products
from .indexed import every

EXPECTATION = r"\mathbb{E}"
OF_STEPS = re.compile(r"(?<![A-Za-z\\])a_(?:t(?![A-Za-z])|\{\s*t\s*\})")
# A sum, and what has the letter of a state, an action or a reward with a step below it.
SUMMED, OF_STEP = re.compile(r"\\sum(?![A-Za-z])"), re.compile(r"(?<![A-Za-z\\])[asr]_\{?\s*(?:\\hat\s*\{?\s*)?[tkl]")
WHERE_STEPS_LEAD = ("P", "p", r"\mathcal{P}", r"\mathcal{T}")
STATE_ACTION = re.compile(r"\(\s*s\s*,\s*a\s*\)")
FIRST_STATE, NEXT_STATE = re.compile(r"s_\{?0\}?"), "s'"
OBSERVATION, PREFIX = "o", re.compile(r"[<:]|\\le")
ACTION = re.compile(r"[aby]'*")


def policies_of(found: Found) -> Iterator[tuple[str, str, str]]:
    """Each value of a policy: what it prints before its brackets, the outcome, and the condition."""
    for items in products(found.content):
        for law, group in zip(items, items[1:], strict=False):
            symbol = nucleus(law)
            if symbol is None or symbol.letter != POLICY or group.kind != "group" or group.value != "(" or \
                    group.body is None or [sign for sign, _ in group.body.seps[:1]] != ["|"]:
                continue
            outcome = group.body.pieces[0].only
            if outcome is not None and outcome.lone is not None:
                context = found.text[group.body.seps[0][1]:group.end - 1].removeprefix(r"\mid").lstrip("|").strip()
                yield found.text[law.pos:end_of(found.text, law)], found.of(outcome.lone), context


def other_laws(found: Found) -> bool:
    """Whether a text has values of a law that is no policy's by its letter: any of them may be what is drawn from.

    Where steps lead is no law of actions.
    """
    for items in products(found.content):
        for law, group in zip(items, items[1:], strict=False):
            symbol, body = nucleus(law), group.body if group.kind == "group" and group.value == "(" else None
            if symbol is None or body is None or [sign for sign, _ in body.seps[:1]] != ["|"]:
                continue
            outcome = body.pieces[0].only
            leads = outcome is not None and outcome.lone is not None and found.of(outcome.lone).startswith("s")
            if symbol.letter != POLICY and not (symbol.letter in WHERE_STEPS_LEAD and leads):
                return True
    return False


def expectations(found: Found) -> Iterator[tuple[Item, Item | None]]:
    """The expectations of a text, each with what follows it."""
    for items in products(found.content):
        for item, after in zip(items, [*items[1:], None], strict=True):
            symbol = nucleus(item) if item.kind == "cmd" else None
            if symbol is not None and symbol.name == EXPECTATION:
                yield item, after


def drawn_by_name(found: Found) -> Change | None:
    r"""\mathbb{E}_a over the policy that the text has of a, \mathbb{E}_{s'} over where an action leads."""
    edits, said = list[Edit](), list[str]()
    for item, _ in expectations(found):
        law = "" if item.sub is None else law_left_out(found, found.of(item.sub))
        if law and item.sub is not None:
            name = found.of(item.sub)
            edits.append(Edit(item.sub.pos, item.sub.end, rf"{{{name} \sim {law}}}"))
            said.append(rf"{name} \sim {law}")
    return Change(tuple(edits), ", ".join(dict.fromkeys(said))) if edits else None


def law_left_out(found: Found, name: str) -> str:
    """The law of a variable that is drawn, by its name and the rest of the text; empty where that has none, or more."""
    if name == NEXT_STATE:
        return r"P(\cdot|s,a)" if STATE_ACTION.search(found.text) else ""
    if FIRST_STATE.fullmatch(name):
        return r"\rho_0"
    if not ACTION.fullmatch(name):
        return ""
    laws = {(policy.strip(), context) for policy, outcome, context in policies_of(found) if outcome == name}
    if len(laws) != 1 or other_laws(found):
        return ""
    (policy, context), = laws
    return rf"{policy}(\cdot|{context})"


def over_paths(found: Found) -> Change | None:
    r"""\mathbb{E}[\sum_t …] over the paths of the one policy of the text."""
    bare = [item for item, after in expectations(found)
            if item.sub is None and after is not None and after.kind == "group"
            and OF_STEPS.search(found.text[after.pos:after.end]) and r"\sum" in found.text[after.pos:after.end]]
    policies = {policy.strip() for policy, outcome, _ in policies_of(found) if OF_STEPS.fullmatch(outcome)}
    if not bare or len(policies) != 1 or PATH in found.text or other_laws(found):
        return None
    policy, = policies
    return Change(tuple(Edit(item.end, item.end, rf"_{{{PATH} \sim {policy}}}") for item in bare),
                  rf"{EXPECTATION} is that over the paths of {policy}")


def observed(found: Found) -> Change | None:
    r"""o_t in \pi(a_t|o_t) as the state of a step, where the text has no other state, and no prefix of a sequence."""
    items = [item for item in every(found.content) if item.kind == "sym"]
    letters = [item for item in items if item.value == OBSERVATION]
    drawn = any(context.startswith(OBSERVATION + "_") and outcome.startswith("a_")
                for _, outcome, context in policies_of(found))
    if not drawn or any(item.value == "s" for item in items) or any(
            item.sub is None or PREFIX.search(found.of(item.sub)) for item in letters):
        return None
    return Change(tuple(Edit(item.pos, item.pos + 1, "s") for item in letters), "o_t is the state of step t")


def whole_products(found: Found) -> Change | None:
    r"""\mathbb{E}_\tau(\sum_t …)(\sum_t …) as the mean of the product, where each bracket sums over steps of a path."""
    edits = list[Edit]()
    for items in products(found.content):
        place = next((k for k, item in enumerate(items) if over_a_path(found, item)), len(items))
        brackets = items[place + 1:]
        if len(brackets) > 1 and all(sums_over_steps(found, item) for item in brackets):
            start, end = end_of(found.text, items[place]), end_of(found.text, brackets[-1])
            edits += [Edit(start, start, "["), Edit(end, end, "]")]
    return Change(tuple(edits), f"{EXPECTATION} is that of the whole product") if edits else None


def over_a_path(found: Found, item: Item) -> bool:
    """Whether an item is an expectation in which a path is drawn."""
    symbol = nucleus(item) if item.kind == "cmd" else None
    if symbol is None or symbol.name != EXPECTATION or item.sub is None:
        return False
    return any(spelled(drawn) in (PATH, *PATH_LETTERS)
               for drawn, _ in draws(found._replace(content=seen_in(item.sub))))


def sums_over_steps(found: Found, item: Item) -> bool:
    """Whether an item is a bracket that sums something of the steps of a path."""
    lone = None if item.kind != "group" or item.value != "(" or item.body is None else item.body.only
    text = found.text[item.pos:item.end]
    return lone is not None and SUMMED.search(text) is not None and OF_STEP.search(text) is not None
