"""A page on loss functions: what each computes, its verdicts, the batch that refutes it, its facts beside its lines."""

from html import unescape

import pytest
from commands import run
from marked_losses import HEAD

from grpo_symbolic.code.telling.loss_page import cell, extent, fits

pytestmark = pytest.mark.long

LOSSES = HEAD + """
@gs.loss_is("grpo")
def wrong(logp, old, ref, adv, mask, beta=0.04, eps=0.2):  # <b>bold</b>
    ratio, adv = np.exp(logp - old), adv[:, None]
    clipped = np.clip(ratio, 1 - eps, 1 + eps)
    k3 = np.exp(ref - logp) - (ref - logp) - 1
    return -((np.minimum(ratio * adv, clipped * adv) - beta * k3) * mask).sum() / mask.sum()
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(LOSSES, encoding="utf-8")
    return path


def page(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def test_it_shows_what_each_function_computes_and_whether_that_was_asked_for(file, tmp_path):
    done = run("loss", str(file), "--run", "--report", str(tmp_path / "made"))
    assert done.returncode == 1
    assert str(tmp_path / "made" / "index.html") in done.stdout.splitlines()
    text = page(tmp_path / "made")
    for anchor, status in (("right-value", "proved"), ("right-gradient", "proved"), ("wrong-value", "refuted"),
                           ("wrong-gradient", "refuted"), ("wrong-computes", "no-claim")):
        assert text.count(f'class="statement {status}"') >= 1
        assert any(f'{anchor}" class="statement {status}"' in line for line in text.splitlines()), anchor


def test_it_shows_the_batch_token_by_token_and_what_both_come_to(file, tmp_path):
    run("loss", f"{file}:wrong", "--run", "--report", str(tmp_path / "made"))
    text = page(tmp_path / "made")
    gradient = text[text.index('-wrong-gradient" class'):]
    heads = gradient[gradient.index("<thead>"):gradient.index("</thead>")]
    assert [one.partition("<")[0] for one in heads.split('<th scope="col">')[1:]] == [
        "response", "token", "adv", "ref", "mask", "old", "logp", "the code", "the objective"]
    rows = [[one.partition("<")[0] for one in line.split("<td>")[1:]] for line in gradient.splitlines()
            if line.strip().startswith("<tr><td>")]
    assert all(len(row) == 9 for row in rows)
    assert any(code != objective for *_, code, objective in rows)
    assert any("padding" in row[1] for row in rows)
    assert all(code == "0" for row in rows if "padding" in row[1] for code in row[-2:])


def test_formulas_among_the_facts_are_typeset(file, tmp_path):
    run("loss", f"{file}:wrong", "--run", "--report", str(tmp_path / "made"))
    text = page(tmp_path / "made")
    facts = text[text.index('<dl class="facts">'):]
    read = facts[facts.index("read as</dt>"):]
    assert "<dd><math>" in read[:40]
    assert "\\" not in facts[:facts.index("</dl>")]


def test_it_shows_facts_and_lines_and_obeys_none_of_them(file, tmp_path):
    run("loss", f"{file}:wrong", "--run", "--report", str(tmp_path / "made"))
    text = page(tmp_path / "made")
    facts = text[text.index('<dl class="facts">'):]
    for label in ("penalty", "aggregation", "clip", "hypotheses"):
        assert f"<dt>{label}</dt>" in facts
    assert "k3" in facts
    assert "token mean" in facts
    assert "<b>bold</b>" not in text
    shown = unescape(text)
    assert all(line in shown for line in LOSSES.splitlines()[12:18])
    noted = text[text.index('class="noted"'):]
    assert "np.clip" in noted[:noted.index("</tr>")] or "np.minimum" in noted[:noted.index("</tr>")]


def test_nothing_runs_unasked_and_a_foreign_folder_stays(file, tmp_path):
    done = run("loss", str(file), "--report", str(tmp_path / "made"))
    assert done.returncode == 2
    assert not (tmp_path / "made").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").touch()
    done = run("loss", str(file), "--run", "--report", str(tmp_path / "mine"))
    assert (done.returncode, done.stdout) == (2, "")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert not file.with_suffix(".ran").exists()


def test_records_on_standard_output_stay_alone_there(file, tmp_path):
    done = run("loss", f"{file}:right", "--run", "--json", "--report", str(tmp_path / "made"))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "index.html" in done.stderr


def test_the_same_loss_gives_the_same_bytes(file, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("one", "two"):
        run("loss", f"{file}:wrong", "--run", "--report", str(tmp_path / name))
    assert page(tmp_path / "one") == page(tmp_path / "two")


def test_a_value_a_response_stands_at_each_of_its_tokens():
    assert fits(["1", "2"], 2, 3)
    assert not fits([["1", "2"]], 1, 3)
    assert not fits("1", 1, 1)
    assert [cell(["1", "2"], 1, t) for t in range(3)] == ["2", "2", "2"]
    assert [cell([["1", "2"], ["3", "4"]], 1, t) for t in range(2)] == ["3", "4"]


@pytest.mark.parametrize(("source", "line", "found"), [
    ("def f():\n    pass\n", 1, [1, 2]), ("\n@g\ndef f():\n    pass\nx = 1", 2, [2, 3, 4]),
    ("\n@g\ndef f():\n    pass\nx = 1", 3, [2, 3, 4]), ("x = 1", 1, []), ("def", 1, [])])
def test_the_lines_are_those_of_the_function(source, line, found):
    assert list(extent(source, line)) == found
