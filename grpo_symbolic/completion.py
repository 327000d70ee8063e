"""Completion in a shell: the script that asks for it, and the answers: commands, options, files, ids and the like."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

PROGRAM = "grpo-symbolic"
ASKED = "_GRPO_SYMBOLIC_COMPLETE"  # the variable by which a shell asks for answers
SHELLS = ("bash", "zsh", "fish")
AT_COMMAS = 'string split "," $completion', 'string split -m 1 "," $completion'


def script(app: click.Command, shell: str) -> str:
    """What a shell reads to know how to complete; ``shell`` is one of SHELLS."""
    from click import shell_completion

    found = {"bash": shell_completion.BashComplete, "zsh": shell_completion.ZshComplete,
             "fish": shell_completion.FishComplete}[shell]
    # what is said of an option may have commas: fish is to split before it alone
    return found(app, {}, PROGRAM, ASKED).source().replace(*AT_COMMAS)


def answered(app: click.Command) -> int | None:
    """The exit status of the answer where a shell asks for one; None where none does."""
    instruction = os.environ.get(ASKED)
    if not instruction:
        return None
    from click.shell_completion import shell_complete

    return shell_complete(app, {}, PROGRAM, ASKED, instruction)


def ids(context: click.Context, _parameter: Any, start: str) -> list[str]:
    """The ids that begin so: of displays, claims, theorems and groups of claims, of the paper that is named."""
    from .books import PAPER, book
    from .exits import Unusable

    try:
        items = list(book(context.params.get("paper") or PAPER).everything())
    except Unusable:
        return []
    found = {name: None for one in items for name in filter(None, (one.id, one.topic, one.under))}
    return [name for name in found if name.startswith(start)]


def papers(_context: Any, _parameter: Any, start: str) -> list[CompletionItem]:
    """Whatever folders there are, and the papers that are built in and begin so: bash forgets what comes before
    folders."""
    from click.shell_completion import CompletionItem

    from .books import NAMES

    return [CompletionItem(start, type="dir"), *(CompletionItem(name) for name in NAMES if name.startswith(start))]


def topics(_context: Any, _parameter: Any, start: str) -> list[str]:
    """The topics that begin so."""
    from .report.objectives import topics as known

    return [name for name in known() if name.startswith(start)]


def notations(_context: Any, _parameter: Any, start: str) -> list[str]:
    """The notations that begin so."""
    from .latex.notation.profiles import PROFILES

    return [name for name in PROFILES if name.startswith(start)]


def losses(_context: Any, _parameter: Any, start: str) -> list[str]:
    """The objectives that begin so, of those that a loss can be held against."""
    from .code.deciding.claimed import known_names

    return [name for name in known_names() if name.startswith(start)]


def files(_context: Any, _parameter: Any, start: str) -> list[CompletionItem]:
    """Whatever files there are: the shell knows them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(start, type="file")]
