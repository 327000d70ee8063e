"""What the process for the user's code does with a request: it records the function, or runs it on a given batch."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from .arguments import Told, bindings, literal, parameters_of
from .guard import Guard
from .loading import code_of, framework_of, function_of, module_of
from .recorded import Places, Unrecorded
from .runs import Subject, all_runs, front_end, told_roles, told_settings
from .tape import Tape
from .tape_json import to_json


def answer(request: Mapping[str, Any]) -> dict[str, str]:
    """The tape as text, or the one sentence that says why there is none."""
    try:
        return {"tape": to_json(tape_of(request))}
    except Unrecorded as fault:
        return {"fault": str(fault)}


def tape_of(request: Mapping[str, Any]) -> Tape:
    """The tape of the function that is asked for.

    Raises Unrecorded where it cannot be recorded.
    """
    file = os.path.abspath(request["file"])
    folder = os.path.dirname(file)
    module = told(lambda: module_of(file), Places(folder, "\0"), f"importing {os.path.basename(file)}")
    function = function_of(module, request["function"])
    framework = request["framework"] or framework_of(function, module)
    front = front_end(framework)
    parameters, others = parameters_of(function)
    said = Told(request["roles"], request["constants"],
                {name: literal(name, text) for name, text in request["settings"].items()})
    subject = Subject(function, bindings(parameters, said, others), request["output"], folder, front)
    places = Places(folder, front.FOLDER)
    guard = Guard(places)
    with guard.watching():
        runs, checks = told(lambda: all_runs(subject), places, "the function itself")
    code = code_of(function)
    return Tape(framework, front.version(), request["function"], os.path.basename(file),
                code.co_firstlineno if code else 0, told_roles(subject.bindings), told_settings(subject.bindings),
                runs, checks, front.EXACT)


def told(action: Callable[[], Any], places: Places, what: str) -> Any:
    """What an action gives. Raises Unrecorded for whatever the user's code raises in it."""
    try:
        return action()
    except Unrecorded as fault:
        raise fault
    except BaseException as fault:
        at = places.of_fault(fault)
        message = f": {fault}" if str(fault) else ""
        raise Unrecorded(f"{what} raised {type(fault).__name__}{f' at {at}' if at else ''}{message}") from fault
