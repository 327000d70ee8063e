"""A log of what a check found in SARIF 2.1.0, the format that services for the analysis of sources exchange."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .findings import RULES, Checked, Finding, Rule, findings

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "statementHash/v1"

Node = dict[str, Any]


def log(checked: Sequence[Checked], strict: bool, fault: str = "") -> str:
    """The log as JSON: a run with a result a finding; ``fault`` says why input could not be used, if so.

    What is proved, defined or claims nothing is no result.
    """
    invocation: Node = {"executionSuccessful": not fault}
    if fault:
        invocation["toolExecutionNotifications"] = [{"level": "error", "message": message(fault)}]
    driver = {"name": "grpo-symbolic", "version": version("grpo-symbolic"), "rules": [descriptor(one) for one in RULES]}
    run = {"tool": {"driver": driver}, "invocations": [invocation], "columnKind": "unicodeCodePoints",
           "results": results(findings(checked, strict))}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def descriptor(rule: Rule) -> Node:
    """A rule as the log describes it."""
    return {"id": rule.id, "shortDescription": {"text": rule.said}, "fullDescription": {"text": rule.said},
            "help": {"text": rule.help}, "defaultConfiguration": {"level": rule.level(strict=False)}}


def results(found: Iterable[Finding]) -> list[Node]:
    """A result a finding. Findings on the same text in one file are told apart by their order."""
    copies: Counter[tuple[str, str]] = Counter()
    listed = []
    for one in found:
        digest = fingerprint(one)
        copies[one.source.file, digest] += 1
        copy = copies[one.source.file, digest]
        listed.append({
            "ruleId": one.rule.id, "ruleIndex": RULES.index(one.rule), "level": one.level,
            "message": message(one.text), "locations": [location(one)],
            "partialFingerprints": {FINGERPRINT: digest if copy == 1 else f"{digest}:{copy}"}})
    return listed


def fingerprint(found: Finding) -> str:
    """What stays where lines move: a digest of the statement, however it is set in lines, and the number of its
    link."""
    text = " ".join([str(found.link), *found.source.latex.split()])
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def message(text: str) -> Node:
    """A text that is taken as it stands: braces would name arguments, and a bracket before a parenthesis a link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def location(found: Finding) -> Node:
    """Where a finding is: the statement by its id, and if it stands in a file, the place there."""
    named: Node = {"logicalLocations": [{"name": found.name}]}
    if not found.source.file:
        return named
    known = {"startLine": found.line, "startColumn": found.column}
    region = {key: value for key, value in known.items() if value is not None}
    physical = {"artifactLocation": {"uri": uri(found.source.file)}} | ({"region": region} if region else {})
    return {"physicalLocation": physical} | named


def uri(file: str) -> str:
    """The address of a file; of one inside the current folder it is relative."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(file))
