"""The documentation as a site that needs no network: ``sphinx-build -W -c docs/site docs OUT``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import grpo_symbolic

project = "grpo-symbolic"
author = copyright = "the grpo_symbolic authors"
release = version = grpo_symbolic.__version__

extensions = ["sphinx.ext.autodoc", "myst_parser", "mathml", "notebook_pages", "project_links", "accessible"]
exclude_patterns = ["site"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
# the blocks and headings of the pages are those that GitHub knows
myst_enable_extensions = ["dollarmath"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4
myst_heading_slug_func = "grpo_symbolic.report.markdown.anchor"

html_theme = "furo"
html_title = "grpo-symbolic"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"
html_copy_source = html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
