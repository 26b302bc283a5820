"""The buildings' way from a survey to an opening: how many stand at each stage, how many came this far."""

from fractions import Fraction

from markupsafe import Markup

from kfly.locale import _, format_number
from kfly.progress.buildings import BuildingTally
from kfly.progress.overview import Buildings
from kfly.reports.buildings import name_stages
from kfly.reports.papers.charts.bars import WIDTH, Bar, draw_bars


def draw_pipeline(buildings: Buildings, width: int = WIDTH) -> Markup:
    """Draw a bar a stage: the buildings that stand there, and paler those that came further."""
    found, labels = buildings.pipeline, name_stages(buildings.kind)
    most = max(found.total.number, 1)
    bars = [
        Bar(
            labels[key],
            _tell(tally, found.reached[key]),
            tally.number / most,
            beyond=found.reached[key].number / most,
        )
        for key, tally in found.stages.items()
    ]
    bars.append(Bar(_("First part of a bar: at this stage; the rest: further. Areas in 10,000 m².")))
    told = _("; ").join(f"{bar.label} {bar.told}" for bar in bars)
    return draw_bars(_("Buildings by stage"), told, bars, "pipeline", width)


def _tell(here: BuildingTally, reached: BuildingTally) -> str:
    """Write how many stand here, their area, and how many came this far or further."""
    area = format_number(round(here.floor_area / Fraction(10_000), 2))
    return _("{n} ({area}), this far {reached}", n=here.number, area=area, reached=reached.number)
