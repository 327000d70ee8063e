"""A loop over sequences, of which the tape has every turn, as one turn on rows of a tensor with padding.

Each value of the loop belongs to one sequence. What is done with those of the first is kept, for all of them; what is
done with those of any other must be the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..unsupported import Unsupported
from .loop_values import EACH, NOTHING, ROW, SHARED, Known, Terms
from .tape import Argument, Keyword, Output, Place, Record, Ref, Run, references

# Operations without their overload: sums with factors, what goes along a row, what joins sequences, and takes one.
LINEAR = ("add", "add_", "sub", "sub_", "rsub", "neg", "subtract", "negative")
REDUCTIONS, JOINS, PARTS = ("sum", "mean"), ("stack", "cat", "concatenate"), ("unbind", "select", "getitem")
ALONG = ((), (0,), (-1,), 0, -1, None)


class Loop:
    """The records of a run whose arguments are lists; ``numbers`` are those of the arguments as rows, by name."""

    def __init__(self, run: Run, numbers: dict[str, int], lengths: tuple[int, ...]) -> None:
        self.run, self.lengths = run, lengths
        self.tokens = next(one.size for one in run.sizes if one.axis == "T")
        self.last = max(numbers.values())
        self.mask = Ref(self.last)
        self.records: list[Record] = []
        self.known: dict[int, Known] = {}
        self.images: dict[int, int] = {}
        self.twins: dict[int, int] = {}  # of a value of any sequence the first one's
        self.sums: dict[int, Terms] = {}
        self.turns: dict[int, list[Record]] = defaultdict(list)
        self.taken: dict[int, int] = {}
        firsts: dict[str, int] = {}
        for one in run.inputs:
            kind = SHARED if one.index is None else ROW if one.array.shape else EACH
            self.known[one.number] = Known(one.index, kind, one.array.shape)
            self.images[one.number] = numbers[one.name]
            self.twins[one.number] = firsts.setdefault(one.name, one.number)

    def folded(self) -> tuple[tuple[Record, ...], int]:
        """The records of one turn for all, and the number of the result.

        Raises Unsupported where turns are not alike.
        """
        for record in self.run.records:
            self.sort(record)
        if len({len(self.turns[k]) for k in range(len(self.lengths))}) > 1:
            raise Unsupported("sequences of a list are not handled alike")
        for record in self.run.records:
            self.write(record)
        return tuple(self.records), self.image(Ref(self.run.result), Place("?", 0)).number

    # which sequence a value is of

    def sort(self, record: Record) -> None:
        """Find out of which sequence the outputs of a record are."""
        if record.clobbers:
            raise Unsupported(f"{record.op} at {record.at}: what it writes to is a part of something else")
        used = references(record.args) + references(tuple(one.value for one in record.kwargs))
        owners = {self.known[one].of for one in used} - {None}
        base = named_by(record)
        if self.parts(record, base):
            return
        if base in LINEAR and owners and record.grad and all(not one.shape for one in record.outputs):
            found = self.terms(record, base)
            of = {self.known[abs(one)].of for one, _ in found.factors} - {None}
            self.sums[record.outputs[0].number] = found
            self.know(record, *((of.pop(), EACH) if len(of) == 1 else (None, SHARED)))
            return
        if len(owners) > 1:
            if base not in JOINS:
                raise Unsupported(f"{record.op} at {record.at}: it mixes sequences of a list")
            joined = self.known[used[0]].kind == ROW
            self.know(record, None, ROW if joined else SHARED)
            return
        owner = owners.pop() if owners else None
        rows = any(self.known[one].kind == ROW for one in used) and base not in REDUCTIONS
        self.know(record, owner, ROW if rows else SHARED if owner is None else EACH)
        if owner is not None:
            self.turns[owner].append(record)

    def know(self, record: Record, owner: int | None, kind: str) -> None:
        """Know the outputs of a record; those of a later turn have twins in the first."""
        for place, output in enumerate(record.outputs):
            self.known[output.number] = Known(owner, kind, output.shape)
            turn = len(self.turns[owner]) if owner is not None else 0
            first = self.turns[0][turn].outputs if owner and turn < len(self.turns[0]) else ()
            self.twins[output.number] = first[place].number if place < len(first) else output.number

    def parts(self, record: Record, base: str) -> bool:
        """Whether a record takes the sequences of a tensor apart; if so, know them."""
        source = record.args[0] if record.args else None
        if base not in PARTS or not isinstance(source, Ref) or self.known[source.number].shape != (len(self.lengths),):
            return False
        at = 0 if base == "unbind" else record.args[-1]
        for place, output in enumerate(record.outputs):
            if not isinstance(at, int):
                return False
            owner = int(at) % len(self.lengths) + place
            self.known[output.number] = Known(owner, EACH, ())
            self.images[output.number] = -source.number  # that of the source, once it is written
            self.twins[output.number] = -source.number
        return True

    def terms(self, record: Record, base: str) -> Terms:
        """The sum that a record makes."""
        found = [self.summed(one) for one in record.args[:1 if base.startswith("neg") else 2]]
        alpha = record.keyword("alpha", record.args[2] if len(record.args) > 2 else 1)
        by = float(alpha) if isinstance(alpha, (int, float)) else 1.0
        if base.startswith("neg"):
            return NOTHING.plus(found[0], -1.0)
        left, right = found[::-1] if base == "rsub" else found
        return left.plus(right, by if base.startswith("add") else -by)

    def summed(self, argument: Argument) -> Terms:
        """An argument as a sum."""
        if isinstance(argument, Ref):
            return self.sums.get(argument.number, Terms(((argument.number, 1.0),)))
        if isinstance(argument, (int, float)):
            return Terms((), float(argument))
        raise Unsupported("what is added to a sequence is no number")

    # what is done with all of them

    def write(self, record: Record) -> None:
        """Write down a record of the first sequence, for all, or of none; compare that of another with the first's."""
        outputs = [one.number for one in record.outputs]
        if any(one in self.sums or self.images.get(one, 0) < 0 for one in outputs):
            return
        owners = {self.known[one].of for one in outputs} - {None}
        owner = owners.pop() if owners else None
        if owner is None:
            self.joined(record) if named_by(record) in JOINS else self.emitted(record, (record,))
            return
        turn = self.taken.get(owner, 0)
        self.taken[owner] = turn + 1
        if owner:
            self.compare(self.turns[0][turn], record)
        else:
            self.emitted(record, tuple(self.turns[k][turn] for k in range(len(self.lengths))))

    def compare(self, first: Record, other: Record) -> None:
        """Let pass a record that does with another sequence what is done with the first. Raises Unsupported."""
        same = (first.op, first.grad, first.stop, first.cast, self.alike(first.args)) == (
            other.op, other.grad, other.stop, other.cast, self.alike(other.args))
        named = [(one.name, self.alike(one.value)) for one in first.kwargs] == [
            (one.name, self.alike(one.value)) for one in other.kwargs]
        if not (same and named):
            raise Unsupported(f"sequences of a list are not handled alike: {other.op} at {other.at}")

    def alike(self, argument: Argument) -> object:
        """An argument as it must be in every turn: sequences by the first one's, numbers left out."""
        if isinstance(argument, Ref):
            if argument.number in self.sums:
                found = self.sums[argument.number]
                return sorted((self.twins[one], factor) for one, factor in found.factors), found.rest
            return self.twins[argument.number]
        if isinstance(argument, tuple):
            return tuple(map(self.alike, argument))
        return "number" if type(argument) in (int, float) else argument

    def joined(self, record: Record) -> None:
        """The values of all sequences in one tensor: those of the first stand for all. Raises Unsupported."""
        parts = record.args[0]
        given = [one.number for one in parts if isinstance(one, Ref)] if isinstance(parts, tuple) else []
        owners = [self.known[one].of for one in given]
        if owners != list(range(len(self.lengths))) or len({repr(self.alike(Ref(one))) for one in given}) > 1:
            raise Unsupported(f"{record.op} at {record.at}: what is joined are not all sequences, in their order")
        self.images[record.outputs[0].number] = self.image(Ref(given[0]), record.at).number

    def emitted(self, record: Record, turns: Sequence[Record]) -> None:
        """Write down a record, of one turn for all."""
        rows = [one for one in references(record.args) if self.known[one].kind == ROW]
        alone = self.known[record.outputs[0].number].of is None if record.outputs else True
        if rows and named_by(record) in REDUCTIONS:
            self.images[record.outputs[0].number] = self.reduced(record, alone)
            return
        args = tuple(self.argument(tuple(turn.args[k] for turn in turns), record.at, bool(rows) and not alone)
                     for k in range(len(record.args)))
        kwargs = tuple(Keyword(one.name, self.argument(tuple(turn.kwargs[k].value for turn in turns), record.at,
                                                       bool(rows) and not alone))
                       for k, one in enumerate(record.kwargs))
        for output in record.outputs:
            self.images[output.number] = self.last + 1 + record.outputs.index(output)
        shapes = [self.shape(one) for one in record.outputs]
        self.put(record.op, args, kwargs, shapes, record)

    def shape(self, output: Output) -> tuple[int, ...]:
        """The shape of what stands for an output. Raises Unsupported where its own is none of a row."""
        known = self.known[output.number]
        if known.kind == ROW:
            own = sum(self.lengths) if known.of is None else self.lengths[known.of]
            if output.shape != (own,):
                raise Unsupported("a sequence of a list changes its shape")
            return (len(self.lengths), self.tokens)
        if known.kind == EACH and output.shape:
            raise Unsupported("a number of a sequence becomes something else")
        return (len(self.lengths),) if known.kind == EACH else output.shape

    def reduced(self, record: Record, alone: bool) -> int:
        """The sum or mean of rows, of the tokens alone: of each, or of all. Raises Unsupported for any other."""
        source, *others = record.args
        named = {one.name: one.value for one in record.kwargs}
        along = [*others[:1], *(named[one] for one in ("axis", "dim") if one in named)]
        kept = any(one is True for one in (*others[1:], named.get("keepdims"), named.get("keepdim")))
        if not isinstance(source, Ref) or kept or any(one not in ALONG for one in along):
            raise Unsupported(f"{record.op} at {record.at}: it goes along something else than a sequence")
        masked = self.put("aten.mul.Tensor", (self.image(source, record.at), self.mask), (), [self.whole], record)
        dims, shape = ((None, ()) if alone else ((1,), (len(self.lengths),)))
        total = self.put("aten.sum.dim_IntList", (masked, dims), (), [shape], record)
        if named_by(record) == "sum":
            return total.number
        count = self.put("aten.sum.dim_IntList", (self.mask, dims), (), [shape], record)
        return self.put("aten.div.Tensor", (total, count), (), [shape], record).number

    @property
    def whole(self) -> tuple[int, ...]:
        """The shape of rows with padding."""
        return (len(self.lengths), self.tokens)

    def argument(self, ones: Sequence[Argument], at: Place, column: bool) -> Argument:
        """What stands for an argument that has a value in every turn; beside rows, numbers of sequences as a column."""
        first = ones[0]
        if isinstance(first, tuple):
            return tuple(self.argument(tuple(one[k] for one in ones if isinstance(one, tuple)), at, column)
                         for k in range(len(first)))
        if isinstance(first, Ref):
            found, known = self.image(first, at), self.known[first.number]
            each = known.kind == EACH
            if column and known.kind == SHARED and known.shape:
                raise Unsupported(f"a sequence of a list meets a tensor that is none of it at {at}")
        elif type(first) in (int, float) and any(one != first for one in ones):
            if tuple(ones) != self.lengths:
                raise Unsupported(f"a number differs from sequence to sequence, and is not its length, at {at}")
            found = self.put("aten.sum.dim_IntList", (self.mask, (1,)), (), [(len(self.lengths),)], Record(
                "", (), (), (), at))
            each = True
        else:
            return first
        return self.put("aten.unsqueeze.default", (found, 1), (), [(len(self.lengths), 1)], Record(
            "", (), (), (), at)) if each and column else found

    def image(self, ref: Ref, at: Place) -> Ref:
        """What stands for a value: that of the first sequence for all, a sum over them for their sum."""
        number = ref.number
        if number in self.sums:
            return self.written(self.sums[number], self.known[number].of is None, at)
        image = self.images[number]
        return Ref(self.images[-image] if image < 0 else image)

    def written(self, terms: Terms, over: bool, at: Place) -> Ref:
        """A sum, written down; ``over`` all sequences, which must have one factor. Raises Unsupported."""
        grouped: dict[int, list[float]] = defaultdict(list)
        own = {one: self.known[one].of for one, _ in terms.factors}
        for one, factor in terms.factors:
            grouped[self.twins[one] if own[one] is not None else one].append(factor)
        shape = () if over else (len(self.lengths),)
        at_ = Record("", (), (), (), at)
        found: Ref | None = None
        for first, factors in grouped.items():
            several = any(own[one] is not None and self.twins[one] == first for one in own)
            if several and over and (len(factors) != len(self.lengths) or len(set(factors)) > 1):
                raise Unsupported(f"a sum leaves out sequences, or weighs them by numbers, at {at}")
            part = Ref(-first) if first < 0 else Ref(first)
            image = self.image(part, at)
            if several and over:
                image = self.put("aten.sum.default", (image,), (), [()], at_)
            image = self.put("aten.mul.Tensor", (image, factors[0]), (), [shape], at_)
            found = image if found is None else self.put("aten.add.Tensor", (found, image), (), [shape], at_)
        if found is None:
            raise Unsupported("a loop over sequences uses none of them")
        return self.put("aten.add.Tensor", (found, terms.rest), (), [shape], at_) if terms.rest else found

    def put(self, op: str, args: tuple[Argument, ...], kwargs: tuple[Keyword, ...], shapes: Sequence[tuple[int, ...]],
            model: Record) -> Ref:
        """Write down an operation as one that was done where another one was."""
        kinds = [one.dtype for one in model.outputs] or ["float64"]
        outputs = tuple(Output(self.last + 1 + k, shape, kinds[min(k, len(kinds) - 1)])
                        for k, shape in enumerate(shapes))
        self.last += len(outputs)
        self.records.append(Record(op, args, kwargs, outputs, model.at, model.grad, model.stop, model.item,
                                   cast=model.cast, literal=model.literal))
        return Ref(self.last - len(outputs) + 1)


def named_by(record: Record) -> str:
    """The name of an operation without framework, and of PyTorch's without overload."""
    framework, _, name = record.op.partition(".")
    return name.partition(".")[0] if framework == "aten" else name
