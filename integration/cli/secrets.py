"""`secrets`: the key that seals all others, and the secrets of webhooks."""

from __future__ import annotations

import click

from connectors import registry
from integration.cli.matrix import show_steps
from integration.cli.opening import opened
from integration.cli.output import count, words
from integration.core.messages import say
from integration.services.hook_secrets import begin_rotation, end_rotation
from integration.storage.keyring import reseal_accounts, rotate_key_file


@click.group()
def secrets() -> None:
    """The keys that seal the accounts' keys."""


@secrets.command()
def rotate() -> None:
    """Seal every account's keys with a new secret key. The old one is forgotten.

    With DESKWARDEN_SECRET_KEY set: put the new key before the old one there, run this, then take
    the old one out.
    """
    with opened() as runtime:
        if runtime.config.secret_keys:
            with runtime.store.transaction() as tables:
                sealed = reseal_accounts(tables, runtime.keyring)
        else:
            sealed = rotate_key_file(runtime.config.secret_key_file, runtime.store)
    words.print(f"{count(sealed, 'account')} sealed with the first key.")


@secrets.command()
@click.argument("account")
@click.option("--end", is_flag=True, help="Forget the old secret: only the new one counts.")
def hook(account: str, *, end: bool) -> None:
    """Change the secret of a webhook without losing a delivery.

    First without --end: old and new are accepted, and the admin's steps are shown with the new
    one. When the helpdesk uses it, again with --end.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            change = end_rotation if end else begin_rotation
            row = change(runtime.keyring, tables, account, now=runtime.clock.now())
        if end:
            words.print("Only the newest secret is accepted now.")
            return
        place = runtime.hook(row)
        steps = registry.helpdesk(row.helpdesk).setup_steps(runtime.settings(row), place)
        # The others of the steps were done when the account was connected.
        locale = runtime.policy(row).locale
        told = [step for step in steps if place.secret in say(step.key, locale, **step.params)]
        show_steps(say("account.hook", locale), told, locale)
