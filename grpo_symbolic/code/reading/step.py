"""One operation of a tape with what is known of its arguments, in every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..algebra.nodes import Expression, decimal, number
from ..recording.tape import Argument, Record, Ref
from ..unsupported import Unsupported
from .axes import Dimension, Dimensions
from .naming import Names


@dataclass(frozen=True)
class Known:
    """A value: what it is, its dimensions, its shape in every run; or why it cannot be read.

    ``boolean`` says that it is one of truth values.
    """

    meaning: Expression | Unsupported
    dimensions: tuple[Dimension, ...]
    shapes: tuple[tuple[int, ...], ...]
    boolean: bool = False


@dataclass(frozen=True)
class Step:
    """An operation: its record in every run, the values it is called with, the numbers and axes that are known.

    ``offsets`` collects how much further along than scores their labels are.
    """

    records: Sequence[Record]
    values: Mapping[int, Known]
    names: Names
    axes: Dimensions
    offsets: set[int]

    @property
    def record(self) -> Record:
        """The record of the first run."""
        return self.records[0]

    @property
    def made(self) -> tuple[Dimension, ...]:
        """The dimensions of what it makes. Raises Unsupported where they are no axes."""
        return self.axes.of([one.outputs[0].shape for one in self.records])

    @property
    def dtype(self) -> str:
        """The type of the elements of what it makes."""
        return self.record.outputs[0].dtype

    def raw(self, place: int | None, *keywords: str) -> Argument:
        """An argument by its place or a keyword, as it is in the first run; None where it is left out."""
        return _argument(self.record, place, keywords)

    def known(self, argument: Ref) -> Known:
        """What is known of a value."""
        return self.values[argument.number]

    def value(self, place: int, *keywords: str) -> Expression:
        """What an argument is. Raises Unsupported where that cannot be read."""
        found = self.optional(place, *keywords)
        if found is None:
            raise Unsupported("an argument is missing")
        return found

    def optional(self, place: int | None, *keywords: str) -> Expression | None:
        """What an argument is, None where it is left out. Raises Unsupported where that cannot be read."""
        argument = self.raw(place, *keywords)
        if argument is None:
            return None
        if isinstance(argument, Ref):
            return self._read(argument)
        if isinstance(argument, bool):
            return number(int(argument))
        if isinstance(argument, (int, float)):
            return self.names.of([self._number(record, place, keywords) for record in self.records])
        if isinstance(argument, str) and argument in ("inf", "-inf", "nan"):
            raise Unsupported("a number is not finite")
        raise Unsupported("an argument is no number")

    def infinity(self, place: int) -> int:
        """1 or −1 where an argument is that infinity in every run, 0 for numbers. Raises Unsupported for others."""
        found = {str(_argument(one, place, ())) for one in self.records}
        if found in ({"inf"}, {"-inf"}):
            return 1 if found == {"inf"} else -1
        self.value(place)
        return 0

    def number(self, place: int | None, run: int, *keywords: str) -> float | None:
        """A numeral among the arguments as it is in one run, None where it is left out."""
        found = _argument(self.records[run], place, keywords)
        if found is not None and (isinstance(found, bool) or not isinstance(found, (int, float))):
            raise Unsupported("an argument is no number")
        return found

    def dimensions(self, place: int) -> tuple[Dimension, ...]:
        """The dimensions of an argument."""
        return self._known(place).dimensions

    def shapes(self, place: int) -> tuple[tuple[int, ...], ...]:
        """The shape of an argument in every run."""
        return self._known(place).shapes

    def _known(self, place: int) -> Known:
        argument = self.raw(place)
        if not isinstance(argument, Ref):
            return Known(decimal(0), (), ((),) * len(self.records))
        self._read(argument)
        return self.values[argument.number]

    def _read(self, argument: Ref) -> Expression:
        found = self.values[argument.number].meaning
        if isinstance(found, Unsupported):
            raise found
        return found

    @staticmethod
    def _number(record: Record, place: int | None, keywords: tuple[str, ...]) -> float:
        found = _argument(record, place, keywords)
        assert isinstance(found, (int, float))
        return found


def _argument(record: Record, place: int | None, keywords: tuple[str, ...]) -> Argument:
    if place is not None and place < len(record.args):
        return record.args[place]
    return next((record.keyword(name) for name in keywords if record.keyword(name) is not None), None)


def whole(value: object) -> int:
    """A position that is written as a numeral."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        raise Unsupported("a dimension or position is no numeral")
    return int(value)
