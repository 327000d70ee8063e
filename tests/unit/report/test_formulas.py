"""LaTeX as MathML: what stands in a page is elements of MathML and text, whatever was typed."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_symbolic.paper.displays import DISPLAYS
from grpo_symbolic.report.html.formulas import ATTRIBUTES, CONTAINERS, LONGEST, TOKENS, mathml, prose

COMMANDS = (r"\frac", r"\text", "{", "}", "_", "^", r"\left", r"\right", "(", ")", "&", r"\\", "<", ">", '"', "x", " ",
            r"\href", "script", r"\begin{align}", r"\end{align}", r"\mathbb", r"\sum", "|", "\x00", "$", "%", "é")
WORDS = ("if ", "<b>", "&amp;", r"\pi", "_1", "= ", "a ")


def tree(latex):
    """The MathML of a formula as a tree: it is well-formed."""
    return ElementTree.fromstring(mathml(latex).replace("&nbsp;", " "))


def names(latex):
    """The elements of a formula."""
    return [element.tag for element in tree(latex).iter()]


@given(st.lists(st.sampled_from((*COMMANDS, *WORDS)), max_size=12).map("".join))
def test_sentences_hold_mathml_and_text_alone(text):
    root = ElementTree.fromstring(f"<p>{prose(text)}</p>")
    outside = [element for element in root.iter() if element.tag not in CONTAINERS | TOKENS]
    assert outside == [root]


def test_formulas_of_a_sentence_are_typeset_and_its_words_stay():
    said = prose(r"if J(\pi') = \mathbb{E}[r_k] - x_1, it is <b>refuted</b>")
    assert said.startswith("if <math>")
    assert said.endswith("</math>, it is &lt;b&gt;refuted&lt;/b&gt;")
    assert (said.count("<math>"), said.count("\u200b")) == (3, 2)
    assert "mathbb" not in said
    assert prose(r"write \cdot for a product") == r"write \cdot for a product"


@pytest.mark.long
@given(st.one_of(st.text(), st.lists(st.sampled_from(COMMANDS), max_size=12).map("".join)))
def test_nothing_but_mathml_comes_out(latex):
    for element in tree(latex).iter():
        assert element.tag in CONTAINERS | TOKENS
        assert element.attrib.keys() <= ATTRIBUTES | {"class", "display"}
        assert element.tag in TOKENS or not (element.text or "").strip()


@pytest.mark.parametrize("display", DISPLAYS, ids=lambda display: display.id)
def test_the_displays_are_typeset(display):
    assert "\\" not in mathml(display.latex)
    assert "mtext" not in names(display.latex) or r"\te" in display.latex or r"\tag" in display.latex


def test_what_is_refused_is_shown_as_it_was_typed():
    assert "".join(tree(r"\frac").itertext()) == r"\frac"
    assert len("".join(tree("x" * (LONGEST + 1)).itertext())) == LONGEST + 1


def test_limits_stand_above_and_below():
    assert "munderover" in names(r"\sum_{i=1}^G x_i")
    assert "munder" in names(r"\max_a x")
    assert "msub" in names(r"\log_2 x")


def test_a_name_of_a_function_stands_apart():
    assert "mspace" in names(r"\log \pi")
    assert "mspace" not in names(r"\log (x)")


def test_a_sign_after_a_bracket_belongs_to_what_follows():
    assert 'form="prefix"' in mathml("( - x )")
    assert 'form="prefix"' not in mathml("y - x")


@pytest.mark.parametrize(("latex", "shown"), [
    (r"\mathbb{1}", "𝟙"), (r"\mathbb{E}", "𝔼"), (r"\sim", "∼"), ("a := b", "a≔b"), ("1:G", "1:G"), (r"a \\ b", "ab")])
def test_what_is_printed(latex, shown):
    assert re.sub(r"\s", "", "".join(tree(latex).itertext())) == shown
