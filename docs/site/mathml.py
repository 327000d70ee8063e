"""Formulas of the site as MathML: a browser sets them by itself, with no script and no font to fetch."""

from docutils import nodes
from latex2mathml.converter import convert


def typeset(latex, displayed=False, large=False):
    """A formula as MathML, on its own or in a line, where it is set ``large`` as it were on its own."""
    found = convert(latex, display="block" if displayed else "inline")
    return found.replace("<math ", '<math displaystyle="true" ', 1) if large else found


def inline(translator, node):
    """A formula in a line."""
    translator.body.append(typeset(node.astext()))
    raise nodes.SkipNode


def block(translator, node):
    """A formula on its own, which scrolls where the page is narrower."""
    translator.body.append(f'<div class="formula" tabindex="0">{typeset(node.astext(), displayed=True)}</div>\n')
    raise nodes.SkipNode


def setup(app):
    """Tell Sphinx of the renderer."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
