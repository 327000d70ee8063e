"""Text from streams of bytes, of which no more is read than is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from .limits import MAX_DOCUMENT, UnusableInput, check_size


def text_of(stream: BinaryIO) -> str:
    """The text of a stream, of which no more is read than a document may hold, a line break a character; raises
    UnusableInput."""
    found = stream.read(4 * MAX_DOCUMENT + 1)
    if b"\0" in found:
        raise UnusableInput("a binary file, or text that is not UTF-8")
    check_size((len(found) + 3) // 4)
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInput(f"not UTF-8 text (byte {error.start})") from None
    check_size(len(text))
    return text.replace("\r\n", "\n")


def lines_of(stream: BinaryIO) -> Iterator[str | UnusableInput]:
    """The lines of a stream one by one, or why one is none; of one beyond all measure only as much as shows that."""
    while line := stream.readline(4 * MAX_DOCUMENT + 4):
        if len(line) > 4 * MAX_DOCUMENT:
            yield line.decode("utf-8", "replace")
            while not line.endswith(b"\n") and (line := stream.readline(MAX_DOCUMENT)):
                pass
            continue
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            yield UnusableInput(f"this is not UTF-8 text (byte {error.start})")
