from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet

from integration.core.errors import ConfigError, PermanentError
from integration.core.ports import AccountRow
from integration.storage.keyring import Keyring, keep_first, own_key, put_first, reseal_accounts

SECRETS = {"api_key": "s3cret", "hooks": ["one", "two"]}


@pytest.fixture
def old():
    return Fernet.generate_key().decode()


@pytest.fixture
def new():
    return Fernet.generate_key().decode()


def test_what_was_sealed_is_opened_again(new):
    keyring = Keyring([new])
    sealed = keyring.seal(SECRETS)
    assert b"s3cret" not in sealed
    assert keyring.open(sealed) == SECRETS


def test_an_old_key_still_opens_and_the_new_one_seals(old, new):
    sealed = Keyring([old]).seal(SECRETS)
    both = Keyring([new, old])
    assert both.open(sealed) == SECRETS
    assert Keyring([new]).open(both.seal(SECRETS)) == SECRETS


def test_resealed_secrets_no_longer_need_the_old_key(old, new):
    resealed = Keyring([new, old]).reseal(Keyring([old]).seal(SECRETS))
    assert Keyring([new]).open(resealed) == SECRETS


@pytest.mark.parametrize("act", ["open", "reseal"])
def test_secrets_under_an_unknown_key_are_reported(old, new, act):
    sealed = Keyring([old]).seal(SECRETS)
    with pytest.raises(PermanentError) as caught:
        getattr(Keyring([new]), act)(sealed)
    assert caught.value.reason == "sealed_with_other_key"


@pytest.mark.parametrize("keys", [[], ["too short"], ["ø" * 44]])
def test_a_wrong_key_stops_the_start_and_is_not_shown(keys):
    with pytest.raises(ConfigError) as caught:
        Keyring(keys)
    assert "too short" not in str(caught.value)
    assert "generate_key" in caught.value.hint


def test_a_keyring_does_not_show_its_keys(new):
    assert new not in repr(Keyring([new]))


def test_several_keys_come_from_one_configuration_value(old, new, tmp_path):
    sealed = Keyring([old]).seal(SECRETS)
    assert Keyring.from_config(f"{new},\n {old} ", tmp_path).open(sealed) == SECRETS
    assert list(tmp_path.iterdir()) == []


def test_without_configuration_a_key_is_made_for_us_alone(tmp_path):
    folder = tmp_path / "data"
    sealed = Keyring.from_config(None, folder).seal(SECRETS)
    assert Keyring.from_config("", folder).open(sealed) == SECRETS
    [key_file] = folder.iterdir()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "secret.key"
    own_key(path, Fernet.generate_key)
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="read by others"):
        own_key(path, Fernet.generate_key)


def test_all_who_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(
            pool.map(lambda _: own_key(tmp_path / "audit.key", Fernet.generate_key), range(32))
        )
    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_is_changed_without_a_moment_in_which_nothing_opens(store, tmp_path):
    path = tmp_path / "secret.key"
    before = Keyring.from_config(None, tmp_path)
    with store.transaction() as tables:
        for name in ("acme", "other"):
            tables.accounts.save(AccountRow(name, "liveagent", {}, before.seal(SECRETS)))

    put_first(path, Fernet.generate_key())
    with store.transaction() as tables:
        assert reseal_accounts(tables, Keyring.from_config(None, tmp_path)) == 2
    keep_first(path)

    after = Keyring.from_config(None, tmp_path)
    with store.transaction() as tables:
        assert [after.open(row.sealed) for row in tables.accounts.list()] == [SECRETS, SECRETS]
        with pytest.raises(PermanentError):
            before.open(tables.accounts.list()[0].sealed)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
