"""The kinds that views of the plan are about; code names a kind nowhere else.

Each stands for a promise of the plan document: idle buildings (三.2, 三.4), enclaves by town (三.4), the
special fund (三.1), carriers and their yearly evaluation (四.3), the documents that measures promise (三);
the meetings that push the plan on, since the last of which people ask what changed.
"""

from kfly.plan.kinds import Kind

BUILDING = "building"
ENCLAVE = "enclave"
EXPENDITURE = "expenditure"
CARRIER = "carrier"
EVALUATION = "evaluation"
POLICY = "policy"
MEETING = "meeting"
FIGURE = "figure"  # what targets with ``reported`` are measured by
FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE, FIGURE_DAY = "target", "town", "value", "stated_on"  # its fields


def is_figure(kind: Kind) -> bool:
    """Tell whether a kind is that of reported figures, and not an older plan's own of that name."""
    fields = (FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE, FIGURE_DAY)
    return kind.name == FIGURE and all(map(kind.field, fields))
