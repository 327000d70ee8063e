"""What the theme leaves out for those who use a keyboard or hear a page: blocks that scroll, levels of headings."""

AFTER_THE_THEME = 900
MENDED = {
    "body": {"<pre>": '<pre tabindex="0">', '<div class="table-wrapper ': '<div tabindex="0" class="table-wrapper '},
    "furo_navigation_tree": {'role="heading">': 'role="heading" aria-level="2">'},
}


def mend(app, name, template, context, doctree):
    """Mend what is about to be written of a page."""
    for part, changes in MENDED.items():
        for found, mended in changes.items():
            context[part] = (context.get(part) or "").replace(found, mended)


def setup(app):
    """Tell Sphinx of it."""
    app.connect("html-page-context", mend, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
