"""What Datasette is to know of a database: gathered from the file as it is."""

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.published import Published
from kfly.services.session import Desk
from kfly.store.plan.kind_views import find_views
from kfly.store.published import read_published


def gather(desk: Desk) -> Published:
    """Gather what the database shows to other programs.

    Raises:
        KflyError: it is of an older kfly, and has no views yet.
    """
    if not find_views(desk.db):
        raise KflyError(
            _("The database has no views yet; the next command that writes makes them: “kfly set”, say.")
        )
    return read_published(desk.db, desk.registry.kinds, desk.plan.language)
