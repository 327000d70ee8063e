"""A claim made as small as it can be while something about it stays true."""

from dataclasses import replace

from grpo_symbolic import language as lang


def smallest(claim, wanted):
    """A claim of which no part can be left out, or replaced by 0 or 1, and stay ``wanted``."""
    while True:
        shorter = next((other for other in reductions(claim) if wanted(other)), None)
        if shorter is None:
            return claim
        claim = shorter


def reductions(claim):
    """Claims that are one simplification smaller."""
    for position in range(len(claim.assume)):
        yield replace(claim, assume=claim.assume[:position] + claim.assume[position + 1:])
    if claim.at_old:
        yield replace(claim, at_old=False)
    for relation in shorter(claim.relation):
        yield replace(claim, relation=relation)
    for position, assumed in enumerate(claim.assume):
        for relation in shorter(assumed):
            yield replace(claim, assume=(*claim.assume[:position], relation, *claim.assume[position + 1:]))


def shorter(term):
    """Terms of the same kind that are one simplification smaller."""
    if isinstance(term, lang.Node) and term.shape == lang.SCALAR and not isinstance(term, (lang.Num, lang.BigO)):
        if not isinstance(term, lang.Const):
            yield from (lang.node(1), lang.node(0))
        for arg in term.args:
            body = arg.body if isinstance(arg, lang.Scope) and arg.loose == arg.body.loose == 0 else arg
            if isinstance(body, lang.Node) and body.shape == lang.SCALAR:
                yield body
        if isinstance(term, (lang.Plus, lang.Times)) and len(term.args) > 2:
            for position in range(len(term.args)):
                yield from built(term, term.args[:position] + term.args[position + 1:])
    for position, arg in enumerate(term.args):
        if isinstance(arg, lang.Term):
            for other in shorter(arg):
                yield from built(term, (*term.args[:position], other, *term.args[position + 1:]))


def built(term, args):
    """The term over other children, where the language has it."""
    try:
        yield term.with_args(args)
    except (lang.LanguageError, TypeError, ValueError):
        return
