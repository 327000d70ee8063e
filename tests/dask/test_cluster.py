"""A cluster of Dask on this machine: what it answers, and what becomes of what ends its processes."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing

import pytest
from commands import run
from places import ROOT
from squares import lost, squares

from grpo_symbolic.exits import Unusable
from grpo_symbolic.running import cluster
from grpo_symbolic.running.lane import CUT_OFF, ENDED
from grpo_symbolic.running.work import Batch, Work

NOTE = str(ROOT / "tests" / "documents" / "kl-estimators.tex")


def records(*arguments):
    """The records of a check, without what depends on the time that it took."""
    done = run("check", *arguments, "--json")
    assert done.returncode in (0, 1), done.stderr
    return [{key: value for key, value in json.loads(line).items() if key not in ("ms", "links", "spot_checks")}
            for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def address():
    """The address of a scheduler with two workers."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=0) as made:
        yield made.scheduler_address


def worked(address, folder, count=12, size=3, **told):
    """What a cluster answers to the numbers up to one."""
    batches = (Batch(str(folder), range(start, start + size), **told) for start in range(0, count, size))
    return list(cluster.on_cluster(batches, Work(squares, lost), address, 2))


def test_it_says_what_one_process_says_and_begins_with_what_is_kept(tmp_path):
    lines = [json.dumps({"latex": rf"\sum_a \pi_\theta(a|s) + {number} = {number + number % 2 + 1}"})
             for number in range(40)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("new", str(tmp_path / "folder")).returncode == 0
    files = (str(tmp_path / "many.jsonl"), NOTE, str(tmp_path / "folder"))
    found = records(*files)
    assert len(found) > 50
    kept = ("--resume", str(tmp_path / "kept"))
    assert records(*files, "--cluster", "local", "--jobs", "2", *kept) == found
    assert records(*files, *kept) == found


def test_answers_come_in_order(address, tmp_path):
    assert worked(address, tmp_path, 42) == [number * number for number in range(42)]


@pytest.mark.parametrize("whom", ["child", "worker"])
def test_a_killed_process_loses_nothing(address, tmp_path, whom):
    (tmp_path / "4").write_text(f"{whom} 1", encoding="utf-8")
    assert worked(address, tmp_path) == [number * number for number in range(12)]
    assert (tmp_path / "4").read_text(encoding="utf-8") == f"{whom} -1"


def test_what_kills_its_process_again_and_again_is_lost_alone(address, tmp_path):
    (tmp_path / "4").write_text("child 99", encoding="utf-8")
    assert worked(address, tmp_path) == [(4, ENDED) if number == 4 else number * number for number in range(12)]


@pytest.mark.parametrize(("count", "size"), [(12, 3), (40, 1), (24, 2)])
def test_what_kills_workers_again_and_again_is_lost_alone(address, tmp_path, count, size):
    (tmp_path / "4").write_text("worker 99", encoding="utf-8")
    found = worked(address, tmp_path, count, size)
    assert found == [(4, ENDED) if number == 4 else number * number for number in range(count)]


def test_what_hangs_is_cut_off(address, tmp_path):
    (tmp_path / "4").write_text("hangs 99", encoding="utf-8")
    found = worked(address, tmp_path, seconds=1)
    assert found == [(4, CUT_OFF.format(1)) if number == 4 else number * number for number in range(12)]


def test_workers_of_another_version_are_refused(address, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "program", lambda: "another")
    with pytest.raises(Unusable, match="another version"):
        worked(address, tmp_path)


def test_whoever_leaves_early_leaves_no_process(tmp_path):
    work = Work(squares, lost)
    with closing(cluster.on_cluster([Batch(str(tmp_path), range(9))], work, "local", 1)) as found:
        assert next(found) == 0
        inside = processes()
    assert processes() < inside


def processes():
    """How many processes this one has started, and those in turn."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())

    def ours(process):
        return process == os.getpid() or process in parents and ours(parents[process])

    return sum(map(ours, parents))


def test_an_address_where_nothing_is_said_is_one_sentence(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    done = run("check", NOTE, "--cluster", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stderr.startswith("grpo-symbolic: --cluster tcp://127.0.0.1:9: no scheduler of Dask answers there")
    assert done.stderr.count("\n") == 1


def test_nothing_but_what_was_asked_for_is_said():
    done = subprocess.run([sys.executable, "-m", "grpo_symbolic", "check", NOTE, "--cluster", "local", "--jobs", "1"],
                          capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (run("check", NOTE).returncode, "")


def test_an_interruption_at_a_terminal_is_one_line(tmp_path):
    long = tmp_path / "long.jsonl"
    line = json.dumps({"latex": r"\exp(r(s,a)) + \exp(f(s,a)) + \exp(r(s,a) f(s,a)) \geq 1"})
    long.write_text(f"{line}\n" * 500, encoding="utf-8")
    command = [sys.executable, "-m", "grpo_symbolic", "check", str(long), "--json", "--cluster", "local"]
    process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
                               start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
    assert json.loads(process.stdout.readline())["verdict"] == "undecided"
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "grpo-symbolic: interrupted\n")
