from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from integration.config import Config, describe, load, make_folder
from integration.core.errors import ConfigError
from integration.core.policy import DEFAULT_ACTIONS, USUAL_HOLD_TAGS, Policy
from integration.core.spans import Action, Kind


@pytest.fixture
def read(tmp_path: Path):
    def _read(toml: str = "", **env: str) -> Config:
        if toml:
            (tmp_path / "deskwarden.toml").write_text(toml, encoding="utf-8")
        return load(env, cwd=tmp_path, home=tmp_path / "home")

    return _read


def problems(read, toml: str = "", **env: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read(toml, **env)
    return caught.value.problems


def test_nothing_set_gives_a_whole_configuration_in_the_home_folder(read, tmp_path):
    config = read()
    folder = tmp_path / "home/.local/share/deskwarden"
    assert config.data_folder == folder
    assert config.database_url == f"sqlite:///{folder}/deskwarden.db"
    assert config.redis_url == ""
    assert config.audit_key_file == folder / "audit.key"
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8080)
    assert config.workers.threads == 16
    assert config.policy == Policy()


def test_xdg_data_home_is_honoured(read, tmp_path):
    assert read(XDG_DATA_HOME=str(tmp_path / "x")).data_folder == tmp_path / "x/deskwarden"


def test_a_file_puts_the_data_beside_itself(read, tmp_path):
    assert read("[web]\nport = 9000\n").data_folder == tmp_path / "var"


def test_paths_in_the_file_are_relative_to_it_and_variables_to_where_we_are(tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/own.toml").write_text('data_folder = "d"\naudit_key_file = "a.key"\n')
    env = {"DESKWARDEN_CONFIG": "etc/own.toml", "DESKWARDEN_SECRET_KEY_FILE_": ""}
    env.pop("DESKWARDEN_SECRET_KEY_FILE_")
    config = load(env, cwd=tmp_path)
    assert config.data_folder == tmp_path / "etc/d"
    assert config.audit_key_file == tmp_path / "etc/a.key"
    config = load({**env, "DESKWARDEN_DATA_FOLDER": "elsewhere"}, cwd=tmp_path)
    assert config.data_folder == tmp_path / "elsewhere"


def test_a_file_in_the_data_folder_is_found(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/deskwarden.toml").write_text("[web]\nport = 9001\n")
    config = load({"DESKWARDEN_DATA_FOLDER": str(tmp_path / "data")}, cwd=tmp_path)
    assert config.web.port == 9001
    assert config.data_folder == tmp_path / "data"


def test_the_environment_wins_over_the_file(read):
    config = read("[web]\nport = 9000\nhost = '::1'\n", DESKWARDEN_WEB_PORT="9100")
    assert (config.web.port, config.web.host) == (9100, "::1")


def test_redis_url_is_read_under_its_usual_name_but_ours_wins(read):
    assert read(REDIS_URL="redis://a").redis_url == "redis://a"
    both = read(REDIS_URL="redis://a", DESKWARDEN_REDIS_URL="redis://b")
    assert both.redis_url == "redis://b"


def test_a_secret_can_come_from_a_file(read, tmp_path):
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    (tmp_path / "secret").write_text(f"{new}\n{old}\n")
    config = read(DESKWARDEN_SECRET_KEY_FILE=str(tmp_path / "secret"))
    assert config.secret_keys == (new, old)


def test_a_missing_secret_file_fails_loudly(read, tmp_path):
    (problem,) = problems(read, DESKWARDEN_WEB_METRICS_TOKEN_FILE=str(tmp_path / "none"))
    assert problem.startswith("DESKWARDEN_WEB_METRICS_TOKEN_FILE")
    assert "cannot be read" in problem


def test_a_secret_given_twice_is_refused(read, tmp_path):
    (tmp_path / "t").write_text("x")
    (problem,) = problems(
        read,
        DESKWARDEN_WEB_METRICS_TOKEN_FILE=str(tmp_path / "t"),
        DESKWARDEN_WEB_METRICS_TOKEN="y",
    )
    assert "Keep one" in problem


def test_secrets_are_not_in_the_repr(read):
    key = Fernet.generate_key().decode()
    config = read(
        DESKWARDEN_SECRET_KEY=key,
        DESKWARDEN_WEB_METRICS_TOKEN="tok-1",
        DESKWARDEN_DATABASE_URL="postgresql://u:pass-1@h/d",
        REDIS_URL="redis://:pass-2@h",
    )
    for secret in (key, "tok-1", "pass-1", "pass-2"):
        assert secret not in repr(config)


def test_every_problem_is_told_at_once_with_a_meaning(read):
    found = problems(
        read,
        "[web]\nport = 0\nprot = 1\n[log]\nlevel = 'loud'\n[policy]\nlocale = 'xx'\n",
        DESKWARDEN_WORKERS_THREADS="many",
        REDIS_URL="http://x",
    )
    assert sorted(p.split(":")[0] for p in found) == [
        "DESKWARDEN_WORKERS_THREADS",
        "REDIS_URL",
        "log.level",
        "policy.locale",
        "web.port",
        "web.prot",
    ]
    assert all("Meaning: " in p for p in found if "unknown key" not in p)


@pytest.mark.parametrize(
    ("toml", "env", "meant"),
    [
        pytest.param("[web]\nprot = 1\n", {}, "web.port", id="key"),
        pytest.param("[polcy]\nlocale = 'nb'\n", {}, "policy.locale", id="section"),
        pytest.param("", {"DESKWARDEN_WEB_PROT": "1"}, "DESKWARDEN_WEB_PORT", id="variable"),
    ],
)
def test_an_unknown_name_is_an_error_with_a_guess(read, toml, env, meant):
    (problem,) = problems(read, toml, **env)
    assert f"Did you mean {meant}?" in problem


@pytest.mark.parametrize(
    ("toml", "env"),
    [
        pytest.param("[policy.enforce]\nfoo = 1\n", {}, id="key"),
        pytest.param("[policy.accounts.acme.enforce]\nfoo = 1\n", {}, id="key-of-an-account"),
        pytest.param("", {"DESKWARDEN_FOO": "1"}, id="variable"),
    ],
)
def test_nothing_is_guessed_from_the_section_alone(read, toml, env):
    (problem,) = problems(read, toml, **env)
    assert "unknown" in problem
    assert "Did you mean" not in problem


def test_a_guess_for_an_account_is_a_key_of_that_account(read):
    (problem,) = problems(read, "[policy.accounts.acme.enforce]\nkindz = []\n")
    assert problem.startswith("policy.accounts.acme.enforce.kindz: ")
    assert "Did you mean policy.accounts.acme.enforce.kinds?" in problem


def test_variables_of_accounts_and_tests_are_not_ours_to_judge(read):
    assert read(DESKWARDEN_ACCOUNT_V3_KEY="x", DESKWARDEN_TEST_DATABASE_URL="y")


def test_a_wrong_secret_is_not_repeated(read):
    (problem,) = problems(read, DESKWARDEN_SECRET_KEY="hunter2hunter2")
    assert "hunter2" not in problem
    assert "Fernet" in problem


def test_broken_toml_says_where(read):
    (problem,) = problems(read, "[web\nport = 1\n")
    assert "line 1" in problem


def test_text_that_is_not_utf8_is_a_problem(tmp_path):
    (tmp_path / "deskwarden.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(ConfigError, match="UTF-8"):
        load({}, cwd=tmp_path)


def test_a_named_file_must_exist(read):
    (problem,) = problems(read, DESKWARDEN_CONFIG="no.toml")
    assert "no.toml" in problem


def test_a_policy_is_read_whole(read):
    policy = read(
        """
        [policy]
        monitor_until = 2027-01-31
        locale = "nb"
        redact_from = 0.7
        findings_department = "d9"
        free_mail_domains = ["example.com"]
        [policy.actions]
        EXPIRY = "count"
        [policy.enforce]
        departments = ["d1"]
        kinds = ["PAN", "CVV"]
        [policy.hold]
        tags = ["dispute"]
        days = 14
        [policy.breaker]
        max_tickets_per_hour = 50
        usual_factor = 2
        """
    ).policy
    assert policy.monitor_until == date(2027, 1, 31)
    assert policy.actions == {**DEFAULT_ACTIONS, Kind.EXPIRY: Action.COUNT}
    assert policy.enforce_departments == {"d1"}
    assert policy.enforce_kinds == {Kind.PAN, Kind.CVV}
    assert policy.hold.tags == {"dispute"}
    assert (policy.hold_days, policy.max_tickets_per_hour, policy.usual_factor) == (14, 50, 2.0)
    assert (policy.locale, policy.redact_from, policy.findings_department) == ("nb", 0.7, "d9")
    assert policy.free_mail_domains == {"example.com"}


def test_an_account_lays_its_own_policy_over_the_common_one(read):
    config = read(
        """
        [policy]
        locale = "nb"
        [policy.actions]
        EXPIRY = "report"
        [policy.hold]
        tags = ["dispute"]
        [policy.accounts.acme]
        max_admins = 9
        [policy.accounts.acme.actions]
        PAN = "report"
        [policy.accounts.acme.hold]
        days = 7
        """
    )
    own = config.for_account("acme")
    assert (own.max_admins, own.locale, own.hold_days) == (9, "nb", 7)
    assert own.hold.tags == {"dispute"}
    assert (own.actions[Kind.PAN], own.actions[Kind.EXPIRY]) == (Action.REPORT, Action.REPORT)
    assert config.for_account("other") == config.policy
    assert config.policy.actions[Kind.PAN] is Action.REDACT


@pytest.mark.parametrize(
    ("toml", "usual"),
    [
        ("", USUAL_HOLD_TAGS),
        ('[policy.hold]\ndepartments = ["legal"]', USUAL_HOLD_TAGS),
        ('[policy.hold]\ntags = ["vip"]', frozenset()),
        ("[policy.hold]\ntags = []", frozenset()),
    ],
    ids=["nothing", "a_department", "a_tag", "no_tag"],
)
def test_the_usual_tags_hold_until_the_policy_says_which(read, toml, usual):
    assert read(toml).policy.hold.usual == usual


def test_the_environment_reaches_the_policy_and_below_it_the_accounts(read):
    config = read(
        "[policy.accounts.acme]\nmax_admins = 9\n",
        DESKWARDEN_POLICY_LOCALE="nb",
        DESKWARDEN_POLICY_MONITOR_UNTIL="2027-02-01",
        DESKWARDEN_POLICY_HOLD_TAGS="dispute, police",
    )
    own = config.for_account("acme")
    assert (own.locale, own.max_admins) == ("nb", 9)
    assert own.hold.tags == {"dispute", "police"}
    assert config.policy.monitor_until == date(2027, 2, 1)


def test_a_file_does_not_take_the_data_of_the_standard_folder_out_of_sight(read, tmp_path):
    standard = tmp_path / "home/.local/share/deskwarden"
    standard.mkdir(parents=True)
    (standard / "deskwarden.db").touch()
    (problem,) = problems(read, "[policy]\nlocale = 'nb'\n")
    assert str(standard) in problem
    assert read(f"data_folder = '{standard}'\n").data_folder == standard
    assert read(f"data_folder = '{tmp_path / 'var'}'\n").data_folder == tmp_path / "var"
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "deskwarden.db").touch()
    assert read("[policy]\nlocale = 'nb'\n").data_folder == tmp_path / "var"


def test_problems_of_an_account_name_the_account(read):
    (problem,) = problems(read, "[policy.accounts.acme]\nlocale = 'x'\n")
    assert problem.startswith("policy.accounts.acme.locale:")
    (problem,) = problems(read, "[policy]\naccounts = 1\n")
    assert problem.startswith("policy.accounts:")


@pytest.mark.parametrize("action", ["count", "ignore"])
def test_authentication_data_cannot_be_looked_away_from(read, action):
    (problem,) = problems(read, f"[policy.actions]\nCVV = '{action}'\n")
    assert "CVV can only be redacted or reported" in problem


def test_an_unknown_kind_is_named_and_hides_no_other_problem(read):
    (problem,) = problems(read, "[policy.actions]\nPANN = 'redact'\nCVV = 'ignore'\n")
    assert "PANN" in problem
    assert "CVV can only be redacted or reported" in problem


@pytest.mark.parametrize("section", ["policy", "policy.accounts.acme"])
def test_a_mode_in_the_file_is_refused_with_the_command_that_switches_it(read, section):
    (problem,) = problems(read, f"[{section}]\nmode = 'enforce'\n")
    assert problem.startswith(f"{section}.mode: ")
    assert "deskwarden account mode NAME enforce" in problem


def test_a_table_where_a_value_belongs_is_a_problem(read):
    assert problems(read, "[web.port]\na = 1\n")
    assert problems(read, "policy = 1\n")


def test_the_description_has_every_key_once_and_a_meaning_for_each():
    rows = describe()
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert all(row["help"].endswith(".") and row["default"] for row in rows)
    by_name = {row["name"]: row for row in rows}
    assert by_name["web.port"]["env"] == "DESKWARDEN_WEB_PORT"
    assert by_name["policy.actions"]["env"] == ""
    assert by_name["secret_key"]["file_env"] == "DESKWARDEN_SECRET_KEY_FILE"


def test_the_data_folder_is_for_this_user_only(tmp_path):
    make_folder(tmp_path / "a/b")
    assert stat.S_IMODE((tmp_path / "a/b").stat().st_mode) == 0o700
    (tmp_path / "a/b").chmod(0o755)
    with pytest.raises(ConfigError, match="chmod 700"):
        make_folder(tmp_path / "a/b")


def test_a_data_folder_that_cannot_be_made_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in ("file", "file/x"):
        with pytest.raises(ConfigError, match="cannot be made") as caught:
            make_folder(tmp_path / folder)
        assert caught.value.hint.startswith("A file is in the way: move it")
