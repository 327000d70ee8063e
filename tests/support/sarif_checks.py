"""What SARIF 2.1.0 asks of a log: the objects that this project writes, each property with its type."""

import re
from dataclasses import dataclass, field
from typing import Any

LEVELS = {"none", "note", "warning", "error"}
URI = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}")
VERSIONED = re.compile(r"[^/]+(/[^/]+)*/v[1-9][0-9]*")
LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)")


@dataclass(frozen=True)
class Shape:
    """An object: the properties it may have, those it must have, and one of which at least it must have."""

    properties: dict[str, Any]
    required: tuple[str, ...] = ()
    either: tuple[str, ...] = field(default=())


def positive(found: Any) -> bool:
    """Whether it is a number that counts lines or columns."""
    return isinstance(found, int) and not isinstance(found, bool) and found >= 1


def index(found: Any) -> bool:
    """Whether it is a place in a list."""
    return positive(found) or type(found) is int and found == 0


def text(found: Any) -> bool:
    """Whether it is a text."""
    return isinstance(found, str)


def truth(found: Any) -> bool:
    """Whether it is true or false."""
    return isinstance(found, bool)


def level(found: Any) -> bool:
    """Whether it is a level."""
    return found in LEVELS if text(found) else False


def reference(found: Any) -> bool:
    """Whether it is an address, of ASCII characters that need no escape."""
    return text(found) and URI.sub("", found) == "" and not found.startswith("../") and "/../" not in found


def literal(found: Any) -> bool:
    """Whether it is a message that names no argument and holds no link: all braces are doubled."""
    return text(found) and not re.search("[{}]", re.sub(r"\{\{|\}\}", "", found)) and not LINK.search(found)


def fingerprints(found: Any) -> bool:
    """Whether it maps versioned names to texts."""
    return isinstance(found, dict) and all(VERSIONED.fullmatch(key) and text(one) for key, one in found.items())


SHAPES = {
    "log": Shape({"$schema": reference, "version": lambda found: found == "2.1.0", "runs": ["run"]},
                 ("version", "runs")),
    "run": Shape({"tool": "tool", "invocations": ["invocation"], "results": ["result"],
                  "columnKind": lambda found: found in ("unicodeCodePoints", "utf16CodeUnits")}, ("tool",)),
    "tool": Shape({"driver": "component"}, ("driver",)),
    "component": Shape({"name": text, "version": text, "rules": ["rule"]}, ("name",)),
    "rule": Shape({"id": text, "shortDescription": "said", "fullDescription": "said", "help": "said",
                   "defaultConfiguration": "configuration"}, ("id",)),
    "said": Shape({"text": text, "markdown": text}, ("text",)),
    "configuration": Shape({"level": level, "enabled": truth}),
    "invocation": Shape({"executionSuccessful": truth, "toolExecutionNotifications": ["notification"]},
                        ("executionSuccessful",)),
    "notification": Shape({"level": level, "message": "message"}, ("message",)),
    "message": Shape({"text": literal}, (), ("text", "id")),
    "result": Shape({"ruleId": text, "ruleIndex": index, "level": level, "message": "message",
                     "locations": ["location"], "partialFingerprints": fingerprints}, ("message",)),
    "location": Shape({"physicalLocation": "physical", "logicalLocations": ["logical"]}),
    "physical": Shape({"artifactLocation": "artifact", "region": "region"}, (), ("artifactLocation", "address")),
    "artifact": Shape({"uri": reference}),
    "region": Shape({"startLine": positive, "startColumn": positive}, (), ("startLine", "charOffset", "byteOffset")),
    "logical": Shape({"name": text}),
}


def faults(found: Any, shape: Any = "log", at: str = "log") -> list[str]:
    """What is wrong with a log, each with its place."""
    if isinstance(shape, list):
        if not isinstance(found, list):
            return [f"{at}: no list"]
        return [fault for k, one in enumerate(found) for fault in faults(one, shape[0], f"{at}[{k}]")]
    if callable(shape):
        return [] if shape(found) else [f"{at}: {found!r}"]
    expected = SHAPES[shape]
    if not isinstance(found, dict):
        return [f"{at}: no object"]
    listed = [f"{at}: lacks {key}" for key in expected.required if key not in found]
    if expected.either and not set(expected.either) & set(found):
        listed.append(f"{at}: lacks any of {', '.join(expected.either)}")
    listed += [f"{at}: has {key}" for key in found if key not in expected.properties]
    return listed + [fault for key, one in found.items() if key in expected.properties
                     for fault in faults(one, expected.properties[key], f"{at}.{key}")] + misnumbered(found, shape, at)


def misnumbered(found: dict[str, Any], shape: str, at: str) -> list[str]:
    """The results of a run whose index is not that of the rule which they name."""
    if shape != "run" or listed_wrong(found):
        return []
    rules = [rule.get("id") for rule in found["tool"]["driver"].get("rules", [])]
    return [f"{at}.results[{k}]: no rule {one.get('ruleId')} at {one.get('ruleIndex')}"
            for k, one in enumerate(found.get("results", []))
            if "ruleIndex" in one and rules[one["ruleIndex"]:][:1] != [one.get("ruleId")]]


def listed_wrong(run: dict[str, Any]) -> bool:
    """Whether something else is wrong with the parts that name rules."""
    return bool(faults(run.get("tool"), "tool") or faults(run.get("results", []), ["result"]))
