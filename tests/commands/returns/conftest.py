import pytest

from tests.support.return_office import ReturnOffice
from tests.support.runner import Cli
from tests.support.shelf import Shelf


@pytest.fixture
def sheets(empty: Cli, shelf: Shelf) -> ReturnOffice:
    """An office to which three towns send their buildings each month, and one its talents each quarter."""
    office = ReturnOffice(empty)
    shelf.lay("returns", empty.folder, office.set_up)
    return office
