"""Many statements on a cluster of Dask on this machine: how long they take, and what that comes to for many more.

    python benchmarks/many.py CASES.jsonl... [--statements 10000] [--workers 2] [--write]

The statements are those of the cases and of the built-in paper, again and again, each time with one more number in it,
so that none has been checked before; a second run begins with what the first has found. With --write the table goes
into docs/many-documents.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, sleep

PAGE = Path(__file__).parent.parent / "docs" / "many-documents.md"
START, END = "<!-- measured -->\n", "<!-- end -->\n"
PROJECTED = 10**7
SESSION, USED = 3, slice(11, 13)  # where a line of /proc has them, after the name of the program


def statements(files: list[Path]) -> list[dict[str, object]]:
    """The statements that are repeated."""
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    listed = [{key: line[key] for key in ("latex", "where", "assume", "let") if key in line} for line in lines]
    if listed:
        return listed
    from grpo_symbolic.latex.printing.printer import parts
    from grpo_symbolic.paper.collection import items

    said = [parts(item.statement) for item in items() if not item.printed and not isinstance(item.statement, tuple)]
    return [{"latex": latex, "where": list(where), "assume": list(assume)} for latex, where, assume in said]


def fresh(found: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """The statements without end, each with a number of its own assumed of a symbol that nothing uses."""
    for number, one in enumerate(cycle(found)):
        yield {**one, "let": [*one.get("let", []), rf"z \in [0, {number + 1}]"], "id": str(number)}  # type: ignore


def seconds(file: Path, workers: int, folder: Path) -> tuple[float, float]:
    """How long a check takes, by the clock, and of the processors' time."""
    line = [sys.executable, "-m", "grpo_symbolic", "check", str(file), "--json", "--cluster", "local", "--jobs",
            str(workers), "--resume", str(folder)]
    start, used = perf_counter(), dict[str, float]()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None:
        used |= times(process.pid)
        sleep(0.5)
    return perf_counter() - start, sum(used.values())


def times(session: int) -> dict[str, float]:
    """The processor's time that each process of a session has used so far, in seconds."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = path.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(told[SESSION]) == session:
                found[path.parent.name] = sum(map(int, told[USED])) / os.sysconf("SC_CLK_TCK")
    return found


def table(count: int, workers: int, first: tuple[float, float], again: tuple[float, float]) -> str:
    """What was measured, as a table."""
    rows = [(f"{workers} workers, Python {platform.python_version()}", count, *first),
            ("the same once more, with `--resume`", count, *again)]
    checking, passing = (used / count for _, used in (first, again))
    measured = [f"| {on} | {size:,} | {1e3 * used / size:,.1f} ms | {used:,.0f} s | {clock:,.0f} s |"
                for on, size, clock, used in rows]
    projected = [f"| {on} | {PROJECTED:,} | {1e3 * each:,.1f} ms | {PROJECTED * each / 3600:,.1f} h "
                 f"| {PROJECTED * each / size / 3600:,.1f} h |"
                 for on, size, each in (("100 cores", 100, checking), ("1,000 cores", 1000, checking),
                                        ("the process that reads and prints", 1, passing))]
    return "\n".join(["| on | statements | processor’s time each | in all | by the clock |", "|---|--:|--:|--:|--:|",
                      *measured, *projected]) + "\n"


def main() -> None:
    """Measure, print, and write where that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", type=Path)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "many.jsonl"
        lines = map(json.dumps, islice(fresh(statements(told.cases)), told.statements))
        file.write_text("\n".join(lines), encoding="utf-8")
        first, again = (seconds(file, told.workers, Path(name) / "kept") for _ in range(2))
    found = table(told.statements, told.workers, first, again)
    print(found)
    if told.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(START)
        PAGE.write_text(f"{before}{START}{found}{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
