from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
OURS = ("migrate", "web", "worker", "ticker")


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage of the Dockerfile, continuation lines joined."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    found: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def of(stage, word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def test_the_image_is_slim_glibc_and_built_in_a_stage_of_its_own(stages):
    assert [of(stage, "FROM")[0] for stage in stages] == [
        "python:3.13-slim AS build",
        "python:3.13-slim",
    ]
    assert of(stages[1], "COPY") == ["--from=build /venv /venv"]


def test_every_package_is_installed_by_hash(stages):
    installs = [
        part
        for stage in stages
        for run in of(stage, "RUN")
        for part in run.split("&&")
        if "pip install" in part
    ]
    hashed = [part for part in installs if "--require-hashes" in part]
    assert {re.search(r"-r (\S+)", part)[1] for part in hashed} == {
        "locks/runtime.txt",
        "locks/build.txt",
    }
    assert all("--no-index" in part for part in installs if part not in hashed)


def test_the_process_is_nobody_in_particular_and_imports_nothing_from_where_it_stands(stages):
    final = stages[1]
    assert of(final, "USER") == ["10001:10001"]
    assert "PYTHONSAFEPATH=1" in of(final, "ENV")[0]
    assert "-m 0700 -o 10001" in of(final, "RUN")[0]
    assert of(final, "VOLUME") == ["/data"]


def test_it_stops_by_sigterm_and_says_whether_it_is_well(stages):
    final = stages[1]
    assert of(final, "STOPSIGNAL") == ["SIGTERM"]
    check = of(final, "HEALTHCHECK")[0]
    command = json.loads(check.partition("CMD ")[2])
    assert command[0] == "python"
    compile(command[2], "healthcheck", "exec")
    assert "/healthz" in command[2]
    assert json.loads(of(final, "ENTRYPOINT")[0]) == ["deskwarden"]


def test_no_secret_is_in_an_environment(stages, compose):
    for stage in stages:
        assert not any(re.search("(?i)password|secret|token", env) for env in of(stage, "ENV"))
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            secret = re.search("(?i)password|secret|token|(?<!PUBLIC)_url", name)
            assert not secret or (name.endswith("_FILE") and value.startswith("/run/secrets/"))


def test_all_parts_are_there(compose):
    assert set(compose["services"]) == {*OURS, "valkey", "postgres"}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_to_their_volume_only(compose, name):
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["volumes"] == ["data:/data"]
    assert service["cap_drop"] == ["ALL"]
    assert service["ulimits"] == {"core": 0}
    assert service["init"] is True


@pytest.mark.parametrize("name", ["worker", "ticker", "valkey", "postgres"])
def test_every_part_has_a_health_check(compose, name):
    assert compose["services"][name]["healthcheck"]["test"]


def test_a_worker_has_time_to_finish_its_job(compose):
    assert compose["services"]["worker"]["stop_grace_period"] == "90s"


def test_the_stores_are_reached_from_inside_only_and_nothing_is_evicted(compose):
    for name in ("valkey", "postgres"):
        service = compose["services"][name]
        assert service["networks"] == ["inside"]
        assert "ports" not in service
    assert compose["networks"]["inside"]["internal"] is True
    command = " ".join(compose["services"]["valkey"]["command"])
    assert "noeviction" in command
    assert "--appendonly yes" in command
    assert "--requirepass" in command


def test_the_image_holds_only_what_is_named():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines[0] == "*"
    assert not any(line.startswith("!secrets") for line in lines)
