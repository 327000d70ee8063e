"""The page as HTML: one template, its style and its script in one file, everything in it escaped."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

from ...exits import Unusable
from .content import Page
from .entries import MEANING
from .formulas import prose
from .summary import FAILING, HOLDING, OPEN, SILENT, standing

EXTRA = "pip install 'grpo-symbolic[report]'"


def require() -> None:
    """Refuse where what a report is made with is not installed. Raises Unusable."""
    from importlib.util import find_spec

    if missing := [name for name in ("jinja2", "latex2mathml", "matplotlib") if find_spec(name) is None]:
        raise Unusable(f"a report needs {' and '.join(missing)}: {EXTRA}")


def rendered(page: Page) -> str:
    """The page as one file of HTML that needs no other."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=PackageLoader("grpo_symbolic.report.html"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters["markup"] = Markup  # of what is made here: formulas and drawings
    environment.filters["prose"] = lambda text: Markup(prose(text))
    environment.filters["standing"] = standing
    style, script = (Markup(resource(name)) for name in ("style.css", "script.js"))
    told: dict[str, Any] = {
        "page": page, "style": style, "script": script, "script_hash": hash_of(f"\n{script}"), "meaning": MEANING,
        "holding": HOLDING, "failing": FAILING, "open": OPEN, "silent": SILENT}
    return environment.get_template("page.html").render(told)


def hash_of(script: str) -> str:
    """The name by which the page's policy knows the only script that may run."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def resource(name: str) -> str:
    """The text of a file beside the template."""
    return (files("grpo_symbolic.report.html") / "templates" / name).read_text(encoding="utf-8")
