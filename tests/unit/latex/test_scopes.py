r"""What a document says beside its displays: where it holds, what rests on it, what is only in doubt."""

from __future__ import annotations

import pytest
from verdicts import check_read

from grpo_symbolic.checking.verdict import Verdict
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

pytestmark = pytest.mark.long

KL = r"D_{\text{KL}}(\pi_\theta(\cdot|s) \| \pi_{ref}(\cdot|s))"
MEAN = r"\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}"
CENTRED = rf"{MEAN}[A(s,a)] = 0"
SHIFTED = rf"\[ {MEAN}[A(s,a) + c] = c \]"
THEOREMS = r"\newtheorem{thm}{Theorem} \newtheorem{asm}{Assumption} \newtheorem{dfn}[thm]{Definition}"


def verdicts(text: str) -> list[Verdict]:
    """The verdicts on the displays of a document."""
    return list(check_read(read_records(tex_records(text)), 2.0))


def statuses(text: str) -> list[str]:
    """What they are."""
    return [one.status for one in verdicts(text)]


def taken(verdict: Verdict) -> list[tuple[str, str, int]]:
    """What a verdict takes from the text."""
    return [(one.text, one.kind, one.line) for one in verdict.taken]


def test_a_definition_serves_what_follows_and_is_listed() -> None:
    true, false, other = verdicts(
        "Let $r = \\pi_{ref}/\\pi_\\theta$ and $u > 0$.\n"
        rf"\[ {MEAN}[r - 1 - \log r] = {KL} \] \[ {MEAN}[r - 1 + \log r] = {KL} \] \[ 1 + 1 = 2 \]")
    assert [true.status, false.status, other.status] == ["proved", "refuted", "proved"]
    assert taken(true) == taken(false) == [(r"r = \pi_{ref}/\pi_\theta", "definition", 1)]
    assert taken(other) == []


def test_what_rests_on_a_sentence_lists_it_and_keeps_its_meaning() -> None:
    text = rf"""Let $r = \pi_{{ref}}/\pi_\theta$. \[ k_3 = r - 1 - \log r \]
Now let $r = \pi_\theta/\pi_{{ref}}$. \[ {MEAN}[k_3] = {KL} \] \[ {MEAN}[r] = 1 \]"""
    definition, through, anew = verdicts(text)
    assert definition.status == "definition"
    assert (through.status, [(text, line) for text, _, line in taken(through)]) == (
        "proved", [(r"r = \pi_{ref}/\pi_\theta", 1), ("k_3", 1)])
    assert (anew.status, [line for _, _, line in taken(anew)]) == ("refuted", [2])


def test_where_after_a_display_is_said_of_it_too() -> None:
    assert statuses(rf"\[ {MEAN}[w] = 1 \] where $w = \pi_{{ref}}/\pi_\theta$.") == ["proved"]
    assert statuses(rf"\[ {MEAN}[w] = 1 \] Now let $w = \pi_{{ref}}/\pi_\theta$.") != ["proved"]


def test_a_display_defines_anew_in_another_section_or_with_a_sign_that_only_defines() -> None:
    for between, sign in ((r"\section{Two}", "="), ("", ":=")):
        assert statuses(rf"Let $k = u + 1$. \[ k - 1 = u \] {between} \[ k {sign} u + 2 \] \[ k - 2 = u \]") == [
            "proved", "definition", "proved"]


def test_an_equation_for_what_the_text_defines_is_checked_and_never_refuted() -> None:
    same, other, after = verdicts(r"Let $k = u + 1$. \[ k = 1 + u \] \[ k = u + 2 \] \[ k - 2 = u \]")
    assert (same.status, other.status, after.status) == ("proved", "undecided", "undecided")
    assert "line 1" in other.reason


def test_a_definition_that_cannot_be_read_leaves_its_symbol_undecided() -> None:
    found, other = verdicts(r"Let $k = \Foo{u}$. \[ k + k = 2 k \] \[ v + v = 2 v \]")
    assert (found.status, other.status) == ("undecided", "proved")
    assert "line 1" in found.reason
    assert r"k = \Foo{u}" in found.reason


def test_definitions_that_need_each_other_define_nothing() -> None:
    assert statuses(r"Let $u = 2 v$ and $v = 2 u$. \[ u = 4 u \]") == ["undecided"]


def test_a_supposition_holds_in_its_paragraph_and_is_in_doubt_after_it() -> None:
    here, after, section = verdicts(
        f"Suppose that ${CENTRED}$.\n{SHIFTED}\n\nGo on.\n{SHIFTED}\n\\section{{Next}}\n{SHIFTED}")
    assert (here.status, taken(here)) == ("proved", [(CENTRED, "assumption", 1)])
    assert (after.status, taken(after)) == ("undecided", [])
    assert "line 1" in after.reason
    assert (section.status, taken(section)) == ("refuted", [])


@pytest.mark.parametrize("sentence", [
    f"Unless ${CENTRED}$, nothing helps.", f"We do not assume ${CENTRED}$.", f"If we instead had ${CENTRED}$.",
    f"This shows that ${CENTRED}$."])
def test_what_is_denied_or_concluded_proves_nothing(sentence: str) -> None:
    assert statuses(f"{sentence} {SHIFTED}") != ["proved"]


def test_a_case_is_that_of_the_display_its_sentence_runs_into() -> None:
    case, other = verdicts(r"For $\lambda = 1$, \[ \lambda u = u \] We go on. \[ \lambda u = u \]")
    assert (case.status, other.status) == ("proved", "undecided")


def test_nothing_is_assumed_that_is_concluded() -> None:
    text = rf"{THEOREMS} \begin{{thm}} We have \[ {CENTRED} \] with ${CENTRED}$. \end{{thm}}"
    assert statuses(text) == ["undecided"]
    assert statuses(rf"Assume that ${CENTRED}$. \[ {CENTRED} \]") == ["undecided"]


def test_a_theorem_assumes_what_stands_before_its_conclusion_there_and_in_its_proof() -> None:
    text = (rf"{THEOREMS} \begin{{thm}} Let $A$ satisfy ${CENTRED}$. Then {SHIFTED} \end{{thm}}"
            rf"\begin{{proof}} As {SHIFTED} \end{{proof}} Elsewhere {SHIFTED}")
    assert statuses(text) == ["proved", "proved", "refuted"]


def test_a_display_that_a_theorem_supposes_is_no_claim() -> None:
    text = rf"{THEOREMS} \begin{{thm}} Suppose that \[ {CENTRED} \] Then {SHIFTED} \end{{thm}} {SHIFTED}"
    assert statuses(text) == ["no-claim", "proved", "refuted"]


def test_an_assumption_environment_assumes_for_all_that_follows() -> None:
    text = rf"{SHIFTED} {THEOREMS} \begin{{asm}} For all states \[ {CENTRED} \] \end{{asm}} \section{{On}} {SHIFTED}"
    before, assumed, after = verdicts(text)
    assert (before.status, assumed.status, after.status) == ("refuted", "no-claim", "proved")
    assert [kind for _, kind, _ in taken(after)] == ["assumption"]


def test_an_environment_is_what_its_title_says() -> None:
    body = r"\[ u = v + 1 \] \[ u - 1 = v \]"
    assert statuses(rf"{THEOREMS} \[ u + v = w \] \begin{{dfn}} {body} \end{{dfn}}")[1:] == ["definition", "proved"]
    assert statuses(rf"\newtheorem{{dfn}}{{Remark}} \begin{{asm}} {SHIFTED} \end{{asm}}") == ["no-claim"]
    assert statuses(rf"\newtheorem{{asm}}{{Remark}} \begin{{asm}} {SHIFTED} \end{{asm}}") == ["refuted"]


def test_a_law_is_defined_by_what_it_is_proportional_to() -> None:
    text = r"""Let $\pi^*(a|s) \propto \pi_{ref}(a|s) e^{r(s,a)/\beta}$.
\[ \beta \log \frac{\pi^*(a|s)}{\pi_{ref}(a|s)} = r(s,a) - \beta \log \sum_b \pi_{ref}(b|s) e^{r(s,b)/\beta} \]"""
    assert statuses(text) == ["proved"]
    assert statuses(text.replace("- \\beta", "+ \\beta").replace("- \beta", "+ \beta")) == ["refuted"]


def test_what_is_supposed_of_the_parameter_holds_after_every_derivative() -> None:
    text = r"""Let $\rho(a) = \pi_\theta(a|s)/\pi_{old}(a|s)$. Suppose $\theta = \theta_{old}$.
\[ \nabla_\theta \rho(a) = \nabla_\theta \log \pi_\theta(a|s) \]"""
    found, = verdicts(text)
    assert found.status == "proved"
    assert [kind for _, kind, _ in taken(found)] == ["definition", "assumption"]
    for words in ("This is so at", "If", "When", "This fails unless"):
        assert statuses(text.replace("Suppose", words)) == ["undecided"]
    assert statuses(text.partition("Suppose")[0] + text.partition(".\n")[2]) == ["refuted"]


def test_a_condition_after_a_display_keeps_it_from_being_refuted() -> None:
    assert statuses(r"\[ \beta u = u \] if $\beta = 1$.") == ["undecided"]
    assert statuses(r"\[ \beta u = u \] in general.") == ["refuted"]


def test_a_definition_that_rests_on_what_could_not_be_read_leaves_its_symbol_undecided() -> None:
    assert statuses(r"Let $w = \Foo{u}$. \[ k := w + 1 \] \[ k - 1 = 2 w \]") == ["definition", "undecided"]


def test_a_clash_with_what_is_declared_is_no_fault_of_the_display() -> None:
    found, = verdicts(r"Let $\mu \in [0,1]$. \[ \mathbb{E}_{a\sim\mu}[1] = 1 \]")
    assert (found.status, found.taken) == ("proved", ())


STATISTICS = (r"\[ \mu = \frac{1}{G} \sum_{i=1}^G r_i, \qquad"
              r" \sigma = \sqrt{\frac{1}{G} \sum_{i=1}^G (r_i - \mu)^2} \]")
BINARY = r"\[ \sigma^2 = \mu (1 - \mu) \]"


def test_what_is_assumed_of_what_a_definition_uses_bears_on_what_uses_it() -> None:
    definition, claim = verdicts(rf"{STATISTICS} Assume that $r_i \in \{{0, 1\}}$. Then {BINARY}")
    assert (claim.status, taken(claim)) == ("proved", [
        (r"r_i \in \{0, 1\}", "declaration", 1), (r"\mu", "definition", 1), (r"\sigma", "definition", 1)])
    assert taken(definition) == []
    assert statuses(rf"{STATISTICS} {BINARY}")[1] == "refuted"
    assert statuses(rf"{STATISTICS} If $r_i \in \{{0, 1\}}$, we know $r_i^2 = r_i$, and {BINARY}")[1] == "undecided"


def test_what_follows_if_is_the_case_of_the_display_that_the_sentence_runs_into() -> None:
    case, other = verdicts(r"If $u > 0$, then $u \neq 0$ and \[ |u| = u \] Without it \[ |u| = u \]")
    assert (case.status, taken(case)) == ("proved", [("u > 0", "declaration", 1)])
    assert other.status in ("undecided", "refuted")
    assert statuses(r"If $u > 0$, then that is \[ |u| = -u \]") == ["refuted"]
    assert statuses(r"If we only had $u > 0$, then \[ |u| = u \]") == ["undecided"]


def test_a_condition_after_a_full_stop_is_none_of_the_display_before_it() -> None:
    false = r"\[ r_i^2 = r_i #\] If the rewards are bits, then $r_i^2 = r_i$."
    assert statuses(false.replace("#", ".")) == ["refuted"]
    assert statuses(false.replace("#", "")) == ["undecided"]


SURROGATE = (r"\[ L(\theta) = \mathbb{E}_{a\sim\pi_{\text{old}}(\cdot|s)}"
             r"[\frac{\pi_\theta(a|s)}{\pi_{\text{old}}(a|s)} A(s,a)] \]")
ADVANTAGE = rf"With $V(s) = {MEAN}[Q(s,a)]$ and $A(s,a) = Q(s,a) - V(s)$ we have"


def test_what_a_display_has_used_may_be_defined_after_it_where_that_is_not_printed() -> None:
    assert statuses(rf"{SURROGATE} {ADVANTAGE} \[ {CENTRED} \]") == ["definition", "proved"]
    assert statuses(rf"{SURROGATE} {ADVANTAGE} \[ {MEAN}[A(s,a)] = 1 \]") == ["definition", "refuted"]
    both = rf"\[ L(\theta) = L(\theta) + {MEAN}[A(s,a)] \]"
    assert statuses(rf"{SURROGATE} {ADVANTAGE} {both}")[1] in ("proved", "undecided")


def test_a_sentence_may_say_what_a_symbol_means_anyway() -> None:
    logistic = r"\[ 1 - \sigma(z) = \sigma(-z) \]"
    assert statuses(rf"Write $\sigma(z) = 1/(1+e^{{-z}})$ for the logistic function. {logistic}") == ["proved"]
    assert statuses(rf"Write $\sigma(z) = 1/(1-e^{{-z}})$ for another function. {logistic}") == ["undecided"]


def test_what_is_said_of_one_symbol_of_a_display_bears_on_no_other() -> None:
    assert statuses(rf"Assume not all are equal, so $\sigma > 0$. {STATISTICS} \[ \mu = 2 \mu \]")[1] == "refuted"


@pytest.mark.parametrize("again", [
    "Now let $g$ be any function of actions.", "Next $g$ may vary.", "In general $g$ is another function.",
    "We no longer take $g$ so."])
def test_a_sentence_takes_back_what_was_said_of_the_symbols_that_it_names(again: str) -> None:
    text = rf"Let $g(a) = \pi_\theta(a|s)$. \[ \sum_a g(a) = 1. \] {again} \[ \sum_a g(a) = 1. \]"
    assert statuses(text) == ["proved", "undecided"]
    assert statuses(text.replace(again, again.replace("$g$", "$h$"))) == ["proved", "proved"]


@pytest.mark.parametrize("again", ["Let $c$ be any real number.", "Next we drop this assumption.", "More generally,"])
def test_a_sentence_takes_back_what_was_assumed(again: str) -> None:
    text = rf"\begin{{document}}{THEOREMS} Let $c \geq 1$. Then \[ c^2 \geq c. \] {again} \[ c^2 \geq c. \]"
    assert statuses(text) == ["proved", "undecided"]
    assert statuses(text.replace(again, "Again,")) == ["proved", "proved"]


@pytest.mark.parametrize(("before", "true", "after"), [
    (r"For $\pi_\theta = \pi_{ref}$ we have", rf"{KL} = 0", ""),
    (rf"Choosing $b = {MEAN}[r(s,a)]$ gives", rf"{MEAN}[r(s,a) - b] = 0", ""),
    (r"If $x \geq 0$,", "|x| = x", ""),
    ("", "|x| = x", r"since $x \geq 0$"),
])
def test_a_relation_beside_a_display_puts_only_its_refutation_in_doubt(before: str, true: str, after: str) -> None:
    assert statuses(rf"We have \[ {true} \]") == ["refuted"]
    assert statuses(rf"{before} \[ {true} \] {after}. Then \[ 1 + 1 = 2. \]") == ["undecided", "proved"]


def test_a_relation_bears_on_the_displays_of_both_cases() -> None:
    assert statuses(r"If $x \geq 0$, \[ |x| = x, \] else \[ |x| = -x. \]" "\n\n" r"Always \[ |x| = -x. \]") == [
        "undecided", "undecided", "refuted"]


def test_what_a_footnote_or_a_quotation_defines_is_not_taken() -> None:
    display = r"\[ \sum_a g(a) = 1 \]"
    own = r"let $g(a) = \pi_\theta(a|s)$."
    assert statuses(rf"Here we {own} {display}") == ["proved"]
    for said in (rf"Take $x$.\footnote{{Others {own}}}", rf"Smith et al. {own}"):
        assert statuses(rf"{said} {display}") == ["undecided"]


# What is said of a symbol of a standard reading, with the statement that is true of that reading.
SCORE = r"\nabla_\theta \log \pi_\theta(a|s)"
GRADIENT = rf"\nabla_\theta J(\theta) = {MEAN}[r(s,a) {SCORE}]"
SUM, RATIO = r"\sum_{i=1}^G (r_i - \bar r) = 0", r"\mathbb{E}_{a\sim\pi_{old}(\cdot|s)}[\rho(a)] = 1"
J = r"J(\theta)"


@pytest.mark.parametrize(("said", "true"), [
    (r"Our objective $J(\theta) \approx \mathbb{E}[r - \beta k_1]$ has a gradient.", GRADIENT),
    (r"With the objective $J(\theta) = \mathbb{E}[r - \beta k_1]$ we find", GRADIENT),
    (r"We solve \[ \max_\theta J(\theta) = \mathbb{E}_\tau[R(\tau) - c]. \]", GRADIENT),
    (r"Here $\bar r$ denotes the running average of rewards over all previous batches.", SUM),
    (r"We keep a moving average $\bar r$ of the rewards.", SUM),
    (r"Let $\bar{r}$ be a learned baseline.", SUM),
    (r"The inverse ratio $\rho$ is used.", RATIO),
])
def test_a_symbol_of_which_the_text_says_otherwise_has_no_standard_reading(said: str, true: str) -> None:
    assert statuses(rf"{said} \[ {true} \]")[-1] == "undecided"
    assert statuses(rf"\[ {true} \]") == ["proved"]


@pytest.mark.parametrize(("said", "true"), [
    (r"Let $\bar r$ be the mean reward of the group.", SUM),
    (r"The average reward $\bar r$ serves as a baseline, where $\bar{r}$ is the baseline.", SUM),
    (r"The objective $J(\theta)$ is the expected reward.", GRADIENT),
    (r"where $\rho(a)$ denotes the importance sampling ratio,", RATIO),
])
def test_a_symbol_of_which_the_text_says_what_the_field_does_keeps_its_reading(said: str, true: str) -> None:
    assert statuses(rf"{said} \[ {true} \]") == ["proved"]
