"""A statement in other letters: constants, functions, policies and variables, each for one that is read alike."""

import re
from dataclasses import replace

from grpo_symbolic.language import ENDLESS, Const, Head, Policy, Var, rewrite
from grpo_symbolic.language.binders import Scope

# The size of the group and the last token have ranges by their names, and what an epsilon begins lies between 0 and 1.
COUNTS = ("G", "T")
EPSILON = re.compile(r"\\(var)?epsilon")
OTHER = {r"\epsilon": r"\varepsilon", r"\varepsilon": r"\epsilon"}
LETTERS = [r"\alpha", r"\zeta", r"\hat{a}", r"\tilde{Z}", "A", "B", "Z", "b", "m", "z", "α", "ω"]


def key(part):
    """What is renamed as one: the kind of a name, and the name; a variable has its sort beside it."""
    if isinstance(part, Const) and part != ENDLESS:
        return "constant", part.name
    if isinstance(part, Head):
        return "function", part.layout
    if isinstance(part, Policy):
        return "policy", part.name
    if isinstance(part, Var):
        return part.sort, part.name
    return None


def parts(claim):
    """Every subterm of a claim."""
    for term in (claim.relation, *claim.where, *claim.assume):
        yield from term.walk()


def letters(claim, draw):
    """For each name of a claim another one: fresh, or that of another of its kind."""
    kinds = {}
    for part in parts(claim):
        if key(part):
            kind, name = key(part)
            kinds.setdefault(kind, {})[name] = None
    swap = draw.random() < 0.5
    found = {}
    for kind, names in kinds.items():
        free = [name for name in names if kind != "constant" or name not in COUNTS and not EPSILON.match(name)]
        fresh = [f"{draw.choice(LETTERS)}_{{{kind[0]}{k}}}" for k in range(len(free))]
        pool = [*(free if kind != "function" else []), *fresh]
        found |= {(kind, old): new for old, new in zip(free, draw.sample(pool, len(free)), strict=True)}
        found |= {(kind, name): EPSILON.sub(lambda match: OTHER[match[0]], name) if swap else name
                  for name in names if name not in free}
    return found


def renamed(claim, draw):
    """The claim in other letters."""
    new = letters(claim, draw)

    def rule(part):
        if isinstance(part, Scope):
            return part.hinted(name=draw.choice(LETTERS))
        if key(part) is None:
            return None
        name = new[key(part)]
        if isinstance(part, Const):
            return Const(name, part.sign)
        if isinstance(part, Policy):
            return Policy(name, part.point)
        if isinstance(part, Var):
            return Var(name, part.sort)
        return Head(name + "".join(re.findall(r"#\d", part.layout)), *part.args[1:])

    where, assume = (tuple(rewrite(one, rule) for one in terms) for terms in (claim.where, claim.assume))
    return replace(claim, relation=rewrite(claim.relation, rule), where=where, assume=assume)
