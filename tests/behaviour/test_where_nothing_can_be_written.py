"""Folders that cannot be made are refused at once, in one line; what was tried leaves nothing behind."""

import json

import pytest
from commands import run

LONG = "x" * 300


@pytest.mark.parametrize("typed", [
    ("latex", "-o"), ("latex", "eq01", "-o"), ("report", "FILE", "-o"), ("check", "FILE", "--resume"), ("new",)])
def test_a_folder_that_cannot_be_made_is_refused_by_its_name(tmp_path, typed):
    file = tmp_path / "a.tex"
    file.write_text("$$c + 1 > c$$")
    for place in ("/proc/x", str(tmp_path / "made" / LONG)) if typed != ("new",) else ("/proc/x",):
        done = run(*(str(file) if one == "FILE" else one for one in typed), place)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "nothing can be written in" in done.stderr
        assert place in done.stderr
    assert list(tmp_path.iterdir()) == [file]


def test_a_text_alone_in_a_record_is_a_list_of_one(tmp_path):
    record = {"id": "one", "latex": "x = 2", "where": r"y \doteq 2", "assume": "x = y", "let": r"x \in \mathbb{R}"}
    verdicts = []
    for found in (record, {key: [one] if key in ("where", "assume", "let") else one for key, one in record.items()}):
        (tmp_path / "a.jsonl").write_text(json.dumps(found))
        done = run("check", str(tmp_path / "a.jsonl"), "--json")
        verdicts.append(json.loads(done.stdout) | {"ms": 0})
    assert verdicts[0] == verdicts[1]


def test_a_report_on_a_document_has_no_number_of_another_paper_and_no_foreign_witness(tmp_path):
    file = tmp_path / "a.tex"
    file.write_text(r"$$\beta \, |x| = |\beta x|$$"
                    r"$$\min(\max(0, 1 - \varepsilon), 1 + \varepsilon) = 1 - \varepsilon$$"
                    r"$$\log \beta^2 = 2 \log \beta$$")
    assert run("report", str(file), "-o", str(tmp_path / "out"), "--no-pdf").returncode in (0, 1)
    page = (tmp_path / "out" / "index.html").read_text()
    assert "as in (6)" not in page
    assert "Equation (" not in page
    beta = page.index("<code>Range(β&gt;0)</code>")
    assert "Needed:" not in page[beta:page.index("</details>", beta)]


@pytest.mark.parametrize("count", [1, 2])
def test_refuted_claims_fail_in_their_models(tmp_path, count):
    file = tmp_path / "a.tex"
    file.write_text("$$c + 1 < c$$ " * count)
    run("report", str(file), "-o", str(tmp_path / "out"), "--no-pdf")
    page = (tmp_path / "out" / "index.html").read_text()
    assert ("in which it fails" if count == 1 else "in which they fail") in page
