"""A document says in a sentence what its displays use: the verdict uses it, and says so."""

import json

from commands import run

DOCUMENT = r"""Let $r = \pi_{ref}/\pi_\theta$ be the ratio and $\beta > 0$.
\begin{equation}\label{mean}
\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\beta r] = \beta
\end{equation}
\begin{equation}\label{wrong}
\mathbb{E}_{a\sim\pi_\theta(\cdot|s)}[\beta r] = 2 \beta
\end{equation}
"""


def test_the_record_lists_what_is_taken_from_the_text():
    mean, wrong = map(json.loads, run("check", "-", "--json", input=DOCUMENT).stdout.splitlines())
    assert (mean["verdict"], wrong["verdict"]) == ("proved", "refuted")
    assert mean["taken"] == wrong["taken"] == [
        {"text": r"r = \pi_{ref}/\pi_\theta", "as": "definition", "line": 1, "column": 6},
        {"text": r"\beta > 0", "as": "declaration", "line": 1, "column": 50}]
    assert mean["declared"] == []


def test_a_person_reads_it_beside_the_verdict_and_above_the_counterexample():
    shown = " ".join(run("check", "-", input=DOCUMENT).stdout.split())
    assert shown.count(r"taken from the text: r = \pi_{ref}/\pi_\theta (line 1); \beta > 0 (line 1)") == 3


def test_a_statement_alone_takes_nothing():
    assert json.loads(run("prove", "u + u = 2 u", "--json").stdout)["taken"] == []
