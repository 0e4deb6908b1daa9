from __future__ import annotations

import errno
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet

from integration.core.errors import ConfigError, PermanentError
from integration.core.rows import AccountRow
from integration.storage.keyring import Keyring, own_key, rotate_key_file, split_keys

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


def test_several_keys_are_taken_from_one_text(old, new):
    assert split_keys(f"{new},\n {old} ") == [new, old]
    assert split_keys("") == []


def test_a_key_of_our_own_is_made_for_us_alone(tmp_path):
    path = tmp_path / "data" / "secret.key"
    sealed = Keyring.of_file(path).seal(SECRETS)
    assert Keyring.of_file(path).open(sealed) == SECRETS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "secret.key"
    own_key(path, Fernet.generate_key)
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="others can read"):
        own_key(path, Fernet.generate_key)


def test_all_who_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(
            pool.map(lambda _: own_key(tmp_path / "audit.key", Fernet.generate_key), range(32))
        )
    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_that_another_has_made_meanwhile_stays(tmp_path):
    path = tmp_path / "audit.key"

    def make():
        own_key(path, lambda: b"theirs")
        return b"ours"

    assert own_key(path, make) == "theirs"
    assert path.read_text() == "theirs\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def sealed_accounts(store, tmp_path):
    """Two accounts sealed under the key file; its path."""
    path = tmp_path / "secret.key"
    keyring = Keyring.of_file(path)
    with store.transaction() as tables:
        for name in ("acme", "other"):
            tables.accounts.save(AccountRow(name, "liveagent", {}, keyring.seal(SECRETS)))
    return path


def sealed_in(store):
    with store.transaction() as tables:
        return [row.sealed for row in tables.accounts.list()]


def test_after_a_rotation_only_the_new_key_is_left_and_opens_all(store, sealed_accounts):
    before = Keyring(split_keys(sealed_accounts.read_text()))
    assert rotate_key_file(sealed_accounts, store) == 2
    after = Keyring.of_file(sealed_accounts)
    for sealed in sealed_in(store):
        assert after.open(sealed) == SECRETS
        with pytest.raises(PermanentError):
            before.open(sealed)
    assert len(split_keys(sealed_accounts.read_text())) == 1
    assert stat.S_IMODE(sealed_accounts.stat().st_mode) == 0o600


def test_a_process_that_runs_during_a_rotation_follows_it(store, sealed_accounts):
    running = Keyring.of_file(sealed_accounts)
    rotate_key_file(sealed_accounts, store)
    assert [running.open(sealed) for sealed in sealed_in(store)] == [SECRETS, SECRETS]


def test_a_process_that_runs_during_a_rotation_seals_with_the_new_key(store, sealed_accounts):
    running = Keyring.of_file(sealed_accounts)
    rotate_key_file(sealed_accounts, store)
    assert Keyring.of_file(sealed_accounts).open(running.seal(SECRETS)) == SECRETS


def test_an_account_that_is_saved_only_after_a_rotation_began_is_resealed(store, sealed_accounts):
    keyring = Keyring.of_file(sealed_accounts)
    sealed, rotated = threading.Event(), threading.Event()

    def rotate():
        sealed.wait(10)
        rotate_key_file(sealed_accounts, store)
        rotated.set()

    with ThreadPoolExecutor(1) as pool:
        rotation = pool.submit(rotate)
        with store.transaction() as tables:
            assert tables.accounts.get("new", for_update=True) is None
            row = AccountRow("new", "liveagent", {}, keyring.seal(SECRETS))
            sealed.set()
            rotated.wait(0.5)
            tables.accounts.save(row)
        rotation.result()
    after = Keyring.of_file(sealed_accounts)
    assert [after.open(sealed) for sealed in sealed_in(store)] == [SECRETS] * 3


def test_a_rotation_that_was_stopped_is_run_again(store, sealed_accounts):
    class PulledThePlug(Exception):
        pass

    class Unplugged:
        def transaction(self):
            raise PulledThePlug

    with pytest.raises(PulledThePlug):
        rotate_key_file(sealed_accounts, Unplugged())
    assert [Keyring.of_file(sealed_accounts).open(s) for s in sealed_in(store)] == [SECRETS] * 2
    rotate_key_file(sealed_accounts, store)
    assert [Keyring.of_file(sealed_accounts).open(s) for s in sealed_in(store)] == [SECRETS] * 2


def test_reading_the_keys_again_does_not_help_when_none_fits(old, new, tmp_path):
    sealed = Keyring([old]).seal(SECRETS)
    with pytest.raises(PermanentError):
        Keyring.of_file(tmp_path / "secret.key").open(sealed)


def test_a_disk_without_room_is_a_sentence_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ConfigError, match="cannot be written") as told:
        Keyring.of_file(tmp_path / "secret.key")
    assert "room" in told.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_rotation_on_a_disk_without_room_is_a_sentence_and_loses_no_key(
    store, sealed_accounts, monkeypatch
):
    path = sealed_accounts

    def fall(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = path.read_text()
    monkeypatch.setattr("os.fsync", fall)
    with pytest.raises(ConfigError, match="cannot be written"):
        rotate_key_file(path, store)
    assert path.read_text() == before
    assert list(path.parent.glob(f".{path.name}.*")) == []


def test_a_key_file_that_cannot_be_read_is_a_sentence(tmp_path):
    path = tmp_path / "secret.key"
    path.mkdir(mode=0o700)
    with pytest.raises(ConfigError, match=r"cannot be read or written \(Is a directory\)") as told:
        Keyring.of_file(path)
    assert "the user that the file belongs to" in told.value.hint


@pytest.mark.parametrize(
    ("content", "meant"),
    [(b"", "holds no key"), (b"hunter2", "not valid"), (b"\xff\x00", "other bytes")],
    ids=["empty", "short", "binary"],
)
def test_a_key_file_that_holds_no_key_is_named_without_what_it_holds(tmp_path, content, meant):
    path = tmp_path / "secret.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=meant) as told:
        Keyring.of_file(path)
    assert str(path) in str(told.value)
    assert "hunter2" not in str(told.value)
    assert "the one that was used before" in told.value.hint
