"""Recording in an interpreter that has a framework."""

from pathlib import Path

from grpo_symbolic.code.recording.recording import Request, record

TESTS = Path(__file__).resolve().parents[1]


def recorder(folder, interpreter):
    """A function that records functions of files in a folder of tests, each once."""
    known = {}

    def recorded(file, function, **asked):
        key = (file, function, repr(asked))
        if key not in known:
            known[key] = record(Request(str(TESTS / folder / file), function, python=interpreter, **asked))
        return known[key]
    return recorded


def operations(tape):
    """The names of the operations of a run, without the overload."""
    return [record.op.split(".")[1] for record in tape.runs[0].records]


def gradient(run):
    """The derivatives in the first input, in one row."""
    return run.gradients[0].array.values


def numbers(run, name):
    """The numbers of an input, in one row."""
    return next(one.array.values for one in run.inputs if one.name == name)
