import pytest

from tests.support.plan_office import Office
from tests.support.runner import Cli
from tests.support.shelf import Shelf


@pytest.fixture
def office(empty: Cli, shelf: Shelf) -> Office:
    """An office with a small plan of its own and three records."""
    office = Office(empty)
    shelf.lay("office", empty.folder, office.set_up)
    return office
