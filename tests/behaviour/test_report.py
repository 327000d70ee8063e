"""A report: one page that needs nothing else, on all that is known of each statement, in its folder alone."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from unittest.mock import patch

import pytest
from commands import run
from places import ROOT

pytestmark = pytest.mark.long

KL = r"D_{\text{KL}}(\pi_{\text{old}} \| \pi_\theta)"
FALSE = r"\mathbb{E}_{a\sim\pi_{\text{old}}(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
TRUE = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
NOTE = rf"""\begin{{equation}}\label{{eq:true}} {TRUE} \end{{equation}}
\begin{{equation}}\label{{eq:false}} {FALSE} \end{{equation}}
\[ \nabla_\theta \rho_i(\theta) = \rho_j(\theta) \]
\begin{{align}} {KL} &\geq 0 \\ 1 &= 1 \end{{align}}
"""
VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """The elements of a page: names, attributes, and whether each that is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def attributes(self, name):
        """The values of an attribute, in order."""
        return [attrs[name] for _, attrs, _ in self.found if name in attrs]

    def text(self):
        """All that is read, without the spaces between."""
        return " ".join(" ".join(self.words).split())


def report(folder, *arguments):
    """The text of the page that a command makes."""
    done = run("report", *map(str, arguments), "-o", str(folder), "--no-pdf", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return (folder / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def note(tmp_path_factory):
    path = tmp_path_factory.mktemp("notes") / "note.tex"
    path.write_text(NOTE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def text(note, tmp_path_factory):
    return report(tmp_path_factory.mktemp("reports") / "made", note)


def test_the_page_is_sound(text):
    page = Page(text)
    assert page.open == []
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {name[1:] for name in page.attributes("href") if name.startswith("#")} <= set(ids)
    assert [attrs for tag, attrs, _ in page.found if tag == "script"] == [{}]


def test_the_page_asks_for_nothing(text):
    page = Page(text)
    assert page.attributes("src") == []
    assert {name for name in page.attributes("href") if not name.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\((?!#)|https?://(?!www\.w3\.org/)", text)


def test_every_formula_is_typeset(text):
    page = Page(text)
    blocks = [(tag, path) for tag, attrs, path in page.found if attrs.get("class") == "formula"]
    typeset = [path for tag, _, path in page.found if tag == "math" and path[-1] == "div"]
    assert len(blocks) == len(typeset) > 5
    assert "\\nabla" not in page.text()


def test_each_statement_has_its_verdict_and_what_it_rests_on(text):
    page = Page(text)
    shown = {attrs["id"]: attrs["data-status"] for tag, attrs, _ in page.found if tag == "article" and "id" in attrs
             and "data-status" in attrs}
    assert shown["s-eqtrue"] == "proved"
    assert shown["s-eqfalse"] == "refuted"
    said = page.text()
    for part in ("claims are proved", "1 claim is refuted", "Counterexample: 2 actions", "left side", "right side",
                 "A change that makes it true", "Normalised(π_θ)", "without it", "note.tex:2"):
        assert part in said, part
    assert any("pi_{\\text{old}}" in latex for latex in page.attributes("data-latex"))


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("latex", [
    rf"\text{{{HOSTILE}}} = 1", rf"{HOSTILE} = 1", rf"\label{{\"{HOSTILE}}} x = \text{{&lt;script&gt;}}",
    r"\href{javascript:alert(1)}{x} = 1", r"\style{x:expression(alert(1))}{y} = 1",
    r"\unicode{<img src=x onerror=y>} = 1", r"\text{\"><svg onload=alert(1)>} = r(s,a)",
])
def test_what_is_written_is_shown_and_never_obeyed(tmp_path, latex):
    path = tmp_path / "<img src=x onerror=alert(1)>.tex"
    path.write_text(rf"\begin{{equation}} {latex} \end{{equation}} \[ {TRUE} \]", encoding="utf-8")
    page = Page(report(tmp_path / "made", path))
    assert [attrs for tag, attrs, _ in page.found if tag == "script"] == [{}]
    assert not {"img", "svg", "iframe", "object"} & {tag for tag, _, _ in page.found}
    assert not [name for _, attrs, _ in page.found for name in attrs if name.startswith("on")]
    assert all(name.startswith(("#", "data:,")) for name in page.attributes("href"))
    assert "<img src=x onerror=alert(1)>.tex" in page.text()


def test_the_same_input_gives_the_same_bytes(note, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, second = (report(tmp_path / name, note) for name in ("one", "two"))
    assert first == second
    assert "2023-11-14" in first


def test_an_older_report_is_replaced_and_nothing_is_left_beside(note, tmp_path):
    folder = tmp_path / "made"
    report(folder, note)
    (folder / "index.html").write_text("old", encoding="utf-8")
    assert report(folder, note) != "old"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
    assert {path.name for path in folder.iterdir()} == {"index.html", "report.json", "report.tex"}


def test_a_folder_that_is_no_report_stays_as_it_is(note, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.tex").write_text("years", encoding="utf-8")
    done = run("report", str(note), "-o", str(folder))
    assert done.returncode == 2
    assert "thesis.tex" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_only_a_folder_is_written(note, tmp_path, kind):
    (tmp_path / "there").mkdir()
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("mine", encoding="utf-8")
    else:
        out.symlink_to(tmp_path / "there")
    assert run("report", str(note), "-o", str(out)).returncode == 2
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.parametrize("command", [("report", "-o"), ("latex", "-o"), ("check", "--resume")])
@pytest.mark.parametrize("within", ["", "deeper/still"])
def test_before_anything_is_checked_a_folder_that_can_be_none_is_refused(note, tmp_path, monkeypatch, command, within):
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    monkeypatch.setattr("grpo_symbolic.checking.check.check_claim", None)
    files = () if command[0] == "latex" else (str(note),)
    for folder, said in ((tmp_path / "mine", "is no folder"), (tmp_path / "new", "nothing can be written in")):
        done = run(command[0], *files, command[1], str(folder / within))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert str(folder / within) in done.stderr
        assert said in done.stderr
        monkeypatch.setattr("os.access", lambda path, _: str(path) != str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_made_is_named_as_it_was_typed(note):
    done = run("report", str(note), "-o", "/proc/made", "--no-pdf")
    said = "-o /proc/made: nothing can be written in /proc: No such file or directory"
    assert (done.returncode, done.stderr) == (2, f"grpo-symbolic: {said}\n")


def test_a_report_that_fails_leaves_the_older_one(note, tmp_path):
    folder = tmp_path / "made"
    before = report(folder, note)
    with patch("grpo_symbolic.report.html.folder.json.dumps", side_effect=OSError(28, "No space left on device")):
        done = run("report", str(note), "-o", str(folder), "--no-pdf")
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert (folder / "index.html").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_what_is_missing_is_named(note, tmp_path):
    with patch("importlib.util.find_spec", lambda name: None if name == "jinja2" else name):
        done = run("report", str(note), "-o", str(tmp_path / "made"))
    assert done.returncode == 2
    assert "jinja2" in done.stderr
    assert "pip install" in done.stderr
    assert not (tmp_path / "made").exists()


def test_without_tex_one_sentence_says_so(note, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("report", str(note), "-o", str(tmp_path / "made"), "--jobs", "1")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "There is no PDF" in done.stderr
    assert "There is no PDF" in Page((tmp_path / "made" / "index.html").read_text(encoding="utf-8")).text()


@pytest.mark.parametrize("arguments", [("nowhere.tex",), ("--let", "c > 0"), ("--notation", "ppo")])
def test_what_cannot_be_used_is_said_and_nothing_written(tmp_path, arguments):
    done = run("report", *arguments, "-o", str(tmp_path / "made"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["dpo.tex", "softmax-bandit.ipynb"])
def test_whatever_check_reads_can_be_reported(tmp_path, name):
    page = Page(report(tmp_path / "made", ROOT / "tests" / "documents" / name))
    ids = page.attributes("id")
    assert page.open == []
    assert len(ids) == len(set(ids))


@pytest.mark.long
def test_the_paper_has_everything(tmp_path):
    text = report(tmp_path / "made")
    page = Page(text)
    ids = page.attributes("id")
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert {name[1:] for name in page.attributes("href") if name.startswith("#")} <= set(ids)
    assert sum(tag == "figure" for tag, _, _ in page.found) == 5
    assert {"eq13", "claim05-without-sign", "needs-Positive", "pictures"} <= set(ids)
    assert "Derivation, step by step" in page.text()


def test_other_commands_load_nothing_that_only_a_report_needs():
    code = (f"import sys; sys.argv = ['grpo-symbolic', 'prove', {TRUE!r}]\n"
            "from grpo_symbolic.cli import main\nmain()\n"
            "print({'jinja2', 'latex2mathml', 'matplotlib', 'grpo_symbolic.make_report'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_formulas_within_a_reason_are_typeset(tmp_path):
    note = tmp_path / "note.md"
    note.write_text(r"$$ \nabla_\theta J(\pi_\theta) = \mathbb{E}_{s\sim d^{\pi_\theta}, a\sim\pi_\theta}"
                    r"[\nabla_\theta \log \pi_\theta(a|s) A^{\pi_{\text{old}}}(s,a)] $$", encoding="utf-8")
    page = report(tmp_path / "made", note)
    reason, = re.findall('<p class="reason">(.*?)</p>', page)
    assert reason.startswith("It depends on what is not defined: if <math>")
    assert "\\" not in reason
    assert r"defined: if $J(\pi_{\theta})" in (tmp_path / "made" / "report.tex").read_text(encoding="utf-8")
