"""The ways in which a text may be read, where it leaves something open: each is a reading of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ..names.defining import Failed
from ..names.environment import Environment
from ..notation.profiles import Profile, profile_named
from ..parsing.wrapping import unwrapped
from ..read_error import Blocked, Fault, Fork, Malformed, ReadError
from .in_steps import ways_to_read
from .reader import read_statement
from .silence import NO_CLAIM, SOME, existential, silence
from .statement import Statement

MAX_READINGS = 16


class Tried(NamedTuple):
    """One reading: what it takes the open things for, and what is read then."""

    choices: Mapping[str, int]
    said: tuple[str, ...]
    found: Statement | ReadError

    def with_option(self, fork: Fork, number: int, found: Statement | ReadError) -> Tried:
        """This reading, with one thing more decided."""
        return Tried({**self.choices, fork.subject: number}, (*self.said, fork.options[number]), found)


class Ambiguity(ReadError):
    """A text with several readings, all of them listed."""

    def __init__(self, error: ReadError, readings: Sequence[Tried]) -> None:
        super().__init__(error.reason, error.line, error.column, error.part, error.status, error.fork)
        self.plain, self.readings = error, tuple(readings)


def read_text(latex: str, where: Sequence[str] = (), assume: Sequence[str] = (),
              environment: Environment | None = None, profile: str | Profile = "paper",
              failed: Sequence[Failed] = (), let: Sequence[str] = (), called: Sequence[str] = ()) -> Statement:
    """The statement that a text makes, as ``read_statement`` has it. Raises Ambiguity where it may be read in several
    ways, at most ``MAX_READINGS``; what leaves more than that open is refused as any text that cannot be read.
    """
    def read(choices: Mapping[str, int]) -> Statement | ReadError:
        try:
            return read_statement(latex, where, assume, environment, profile, failed, let, choices, called)
        except ReadError as error:
            return error

    first = read({})
    if isinstance(first, Statement):
        return first
    if first.fork is None and not (failed or called or environment is not None and environment.names):
        ways = ways_to_read(latex, where, assume, partial(read_statement, assume=assume, profile=profile, let=let)) if \
            first.status in (Fault.status, Blocked.status) else []
        if len(ways) == 1:
            return ways[0].found
        if ways:
            raise Ambiguity(first, [Tried({}, way.said, way.found) for way in ways])
    if first.fork is None:
        refused = first.status in (Fault.status, Malformed.status)
        said = silence(unwrapped(latex), profile_named(profile)) if refused else ""
        if first.status == Fault.status and not said and existential(latex):
            raise ReadError(SOME, status=Blocked.status)
        raise ReadError(f"{said}: nothing is claimed", status=NO_CLAIM) if said else first
    open_, done = [Tried({}, (), first)], list[Tried]()
    while open_:
        one = open_.pop()
        fork = one.found.fork if isinstance(one.found, ReadError) else None
        if fork is None:
            done.append(one)
            continue
        if len(open_) + len(done) + len(fork.options) > MAX_READINGS:
            raise first
        for number in reversed(range(len(fork.options))):
            open_.append(one.with_option(fork, number, read({**one.choices, fork.subject: number})))
    raise Ambiguity(first, done)
