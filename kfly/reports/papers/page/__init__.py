"""The page: one file that a browser shows anywhere, without a network and without a server.

``page.html`` and the templates beside it say how it is laid out, ``page.css`` how it looks, ``page.js`` what
it does; the modules say what it tells.
"""

from kfly.reports.papers.page.page import make_page, write_page

__all__ = ["make_page", "write_page"]
