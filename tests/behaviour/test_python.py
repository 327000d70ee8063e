"""What a script or a notebook asks of the package, and what it is shown."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
import sympy
from marked_losses import HEAD
from places import ROOT

import grpo_symbolic as gs
from grpo_symbolic.cards import words

BIASED = r"\mathbb{E}_{a\sim\pi_{\theta_{\text{old}}}(\cdot|s)}[\nabla_\theta \log \pi_\theta(a|s)] = 0"
RATIO = r"\rho(a) \doteq \pi_\theta(a|s) / \pi_{\theta_{\text{old}}}(a|s)"
SLOPE = r"\nabla_\theta \rho(a) = \rho(a) \nabla_\theta \log \pi_\theta(a|s)"

LOSSES = HEAD + """
def wrong(logp, old, adv, mask, eps_low=0.2, eps_high=0.28):  # <b>bold</b>
    ratio, adv = np.exp(logp - old), adv[:, None]
    return -(np.minimum(ratio * adv, np.clip(ratio, 1 - eps_high, 1 + eps_low) * adv) * mask).sum() / mask.sum()
"""


class Page(HTMLParser):
    """The text of HTML, and the elements in it; one that is not closed is a fault."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, _attributes):
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(self.words)


def shown(thing):
    """What a notebook shows of something."""
    return Page(thing._repr_html_())


def test_a_verdict_shows_the_statement_and_why_it_is_proved():
    page = shown(gs.prove(SLOPE, where=RATIO))
    assert f"$${SLOPE}$$" in page.text
    assert "proved" in page.text
    assert "BehaviourConstant" in page.text
    assert "32/32" in page.text


def test_a_verdict_shows_its_counterexample_and_the_change():
    verdict = gs.prove(BIASED)
    page = shown(verdict)
    for name, value in verdict.counterexample.values.items():
        assert rf"$\displaystyle {name}$" in page.words
        assert ", ".join(value) in page.words
    assert verdict.counterexample.lhs in page.words
    assert verdict.change.after in page.text


def test_formulas_in_sentences_are_typeset_and_their_words_are_not():
    verdict = gs.prove(r"\sum_i \pi_\theta(a_i|s) + 1 = \rho_i")
    assert r"\rho_i" in verdict.reason
    html = verdict._repr_html_()
    assert r"<p><strong" in html
    assert r"</strong> $\rho_i$<span" in html
    # a sentence may speak of a command
    assert set(re.findall(r'mathjax_ignore">([^<]*\\[^<]*)<', html)) <= {r"bound by \sum"}


def test_a_sentence_keeps_what_is_no_formula_as_it_was_typed():
    said = r"write \cdot, not $\pi_\theta$, if it is < than & x_1 "
    page = Page(words(said))
    assert page.words == [r"write \cdot, not $\pi_\theta$, if it is < than & ", "$x_1$ "]
    assert page.tags == ["span"]
    assert words(" ") == " "


def test_a_verdict_of_several_readings_shows_each():
    page = shown(gs.prove(r"\mathbb{E}_{a\sim p}[q(a)] = 1"))
    assert "q is a function" in page.words
    assert "q is a law" in page.words


def test_what_a_text_prints_is_no_markup():
    page = shown(gs.prove(r"\text{<script>alert(1)</script>} < \beta"))
    assert "script" not in page.tags


def test_a_statement_a_reading_and_a_derivation_show_mathematics():
    item = gs.paper["eq07"]
    assert item.latex in shown(item).text
    assert r"\displaystyle \beta" in shown(gs.explain(r"\beta > 0")).text
    derivation = shown(item.derivation())
    assert "log-derivative" in derivation.text
    assert "BehaviourConstant" in derivation.text
    assert derivation.tags.count("tr") == 1 + len(item.derivation().derivations[0].steps)


def test_a_document_shows_a_row_a_statement():
    checked = gs.check(ROOT / "tests" / "documents" / "dpo.tex")
    page = shown(checked)
    assert page.tags.count("tr") == 1 + len(checked)
    assert checked[1].place in page.text
    assert {one.verdict.status for one in checked} >= {"proved", "refuted"}


def test_a_loss_shows_what_it_computes_its_verdicts_and_the_batch_that_refutes_it(tmp_path):
    file = tmp_path / "own.py"
    file.write_text(LOSSES, encoding="utf-8")
    page = shown(gs.loss(f"{file}:wrong", "dapo"))
    assert page.words.count("refuted") == 2
    assert r"-\mathcal{J}_{\text{DAPO}}(\theta)$" in page.text
    assert {"response", "token", "the code", "the objective", "hypotheses", "clip"} <= set(page.words)
    assert "$$" in page.words[1]
    # what is said of code is said in its letters, what is said of an objective in LaTeX
    assert any(one.startswith("no gradient where A_i < 0, r_it < 1 - eps_high; ") for one in page.words)
    assert r"$\varepsilon_{\text{high}}$" in page.words
    page = shown(gs.loss(f"{file}:wrong"))
    assert "none of the built-in objectives" in page.text
    assert "refuted" not in page.words


def test_a_label_is_no_formula(tmp_path):
    (tmp_path / "x_1.tex").write_text(r"\begin{equation}\label{r_1} 1 = 1 \end{equation}")
    assert "r_1" in shown(gs.check(tmp_path / "x_1.tex")).words


@pytest.mark.parametrize("made", [
    lambda: gs.prove(BIASED), lambda: gs.explain(BIASED), lambda: gs.paper["eq09"],
    lambda: gs.paper["eq09"].derivation(), lambda: gs.check(ROOT / "tests" / "documents" / "dpo.tex"),
])
def test_in_a_console_a_line_says_it(made):
    line = repr(made())
    assert line.startswith("<")
    assert "\n" not in line
    assert len(line) < 300


def test_the_sides_of_an_equation_are_expressions_that_sympy_walks_and_prints():
    left, right = gs.paper["eq09"].lhs, gs.paper["eq09"].rhs
    assert isinstance(left, sympy.Expr)
    assert len(list(sympy.preorder_traversal(right))) > 10
    assert sympy.latex(left) == r"\nabla_{\theta} \mathcal{J}_{\text{GRPO}}(\theta)"
    assert r"\nabla_{\theta} \mathcal{J}" in left._repr_latex_()
    with pytest.raises(gs.LanguageError, match="binders"):
        right.subs(sympy.Symbol("x"), 1)


def test_a_string_is_a_list_of_one():
    assert gs.prove(SLOPE, where=RATIO).status == gs.prove(SLOPE, where=[RATIO]).status == "proved"
    assert gs.prove(SLOPE, where=RATIO).lore == ()
    assert gs.prove(BIASED, assume=r"\theta = \theta_{\text{old}}").status == "proved"
    assert gs.prove(r"\gamma < 1", let=r"\gamma \in [0,1)").status == "proved"
    assert gs.explain(SLOPE, where=RATIO).meanings == gs.explain(SLOPE, where=[RATIO]).meanings


def test_a_verdict_is_no_yes_or_no():
    verdict = gs.prove(BIASED)
    with pytest.raises(gs.LanguageError, match=r"this one is 'refuted': ask for verdict\.status"):
        bool(verdict)
    with pytest.raises(TypeError):
        assert verdict


@pytest.mark.parametrize(("asked", "said"), [
    (lambda: gs.prove(3), "a statement must be LaTeX"),
    (lambda: gs.prove(None), "not None"),
    (lambda: gs.prove(b"1 = 1"), "type bytes"),
    (lambda: gs.prove("1 = 1", where=7), "where must be LaTeX, one string or a list"),
    (lambda: gs.loss("losses.py:loss", 5), "what a loss is held against must be LaTeX"),
    (lambda: gs.loss("losses.py:loss", "dapo", where=7), "where must be LaTeX, one string or a list"),
    (lambda: gs.prove("1 = 1", where={"rho": RATIO}), "type dict"),
    (lambda: gs.prove("1 = 1", assume=[RATIO, 1]), "assume must be LaTeX"),
    (lambda: gs.prove("1 = 1", let=b"x"), "let must be LaTeX"),
    (lambda: gs.prove("1 = 1", budget="2"), "budget must be a number of seconds"),
    (lambda: gs.prove("1 = 1", budget=float("nan")), "from 0 on, not nan"),
    (lambda: gs.prove("1 = 1", budget=-1), "from 0 on, not -1"),
    (lambda: gs.prove("1 = 1", lore="none"), "lore must be True or False"),
    (lambda: gs.prove("1 = 1", notation="papr"), "unknown notation"),
    (lambda: gs.prove("1 = 1", notation=[]), "unknown notation"),
    (lambda: gs.explain(["1 = 1"]), "type list"),
    (lambda: gs.check(3), "path of a file"),
    (lambda: gs.check("nowhere.tex"), "No such file"),
    (lambda: gs.paper[9], "by its name"),
    (lambda: gs.paper["eq9"], "did you mean eq09"),
    (lambda: gs.paper["claim04-k4"], "did you mean claim04-k3"),
    (lambda: gs.paper["nothing of the kind"], "`list` shows"),
    (lambda: gs.paper["eq09"].check("soon"), "budget must be"),
])
def test_what_cannot_be_used_is_refused_in_a_sentence(asked, said):
    with pytest.raises(gs.LanguageError) as fault:
        asked()
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_dir_shows_what_there_is_before_it_is_loaded():
    code = "import sys, grpo_symbolic as gs; print(*dir(gs)); print('sympy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == [" ".join(sorted(gs.__all__)), "False"]
    assert {"prove", "explain", "check", "paper"} <= set(dir(gs))
    assert all(hasattr(gs, name) for name in dir(gs))


def test_names_of_items_are_completed():
    assert "eq09" in gs.paper._ipython_key_completions_()


def test_what_the_paper_has_is_asked_of_it_by_name():
    assert "eq09" in gs.paper
    assert "eq99" not in gs.paper
    assert 9 not in gs.paper
    assert len(gs.paper) == len(list(gs.paper))
