"""Derivations in LaTeX: a step is held to the reasons beside it, and a chain to what it says that it derives."""

import pytest

from grpo_symbolic.shelf.chains import REASONS, Unfounded, every_reason
from grpo_symbolic.shelf.folder import FolderBook
from grpo_symbolic.shelf.plain_words import plain

DISPLAYS = r"""
\begin{equation}\label{ratio}
\rho(a) \doteq \frac{\pi_\theta(a|s)}{\pi_{\theta_{\text{old}}}(a|s)}
\end{equation}
"""
OLD = r"\pi_{\theta_{\text{old}}}"
LEFT = rf"\mathbb{{E}}_{{a \sim {OLD}(\cdot|s)}} [\rho(a)]"
CLAIMS = rf"""
\begin{{equation}}\label{{mean}}
{LEFT} = 1
\end{{equation}}
\begin{{equation}}\label{{moved}}
\nabla_\theta {LEFT} = 0
\end{{equation}}
"""
STEPS = (
    (rf"\sum_a {OLD}(a|s) \rho(a)", "(an expectation is a weighted sum)"),
    (r"\sum_a \pi_\theta(a|s)", r"(definition of $\rho$)"),
    ("1", "(probabilities sum to one)"),
)


def chain(*steps, label="mean", left=LEFT):
    """A derivation as a file has it."""
    rows = "".join(rf"&= {expression} && \text{{{reason}}} \\" + "\n" for expression, reason in steps)
    return f"This shows \\eqref{{{label}}}.\n\\begin{{align*}}\n{left}\n{rows}\\end{{align*}}\n"


@pytest.fixture
def faults(tmp_path):
    """What is wrong with derivations, each the text of a file."""
    (tmp_path / "derivations").mkdir()
    (tmp_path / "displays.tex").write_text(DISPLAYS)
    (tmp_path / "claims.tex").write_text(CLAIMS)

    def found(*texts):
        for number, text in enumerate(texts):
            (tmp_path / "derivations" / f"{number}.tex").write_text(text)
        return FolderBook(tmp_path).derivations.faults()

    return found


def with_reason(place, reason):
    """The steps with another reason at a place."""
    return [(expression, reason if at == place else told) for at, (expression, told) in enumerate(STEPS)]


def test_a_derivation_whose_reasons_carry_it_holds(faults):
    assert faults(chain(*STEPS)) == []


@pytest.mark.parametrize("place", range(3))
def test_a_step_without_a_reason_is_decided_as_a_whole(faults, place):
    assert faults(chain(*with_reason(place, ""))) == []


@pytest.mark.parametrize("place", range(3))
def test_a_false_step_is_rejected_whatever_its_reason(faults, place):
    expression, _ = STEPS[place]
    steps = [*STEPS[:place], (f"2 \\cdot {expression}", ""), *STEPS[place + 1:]]
    assert "step" in faults(chain(*steps))[0]


@pytest.mark.parametrize(("place", "reason", "fault"), [
    (2, "(log-derivative)", "step 3 (log-derivative)"),
    (1, "(probabilities sum to one)", "step 2"),
    (1, r"(definition of $\rho$, log-derivative)", "“log-derivative” is not needed here"),
    (1, r"(definition of $k_3$)", "uses no such definition, but ρ"),
    (1, "(obviously)", "no reason that is known"),
    (1, r"(by \eqref{nothing})", "there is no such label"),
    (1, r"(by \eqref{ratio})", "nothing derives it"),
    (1, r"(by \eqref{mean})", "rests on itself"),
])
def test_a_reason_that_does_not_carry_its_step_is_rejected(faults, place, reason, fault):
    found = faults(chain(*with_reason(place, reason)))
    assert len(found) == 1
    assert fault in found[0]
    assert f"derivations/0.tex:{4 + place}:2:" in found[0]


@pytest.mark.parametrize(("text", "fault"), [
    (chain(*STEPS, left=rf"2 {LEFT}"), "starts from another expression"),
    (chain(*STEPS[:2]), "does not end at the right side"),
    (chain(*STEPS, label="other"), "no display and no claim has the label other"),
    (chain(*STEPS, label="ratio"), "is no single equation"),
    (chain((r"\mathfrak{?} + 1", "")), "cannot be read"),
    (chain(*STEPS).replace("&= 1", r"&\leq 1"), "are equations"),
])
def test_a_chain_that_derives_something_else_is_rejected(faults, text, fault):
    assert fault in faults(text)[0]


def test_a_derivation_may_rest_on_another(faults):
    moved = chain((r"\nabla_\theta 1", r"(by \eqref{mean})"), ("0", "(linearity)"), label="moved",
                  left=rf"\nabla_\theta {LEFT}")
    assert faults(chain(*STEPS), moved) == []
    assert len(faults(chain(*STEPS[:2]), moved)) == 2


BESIDE = rf"\mathbb{{E}}_{{a \sim {OLD}(\cdot|s)}} [u(a)]"


@pytest.mark.parametrize(("steps", "fault"), [
    (((rf"\sum_a {OLD}(a|s) u(a)", "(an expectation is a weighted sum)"),
      (r"\sum_a \pi_\theta(a|s)", r"(definition of $u$)"), ("1", "(probabilities sum to one)")), ""),
    (((rf"\sum_a {OLD}(a|s)", "(an expectation is a weighted sum)"), ("1", "(probabilities sum to one)")), "step 1"),
])
def test_what_a_display_claims_beside_a_definition_is_derived(tmp_path, steps, fault):
    (tmp_path / "derivations").mkdir()
    (tmp_path / "displays.tex").write_text(
        rf"\begin{{equation}}\label{{mean}} {BESIDE} = 1, \quad \text{{where }} u(a) = "
        rf"\frac{{\pi_\theta(a|s)}}{{{OLD}(a|s)}} . \end{{equation}}")
    (tmp_path / "derivations" / "one.tex").write_text(chain(*steps, left=BESIDE))
    book = FolderBook(tmp_path)
    assert book.item("mean").kind == "claim"
    assert [fault in one for one in book.derivations.faults()] == [True] * bool(fault)


def test_what_is_wrong_is_said_in_the_order_of_the_files(faults):
    found = faults(chain(*STEPS[:2]), chain(*STEPS, label="other"), chain(*STEPS[:1]))
    assert [f"derivations/{number}.tex:2" in one for number, one in enumerate(found)] == [True] * 3


def test_every_reason_is_read_in_the_words_in_which_it_is_printed():
    assert {plain(text) for text in REASONS} == set(REASONS)
    assert len(every_reason()) > len(REASONS)


@pytest.mark.parametrize(("text", "words"), [
    (r"the mean of $k_3$ under $\pi_{\text{ref}}$", "the mean of k_3 under π_ref"),
    (r"\emph{No} mean of \eqref{a}~b", "No mean of (a) b"),
    (r"definition of \ensuremath{\pi_{\theta}}", "definition of π_θ"),
    (r"rewards $r_1, \dots, r_G$ of $\pi$, in \(\mathcal{A}\)", "rewards r_1,…,r_G of π, in A"),
    (r"the ratio $\frac{\pi_\theta}{q}$ and $\log\,x$", r"the ratio \frac{\pi_\theta}{q} and \log x"),
])
def test_a_sentence_is_printed_in_plain_words(text, words):
    assert plain(text) == words


def test_the_macros_of_a_sentence_are_read(tmp_path):
    (tmp_path / "displays.tex").write_text(
        "\\newcommand{\\pit}{\\pi_\\theta}\nThe scores of $\\pit(a|s)$.\n\\begin{equation} 1 = 1 \\end{equation}\n")
    assert [one.title for one in FolderBook(tmp_path).items()] == ["The scores of π_θ(a|s)."]


def test_the_argument_of_a_rejected_derivation_is_refused(tmp_path):
    (tmp_path / "derivations").mkdir()
    (tmp_path / "displays.tex").write_text(DISPLAYS + CLAIMS)
    (tmp_path / "derivations" / "one.tex").write_text(chain(*STEPS[:2]))
    with pytest.raises(Unfounded, match="does not end"):
        FolderBook(tmp_path).argument_of("mean")
