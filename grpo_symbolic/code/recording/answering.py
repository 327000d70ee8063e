"""What the process for the user's code does with a request: it records the function, or runs it on a given batch."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

from .arguments import Told, bindings, literal, made_and_called, parameters_of
from .guard import Guard
from .loading import code_of, framework_of, function_of, module_of
from .recorded import Places, Unrecorded
from .runs import Runs, Subject, all_runs, evaluated_on, front_end, told_constants, told_roles, told_settings
from .tape import Tape, TapeError
from .tape_json import from_json, to_json


@dataclass(frozen=True)
class Found:
    """The function that is asked for, what is run in its place, and their module."""

    function: Callable[..., Any]
    run: Callable[..., Any]
    module: ModuleType


def answer(request: Mapping[str, Any], folder: str) -> dict[str, str]:
    """The tape as text, or the one sentence that says why there is none; it is to be written to a folder."""
    try:
        return {"tape": to_json(tape_of(request, folder))}
    except (Unrecorded, TapeError) as fault:
        return {"fault": str(fault)}


def tape_of(request: Mapping[str, Any], answers: str) -> Tape:
    """The tape of the function that is asked for; of one run where the request has a batch.

    Raises Unrecorded where it cannot be recorded.
    """
    folder = os.path.dirname(os.path.abspath(request["file"]))
    found = imported(request, Places(folder, "\0"))
    framework = request["framework"] or framework_of(found.run, found.module)
    front = front_end(framework)
    parameters, others = parameters_of(found.run)
    said = Told(request["roles"], request["constants"],
                {name: literal(name, text) for name, text in request["settings"].items()})
    kept = [one for one in parameters if one.name != "function" or not request["adapter"]]
    run = made_and_called(found.run) if isinstance(found.run, type) else found.run
    subject = Subject(run, bindings(kept, said, others), request["output"], folder, front)
    runs = watched(subject, request.get("batch"), Guard(Places(folder, front.FOLDER), answers))
    code = code_of(found.function)
    return Tape(framework, front.version(), request["function"], os.path.basename(request["file"]),
                code.co_firstlineno if code else 0, told_roles(subject.bindings), told_settings(subject.bindings),
                runs.traced, runs.checks, front.EXACT, small=runs.small,
                given=told_constants(subject.bindings))


def imported(request: Mapping[str, Any], places: Places) -> Found:
    """The function that is asked for, and its adapter. Raises Unrecorded where they cannot be imported."""
    module = load(request["file"], places)
    function = function_of(module, request["function"])
    if not request["adapter"]:
        return Found(function, function, module)
    file, _, name = request["adapter"].rpartition(":")
    adapter = function_of(load(file, places), name)
    takes = any(one.name == "function" for one in parameters_of(adapter)[0])
    return Found(function, partial(adapter, function=function) if takes else adapter, module)


def load(file: str, places: Places) -> ModuleType:
    """The module of a file. Raises Unrecorded where it cannot be imported."""
    module: ModuleType = told(lambda: module_of(os.path.abspath(file)), places, f"importing {os.path.basename(file)}")
    return module


def watched(subject: Subject, batch: str | None, guard: Guard) -> Runs:
    """The runs of a subject, or that on a batch. Raises Unrecorded where it does not come to an end as it should."""
    places = guard.places
    with guard.watching():
        if batch is None:
            runs: Runs = told(lambda: all_runs(subject), places, "the function itself")
            return runs
        run, = from_json(batch).runs
        value, gradients = told(lambda: evaluated_on(subject, run), places, "the function itself")
        return Runs((replace(run, value=value, gradients=gradients),), (), ())


def told(action: Callable[[], Any], places: Places, what: str) -> Any:
    """What an action gives. Raises Unrecorded for whatever the user's code raises in it."""
    try:
        return action()
    except Unrecorded as fault:
        raise fault
    except BaseException as fault:
        at = places.of_fault(fault)
        message = f": {fault}" if str(fault) else ""
        message += "; --python names an interpreter that has it" if isinstance(fault, ModuleNotFoundError) else ""
        raise Unrecorded(f"{what} raised {type(fault).__name__}{f' at {at}' if at else ''}{message}") from fault
