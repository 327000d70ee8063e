"""What each symbol is read as, where, and why."""

import pytest

from grpo_symbolic.latex.statement.reader import read_statement
from grpo_symbolic.paper.collection import items


def kinds(latex: str, where=()) -> dict[str, str]:
    return {one.symbol: one.kind for one in read_statement(latex, where).read_as}


def beyond(latex: str, where=()) -> set[str]:
    return {one.symbol for one in read_statement(latex, where).read_as if one.beyond}


@pytest.mark.parametrize(("latex", "expected"), [
    (r"\sum_b \pi_\theta(b|h) = 1", {"b": "elem(action)", "h": "elem(state)", r"\pi_{\theta}": "law"}),
    (r"e^{s} \geq 1 + s", {"s": "num"}),
    (r"\mathbb{E}_{y\sim\pi_\theta(\cdot|x)}[r(x,y) - \beta] = u",
     {"y": "elem(action)", "x": "elem(state)", r"\pi_{\theta}": "law", "r": "function", r"\beta": "num", "u": "num"}),
    (r"\frac{1}{G}\sum_{i=1}^G c_i = v", {"G": "num", "i": "index", r"c_{\cdot}": "function", "a": "group",
                                         "s": "elem(state)", "v": "num"}),
    (r"\sum_{t=1}^{|o|} \log\pi_\theta(o_t|q, o_{<t}) \leq 0",
     {"t": "token", "o": "sequence", r"\pi_{\theta}": "law", "q": "elem(state)"}),
    (r"\nabla_\theta c = 0", {r"\theta": "parameter", "c": "num"}),
    (r"g^\top g \geq 0", {"g": "vec"}),
    (r"|\mathcal{A}| \geq 1", {r"\mathcal{A}": "set"}),
])
def test_every_symbol_has_the_kind_of_the_node_that_was_built(latex, expected):
    assert kinds(latex) == expected


def test_a_symbol_of_two_kinds_is_listed_twice():
    found = [(one.symbol, one.kind) for one in read_statement(r"\sum_a \pi_\theta(a|s) = \pi_\theta(a|s)").read_as]
    assert found.count(("a", "elem(action)")) == 1
    with_both = read_statement(r"\mathbb{E}_{a_{1:G}\sim\pi_\theta(\cdot|s)}[r(s,a_i)] = r(s,a)").read_as
    assert {one.kind for one in with_both if one.symbol == "a"} == {"group", "elem(action)"}


def test_what_shows_the_parameter_moves_with_it():
    found = {one.symbol: one.moves for one in
             read_statement(r"\pi_\theta(a|s) f(a) = \pi_{\text{ref}}(a|s) J(\theta)").read_as}
    assert found == {r"\pi_{\theta}": True, "a": False, "s": False, "f": False, r"\pi_{\text{ref}}": False,
                     r"J(\theta)": True}


def test_each_symbol_says_its_construct_and_place():
    latex = "c +\n" r" \sum_b \pi_\theta(b|h)" "\n= 1 + c"
    found = {one.symbol: (one.line, one.column, one.why) for one in read_statement(latex).read_as}
    assert found["c"] == (1, 1, "stands in arithmetic")
    assert found["b"] == (2, 2, r"bound by \sum")
    assert found["h"] == (2, 22, "is what a law is conditioned on")


@pytest.mark.parametrize(("latex", "where", "expected"), [
    (r"\sum_a \pi_\theta(a|s) = 1", (), set()),
    (r"e^{s} \geq 1 + s", (), {"s"}),
    (r"\sum_b \pi_\theta(b|h) = 1", (), {"h"}),
    (r"D_{\text{KL}}(\pi_\theta\|\pi_{\text{ref}}) \geq 0", (), {"s"}),
    (r"\mathbb{E}_{\pi_\theta}[\log\pi_\theta] \leq 0", (), {"s", "a"}),
    (r"w(a) \geq 0", (r"w(a) \doteq \pi_\theta(a|s)",), {"w", "s"}),
    (r"w(a) \doteq \pi_\theta(a|s)", (), set()),
    (r"\mathbb{E}_{s,a_{1:G}\sim\pi_\theta}[r_i] = c", (), {"r"}),
])
def test_what_is_decided_beyond_the_letter_is_marked(latex, where, expected):
    assert beyond(latex, where) == expected


def test_places_are_those_of_a_document():
    from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

    text = "\\newcommand{\\old}{\\theta_{\\text{old}}}\n\\[ \\pi_{\\old}(a|s) \\leq 1 \\]"
    (_, found), = read_records(tex_records(text))
    assert [(one.symbol, one.line, one.column) for one in found.read_as] == [
        (r"\pi_{\theta_{\text{old}}}", 2, 4), ("a", 2, 15), ("s", 2, 17)]


def test_each_symbol_of_the_paper_has_one_entry_a_kind():
    for item in items():
        if not item.printed:
            continue
        try:
            found = read_statement(item.latex).read_as
        except ValueError:
            continue
        assert len({(one.symbol, one.kind, one.of) for one in found}) == len(found), item.id
