"""Formulas of the site as MathML, as in a report: a browser sets them by itself, with no script and no font."""

from docutils import nodes

from grpo_symbolic.report.html.formulas import INLINE, mathml


def inline(translator, node):
    """A formula in a line."""
    translator.body.append(mathml(node.astext(), INLINE))
    raise nodes.SkipNode


def block(translator, node):
    """A formula on its own, which scrolls where the page is narrower."""
    translator.body.append(f'<div class="formula" tabindex="0">{mathml(node.astext())}</div>\n')
    raise nodes.SkipNode


def setup(app):
    """Tell Sphinx of the renderer."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
