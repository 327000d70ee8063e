"""A notebook as a page: its text as it stands, its code, and the outputs that it keeps."""

import json
import re
from html import unescape

from myst_parser.parsers.sphinx_ import MystParser

from grpo_symbolic.report.html.formulas import DISPLAYED, INLINE, LARGE, mathml

FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<large>\\displaystyle )?(?P<line>.+?)\$", re.DOTALL)


class NotebookParser(MystParser):
    """Reads a notebook as the Markdown page that it makes."""

    supported = ("notebook",)

    def parse(self, inputstring, document):
        """Make a document of a notebook."""
        super().parse("\n\n".join(map(markdown, json.loads(inputstring)["cells"])), document)


def markdown(cell):
    """A cell in Markdown."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return source
    return "\n\n".join([fenced("python", source), *(output(one) for one in cell["outputs"])])


def output(found):
    """An output: HTML where there is some, with its formulas typeset, a formula, or plain text."""
    data = {kind: "".join(text) for kind, text in found.get("data", {"text/plain": found.get("text", "")}).items()}
    if "text/html" in data:
        return card(data["text/html"])
    if "text/latex" in data:
        return card(data["text/latex"])
    return fenced("text", data["text/plain"])


def card(text):
    """HTML with its formulas typeset, which scrolls where the page is narrower."""
    return fenced("{raw} html", f'<div class="output card" tabindex="0">{FORMULA.sub(formula, text)}</div>')


def formula(found):
    """A formula between dollars, typeset."""
    style = DISPLAYED if found["block"] is not None else LARGE if found["large"] else INLINE
    return mathml(unescape(found["block"] or found["line"]), style)


def fenced(kind, text):
    """A block of Markdown."""
    return f"````{kind}\n{text.rstrip()}\n````"


def setup(app):
    """Tell Sphinx of the parser."""
    app.add_source_suffix(".ipynb", "notebook")
    app.add_source_parser(NotebookParser)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
