r"""Functions of numbers: f(u) := … speaks of every u, captures nothing, and serves at any expression."""

import pytest
from verdicts import check_read, prove

from grpo_symbolic.language import (
    NONE,
    Argument,
    Const,
    Definition,
    Head,
    Num,
    Plus,
    Relation,
    Scope,
    ScopeError,
    Sum,
    Var,
    expand,
)
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

SQUARE, SHIFT, DIFFERENCE = r"f(u) := (u - 1)^2", r"f(u) := u + v", r"g(u, w) := u - w"
CONVEX = r"\psi(x) \doteq x\log x"


def status(claim: str, *where: str) -> str:
    return prove(claim, where, budget=5.0).status


def displays(*texts: str) -> list[str]:
    """The verdicts on displays in a row."""
    records = tex_records("\n".join(rf"\[ {text} \]" for text in texts))
    return [verdict.status for verdict in check_read(read_records(records), budget=5.0)]


@pytest.mark.parametrize(("where", "true", "false"), [
    ([SQUARE], "f(3) = 4", "f(3) = 5"),
    ([SQUARE], r"f(x) \ge 0", r"f(x) > 0"),
    ([SQUARE], r"f(f(u)) = (u^2 - 2u)^2", "f(f(u)) = f(u)^2"),
    ([SQUARE], r"\mathbb{E}_{a\sim\pi}[f(r(a))] = \mathbb{E}_{a\sim\pi}[r(a)^2 - 2r(a) + 1]",
     r"\mathbb{E}_{a\sim\pi}[f(r(a))] = f(\mathbb{E}_{a\sim\pi}[r(a)])"),
    ([SQUARE], r"\sum_{i=1}^n f(c_i) = \sum_{i=1}^n (c_i^2 - 2c_i) + n", r"\sum_{i=1}^n f(c_i) = n f(c_1)"),
    ([SHIFT], "f(v) = 2v", "f(v) = u + v"),
    ([SHIFT, "h(v) := f(v) + v"], "h(3) = 6 + v", "h(3) = 9"),
    ([SHIFT, "h(u) := u f(u)"], "h(v) = 2v^2", "h(v) = v^2 + u v"),
    ([DIFFERENCE], "g(w, u) = w - u", "g(w, u) = u - w"),
    ([DIFFERENCE], "g(g(1, 2), 3) = -4", "g(g(1, 2), 3) = 2"),
    ([r"f(u) := \sum_{i=1}^n u d_i"], r"\sum_{i=1}^n f(c_i) = \sum_{j=1}^n c_j \sum_{i=1}^n d_i",
     r"\sum_{i=1}^n f(c_i) = \sum_{i=1}^n c_i d_i"),
    ([r"f(\beta) := \beta"], "f(-2) = -2", r"f(c) \ge 0"),
    ([CONVEX], r"\sum_x q(x)\psi\left(\frac{p(x)}{q(x)}\right) = D_{\text{KL}}(p \| q)",
     r"\sum_x q(x)\psi\left(\frac{p(x)}{q(x)}\right) = D_{\text{KL}}(q \| p)"),
    ([r"\mathrm{Kx}_{\mathcal{B}}(y, t, \kappa) = \kappa c_t"], r"\mathrm{Kx}_{\mathcal{B}}(y, t, 2) = 2 c_t",
     r"\mathrm{Kx}_{\mathcal{B}}(y, t, 2) = c_t"),
    ([r"m(u) := u V(s)"], "m(2) = 2V(s)", "m(2) = V(s)"),
    ([r"f(u) := u\log u"], r"\nabla_\theta f(\pi_\theta(a|s)) = f'(\pi_\theta(a|s))\nabla_\theta \pi_\theta(a|s)",
     r"\nabla_\theta f(\pi_\theta(a|s)) = 0"),
    ([r"f(u) := v u^3"], "f''(2) = 12v", "f'(2) = 12"),
])
def test_a_definition_is_unfolded_at_any_number(where: list[str], true: str, false: str) -> None:
    assert status(true, *where) == "proved"
    assert status(false, *where) == "refuted"


@pytest.mark.parametrize(("text", "expected"), [
    (r"f(u) = u\log u \implies f(1) = 0", "proved"),
    (r"f(u) = u\log u \implies f(1) = 1", "refuted"),
    (r"\phi(t) = t^2 - t \implies \phi(3) = 6", "proved"),
    ("k(u) = u^2, k(3) = 9", "proved"),
    ("k(u) = u^2, k(3) = 8", "refuted"),
    (r"f(c) = 0 \implies f(1) = 0", "undecided"),  # of every c, or of one
    (r"f(u) = u \implies f(2u) = 2u", "undecided"),  # the same
    (r"\mathrm{GC}_{\mathcal{M}}(x, y, \beta) = \hat A + \beta V(x)", "definition"),
    ("f(u, u) := u", "ill-formed"),
    ("f(2) := u", "unread"),
    ("f(u) := 2f(u)", "ill-formed"),
    (r"f(n) := \sum_{i=1}^n c_i, f(2) = c_1 + c_2", "unread"),
])
def test_what_a_premise_or_a_left_side_says(text: str, expected: str) -> None:
    assert status(text) == expected


@pytest.mark.parametrize(("claim", "where"), [
    ("f(s) = V(s)", "f(u) := u"),  # a state is no number
    (r"f(\nabla_\theta J(\theta)) = 0", "f(u) := u"),
    ("f'(1) = 1", "f(u) := |u|"),
    ("g'(1) = 1", "g(u, w) := u w"),
    ("r(a) + a = a + r(a)", "f(u) := u"),
])
def test_what_is_no_number_is_refused(claim: str, where: str) -> None:
    assert status(claim, where) == "unread"


def test_in_a_document_definitions_come_first_wherever_they_stand() -> None:
    assert displays("f(3) = 9", "f(u) = u^2", "f(v) = v^2", "f(v) = v^3") == [
        "proved", "definition", "proved", "refuted"]
    assert displays("h(x) := x - 1", r"\mathbb{E}_{x\sim p}[h(r(x))] = \mathbb{E}_{x\sim p}[r(x)] - 1", "h(3) = 1") == [
        "definition", "proved", "refuted"]


def test_an_argument_is_no_constant_of_its_name() -> None:
    f, h, u, v = Head("f(#1)"), Head("h(#1)"), Argument("u"), Argument("v")
    shift = Definition(f(u), u + Const("v"))
    doubled = Definition(h(v), f(v) + v)
    assert expand(doubled.rhs, (shift,)) == Plus(v + Const("v"), v)
    assert expand(h(Num(3)), (shift, doubled)) == Plus(Num(3) + Const("v"), Num(3))
    with pytest.raises(ScopeError, match="does not stand on the left"):
        Definition(f(u), u + v)


def test_a_value_keeps_its_bound_variables() -> None:
    i, j = Var("i", "index"), Var("j", "index")
    c, d, f, u = Head("c_{#1}"), Head("d_{#1}"), Head("f(#1)"), Argument("u")

    def total(var: Var, body: object) -> Sum:
        return Sum(Const("n"), NONE, Scope.close(var, body))

    product = Definition(f(u), total(i, u * d(i)))
    assert expand(total(i, f(c(i))), (product,)) == total(j, total(i, c(j) * d(i)))
    assert expand(Relation("=", f(u), u), ()) == Relation("=", f(u), u)
