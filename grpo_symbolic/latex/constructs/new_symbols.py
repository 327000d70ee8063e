r"""Reading the left side of a definition: a symbol alone that nothing defines yet."""

from __future__ import annotations

from ..kinds.anonymous import moment_before
from ..names.defining import squared_deviation
from ..notation import priors as table
from ..notation.vocabulary import OPERATOR_WORDS
from ..parsing.naming import Nucleus, nucleus, word
from ..parsing.surface import Expr, Item
from ..read_error import Fault
from ..spelling.operators import Applied
from .anonymous_moments import is_moment
from .brackets import lone_policy, read_arguments
from .builder import Builder
from .cases import compares
from .functions import read_use
from .moments import read_distance, read_logistic
from .policies import holds_laws
from .preferences import in_order, prefers
from .primed import primed
from .uses import Use
from .variables import point_of, read_variable


def new_symbol(builder: Builder, expr: Expr, defining: bool) -> Use | None:
    r"""How the left side of a definition is used, if it is a symbol alone that nothing defines yet, else None.

    Where the sign is one that only defines, a letter of a number may become a function: c(s) \doteq ….
    """
    sign, items, _ = expr.terms[0]
    if len(expr.terms) > 1 or sign or len(items) > 2 or items[0].kind not in ("sym", "text", "cmd"):
        return None
    symbol = nucleus(items[0])
    if symbol is None or items[0].kind == "text" and items[0].value in OPERATOR_WORDS:
        return None
    group = in_order(items[1]) if len(items) == 2 else None
    if group is not None and (group.kind != "group" or group.value != "("):
        return None
    free = dict(builder.free)
    if built_in(builder, symbol, group, items) or not defining and read_logistic(builder, symbol, group) is not None:
        builder.free.clear()
        builder.free.update(free)
        return None
    of_policy = group is not None and group.body is not None and lone_policy(builder, group.body.only) is not None
    use = read_use(builder, symbol, group, defining or of_policy, left=True)
    if r"\|" in use.layout and builder.environment.stems.get(use.stem, use.layout) != use.layout:
        raise Fault(f"{use.stem} is defined for two other laws: what it is for these is not said", use.pos)
    if use.power is not None and not squared_deviation(symbol) or group is not None and not use.brackets or use.old:
        return None
    if use.layout in builder.environment.names or "'" in use.layout and primed(use.layout, builder.environment)[1]:
        return None
    return use


def new_operator(builder: Builder, found: Applied) -> Use | None:
    """How the left side (T f)(s) of a definition is used; None where the operator has a meaning already."""
    operator = read_use(builder, found.operator, None, True)
    if operator.power is not None or operator.stem in builder.environment.names or found.arguments.body is None:
        return None
    parts, printed, theta, old = read_arguments(builder, found.arguments.body, 0)
    stem = f"{operator.stem} {found.function.name}"
    return Use(f"{stem}({', '.join(parts)})", stem, found.operator, tuple(printed), theta or operator.theta, old,
               brackets=True, pos=operator.pos, operator=operator.stem)


def built_in(builder: Builder, symbol: Nucleus, group: Item | None, items: list[Item]) -> bool:
    """Whether a left side is something that the language has built in."""
    name, item = symbol.name, symbol.item
    if group is not None and group.body is not None and prefers(group.body):
        return False
    if name in (r"\infty", *table.EXPECTATIONS) or symbol.letter == table.POLICY or name in builder.facts.laws:
        return True
    if name in table.DIVERGENCES and word(item.sub) in ("KL", "kl") or point_of(builder, item):
        return True
    if name == r"\Delta" and item.plain:
        return True
    if group is not None and name in table.ENTROPIES and holds_laws(builder, group):
        return True
    if moment_before(items[0], group) and is_moment(builder, symbol) or compares(builder, symbol):
        return True
    if read_distance(builder, symbol, group) is not None:
        return True
    return group is None and len(items) == 1 and read_variable(builder, items[0]) is not None
