"""Documents as authors write them, with mistakes that occur in the field: each is found, and nothing true is refuted.

The documents do not say where they are wrong; the table here does, by label or by the number of the display.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest
from commands import run

pytestmark = pytest.mark.long

FOLDER = Path(__file__).parents[1] / "documents"
WRONG = ("refuted", "ill-formed")
SILENT = ("definition", "no-claim")


class Mistake(NamedTuple):
    """What is wrong, what stands in a file in place of what is meant, and the verdict on what is meant."""

    what: str
    file: str
    printed: str
    meant: str
    then: str = "proved"


KL, DPO, README, NOTEBOOK = "kl-estimators.tex", "dpo.tex", "README.md", "softmax-bandit.ipynb"
GRPO, GRADIENT = "grpo-note/main.tex", "grpo-note/gradient.tex"

MISTAKES = {
    KL: {
        "eq:k2-mean": Mistake(
            "k2 is called unbiased", KL,
            r"[k_2(y)] = \KL{\pit}{\pref}",
            r"[k_2(y)] = \tfrac{1}{2}\E_{y\sim\pit(\cdot\mid x)}\left[(\log r(y))^2\right]"),
        "eq:k3-loss": Mistake(
            "the gradient of k3 in a loss is that of the other divergence", KL,
            "&= \\nabla_\\theta \\KL{\\pit}{\\pref}, \\label{eq:k3-loss}",
            "&= \\nabla_\\theta \\KL{\\pref}{\\pit}, \\label{eq:k3-loss}"),
        "eq:unweighted": Mistake(
            "k3 is averaged under the law of the samples without their weight", KL,
            r"\E_{y\sim\pold(\cdot\mid x)}[k_3(y)]", r"\E_{y\sim\pold(\cdot\mid x)}[w(y)\,k_3(y)]"),
        "eq:second-order": Mistake(
            "one half is missing", KL,
            r"= \Delta\theta^\top F(\theta)", r"= \tfrac{1}{2}\Delta\theta^\top F(\theta)"),
    },
    GRPO: {
        "eq:running-sums": Mistake(
            "the square of the mean stands once, not once a member", GRPO, r"r_i^2 - \mu^2", r"r_i^2 - G\mu^2"),
        "eq:one-sided": Mistake(
            "min stands for max where the advantage is negative", GRPO,
            r"\min(\rho,\,1-\varepsilon)", r"\max(\rho,\,1-\varepsilon)"),
        "eq:group-gradient": Mistake(
            "the mean over the whole group costs a factor (G-1)/G", GRADIENT,
            "  = \\nabla_\\theta\\E_{o\\sim\\pit(\\cdot\\given q)}[r(q,o)] .",
            "  = \\frac{G-1}{G}\\nabla_\\theta\\E_{o\\sim\\pit(\\cdot\\given q)}[r(q,o)] ."),
        "eq:penalty-gradient": Mistake(
            "a sign is put where there is none", GRADIENT,
            r"= -\E_{o\sim\pit(\cdot\given q)}", r"= \E_{o\sim\pit(\cdot\given q)}"),
    },
    DPO: {
        "eq:jensen": Mistake(
            "the inequality is turned round", DPO, r"\beta\log Z(x) \leq", r"\beta\log Z(x) \geq"),
        "eq:reward": Mistake(
            "the sign of the partition function is lost", DPO, r"- \beta\log Z(x).", r"+ \beta\log Z(x)."),
        "eq:loss-gradient": Mistake(
            "the weight grows with a right ranking, not with a wrong one", DPO,
            "\\sigma\\bigl(\\rhat(x,\\ypos)-\\rhat(x,\\yneg)\\bigr)\n  \\bigl(",
            "\\sigma\\bigl(\\rhat(x,\\yneg)-\\rhat(x,\\ypos)\\bigr)\n  \\bigl("),
    },
    README: {
        "display-3": Mistake(
            "the ratio is inverted", README,
            r"\left[ \frac{\pi_{\text{old}}(a \mid s)}{\pi_\theta(a \mid s)}",
            r"\left[ \frac{\pi_\theta(a \mid s)}{\pi_{\text{old}}(a \mid s)}"),
        "display-5": Mistake(
            "the bounds of the clip are exchanged", README,
            r"\max(\rho, 1+\epsilon),\, 1-\epsilon", r"\max(\rho, 1-\epsilon),\, 1+\epsilon"),
        "display-7": Mistake(
            "the baseline depends on the action", README, r"[b(s,a)\,", r"[b(s)\,"),
        "display-9": Mistake(
            "the sign of the entropy is lost", README,
            r"(\cdot \mid s)) = \mathbb{E}_{a", r"(\cdot \mid s)) = -\mathbb{E}_{a"),
    },
    NOTEBOOK: {
        "display-6": Mistake(
            "the two moments of the variance are exchanged", NOTEBOOK,
            r"\mathbb{E}_{a \sim \pi_\theta}[r(a)]^2 - \mathbb{E}_{a \sim \pi_\theta}[r(a)^2]",
            r"\mathbb{E}_{a \sim \pi_\theta}[r(a)^2] - \mathbb{E}_{a \sim \pi_\theta}[r(a)]^2"),
        "display-11": Mistake(
            "the gradient of a detached weight is taken for that of the weight", NOTEBOOK,
            r"[\operatorname{sg}(w(a))\, r(a)]", r"[w(a)\, r(a)]"),
        "display-15": Mistake(
            "the inequality is turned round", NOTEBOOK, r"\geq N \sum", r"\leq N \sum",
            "undecided"),  # that the samples are a group of N is said in words
    },
}

# True claims that are not proved, and why.
OPEN = {
    KL: {},
    GRPO: {
        "eq:binary": ("undecided", "true of rewards that are bits, of which the sentence says more than is read"),
        "eq:penalty": ("undecided", "an estimate from a sample is no equality"),
    },
    DPO: {},
    README: {"display-8": ("unread", "an infinite sum over time steps")},
    NOTEBOOK: {
        "display-1": ("unread", "the components of the parameter, with no derivative by one of them in the display"),
        "display-2": ("unread", "it needs the formula of the policy, which is not read"),
    },
}


class Checked(NamedTuple):
    """The exit status of a check, and the verdict on each display by its name."""

    code: int
    verdicts: dict[str, str]


@cache
def checked(path: Path) -> Checked:
    """What the command says of a document."""
    answered = run("check", str(path), "--json")
    records = map(json.loads, answered.stdout.splitlines())
    return Checked(answered.returncode, {record["id"]: record["verdict"] for record in records})


def mended(document: str, folder: Path) -> Path:
    """A copy of a document in a folder, in which what is meant stands for every mistake."""
    copytree(FOLDER, folder, dirs_exist_ok=True)
    for mistake in MISTAKES[document].values():
        path = folder / mistake.file
        text = path.read_text(encoding="utf-8")
        quoted = json.dumps if path.suffix == ".ipynb" else str
        printed, meant = (quoted(part).strip('"') for part in (mistake.printed, mistake.meant))
        assert text.count(printed) == 1, f"{printed} stands {text.count(printed)} times in {mistake.file}"
        path.write_text(text.replace(printed, meant), encoding="utf-8")
    return folder / document


@pytest.mark.long
@pytest.mark.parametrize("document", MISTAKES)
def test_every_mistake_is_found_and_nothing_true_is_called_wrong(document: str) -> None:
    found = checked(FOLDER / document)
    assert {name for name, verdict in found.verdicts.items() if verdict in WRONG} == set(MISTAKES[document])
    assert found.code == 1


@pytest.mark.long
@pytest.mark.parametrize("document", MISTAKES)
def test_what_is_true_is_proved_but_for_what_is_listed(document: str) -> None:
    left = {name: verdict for name, verdict in checked(FOLDER / document).verdicts.items()
            if verdict not in ("proved", *SILENT) and name not in MISTAKES[document]}
    assert left == {name: verdict for name, (verdict, _) in OPEN[document].items()}


@pytest.mark.long
@pytest.mark.parametrize("document", MISTAKES)
def test_what_is_meant_in_place_of_the_mistakes_is_proved(document: str, tmp_path: Path) -> None:
    found = checked(mended(document, tmp_path))
    assert {name: found.verdicts[name] for name in MISTAKES[document]} == {
        name: mistake.then for name, mistake in MISTAKES[document].items()}
    assert found.code == 0


def test_seven_of_eight_true_claims_are_proved() -> None:
    true = [verdict for document in MISTAKES for name, verdict in checked(FOLDER / document).verdicts.items()
            if verdict not in SILENT and name not in MISTAKES[document]]
    assert len(true) >= 40
    assert 8 * true.count("proved") >= 7 * len(true)
