"""Links of the pages to what is no page: a file of the checkout is named, and a page that is but a link to a text is
that text."""

import re
from pathlib import Path

ALONE = re.compile(r"\[[^\]]*\]\(\.\./(?P<file>[A-Z]+\.md)\)\s*")
OUTSIDE = re.compile(r"\[[^\]]*\]\(\.\./(?P<file>[^)#]*)\)")
PAGE = re.compile(r"\]\(docs/")


def read(app, _name, content):
    """A page as the site has it."""
    if alone := ALONE.fullmatch(content[0]):
        content[0] = PAGE.sub("](", (Path(app.srcdir).parent / alone["file"]).read_text("utf-8"))
    content[0] = OUTSIDE.sub(r"`\g<file>`", content[0])


def setup(app):
    """Tell Sphinx what is done with pages."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
