"""Operations that take some positions: ranges along the tokens, and places where a condition holds."""

from __future__ import annotations

from ..algebra.expression import choose, multiply, subtract
from ..algebra.nodes import BATCH, ONE, TOKEN, Expression, window
from ..algebra.rebuilt import shifted, total
from ..recording.tape import Argument, Ref
from ..unsupported import Unsupported
from .axes import SINGLE, Dimension
from .packing import OFFSETS, ROW
from .step import Step, whole

NEW, REST, RANGE = "newaxis", "...", "slice"


def sliced(step: Step) -> Expression:
    """A range of positions along one dimension: what is left out at the start moves the rest to the front."""
    own = step.dimensions(0)
    place = whole(step.raw(1, "dim") or 0) % len(own)
    if whole(step.raw(4, "step") or 1) != 1:
        raise Unsupported("positions are left out between others")
    starts = [step.number(2, run, "start") for run in range(len(step.records))]
    return from_start(step, step.value(0), place, starts)


def narrowed(step: Step) -> Expression:
    """The same, told by its start and how long it is."""
    place = whole(step.raw(1, "dim")) % len(step.dimensions(0))
    return from_start(step, step.value(0), place, [step.number(2, run, "start") for run in range(len(step.records))])


def ranged(step: Step) -> Expression:
    """Ranges along every dimension, each told by its start."""
    strides, starts = step.raw(None, "strides"), step.raw(1, "start_indices")
    if isinstance(strides, tuple) and any(whole(one) != 1 for one in strides):
        raise Unsupported("positions are left out between others")
    if not isinstance(starts, tuple):
        raise Unsupported("a range has no start")
    node = step.value(0)
    for place, start in enumerate(starts):
        node = from_start(step, node, place, [whole(start)] * len(step.records))
    return node


def from_start(step: Step, node: Expression, place: int, starts: list[float | None]) -> Expression:
    """An expression of an argument whose positions along a dimension begin with a start."""
    found = {starting(start, shape[place]) for start, shape in zip(starts, step.shapes(0), strict=True)}
    dimension = step.dimensions(0)[place]
    if dimension != SINGLE and all(one.outputs[0].shape == _without(shape, place) for one, shape in zip(
            step.records, step.shapes(0), strict=True)):
        last = all(starting(start, shape[place]) == shape[place] - 1 for start, shape in zip(
            starts, step.shapes(0), strict=True))
        return at_end(step, node, place, 0 if found == {0} else -1 if last else 1)
    first = found.pop()
    if found:
        raise Unsupported("a range starts elsewhere in another run")
    if not first:
        return node
    axis, = step.dimensions(0)[place].axes or ("",)
    if axis != TOKEN and node is not OFFSETS:
        raise Unsupported("a range of sequences is taken")
    return shifted(node, axis, first)


def _without(shape: tuple[int, ...], place: int) -> tuple[int, ...]:
    """A shape with one place along a dimension."""
    return (*shape[:place], 1, *shape[place + 1:])


def starting(start: float | None, length: int) -> int:
    """Where a range starts, from 0 on."""
    first = 0 if start is None else whole(start)
    return min(max(first + length, 0) if first < 0 else first, length)


def indexed(step: Step) -> Expression:
    """What stands between brackets in NumPy: ranges, new dimensions, or a condition."""
    keys = list(step.record.args[1:])
    if len(keys) == 1 and isinstance(keys[0], Ref):
        return picked(step)
    named = sum(1 for key in keys if key not in (NEW, REST))
    if REST in keys:
        at = keys.index(REST)
        keys[at:at + 1] = [(RANGE, None, None, None)] * (len(step.dimensions(0)) - named)
    node, place = step.value(0), 0
    for key in keys:
        if key == NEW:
            continue
        node = at_end(step, node, place, whole(key)) if isinstance(key, (int, float)) else from_start(
            step, node, place, [_start(key)] * len(step.records))
        place += 1
    return node


def selected(step: Step) -> Expression:
    """One place of a dimension."""
    place = whole(step.raw(1, "dim") or 0) % len(step.dimensions(0))
    return at_end(step, step.value(0), place, whole(step.raw(2, "index")))


def at_end(step: Step, node: Expression, place: int, at: int) -> Expression:
    """The first or the last place of a dimension: a sum of which all but that place is left out."""
    dimension = step.dimensions(0)[place]
    if dimension == SINGLE:
        return node
    if at not in (0, -1) or len(dimension.segments) != 1 or dimension.weight is not ONE:
        raise Unsupported("one place of a dimension is taken, and it is not an end")
    segment, = dimension.segments
    if segment.cut < 0:
        raise Unsupported("one offset is taken")
    ends = [window(segment.axis, *((far, 0) if at == 0 else (0, far + segment.cut))) for far in (0, 1)]
    return total(segment.axis, multiply(subtract(*ends), node))


def put(step: Step) -> Expression:
    """One number at the places where a condition holds, and what was there at all others."""
    keys = step.record.args[1]
    key, = keys if isinstance(keys, tuple) and len(keys) == 1 else (keys,)
    added = step.raw(3, "accumulate")
    value = step.raw(2)
    single = not isinstance(value, Ref) or all(one == SINGLE for one in step.known(value).dimensions)
    if not isinstance(key, Ref) or added or not single:
        raise Unsupported("something else is put than one number where a condition holds")
    where = step.known(key)
    if isinstance(where.meaning, Unsupported):
        raise where.meaning
    if not where.boolean or where.dimensions != step.dimensions(0):
        raise Unsupported("places are picked by their numbers")
    return choose(where.meaning, step.value(2), step.value(0))


def turned(step: Step) -> Expression:
    """The other way round, which changes nothing along what all places share."""
    named = step.raw(1, "dims", "dimensions", "axis")
    own = step.dimensions(0)
    places = range(len(own)) if named is None else [
        whole(one) % len(own) for one in (named if isinstance(named, tuple) else (named,))]
    if step.value(0).axes & {axis for place in places for axis in own[place].axes}:
        raise Unsupported("positions come to stand in the opposite order")
    return step.value(0)


def rolled(step: Step) -> Expression:
    """What each position has after all have moved on by one, or back by one, and the last, or first, round the end."""
    by, named = step.raw(1, "shift", "shifts"), step.raw(2, "axis", "dims")
    by, named = (one[0] if isinstance(one, tuple) and len(one) == 1 else one for one in (by, named))
    node, own = step.value(0), step.dimensions(0)
    named = 0 if named in (None, ()) and len(own) == 1 else named
    if named in (None, ()) or abs(whole(by)) != 1:
        raise Unsupported("positions move round the end by more than one, or along several dimensions")
    place, back = whole(named) % len(own), whole(by)
    if not node.axes & set(own[place].axes):
        return node
    if own[place].axes != (TOKEN,) or own[place].segments[0].cut:
        raise Unsupported("sequences move to the places of others" if own[place].axes == (BATCH,) else
                          "what moves is no row of tokens")
    inside = window(TOKEN, *((1, 0) if back > 0 else (0, 1)))
    return choose(inside, shifted(node, TOKEN, -back), at_end(step, node, place, -1 if back > 0 else 0))


def stepped(step: Step) -> Expression:
    """What each position has more than the one before it."""
    place = whole(-1 if step.raw(2, "axis", "dim") is None else step.raw(2, "axis", "dim")) % len(step.dimensions(0))
    if whole(1 if step.raw(1, "n") is None else step.raw(1, "n")) != 1 or step.dimensions(0)[place].axes != (TOKEN,):
        raise Unsupported("differences are taken of something else than neighbouring tokens")
    return subtract(shifted(step.value(0), TOKEN, 1), step.value(0))


def _start(key: Argument) -> float | None:
    """Where a range between brackets starts."""
    if not isinstance(key, tuple) or key[0] != RANGE:
        raise Unsupported("one place of a dimension is taken")
    _, start, _, every = key
    if every not in (None, 1):
        raise Unsupported("positions are left out between others")
    return None if start is None else float(whole(start))


def picked(step: Step) -> Expression:
    """The places at which a condition holds: what is summed over them is summed where it holds."""
    keys = step.record.args[1]
    key, = keys if isinstance(keys, tuple) and len(keys) == 1 else (keys,)
    by_row = isinstance(key, Ref) and step.known(key).meaning is ROW and step.dimensions(0)[0].axes == (BATCH,)
    if condition(step) is None and not by_row:
        raise Unsupported("places are picked by their numbers")
    return step.value(0)


def condition(step: Step) -> Dimension | None:
    """The dimension of the places at which a condition holds that an operation picks; None where it picks none."""
    base = step.record.op.partition(".")[2].partition(".")[0]
    keys = step.record.args[1:] if base in ("index", "getitem") else ()
    if base == "index" and len(keys) == 1 and isinstance(keys[0], tuple):
        keys = keys[0]
    if len(keys) != 1 or not isinstance(keys[0], Ref):
        return None
    weight, own = step.known(keys[0]), step.dimensions(0)
    if isinstance(weight.meaning, Unsupported):
        raise weight.meaning
    if weight.dimensions != own or not weight.boolean:
        return None
    return Dimension(tuple(segment for one in own for segment in one.segments), weight.meaning)
