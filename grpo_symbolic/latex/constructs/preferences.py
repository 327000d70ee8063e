r"""Reading preferences: P(y_w \succ y_l|x), with \prec for the same the other way round."""

from __future__ import annotations

from ...language import App, Node, Preference
from ..notation.priors import POLICY
from ..parsing.surface import Content, Item
from ..read_error import Fault
from .builder import Builder

SUCCEEDS, PRECEDES = r"\succ", r"\prec"


def prefers(content: Content) -> bool:
    r"""Whether brackets begin with what is preferred to what, a \succ b or b \prec a."""
    return bool(content.seps) and content.seps[0][0] in (SUCCEEDS, PRECEDES)


def in_order(group: Item | None) -> Item | None:
    r"""A bracket in which what is preferred stands first: a \succ b for b \prec a."""
    if group is None or group.body is None or not group.body.seps or group.body.seps[0][0] != PRECEDES:
        return group
    body = Content(group.body.pieces[1])
    body.pieces += [group.body.pieces[0], *group.body.pieces[2:]]
    body.seps = [(SUCCEEDS, group.body.seps[0][1]), *group.body.seps[1:]]
    found = group.copy()
    found.body, group.taken = body, True
    return found


def read_preference(builder: Builder, app: App, pos: int) -> Node:
    """A preference of which nothing else is said. Raises Fault for one of policies."""
    if POLICY in app.head.layout.partition("(")[2]:
        raise Fault("a preference of policies is not read: write it as the mean over their answers, "
                    r"\mathbb{E}_{y\sim\pi, z\sim\mu}[P(y \succ z|x)]", pos)
    found: Node = builder.built(Preference, app, pos=pos)
    return found
