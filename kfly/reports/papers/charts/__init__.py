"""Charts as SVG of our own: for the page as they are, for the brief as pictures made of them.

Each function returns the text of one whole ``<svg>`` element (``str(…)`` of it, or as it stands):

- :func:`draw_burn_up` of a target: what was reached, the trajectory, where the pace leads
- :func:`draw_towns` of the league: the towns' scores
- :func:`draw_pipeline` of the buildings: how many have come to which stage
- :func:`draw_map` of the buildings: where those stand whose place is recorded; None where there is none
- :func:`draw_fund` of the budget: what was spent on what, beside the time that has passed

Text stays text: a chart has ``role="img"``, a ``<title>`` and a ``<desc>`` that says in words what it
shows, and its lines differ by their strokes, its marks by their shapes, never by colour alone. Colours and
sizes stand in attributes, for readers that know no style sheet; a page's style sheet overrides them by the
classes. It is well-formed XML with its namespace, ``width`` and ``height``, and names only the font family
``sans-serif``: resvg-py draws it with ``font_files=`` and ``sans_serif_family=`` set.
"""

from kfly.reports.papers.charts.burn_up import draw_burn_up
from kfly.reports.papers.charts.fund import draw_fund
from kfly.reports.papers.charts.pipeline import draw_pipeline
from kfly.reports.papers.charts.site_map import draw_map
from kfly.reports.papers.charts.towns import draw_towns

__all__ = ["draw_burn_up", "draw_fund", "draw_map", "draw_pipeline", "draw_towns"]
