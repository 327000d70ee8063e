"""The page of the documentation on what is derived of sequences and decision processes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from ..latex.printing.printer import latex
from ..paper.collection import TEXTBOOK, loaded, scripts
from ..proof.derivation import Derivation
from .markdown import formula

INTRODUCTION = """\
# Derivations on paths

Policy gradients, performance differences, advantage estimates and divergences of whole answers, step by step, as a
textbook has them. Each step is decided by the kernel with the rules that its reasons switch on and no others, for any
number of steps, states and actions, and any θ; a bent step is rejected, and so is a reason that is not needed.

Steps are numbered from 1 on, and $\\gamma^{t-1}$ weighs what is paid at the t-th. $\\pi(\\tau)$ is what a policy gives
to the actions of a path. Values are those from a step on, also where paths have an end. This page is written from what
is derived; `grpo-symbolic derive policy-gradient` shows one script, `--latex` its LaTeX.

How long that takes does not depend on any size: [paths in the benchmark](#what-it-costs).
"""
COST = """\
## What it costs

`python benchmarks/paths.py` decides each statement of this page and each step, in time of the processor, and adds up
one value over all paths beside it:

```text
{figures}
```

Nothing in a statement says how many steps, states or actions there are: it is decided once for all of them. By
enumeration each step more multiplies the time by the number of states times that of actions, here four and more.
"""


def paths_page(figures: str) -> str:
    """The whole page, each derivation decided anew; ``figures`` is what the benchmark printed."""
    parts = [INTRODUCTION]
    for topic in TEXTBOOK:
        module = scripts()[topic]
        told = str(importlib.import_module(f"grpo_symbolic.derivations.{module}").__doc__).strip()
        parts.append(f"## {titled(topic)}\n\n{told}\n\nDerived in [{module}.py](../derivations/{module}.py).\n")
        parts += [line for one in loaded(topic).derivations for line in entry(one)]
    return "\n".join([*parts, COST.format(figures=figures.strip("\n"))])


def figures_of(page: str) -> str:
    """The figures of the benchmark on a page, which are measured and not computed."""
    return page.partition("```text\n")[2].partition("\n```")[0]


def titled(topic: str) -> str:
    """The heading of a topic."""
    return {"gae": "GAE", "kl-of-sequences": "KL of sequences"}.get(topic, topic.replace("-", " ").capitalize())


def entry(derivation: Derivation) -> Iterator[str]:
    """A derivation: its name, the chain with its reasons, what it rests on."""
    yield f"### {titled(derivation.remark)}\n"
    yield from chain(derivation)
    yield f"Under {', '.join(f'`{name}`' for name in derivation.theorem().hypotheses)}.\n"


def chain(derivation: Derivation) -> Iterator[str]:
    """Where a derivation starts, and each step under its reason."""
    yield formula(latex(derivation.claim.lhs))
    for step in derivation.steps:
        yield f"{step.text}:\n"
        yield formula(f"= {latex(step.expression)}")
