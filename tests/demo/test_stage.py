"""What the demo runs with: its own settings, whatever this machine is configured with."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest

from integration.config import describe
from integration.demo.stage import POLICY, use_own_settings
from integration.runtime import load_config

SETTINGS = {name: "x" for row in describe() for name in (row["env"], row["file_env"]) if name}
OTHERS = {
    "REDIS_URL": "redis://elsewhere.example",
    "DESKWARDEN_ACCOUNT_V3_KEY": "a key of a real account",
    "DESKWARDEN_MISSPELT": "x",
}


@pytest.fixture(params=[{}, SETTINGS | OTHERS], ids=["nothing set", "everything set"])
def config(request, tmp_path, monkeypatch):
    """Of a demo in a folder that has a configuration of its own, for something else."""
    (tmp_path / "deskwarden.toml").write_text("[web]\nthreads = 3\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    with patch.dict(os.environ, request.param):
        use_own_settings(tmp_path / "demo", POLICY)
        yield load_config()


def test_the_demo_keeps_its_data_in_its_own_folder(config, tmp_path):
    data = tmp_path / "demo" / "data"
    assert config.source == tmp_path / "demo" / "deskwarden.toml"
    assert config.data_folder == data
    assert config.database_url == f"sqlite:///{data}/deskwarden.db"
    assert {config.secret_key_file.parent, config.audit_key_file.parent} == {data}


def test_the_demo_speaks_to_nothing_but_what_it_started(config):
    assert config.redis_url == ""
    assert config.secret_keys == ()
    assert config.web.public_url == f"http://127.0.0.1:{config.web.port}"
    assert (config.web.host, config.web.threads) == ("127.0.0.1", 16)


def test_what_the_demo_starts_is_told_nothing_else_of_ours(config):
    ours = {name for name in os.environ if name.startswith("DESKWARDEN_")}
    assert ours == {"DESKWARDEN_CONFIG", "DESKWARDEN_DATA_FOLDER", "DESKWARDEN_LOG_FORMAT"}
    assert "REDIS_URL" not in os.environ
