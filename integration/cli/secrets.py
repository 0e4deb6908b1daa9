"""`secrets`: the key that seals all others, and the secrets of webhooks."""

from __future__ import annotations

import click

from connectors import registry
from integration.cli.matrix import show_steps
from integration.cli.opening import opened
from integration.cli.output import count, emit, json_option, tell, words
from integration.core.messages import say
from integration.runtime import Runtime
from integration.services import accounts
from integration.services.hook_secrets import begin_rotation, end_rotation
from integration.storage import Keyring
from integration.storage.keyring import reseal_accounts, rotate_key_file

BACKUPS = "An old key is needed only to put back a backup of the database that was made with it."
OF_FILE = (
    "A new key was made: {path}. {done} with it.",
    "The old key opens nothing that is stored now.",
    BACKUPS,
    "Renew the copy of this file that you keep, and copy it to the other hosts at once.",
)
CONFIGURED = (
    "No key was made: you make those of secret_key (DESKWARDEN_SECRET_KEY).",
    "{done} with the first key of secret_key.",
    "The others there open nothing that is stored now: take them out, on every host.",
    BACKUPS,
    "Renew the copy of secret_key that you keep.",
)
ONE_CONFIGURED = (
    "Nothing has changed: secret_key (DESKWARDEN_SECRET_KEY) has one key. {done} with it.",
    "For another one, put the new key before the one that is there (NEW,OLD) and start everything",
    "again. Then run this again.",
)
"""What a rotation says, by where the keys come from."""


@click.group()
def secrets() -> None:
    """The keys that seal the accounts' keys."""


@secrets.command()
@json_option
def rotate(*, as_json: bool) -> None:
    """Seal every account's keys with a new secret key. The old one is forgotten.

    With DESKWARDEN_SECRET_KEY set: put the new key before the old one there, run this, then take
    the old one out.
    """
    with opened() as runtime:
        configured = runtime.config.secret_keys
        keyring = _keyring(runtime)
        if configured:
            with runtime.store.transaction() as tables:
                sealed = reseal_accounts(tables, keyring)
        else:
            sealed = rotate_key_file(runtime.config.secret_key_file, runtime.store)
    key_file = runtime.config.secret_key_file
    if as_json:
        emit({"sealed": sealed, "new_key_file": None if configured else str(key_file)})
        return
    told = ONE_CONFIGURED if len(configured) == 1 else CONFIGURED if configured else OF_FILE
    done = f"{count(sealed, 'account')} {'is' if sealed == 1 else 'are'} sealed"
    for line in told:
        text = line.format(path=key_file, done=done)
        words.print(text, markup=False, soft_wrap=True)


@secrets.command()
@click.argument("account")
@click.option("--end", is_flag=True, help="Forget the old secret: only the new one counts.")
@json_option
def hook(account: str, *, end: bool, as_json: bool) -> None:
    """Change the secret of a webhook without losing a delivery.

    First without --end: old and new are accepted, and the admin's steps are shown with the new
    one. When the helpdesk uses it, again with --end.
    """
    with opened() as runtime:
        keyring = _keyring(runtime, account)
        with runtime.store.transaction() as tables:
            change = end_rotation if end else begin_rotation
            row = change(keyring, tables, account, now=runtime.clock.now())
        known = {"account": account, "old_accepted": not end}
        if end:
            tell(known, "Only the newest secret is accepted now.", as_json=as_json)
            return
        place = runtime.hook(row)
        if as_json:  # the same secret as stands in the steps for people
            emit({**known, "hook_url": place.url, "hook_secret": place.secret})
            return
        steps = registry.helpdesk(row.helpdesk).setup_steps(runtime.settings(row), place)
        # The others of the steps were done when the account was connected.
        locale = runtime.policy(row).locale
        told = [step for step in steps if place.secret in say(step.key, locale, **step.params)]
        show_steps(say("account.hook", locale), told, locale)


def _keyring(runtime: Runtime, *named: str) -> Keyring:
    """What seals the accounts, opened where tables and the named accounts are.

    Before the transaction that changes anything: it looks into the database by itself, and would
    wait for that one. After a look at the tables: without them it would make a key.
    """
    with runtime.store.transaction() as tables:
        tables.accounts.list()
        for account in named:
            accounts.known(tables, account)
    return runtime.keyring
