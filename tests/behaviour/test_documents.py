"""Documents as a user has them checked: the table, its places and its count, and one sentence for what cannot be."""

import json
import os
import pty
import subprocess
import sys

import pytest
from commands import run, spawned

TRUE, FALSE = r"\sum_a \pi_\theta(a|s) = 1", r"\sum_a \pi_\theta(a|s) = 2"
UNREAD, NAMED, SAID_NOTHING = r"\oops > 0", r"\kappa \doteq 3", r"\beta + 1"
PAPER = rf"""\newcommand{{\p}}{{\pi_\theta(a|s)}}
\begin{{equation}}\label{{eq:sum}} \sum_a \p = 1 \end{{equation}}
$$ {FALSE} $$
\begin{{align}} \sum_a \p &= 1 \label{{eq:a}} \\ &\leq 2 \label{{eq:b}} \\ &\leq 3 \tag{{C}} \end{{align}}
\[ {UNREAD} \] \[ {NAMED} \] \[ {SAID_NOTHING} \]
\begin{{equation}} {TRUE} \end{{equation}}
"""


@pytest.fixture
def paper(tmp_path):
    """A paper with a statement of most kinds."""
    path = tmp_path / "paper.tex"
    path.write_text(PAPER, encoding="utf-8")
    return path


def rows(done):
    """The rows of the table, without the empty line after it and what follows."""
    return done.stdout.split("\n\n")[0].splitlines()


def test_the_table_has_place_verdict_label_and_reason_of_what_asks_for_attention(paper):
    done = run("check", str(paper))
    head, *found = rows(done)
    assert head.split() == ["place", "verdict", "label", "reason"]
    expected = {2: "proved", 3: "refuted", 4: "proved", 6: "proved"}
    signs = {line: PAPER.splitlines()[line - 1].index("=") + 1 for line in expected}
    assert [row.split(maxsplit=2)[:2] for row in found] == [
        [f"{paper}:{line}:{signs[line]}", status] for line, status in expected.items()]
    assert "eq:sum " in found[0]
    assert "eq:a, eq:b" in found[2]
    assert "  (4)  " in found[3]
    assert "Normalised" in found[0]
    assert "counterexample" in found[1]
    assert done.stdout.splitlines()[-1] == (
        "7 statements: 1 refuted, 1 unread, 3 proved, 1 definition, 1 no-claim (3 not listed: --all shows them)")
    assert done.returncode == 1


def test_all_lists_everything_and_strict_what_fails_by_it(paper):
    everything = run("check", str(paper), "--all")
    assert [row.split()[1] for row in rows(everything)[1:]] == [
        "proved", "refuted", "proved", "unread", "definition", "no-claim", "proved"]
    assert "not listed" not in everything.stdout
    assert "unread" in "".join(rows(run("check", str(paper), "--strict")))


def test_the_counterexample_follows_under_its_place(paper):
    assert f"\n\n{paper}:3:27: refuted: " in run("check", str(paper)).stdout


def test_a_proof_of_another_relation_names_it(tmp_path):
    path = tmp_path / "a.tex"
    path.write_text(rf"$$ {TRUE.replace('=', chr(92) + 'approx')} $$")
    assert rows(run("check", str(path)))[1].split(maxsplit=2)[2].startswith("=: ")


def test_several_files_share_one_table_without_a_column_that_is_empty(tmp_path, paper):
    notes, lines = tmp_path / "notes.md", tmp_path / "lines.jsonl"
    notes.write_text(f"# T\n\n$$ {TRUE} $$")
    lines.write_text(json.dumps({"latex": FALSE}) + "\n" + json.dumps({"id": "mine", "latex": TRUE}))
    head, first, second, third = rows(run("check", str(notes), str(lines)))
    assert head.split() == ["place", "verdict", "label", "reason"]
    assert first.startswith(f"{notes}:3:")
    assert second.startswith(f"{lines}:1 ")
    assert third.startswith(f"{lines}:2 ")
    assert "mine" in third
    assert rows(run("check", str(notes)))[0].split() == ["place", "verdict", "reason"]
    assert run("check", str(notes), str(paper)).stdout.splitlines()[-1].startswith("8 statements: 1 refuted")


def test_a_statement_stands_in_the_file_that_prints_it(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text(r"\input{parts/one} \input{parts/none}")
    (tmp_path / "parts" / "one.tex").write_text(f"\n$$ {FALSE} $$")
    done = run("check", str(tmp_path / "main.tex"), "--json")
    record = json.loads(done.stdout)
    assert record["file"] == str(tmp_path / "parts" / "one.tex")
    assert record["position"] == {"line": 2, "column": 27}
    assert done.stderr == (f"grpo-symbolic: {tmp_path}/main.tex, line 1: \\input{{parts/none}} is not followed: there "
                           "is no such file in the folder of the document\n")
    assert rows(run("check", str(tmp_path / "main.tex")))[1].startswith(f"{tmp_path}/parts/one.tex:2:27 ")


@pytest.fixture
def notebook(tmp_path):
    """A notebook whose second cell says something false."""
    path = tmp_path / "notes.ipynb"
    cells = [{"cell_type": "code", "source": "x"}, {"cell_type": "markdown", "source": ["so\n", f"$$ {FALSE} $$"]}]
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    return path


def test_a_place_in_a_notebook_is_a_line_of_a_cell(notebook):
    record = json.loads(run("check", str(notebook), "--json").stdout)
    assert (record["file"], record["position"]) == (str(notebook), {"cell": 2, "line": 2, "column": 27})
    assert rows(run("check", str(notebook)))[1].startswith(f"{notebook}:cell 2:2:27 ")


@pytest.mark.parametrize("kind", ["tex", "md", "ipynb", "jsonl", None])
def test_standard_input_is_what_it_is_said_to_be_or_tells(kind, notebook):
    text = {"tex": f"$$ {TRUE} $$ % $$ {FALSE} $$", "md": f"# 5%\n`$$ {FALSE} $$`\n\n$$ {TRUE} $$",
            "jsonl": json.dumps({"latex": TRUE}), "ipynb": notebook.read_text().replace("= 2", "= 1")}
    for name, content in text.items() if kind is None else [(kind, text[kind])]:
        done = run("check", "-", *(() if kind is None else ("--as", kind)), input=content)
        assert rows(done)[1].startswith("standard input:"), name
        assert done.stdout.splitlines()[-1] == "1 statement: 1 proved"


def test_what_every_ending_says_is_not_said_otherwise(tmp_path):
    for name in ("paper.tex", "notes"):
        (tmp_path / name).write_text("\\[ x + 1 > x \\]\n", encoding="utf-8")
    assert run("new", str(tmp_path / "folder")).returncode == 0
    told, folder, untold = (str(tmp_path / name) for name in ("paper.tex", "folder", "notes"))
    for files in ((told,), (folder,), (told, folder)):
        done = run("check", *files, "--as", "md")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "--as md is for standard input" in done.stderr
    assert run("check", told, "--as", "tex").returncode == 0
    assert run("check", told, untold, "--as", "md").returncode == 0


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.ipynb", b'{"cells": [', "not JSON"), ("a.ipynb", b'{"nbformat": 3}', "of version 3"),
    ("a.ipynb", b'{"cells": [], "nbformat": 4, "x": "' + b"A" * 50_000_000 + b'"}', "longer than 20,000,000 bytes"),
    ("a.md", b"\x89PNG\r\n\x1a\n\0\0", "a binary file"), ("a.tex", b"\xff\xd8\xff", "not UTF-8 text"),
    ("a.pdf", b"%PDF", "--as says"), ("a.md", b"Nothing here: `$$ 1 = 2 $$`.", "no mathematics was found"),
    ("a.ipynb", b'{"cells": [], "nbformat": 4}', "no mathematics was found"),
])
def test_what_cannot_be_checked_is_one_sentence(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    done = run("check", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stderr) < 400


def memory(path):
    """The most memory that a check takes, in megabytes."""
    code = ("import sys; from grpo_symbolic.cli import main; sys.argv = ['grpo-symbolic', 'check', "
            f"{str(path)!r}]; main(); print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout) // 1024


@pytest.mark.long
@pytest.mark.parametrize("content", [
    '{"cells": [], "nbformat": 4, "x": "' + "A" * 50_000_000 + '"}',
    '{"nbformat": 3, "x": "' + "A" * 19_000_000 + '\N{GRINNING FACE}"}',
    '{"nbformat": 3, "x": [' + "[]," * 300_000 + "{}]}",
])
def test_a_large_notebook_takes_little_memory(tmp_path, content):
    path = tmp_path / "a.ipynb"
    path.write_text(content, encoding="utf-8")
    assert memory(path) < 300


def in_a_terminal(*arguments):
    """What a command prints to a pipe while its standard error is a terminal, and what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "grpo_symbolic", *arguments], stdout=subprocess.PIPE, stderr=theirs,
                          env={**os.environ, "TERM": "xterm"}) as process:
        os.close(theirs)
        assert process.stdout is not None
        out, shown = process.stdout.read(), b""
        try:
            while part := os.read(ours, 65_536):
                shown += part
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return out.decode(), shown.decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_shows_how_far_it_is_and_the_records_go_where_they_belong(paper, jobs):
    out, shown = in_a_terminal("check", str(paper), "--json", "--jobs", jobs)
    assert len([json.loads(line) for line in out.splitlines()]) == 7
    assert all(f"{number}/7" in shown for number in range(8))
    assert "verdict" not in shown


def test_processes_side_by_side_say_the_same(paper):
    def without_times(done):
        return [{**json.loads(line), "ms": 0, "links": []} for line in done.stdout.splitlines()]

    one, two = (spawned("check", str(paper), "--json", "--jobs", jobs) for jobs in ("1", "2"))
    assert without_times(one) == without_times(two)
