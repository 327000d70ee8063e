"""What the process for the user's code does with a request: records the function, or runs it on a given batch."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from .arguments import Told, bindings, literal, parameters_of
from .loading import code_of, framework_of, function_of, module_of
from .recorded import Places, Unrecorded
from .runs import Subject, all_runs, front_end, told_roles, told_settings
from .tape import Tape
from .tape_json import to_json


def answer(request: Mapping[str, Any]) -> dict[str, str]:
    """The tape as text, or the one sentence that says why there is none."""
    places = Places(os.path.dirname(os.path.abspath(request["file"])), "\0")
    try:
        return {"tape": to_json(tape_of(request))}
    except Unrecorded as fault:
        return {"fault": str(fault)}
    except BaseException as fault:  # whatever the user's code does
        at = places.of_fault(fault)
        return {"fault": f"the function itself raised {type(fault).__name__}{f' at {at}' if at else ''}: {fault}"}


def tape_of(request: Mapping[str, Any]) -> Tape:
    """The tape of the function that is asked for.

    Raises Unrecorded where it cannot be recorded, and whatever the user's code raises.
    """
    file = os.path.abspath(request["file"])
    module = module_of(file)
    function = function_of(module, request["function"])
    framework = request["framework"] or framework_of(function, module)
    front = front_end(framework)
    parameters, others = parameters_of(function)
    told = Told(request["roles"], request["constants"],
                {name: literal(name, text) for name, text in request["settings"].items()})
    subject = Subject(function, bindings(parameters, told, others), request["output"], os.path.dirname(file), front)
    runs, checks = all_runs(subject)
    code = code_of(function)
    return Tape(framework, front.version(), request["function"], os.path.basename(file),
                code.co_firstlineno if code else 0, told_roles(subject.bindings), told_settings(subject.bindings),
                runs, checks)
