"""Markdown for the pages of the documentation that are written from what is computed."""

from __future__ import annotations


def formula(tex: str) -> str:
    """A formula on lines of its own."""
    return f"```math\n{tex}\n```\n"


def anchor(heading: str) -> str:
    """The name by which a heading is linked to."""
    return "".join(char for char in heading.lower() if char.isalnum() or char in "_- ").replace(" ", "-")
