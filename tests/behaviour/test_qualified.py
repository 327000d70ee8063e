"""What sentences of a document say of a symbol beyond what the field means by it: nothing is refuted without that."""

from __future__ import annotations

import pytest

from grpo_symbolic.checking.documents import check_documents
from grpo_symbolic.latex.documents.document_reader import read_records, tex_records

DESCENT = (r"\nabla_\theta J(\theta) = "
           r"-\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[r(s,a) \nabla_\theta\log\pi_\theta(a|s)]")
ASCENT = DESCENT.replace("-", "", 1)
SCORE = r"\nabla_\theta\log\pi_\theta(a|s)"
OUTER = rf"F = <sign>\mathbb{{E}}_{{a\sim\pi_\theta}}[{SCORE} {SCORE}^\top]"
# A sentence, and what fails of what the field means by a symbol of it, and may hold of what the sentence says.
QUALIFIED = [
    ("Here $r(s,a)$ is a regret.", DESCENT),
    ("The rewards $r(s,a)$ are costs.", DESCENT),
    ("We work with costs instead of rewards.", DESCENT),
    ("The loss $J(\\theta)$ is minimised.", DESCENT),
    ("We define $F$ as the negative information matrix.", OUTER.replace("<sign>", "-")),
    ("Let $b(a)$ be a zero-mean baseline.", r"\mathbb{E}_{a\sim\pi(\cdot|s)}[b(a)] = 0"),
    ("The advantage $A(s,a)$ is centred.", r"\mathbb{E}_{a\sim\pi(\cdot|s)}[A(s,a)] = 0"),
    ("The weights $w(a)$ are self-normalised.", r"\mathbb{E}_{a\sim\pi(\cdot|s)}[w(a)] = 1"),
    (r"Here $D_{TV}$ denotes the total variation without the factor one half.",
     r"D_{TV}(p,q) = \sum_x |p(x)-q(x)|"),
    (r"Let $H$ be the negative entropy.", r"H(\pi) = \sum_a \pi(a|s) \log\pi(a|s)"),
    (r"We call $\chi^2(p\|q)$ the uncentred divergence.", r"\chi^2(p\|q) = \mathbb{E}_q[(p/q)^2]"),
    (r"The visitation $d^\pi$ is unnormalised.", r"\sum_s d^\pi(s) = \frac{1}{1-\gamma}"),
    ("With rewards bounded by one,", r"|V^\pi(s)| \leq \frac{1}{1-\gamma}"),
    ("All rewards lie in $[0,1]$.", r"V^\pi(s) \leq \frac{1}{1-\gamma}"),
    ("We have nonnegative rewards.", r"V^\pi(s) \geq 0"),
]
SQUARES = r"D_{KL}(p\|q) = \frac12 \sum_x (p(x)-q(x))^2"
QUALIFIED += [("Approximately, we have", SQUARES), ("The two agree to second order:", SQUARES)]
# A sentence, and what is proved by custom, of what the sentence says is something else.
DENIED = [
    (r"The visitation $d^\pi$ is unnormalised.", r"\sum_s d^\pi(s) = 1"),
    (r"Throughout, $p$ is an unnormalised density.", r"\sum_x p(x) = 1"),
    (r"The loss $J(\theta)$ is minimised.", ASCENT),
    ("We define $F$ as the negative information matrix.", OUTER.replace("<sign>", "")),
]


def verdict(sentence, display):
    """The verdict on a display after a sentence."""
    read = (("paper.tex", *one) for one in read_records(tex_records(f"{sentence}\n\n\\[ {display} \\]")))
    return next(check_documents(read, 4.0)).verdict


@pytest.mark.parametrize(("sentence", "display"), QUALIFIED)
def test_what_fails_without_what_a_sentence_says_of_a_symbol_is_not_refuted(sentence, display):
    assert verdict("", display).status in ("refuted", "proved")
    assert verdict(sentence, display).status != "refuted"


@pytest.mark.parametrize(("sentence", "display"), DENIED)
def test_what_a_sentence_denies_of_a_symbol_proves_nothing(sentence, display):
    assert verdict("", display).status == "proved"
    assert verdict(sentence, display).status in ("undecided", "definition", "refuted")


def test_the_reason_names_the_symbol_and_the_words():
    found = verdict("Here $r(s,a)$ is a regret.", DESCENT)
    assert "what the text says of r(s,a) (regret)" in found.reason


@pytest.mark.parametrize(("sentence", "display"), [
    ("Here $r(s,a)$ is the reward of an action.", DESCENT),
    ("Let $c$ be a positive constant, and $F$ the Fisher matrix.", OUTER.replace("<sign>", "-")),
    ("The weights $w(a)$ are normalised.", DESCENT), ("We assume bounded rewards.", DESCENT),
    ("In order to see this, we note", SQUARES), ("This holds to second order.", SQUARES),
    ("The action $b$ is optimal.", r"\mathbb{E}_{a\sim\pi(\cdot|s)}[A(s,a)] = 0"),
])
def test_what_is_said_of_something_else_or_is_usual_keeps_a_refutation(sentence, display):
    assert verdict(sentence, display).status == "refuted"


def test_words_beside_a_definition_do_not_change_what_it_defines():
    formula = r"k_2(a) = \frac{1}{2} \left(\log \frac{\pi_\theta(a|s)}{\pi_{\text{ref}}(a|s)}\right)^2"
    unbiased = r"\mathbb{E}_{a\sim\pi_\theta}[k_2(a)] = D_{KL}(\pi_\theta\|\pi_{\text{ref}})"
    texts = f"The estimator $k_2$ is never negative.\n\n\\[ {formula} \\]\n\n\\[ {unbiased} \\]"
    read = (("paper.tex", *one) for one in read_records(tex_records(texts)))
    assert [one.verdict.status for one in check_documents(read, 4.0)] == ["definition", "refuted"]
