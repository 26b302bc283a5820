from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.locale import language, speak
from kfly.progress.overview import Overview, Site
from kfly.reports.papers.page import make_page
from kfly.reports.papers.paper import Paper
from kfly.services.session import Session
from kfly.services.views.overview import read_overview

DAY = date(2022, 11, 30)


@pytest.fixture(scope="session")
def overview(demo_database: Path) -> Overview:
    """The demo on its day, with two buildings on the map."""
    with Session(demo_database).reading() as desk:
        found = read_overview(desk, DAY)
    assert found.buildings
    sites = (
        Site("创新大厦", "澄江街道", "open", Fraction(52_000), 120.28, 31.91),
        Site("华士众创楼", "华士镇", "renovated", Fraction(6_400), 120.44, 31.83),
    )
    return found._replace(buildings=found.buildings._replace(sites=sites))


@pytest.fixture(scope="session")
def page(overview: Overview) -> Iterator[str]:
    """The page of it, in Chinese."""
    before = language()
    speak("zh")
    yield make_page(Paper(overview))
    speak(before)
