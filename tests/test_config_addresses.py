"""What the configuration says of an address that no part could use."""

from __future__ import annotations

import pytest

from integration.config import load
from integration.core.errors import ConfigError


def read(folder, name, value):
    return load({name: value}, cwd=folder, home=folder / "home")


def problem(folder, name, value):
    with pytest.raises(ConfigError) as caught:
        read(folder, name, value)
    (said,) = caught.value.problems
    assert said.startswith(f"{name}: ")
    return said


@pytest.mark.parametrize(
    ("given", "listens", "shown"),
    [
        ("10.0.0.5", "10.0.0.5", "10.0.0.5:8080"),
        ("::1", "::1", "[::1]:8080"),
        ("localhost", "127.0.0.1", "127.0.0.1:8080"),
    ],
)
def test_the_web_process_listens_on_an_address(tmp_path, given, listens, shown):
    web = read(tmp_path, "DESKWARDEN_WEB_HOST", given).web
    assert (web.host, web.address) == (listens, shown)


@pytest.mark.parametrize("given", ["", "warden.example.org", "127.0.0.1:80", "[::1]", "fe80::1%lo"])
def test_what_the_web_process_cannot_listen_on_is_refused(tmp_path, given):
    assert "Must be an IP address" in problem(tmp_path, "DESKWARDEN_WEB_HOST", given)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/s3cr3t.db",
        "sqlite://user:s3cr3t@/x.db",
        "sqlite:///x.db?s3cr3t=1",
    ],
)
def test_sqlite_is_a_file(tmp_path, url):
    said = problem(tmp_path, "DESKWARDEN_DATABASE_URL", url)
    assert "sqlite:////srv/deskwarden/deskwarden.db" in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("postgresql://u:s3cr3t@h:port/x", "from 1 to 65535"),
        ("postgresql://u:s3cr3t@h:99999/x", "from 1 to 65535"),
        ("postgresql://u:s3cr3t@[::1/x", "USER:PASSWORD@HOST:5432/NAME"),
        ("postgresql+psycopg://u:s3cr3t@h/x?foo=bar", "an option that PostgreSQL does not know"),
        ("postgresql+psycopg://u:s3cr3t@h/x?autocommit=1", "does not know"),
        ("postgresql+asyncpg://u:s3cr3t@h/x", "Must start with"),
        ("POSTGRESQL://u:s3cr3t@h/x", "Must start with"),
        ("postgresql:u:s3cr3t@h/x", "Must start with"),
    ],
)
def test_a_url_that_leads_to_no_server_is_told_without_its_password(tmp_path, url, meant):
    said = problem(tmp_path, "DESKWARDEN_DATABASE_URL", url)
    assert meant in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///relative.db",
        "sqlite:////tmp/x.db",
        "postgresql://u:p#w/d@h/x",
        "postgresql+psycopg://u:p@[::1]:5432/x?sslmode=require",
        "postgresql:///x?host=/run/postgresql",
        "postgresql://u:p@/x?host=a:1&host=b:2&target_session_attrs=read-write",
    ],
)
def test_a_url_that_a_database_can_have_is_taken_as_it_is(tmp_path, url):
    assert read(tmp_path, "DESKWARDEN_DATABASE_URL", url).database_url == url


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DESKWARDEN_REDIS_URL", "redis://:s3cr3t@h:80000"),
        ("DESKWARDEN_REDIS_URL", "redis://:s3cr3t@h:port"),
        ("DESKWARDEN_WEB_PUBLIC_URL", "https://s3cr3t.example:0"),
    ],
)
def test_a_port_that_there_cannot_be_is_refused_in_every_url(tmp_path, name, url):
    said = problem(tmp_path, name, url)
    assert "from 1 to 65535" in said
    assert "s3cr3t" not in said


def test_a_url_that_cannot_be_parsed_is_a_problem(tmp_path):
    assert "Must start with" in problem(tmp_path, "DESKWARDEN_REDIS_URL", "redis://[::1")
