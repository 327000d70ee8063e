"""What a runner on GitHub understands of a line that a step prints."""

from dataclasses import dataclass

ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
IN_DATA = ("%0D", "%0A", "%25")
IN_PROPERTIES = ("%0D", "%0A", "%3A", "%2C", "%25")


@dataclass(frozen=True)
class Command:
    """A command with its properties and its data."""

    name: str
    properties: dict[str, str]
    data: str


def understood(line: str) -> Command:
    """The command on a line. The first :: after the name ends the properties, a comma ends each of them."""
    empty, head, data = line.split("::", 2)
    assert empty == ""
    name, _, listed = head.partition(" ")
    pairs = [one.split("=", 1) for one in listed.split(",") if one]
    return Command(name, {key: plain(value, IN_PROPERTIES) for key, value in pairs}, plain(data, IN_DATA))


def plain(text: str, escapes: tuple[str, ...]) -> str:
    """The text with its escapes undone, the one of the percent sign last."""
    for one in escapes:
        text = text.replace(one, ESCAPES[one])
    return text
