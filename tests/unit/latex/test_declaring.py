"""Declarations: what they bind, what they give, and which use contradicts them."""

import pytest
from verdicts import prove

from grpo_symbolic.latex.names.declaring import Undeclarable, declarations, declared_in
from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement


def kinds(*texts):
    return [(one.symbol, one.kind) for one in declarations(texts)]


@pytest.mark.parametrize(("text", "expected"), [
    (r"\gamma \in [0,1)", [(r"\gamma", "num")]),
    (r"\gamma, \lambda \in \left(0, 1\right]", [(r"\gamma", "num"), (r"\lambda", "num")]),
    (r"\beta > 0", [(r"\beta", "num")]),
    (r"0 \leq k < 1", [("k", "num")]),
    ("c, d > 0", [("c", "num"), ("d", "num")]),
    (r"c ∈ ℝ", [("c", "num")]),
    (r"c \in \mathbb R_{+}, u \in [-1, \infty)", [("c", "num"), ("u", "num")]),
    (r"K \in \mathbb{N}", [("K", "num")]),
    (r"h \in \mathcal{S}", [("h", "state")]),
    (r"u \in \mathcal{A}", [("u", "action")]),
    (r"z \in \mathcal{Z}", [("z", "member")]),
    (r"y \in \mathcal{Y}", [("y", "action")]),
    (r"i \in \{1, \dots, G\}", [("i", "index")]),
    (r"v \in \mathbb{R}^d", [("v", "vec")]),
    (r"M \in \mathbb{R}^{d\times d}", [("M", "mat")]),
    (r"\theta \in \mathbb{R}^d", [(r"\theta", "parameter")]),
    (r"q_\theta(y|x)", [(r"q_{\theta}", "law")]),
    (r"w \in \Delta(\mathcal{A})", [("w", "law")]),
    (r"f: \mathcal{S} \times \mathcal{A} \to \mathbb{R}", [("f", "function")]),
    (r"c : \mathcal{S} → [0,1]", [("c", "function")]),
])
def test_what_can_be_declared(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize("text", [
    "hello", "c", "", r"c \doteq 3", r"c = 3", r"c \approx 3", r"c \neq 0", r"c \in \{2, 7\}", r"c \in \mathbb{C}",
    r"c + d \in \mathcal{S}", r"c \in", r"\in [0,1]", r"f: \mathcal{S} \to \mathcal{S}", r"c \sim q",
    r"n \in \mathbb{N}^2", "c > ", "c > 0, d = 1", r"[0,1) \ni c", r"M \in \mathbb{R}^{n\times m}",
])
def test_what_cannot_be_used_says_what_can_be_written(text):
    with pytest.raises(ReadError, match=r"write \\gamma \\in|taken as given|missing|breaks off|nothing") as caught:
        read_statement("k + 1 > k", let=[text])
    assert caught.value.part == "let 1"
    assert isinstance(caught.value, Undeclarable)


@pytest.mark.parametrize(("latex", "let", "status"), [
    (r"1 - \gamma > 0", r"\gamma \in [0,1)", "proved"),
    (r"1 - \gamma > 0", r"\gamma \in [0,1]", "refuted"),
    (r"1 - \gamma > 0", r"\gamma < 2", "refuted"),
    (r"\gamma > 0", r"\gamma \in [0,1)", "refuted"),
    (r"\gamma > 0", r"\gamma \in (0,1)", "proved"),
    (r"\gamma^2 \leq \gamma", r"\gamma \in [0,1)", "proved"),
    (r"\beta \geq 0", r"\beta \in \mathbb{R}", "refuted"),
    (r"\beta \geq 0", r"\beta \in \mathbb{R}_+", "proved"),
    (r"M > 0", r"M \in \mathbb{N}_{>0}", "proved"),
    (r"M > 0", r"M \in \mathbb{N}", "undecided"),
    (r"M^2 \geq M", r"M \in \mathbb{N}", "proved"),
    (r"M \leq 1", r"M \in \mathbb{N}", "refuted"),
    (r"r(s,a) \leq 1", r"r : \mathcal{S} \times \mathcal{A} \to [0,1]", "proved"),
    (r"r(s,a) < 1", r"r : \mathcal{S} \times \mathcal{A} \to [0,1]", "refuted"),
    (r"r(s,a) \leq 1", r"r(s,a) \in [0,1]", "proved"),
    (r"r_i^2 = r_i", r"r_i \in \{0,1\}", "proved"),
    (r"r_i \geq 1", r"r_i \in \{0,1\}", "refuted"),
    (r"\sum_y w_\theta(y|x) = 1", r"w_\theta(y|x)", "proved"),
    (r"\sum_x w_\theta(y|x) = 1", r"w_\theta(y|x)", "refuted"),
    (r"c(h) + 1 > c(h)", r"c : \mathcal{S} \to \mathbb{R}", "proved"),
    (r"k(s)(1 + \beta) = k(s) + \beta k(s)", r"k : \mathcal{S} \to \mathbb{R}", "proved"),
    (r"f(u + 1) = f u + f", r"f \in \mathbb{R}", "proved"),
    (r"\mathbb{E}_{\pi_\theta}[A] = A", r"A \in \mathbb{R}", "proved"),
    (r"v^\top v \geq 0", r"v \in \mathbb{R}^d", "proved"),
    (r"\gamma < 1", r"\gamma \in \mathbb{R}", "refuted"),
    (r"\lambda \geq 0", r"\lambda < 1", "refuted"),
    (r"V_0 + 1 > V_0", r"V_0 \in \mathbb{R}", "proved"),
    (r"V_0 = 1 + W", r"V_0, W \in \mathbb{R}", "definition"),
    (r"\varepsilon < 1", r"\varepsilon \in \mathbb{R}", "refuted"),
    (r"\varepsilon < 2", r"\varepsilon \in (0,2)", "proved"),
    (r"e\, e = e^{2}", r"e \in \mathbb{R}", "proved"),
    (r"b_i \geq 0", r"b_i \in \{0,1\}", "proved"),
    (r"b_i = b_j", r"b_i \in \{0,1\}", "refuted"),
    (r"p + q = q + p", r"p, q \in [0,1]", "proved"),
])
def test_a_declaration_is_hard(latex, let, status):
    assert prove(latex, let=[let]).status == status
    assert prove(latex, where=[let]).status == status


@pytest.mark.parametrize(("latex", "let"), [
    (r"f(s) \leq 1", r"f : \mathcal{S} \times \mathcal{A} \to [0,1]"),
    (r"\mathbb{E}_{y\sim c}[g(y)] = k", r"c \in [0,1)"),
    (r"\mathbb{E}_{y\sim q_\theta(\cdot|x)}[g(y)] = k", r"q_\theta \in \mathbb{R}"),
])
def test_a_use_that_contradicts_a_declaration_names_both_places(latex, let):
    verdict = prove(latex, let=[let])
    assert verdict.status == "ill-formed"
    assert "let 1, column 1" in verdict.reason
    assert verdict.position is not None


def test_a_law_in_the_place_of_a_declared_number_is_ill_formed():
    verdict = prove(r"\mathbb{E}_{y\sim c}[g(y)] = k", let=[r"k, c \in [0,1)"])
    assert verdict.status == "ill-formed"
    assert "c is declared a number (let 1, column 1)" in verdict.reason
    assert verdict.position == (1, 19)


@pytest.mark.parametrize(("latex", "let"), [
    (r"\mathbb{E}_{c\sim\pi_\theta(\cdot|s)}[b(c)] = k", r"c \in \mathbb{R}"),  # an outcome that is a number
    (r"\theta \leq 1", r"\theta \in [0,1]"),
    (r"f + 1 > f", r"f : \mathcal{S} \to \mathbb{R}"),
])
def test_what_the_reader_cannot_say_of_a_declaration_is_unread(latex, let):
    assert prove(latex, let=[let]).status == "unread"


def test_another_parameter_is_declared_and_listed_as_printed():
    score = r"\mathbb{E}_{y\sim q_\phi(\cdot|x)}[\theta \nabla_\phi \log q_\phi(y|x)] = 0"
    verdict = prove(score, let=[r"\phi \in \mathbb{R}^d", r"q_\phi(y|x)", r"\theta \in [0,1]"])
    assert verdict.status == "proved"
    assert {one.symbol: one.kind for one in verdict.read_as} == {
        "y": "elem(action)", "x": "elem(state)", r"q_{\phi}": "law", r"\theta": "num", r"\phi": "parameter"}
    assert prove(score.replace("= 0", "= 1"), let=[r"q_\phi(y|x)"]).status == "unread"


def test_what_is_declared_is_listed_and_what_does_not_occur_is_told():
    verdict = prove("c + 1 > c", let=[r"c \in \mathbb{R}", r"\gamma \in [0,1)"])
    assert verdict.declared == ((r"c \in \mathbb{R}", True), (r"\gamma \in [0,1)", False))
    through = prove(r"w > 0", where=[r"w \doteq \gamma + 1"], let=[r"\gamma \in [0,1)"])
    assert (through.status, through.declared) == ("proved", ((r"\gamma \in [0,1)", True),))


@pytest.mark.long
def test_a_range_that_is_not_of_the_statement_changes_nothing():
    assert prove("2c > 0", let=["d > 0"]).status == "refuted"
    assert prove("c + 1 > c", let=["d > b", "d < b"]).status == "proved"
    assert prove("d + 1 > d", let=["d > b", "d < b"]).status == "undecided"


def test_a_where_declares_beside_its_definitions():
    found, rest = declared_in(r"w \doteq \gamma + 1, \gamma \in [0,1)", "where 1")
    assert [one.symbol for one in found] == [r"\gamma"]
    assert rest.strip() == r"w \doteq \gamma + 1"
    assert prove(r"w \leq 2", where=[r"w \doteq \gamma + 1, \gamma \in [0,1)"]).status == "proved"
    assert prove(r"w \leq 1", where=[r"w \doteq \gamma + 1, \gamma \in [0,1)"]).status == "refuted"
    assert prove(r"c + d > c \quad \text{where } d > 0").status == "proved"
    assert prove(r"c + d > c + 1 \quad \text{where } d > 0").status == "refuted"
    unusable = prove("c = c", where=[r"c \in \{2, 7\}"])
    assert (unusable.status, unusable.reason[:7]) == ("unread", "in wher")


@pytest.mark.parametrize("where", [
    r"w(a) \doteq \pi_\theta(a|s)", r"b_i \doteq \sum_{j \in \mathcal{S}} c_j",
    r"w \doteq c, \forall s \in \mathcal{S}", r"w \doteq c \quad \text{for } s \in \mathcal{S}"])
def test_definitions_stay_definitions(where):
    assert declared_in(where, "where 1") == ((), where)


@pytest.mark.parametrize(("statement", "declared", "status"), [
    (r"n^2 \geq n", r"n \in \mathbb{N}", "proved"), (r"n^2 \geq n", r"n \in \mathbb{Z}", "proved"),
    (r"n^2 \geq -n", r"n \in \mathbb{Z}", "proved"), (r"n^2 + 2 \geq 3n", r"n \in \mathbb{Z}_{>0}", "proved"),
    (r"n^3 \geq n", r"n \in \mathbb{N}", "proved"), (r"n^3 \geq n^2", r"n \in \mathbb{Z}", "refuted"),
    (r"n^2 \geq 2n", r"n \in \mathbb{N}", "refuted"), (r"n^2 \geq n", r"n \in \mathbb{R}", "refuted"),
    (r"n^2 \geq n", r"n \geq 0", "refuted")])
def test_a_whole_number_lies_between_no_two_neighbours(statement: str, declared: str, status: str) -> None:
    assert prove(statement, let=[declared]).status == status
