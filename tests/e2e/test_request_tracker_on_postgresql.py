from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.surfaces import SurfaceKind, Text
from tests.e2e import rt_planting as planting
from tests.e2e.conftest import Unlimited
from tests.e2e.postgres import postgresql  # noqa: F401 - a fixture
from tests.e2e.rt_server import RtServer
from tests.e2e.rt_under_test import RtUnderTest

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

DATABASE = """
Set($DatabaseType, 'Pg');
Set($DatabaseHost, '{host}');
Set($DatabaseName, 'rt5');
Set($DatabaseUser, 'rt_user');
Set($DatabasePassword, '');
Set($DatabaseAdmin, 'postgres');
"""


@pytest.fixture
def rt_on_postgresql(postgresql, tmp_path):  # noqa: F811
    postgresql.client("psql", "--command", "CREATE ROLE rt_user SUPERUSER LOGIN")
    database = "CREATE DATABASE rt5 OWNER rt_user TEMPLATE template0 ENCODING 'UTF8'"
    postgresql.client("psql", "--command", database)
    server = RtServer.start(tmp_path / "rt", DATABASE.replace("{host}", str(postgresql.folder)))
    yield server
    server.stop()


@pytest.fixture
def connector(rt_on_postgresql):
    connector = RtUnderTest(rt_on_postgresql).connect(Unlimited())
    yield connector
    connector.close()


def clean(connector, ticket):
    view = connector.fetch(ticket)
    for surface in view.surfaces:
        if isinstance(surface.content, Text):
            text, media_type = surface.content.text, surface.content.media_type
            if spans := find(text, media_type):
                connector.rewrite(view, surface, mask(text, spans, media_type=media_type))


def test_encoded_and_binary_content_is_cleaned_on_postgresql(
    postgresql,  # noqa: F811
    rt_on_postgresql,
    connector,
):
    rt = rt_on_postgresql
    tickets = planting.plant(rt)
    assert planting.left_in_dump(postgresql.client("pg_dump", "--data-only", "rt5"))
    for ticket in tickets * 2:  # tickets of one customer share a name
        clean(connector, ticket)
    assert planting.left_in_dump(postgresql.client("pg_dump", "--data-only", "rt5")) == []
    assert [ticket for ticket in tickets if planting.left_in_api(rt, ticket)] == []
    files = {
        s.content.media_type: s.content.open().read()
        for s in connector.fetch(tickets[0]).surfaces
        if s.kind is SurfaceKind.FILE and not isinstance(s.content, Text)
    }
    assert files == {
        "image/png": bytes(range(256)),
        "application/pdf": b"%PDF-1.4 (kort: **** **** **** 1111) Tj\xff",
        "application/ms-tnef": b"\0\1****-****-****-4444\0",
    }
