"""axe-core in a page that is open: what it holds against it. Of the package axe-playwright-python, which has a copy,
nothing else is used (``pip install --no-deps axe-playwright-python``)."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SERIOUS = ("serious", "critical")
# it is kept from fetching style sheets once more, which a page from disk must not
RUN = """axe.run(document, {preload: false, resultTypes: ["violations"]}).then(found =>
    JSON.stringify(found.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html)])))"""


@cache
def program():
    """The program, which a page runs."""
    found = find_spec("axe_playwright_python")
    assert found is not None, "pip install --no-deps axe-playwright-python"
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(tab):
    """What is serious or worse on the page of a tab: the rule, and the elements that break it."""
    tab.value(f"{program()}; 0")
    return [(rule, elements) for impact, rule, elements in json.loads(tab.value(RUN)) if impact in SERIOUS]
