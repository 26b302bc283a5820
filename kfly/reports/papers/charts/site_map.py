"""A map of the buildings whose place is recorded: WGS 84 as it stands, no tiles, towns as named points."""

from collections.abc import Iterator, Sequence
from math import cos, floor, log10, radians
from statistics import fmean, median
from typing import NamedTuple

from markupsafe import Markup

from kfly.locale import _, format_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.overview import Buildings, Site
from kfly.reports.buildings import name_stages
from kfly.reports.papers.charts.drawing import TEXT_SIZE, Size, Spot, draw, measure_text
from kfly.reports.papers.templates import write_length

SIZE = Size(360, 330)
MARGIN, LEGEND_LINE = 26, 16  # around the marks; height of a line of the legend
FURTHEST = 2.0  # degrees from the middle: what lies beyond is a slip, and would shrink all else to a dot
NARROWEST = 0.02  # degrees that the map shows at least
KM_A_DEGREE = 111.32  # of latitude
MOST_NAMED = 300  # marks that say their building's name; more would make the page heavy
NEAR = 4.0  # CSS pixels: of very many, marks nearer than this are one
STEPS = 6  # lines by which a town's name may be moved to find room
LONGEST_BAR = 90  # CSS pixels of the bar that tells the distance

# Shapes tell the stages apart without colour; each is drawn around the point it starts from.
SHAPES = (
    ("m-3.5-3.5l7 7m0-7l-7 7", "#6b6f76"),  # a cross: not surveyed
    ("m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "#6b6f76"),
    ("m0-5l5 5l-5 5l-5-5z", "#8a6100"),
    ("m0-5l5 9h-10z", "#b3561e"),
    ("m-4-4h8v8h-8z", "#1f5b9e"),
    ("m0-5.5l1.6 3.6l3.9.4l-2.9 2.6l.8 3.9l-3.4-2l-3.4 2l.8-3.9l-2.9-2.6l3.9-.4z", "#1e7b34"),  # a star
)


class Mark(NamedTuple):
    """What is drawn of one or more buildings: the path, and the words that go with it."""

    path: str
    told: str


class Layer(NamedTuple):
    """The buildings of one stage."""

    stage: str
    colour: str
    sample: str
    at: Spot  # of the sample in the legend
    marks: list[Mark]


class Projection(NamedTuple):
    """Where a place stands on the map: degrees are drawn as long as they are on the ground."""

    west: float
    north: float
    scale: float  # CSS pixels a degree of latitude
    narrowing: float  # a degree of longitude, of one of latitude

    def spot(self, longitude: float, latitude: float) -> Spot:
        """Return where a place stands, in CSS pixels."""
        return (longitude - self.west) * self.narrowing * self.scale, (self.north - latitude) * self.scale


def draw_map(buildings: Buildings, plan: Plan, size: Size = SIZE) -> Markup | None:
    """Draw where the buildings stand; None where no place is recorded.

    Places far from all others are left out and counted: a slip of a digit must not shrink the rest.
    """
    near = _leave_out_far(buildings.sites)
    if not near:
        return None
    labels, names = name_stages(buildings.kind), name_organisations(plan)
    layers = list(_lay_out_legend(near, list(labels), size))
    legend_height = LEGEND_LINE * len({layer.at[1] for layer in layers}) + 6
    plot = Size(size.width, size.height - legend_height)
    projection = _project(near, plot)
    far = len(buildings.sites) - len(near)
    return draw(
        "site_map",
        size,
        title=_("Buildings on the map"),
        told=_tell(near, labels, far),
        plot=plot,
        layers=[
            layer._replace(
                stage=labels[layer.stage],
                marks=_mark(near, layer, projection, names, labels),
            )
            for layer in layers
        ],
        towns=list(_name_towns(near, projection, names, plot)),
        bar=_choose_bar(projection),
        far=_("{n} far away left out", n=far) if far else "",
    )


def _leave_out_far(sites: Sequence[Site]) -> list[Site]:
    """Return the buildings that lie around the middle one."""
    if not sites:
        return []
    longitude, latitude = median(s.longitude for s in sites), median(s.latitude for s in sites)
    return [
        site
        for site in sites
        if abs(site.longitude - longitude) <= FURTHEST and abs(site.latitude - latitude) <= FURTHEST
    ]


def _project(sites: Sequence[Site], plot: Size) -> Projection:
    """Fit all places into the plot, in its middle."""
    wests, norths = [site.longitude for site in sites], [site.latitude for site in sites]
    middle = (min(wests) + max(wests)) / 2, (min(norths) + max(norths)) / 2
    narrowing = max(cos(radians(middle[1])), 0.01)  # at a pole itself a degree of longitude is no length
    across = max((max(wests) - min(wests)) * narrowing, NARROWEST)
    down = max(max(norths) - min(norths), NARROWEST)
    scale = min((plot.width - 2 * MARGIN) / across, (plot.height - 2 * MARGIN) / down)
    west = middle[0] - plot.width / 2 / scale / narrowing
    return Projection(west, middle[1] + plot.height / 2 / scale, scale, narrowing)


def _lay_out_legend(sites: Sequence[Site], stages: Sequence[str], size: Size) -> Iterator[Layer]:
    """Yield the stages that occur, with the place of each in lines below the map."""
    there = {site.stage for site in sites}
    labels = [stage for stage in stages if stage in there]
    width = size.width / 3
    lines = -(-len(labels) // 3)
    for place, stage in enumerate(labels):
        path, colour = SHAPES[stages.index(stage) % len(SHAPES)]
        x = width * (place % 3) + 10
        y = size.height - LEGEND_LINE * (lines - place // 3) + 8
        yield Layer(stage, colour, path, (x, float(y)), [])


def _mark(
    sites: Sequence[Site],
    layer: Layer,
    projection: Projection,
    names: dict[str, str],
    labels: dict[str, str],
) -> list[Mark]:
    """Make the marks of a stage: one a building that says its name or, of very many, all in one."""
    its = [site for site in sites if site.stage == layer.stage]
    spots = [projection.spot(site.longitude, site.latitude) for site in its]
    if len(sites) > MOST_NAMED:
        apart = dict.fromkeys((x // NEAR * NEAR, y // NEAR * NEAR) for x, y in spots)
        return [Mark("".join(_trace(spot, layer) for spot in apart), labels[layer.stage])]
    return [
        Mark(
            _trace(spot, layer),
            " · ".join([site.name or "—", names.get(site.town, "—"), labels[site.stage], _area(site)]),
        )
        for spot, site in zip(spots, its, strict=True)
    ]


def _area(site: Site) -> str:
    return f"{format_number(site.floor_area)} m²"


def _trace(spot: Spot, layer: Layer) -> str:
    return f"M{write_length(spot[0])} {write_length(spot[1])}{layer.sample}"


class _Box(NamedTuple):
    """What a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _name_towns(
    sites: Sequence[Site], projection: Projection, names: dict[str, str], plot: Size
) -> Iterator[tuple[str, Spot]]:
    """Yield the names of the towns, each at the mean of its buildings, moved up or down where it is taken.

    Where there is no room at all, a name is left out: the marks still tell it.
    """
    taken: list[_Box] = []
    for town in dict.fromkeys(site.town for site in sites if site.town in names):
        its = [site for site in sites if site.town == town]
        mean = projection.spot(fmean(s.longitude for s in its), fmean(s.latitude for s in its))
        places = _try_places(mean, names[town], plot)
        box = next((box for box in places if not any(box.touches(one) for one in taken)), None)
        if box is not None:
            taken.append(box)
            yield names[town], ((box.left + box.right) / 2, box.bottom - 3)


def _try_places(mean: Spot, name: str, plot: Size) -> Iterator[_Box]:
    """Yield places for a name inside the plot, the nearest to its point first."""
    half = min(measure_text(name), plot.width) / 2
    x = min(max(mean[0], half), plot.width - half)
    for step in range(STEPS):
        for side in (-1, 1):
            y = mean[1] + side * (8 + TEXT_SIZE / 2 + step * TEXT_SIZE)
            if TEXT_SIZE < y < plot.height - TEXT_SIZE:
                yield _Box(x - half, y - TEXT_SIZE / 2, x + half, y + TEXT_SIZE / 2 + 2)


def _choose_bar(projection: Projection) -> tuple[float, str]:
    """Return the length of the bar that tells the distance, and the distance: 1, 2 or 5 times a ten."""
    km = LONGEST_BAR / projection.scale * KM_A_DEGREE
    ten = 10.0 ** floor(log10(km))
    length = next(step * ten for step in (5, 2, 1) if step * ten <= km)
    return length / KM_A_DEGREE * projection.scale, f"{length:g} km"


def _tell(sites: Sequence[Site], labels: dict[str, str], far: int) -> str:
    """Say in words how many buildings are on the map, by stage."""
    counts = {label: sum(site.stage == stage for site in sites) for stage, label in labels.items()}
    said = [_("{n} buildings with a place (WGS 84)", n=len(sites))]
    said += [f"{label} {number}" for label, number in counts.items() if number]
    if far:
        said.append(_("{n} far away left out", n=far))
    return _("; ").join(said)
