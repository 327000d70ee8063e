r"""What is passed over is pure typography: scripts, primes, signs and words that say something are read or refused."""

from __future__ import annotations

import pytest
from verdicts import prove

from grpo_symbolic.latex.read_error import ReadError
from grpo_symbolic.latex.statement.reader import read_statement

DRAWN = r"_{a \sim \pi_\theta(\cdot|s)}"
MARKS = ["'", r"^{\prime}", "^*", r"^\dagger", "^k", r"^{\text{rev}}", "^+"]
OPERATORS = [
    (r"\mathbb{E}", DRAWN + "[f(a)]"), (r"D_{\text{KL}}", r"(\pi_\theta \| \nu)"), (r"\mathcal{H}", r"(\pi_\theta)"),
    (r"\mathrm{KL}", r"(\pi_\theta \| \nu)"), (r"\mathbf{1}", "[u > v]"), (r"\exp", "(u)"), (r"\log", "(u)"),
    (r"\min", "(u, v)"), (r"\operatorname{clip}", "(u, v, w)"), (r"\operatorname{sg}", r"[\pi_\theta(a|s)]"),
    (r"\text{mean}", r"(\{r_1, \ldots, r_G\})"), (r"\text{std}", r"(\{r_1, \ldots, r_G\})")]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(("operator", "operand"), OPERATORS)
def test_a_script_on_an_operator_is_not_passed_over(operator: str, operand: str, mark: str) -> None:
    plain = operator + operand
    assert prove(f"{plain} = {plain}").status == "proved"
    assert prove(f"{plain} = {operator}{mark}{operand}").status == "unread"
    assert prove(f"{plain} = {plain}{mark}").status in ("unread", "undecided", "refuted")


@pytest.mark.parametrize(("plain", "marked"), [
    ("2 c", r"2 \mathop{c'}"), ("e^{c}", "e'^{c}"), (r"\text{mean}(\mathbf{r})", r"\text{mean}(\mathbf{r}')"),
    (r"\mathbb{E}_{s \sim d^{\pi_\theta}}[f(s)]", r"\mathbb{E}_{s \sim d'^{\pi_\theta}}[f(s)]"),
    (r"\mathbb{E}_{s \sim P(S)}[f(s)]", r"\mathbb{E}_{s \sim P'(S)}[f(s)]"),
    (r"\mathbb{E}_{s \sim P(S)}[f(s)]", r"\mathbb{E}_{s \sim P(Q)}[f(s)]"),
    (r"\mathbb{E}_{a \sim \nu(\cdot|s)}[f(a)]", r"\mathbb{E}_{a \sim \nu(\cdot^2|s)}[f(a)]"),
    ("u / v", r"u /^{\prime} v"), (r"\mathbb{E}_{a_{1:G} \sim \nu}[r_1]", r"\mathbb{E}_{a_{1:G}^+ \sim \nu}[r_1]"),
    ("c^2", "c^{(2)}"), ("(c + u)^2", "(c + u)^{(2)}"), ("1", r"1^{\text{rev}}"),
    (r"\pi_\theta(a|s)", r"\pi_{\boldsymbol\theta}(a|s)"), ("c", "01 c"),
    (r"\text{mean}(\{r_1, \ldots, r_G\})", r"\text{mean}(\{r_1, \forall \ldots, r_G\})"),
    (r"\sum_{i=1}^G r_i", r"\sum_{i^2=1}^G r_i"), (r"\sum_{a} f(a)", r"\sum_{a,} f(a)"), ("f(a)", "f(a;)"),
    (r"\mathbb{E}_{a \sim \nu}[f(a)]", r"\mathbb{E}_{a \sim \nu,}[f(a)]"), ("c", r"\intertext{as before} c"),
    (r"\nabla_\theta \log \pi_\theta(a|s)", r"\nabla_\theta \log \pi_{\sqrt{\theta}}(a|s)")])
def test_what_changes_a_meaning_is_read_or_refused(plain: str, marked: str) -> None:
    assert prove(f"{plain} = {plain}").status == "proved"
    assert prove(f"{plain} = {marked}").status in ("unread", "ill-formed", "refuted", "undecided")


@pytest.mark.parametrize("letters", ["(a|s) (b|s)", "(a|s) (o|s)", "(u) ", r"(\cdot|s) (a|s)"])
def test_laws_that_are_compared_name_what_is_drawn_alike(letters: str) -> None:
    first, second = letters.split(" ")
    with pytest.raises(ReadError, match="alike|conditioned"):
        read_statement(rf"D_{{\text{{KL}}}}(\pi_\theta{first} \| \pi_{{\text{{ref}}}}{second}) \geq 0")


def test_an_entropy_of_a_law_of_one_letter_is_two_things() -> None:
    assert prove(r"\mathcal{H}(\pi_\theta(u)) = \mathcal{H}(\pi_\theta)").status == "unread"
    assert prove(r"\mathcal{H}(\pi_\theta(a|s)) = \mathcal{H}(\pi_\theta(\cdot|s))").status == "proved"


@pytest.mark.parametrize("text", [
    r"u = u, v", r"u = u \\ v", r"u > u - 1, \gamma", r"u v = v u \text{ and } w", r"v \\ u = u"])
def test_what_claims_nothing_is_not_passed_over_beside_a_claim(text: str) -> None:
    with pytest.raises(ReadError, match="relates nothing"):
        read_statement(text)


@pytest.mark.parametrize(("brace", "proved"), [
    (r"\underbrace{u + v}_{\text{the sum}}", True), (r"\overbrace{u + v}^{\text{the sum}}", True),
    (r"\underbrace{u + v}_{(1)}", True), (r"\underbrace{u + v}", True), (r"\underbrace{u + v}_{=w}", False),
    (r"\underbrace{u + v}_{w}", True), (r"\underbrace{u + v}_{-\text{the sum}}", True),
    (r"\underbrace{u + v}_{\text{the sum}}^2", False), (r"\overbrace{u + v}^{\text{the sum}}_2", False),
    (r"\underbrace{u + v}_{\text{not the sum}}", False), (r"\underbrace{u + v}_{\text{if positive}}", False)])
def test_a_brace_has_words_that_claim_nothing(brace: str, proved: bool) -> None:
    found = prove(f"v + u = {brace}")
    assert found.status == ("proved" if proved else "unread")
    named = brace.endswith(("{w}", "{-\\text{the sum}}"))
    assert ("not checked is what names a part at a brace" in found.reason) == named


@pytest.mark.parametrize(("remark", "proved"), [
    (r"\text{(by symmetry)}", True), (r"\text{since both commute}", True), (r"\mbox{[given]}", True), ("", True),
    (r"\text{Expand expectation}", True), (r"\text{Bring gradient under integral}", True),
    (r"\text{Log-derivative trick}", True), (r"\text{Expression for the gradient}", True), (r"\text{chain rule}", True),
    (r"\text{Bring it under control}", False), (r"\text{Use small weights only}", False),
    (r"\text{trick or treat}", False), (r"\text{Apply if positive}", False), (r"\text{no rule}", False),
    (r"\text{Expression for small weights}", False),
    (r"\text{(if } ", False), (r"\text{(only if positive)}", False), (r"\text{rev}", False),
    (r"\text{is false}", False), (r"\text{(given positive weights)}", False), (r"\text{(for small weights)}", False)])
def test_a_remark_at_the_end_of_a_row_gives_a_reason(remark: str, proved: bool) -> None:
    row = rf"u v &= v u & {remark} \\ w &= w"
    assert prove(row).status == "proved" if proved else prove(row).status in ("unread", "ill-formed")


@pytest.mark.parametrize("row", [
    r"v \text{where} & \text{if } u > w", r"v : & u > w", r"\forall v & u > w", r"v & \text{if if } u > w",
    r"v & . u > w", r"v & u > w \implies", r"\text{if } v & u > w", r"v & u > w \text{ and}", r"v & & u > w"])
def test_signs_in_a_case_mean_something(row: str) -> None:
    plain = r"\begin{cases} v & \text{if } u > w \\ c & \text{otherwise} \end{cases}"
    assert prove(f"{plain} = {plain}").status == "proved"
    odd = rf"\begin{{cases}} {row} \\ c & \text{{otherwise}} \end{{cases}}"
    assert prove(f"{plain} = {odd}").status in ("unread", "ill-formed")


@pytest.mark.parametrize("row", [
    "v & u > w", r"v, & \text{if } u > w,", r"v \text{if } u > w", r"v & \text{if } u > w."])
def test_punctuation_in_a_case_changes_nothing(row: str) -> None:
    plain = r"\begin{cases} v & \text{if } u > w \\ c & \text{otherwise} \end{cases}"
    assert prove(rf"{plain} = \begin{{cases}} {row} \\ c & \text{{otherwise}}. \end{{cases}}").status == "proved"


@pytest.mark.parametrize(("plain", "odd"), [
    ("2 c", r"2 \mathrm{c}"), ("2 c", r"2 \textbf{c}"), ("2 c", r"2 \mathsf{c}"), ("f(a)", r"f(\mathit{a})"),
    (r"\nabla_\theta \log \pi_\theta(a|s)", r"\nabla_\theta \log \pi_{\mathbf{\theta}}(a|s)")])
def test_a_letter_in_two_fonts_is_not_one(plain: str, odd: str) -> None:
    assert prove(f"{odd} = {odd}").status == "proved" or "two fonts" in prove(odd).reason
    assert prove(f"{plain} = {odd}").status in ("unread", "undecided", "refuted")


@pytest.mark.parametrize(("tag", "proved"), [
    ("6", True), ("A.1", True), (r"$\ast$", True), ("1$'$", True), ("if u > 0", False), ("u = 0", False)])
def test_a_tag_is_a_number_or_a_name(tag: str, proved: bool) -> None:
    assert prove(rf"u v = v u \tag{{{tag}}}").status == ("proved" if proved else "unread")


@pytest.mark.parametrize("after", ["(w)", "w", "2", r"\text{rev}", "[w]"])
def test_nothing_is_multiplied_across_a_wide_space_after_a_formula(after: str) -> None:
    assert prove(rf"u v = v u \quad {after}").status == "unread"
    assert prove(rf"u v = v u, \qquad w {after} = w {after}").status == prove(rf"w {after} = w {after}").status


@pytest.mark.parametrize("below", ["i=1,i=2", "i=2,i=1", "i=1, i \\in \\mathcal{A}", "i \\neq j, i \\neq k"])
def test_a_sum_has_one_range(below: str) -> None:
    with pytest.raises(ReadError, match="two ranges|cannot be read"):
        read_statement(rf"\sum_{{{below}}}^{{G}} r_i = c")


def test_a_conclusion_defines_nothing() -> None:
    assert prove(r"v w = w v \therefore u = 1").status == "unread"
    assert prove(r"v w = w v \therefore v^2 w = v w v").status == "proved"


@pytest.mark.parametrize(("latex", "status"), [
    (r"\boxed{\; u + v = v + u \;} \tag{3}", "proved"), (r"\boxed{u + v = v u} \tag{3}", "refuted"),
    (r"\begin{align} u &= u \\ \boxed{u + v = v + u}. \end{align}", "proved"), (r"2 \boxed{u = 1} = 2", "unread"),
    (r"\boxed{u = u} + 1 = 3", "unread"), (r"u + v = v + u \quad \checkmark", "proved"),
    (r"u + v = v u \; \blacksquare", "refuted"), (r"u \square v = v \square u", "unread"),
    (r"\begin{aligned} u + v &= v + u && \textbf{(commuted)} \end{aligned}", "proved"),
    (r"\begin{aligned} u + v &= v u && \textbf{(commuted)} \end{aligned}", "refuted"),
    (r"\mathbb{E}_{\substack{x \sim \mathcal{D},\\ y \sim \pi_\theta(\cdot|x)}}[\nabla_\theta\log\pi_\theta(y|x)] = 0",
     "proved"),
    (r"\mathbb{E}_{\substack{x \sim \mathcal{D},\\ y \sim \mu(\cdot|x)}}[\nabla_\theta\log\pi_\theta(y|x)] = 0",
     "refuted"),
])
def test_boxes_marks_and_stacks_are_typography_around_rows_only(latex: str, status: str) -> None:
    assert prove(latex).status == status


@pytest.mark.parametrize("factor", ["[v]", "[t]", "[c]", " [b]"])
def test_a_bracket_after_an_environment_is_a_factor(factor: str) -> None:
    rows = r"\begin{cases} 2 & \text{if } z > u \\ c & \text{otherwise} \end{cases}"
    assert prove(f"{rows} = {rows}{factor}").status == "refuted"


def test_the_place_and_the_space_of_rows_print_nothing() -> None:
    assert prove(r"\begin{aligned}[t] u &= u \\[2pt] v &= v \end{aligned}").status == "proved"
    assert prove(r"u = u \\ [v] v = v^2 \\ [v] = v").status != "unread"


@pytest.mark.parametrize(("text", "status"), [
    (r"\operatorname*{\mathbb{E}}_{a \sim \pi}[c] = c", "proved"),
    (r"\operatorname{\mathbb E}_{a \sim \pi}[c] = c", "proved"),
    (r"\operatorname*{\mathbb{E}}_{a \sim \pi}[2 c] = c", "refuted"), (r"\mathbbm{1}[a = b] \geq 0", "proved"),
    (r"\mathds{1}\{a = b\} \geq 1", "refuted"), (r"u \mathop{} v = v u", "proved"), (r"u \mathop{} v = u", "refuted")])
def test_fonts_and_operators_that_print_alike(text: str, status: str) -> None:
    assert prove(text).status == status
