"""`redact`: a text written again with card data masked, or one ticket looked at now."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from integration.cli.opening import opened
from integration.cli.output import emit, json_option, listing, results, words
from integration.cli.texts import MEDIA_TYPES, PLAIN, FileText, Unread, decoded, read_file
from integration.core.capabilities import Outcome
from integration.core.detection import find, mask
from integration.core.errors import ConfigError, NotFound
from integration.core.findings import wording
from integration.core.findings.cards import SurfaceRecord
from integration.core.masks import LOCALES
from integration.core.messages import say
from integration.core.models import Priority
from integration.core.spans import Action
from integration.services.by_hand import redact_now
from integration.services.result import Result

STDIN = Path("-")
LOCALE = "en"
HINTS = {
    "file_type": "only texts are redacted: if it is one, say of what kind with --media-type",
    "binary": "only texts are redacted, and this is none",
}


@click.command()
@click.argument(
    "source",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    required=False,
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write.")
@click.option("--locale", type=click.Choice(LOCALES), help=f"Of the masks.  [default: {LOCALE}]")
@click.option("--media-type", type=click.Choice(sorted(set(MEDIA_TYPES.values()))))
@click.option("--ticket", help="Redact this ticket now.")
@click.option("--account", help="The account of the ticket.")
@json_option
def redact(
    source: Path | None,
    output: Path | None,
    locale: str | None,
    media_type: str | None,
    ticket: str | None,
    account: str | None,
    *,
    as_json: bool,
) -> None:
    """Write a text with card data masked, or redact a ticket now. The text may be - for stdin.

    Of a ticket it tells what became of each place; --json is for that. Ends with 1 unless all that
    had to go is gone.
    """
    of_text = {"--output": output, "--locale": locale, "--media-type": media_type}
    if ticket is not None and account is not None and source is None:
        if given := [name for name, value in of_text.items() if value is not None]:
            message = f"a ticket takes no {', no '.join(given)}: that is for a text"
            raise click.UsageError(message)
        _redact_ticket(account, ticket, as_json=as_json)
    elif as_json:
        raise click.UsageError("--json needs --ticket ID --account ACCOUNT")
    elif source is not None and ticket is None and account is None:
        _redact_text(source, output, locale or LOCALE, media_type)
    else:
        raise click.UsageError("name a file (- for stdin), or --ticket ID --account ACCOUNT")


def _redact_text(source: Path, output: Path | None, locale: str, media_type: str | None) -> None:
    """The source is left as it is; all that is not masked stays byte for byte."""
    if output is not None and output.exists() and source != STDIN and output.samefile(source):
        raise click.UsageError("the output is the source: name another file")
    content = _content(source, media_type)
    found = find(content.text, content.media_type)
    removed = [span for span in found if span.action is Action.REDACT]
    masked = mask(content.text, removed, media_type=content.media_type, locale=locale)
    raw = masked.encode(content.encoding)
    if output is None:
        sys.stdout.buffer.write(raw)
    else:
        _write(output, raw)
    words.print(f"{len(removed)} removed")
    if left := Counter(span.kind.value for span in found if span.action is Action.REPORT):
        named = ", ".join(f"{kind} {n}" for kind, n in sorted(left.items()))
        words.print(f"Left as it is, for a person to decide: {named}.", markup=False)


def _content(source: Path, media_type: str | None) -> FileText:
    if source == STDIN:
        content = decoded(sys.stdin.buffer.read(), media_type or PLAIN)
    else:
        content = read_file(source, media_type)
    if isinstance(content, Unread):
        name = click.format_filename(source)
        raise ConfigError(
            [f"the file {name} is not redacted: {content.status} ({content.reason})"],
            hint=HINTS.get(content.reason, ""),
        )
    return content


def _write(output: Path, raw: bytes) -> None:
    try:
        output.write_bytes(raw)
    except OSError as error:
        problem = f"{click.format_filename(output)} cannot be written ({error.strerror})"
        raise ConfigError([f"the file {problem}"]) from None


def _redact_ticket(account: str, ticket: str, *, as_json: bool) -> None:
    with opened() as runtime:
        desk = runtime.open_desk(account, Priority.LIVE)
        if not runtime.is_worked:
            words.print(say("looked.not_running", desk.policy.locale))
        with closing(desk.connector):
            result = redact_now(runtime.redactor(desk), ticket, owner=runtime.owner())
    if not result.scanned and not result.outcomes:
        message = f"the account {account} has no ticket {ticket!r} that we can read"
        raise NotFound(message)
    if as_json:
        emit(_row(result))
    else:
        _show(result, desk.policy.locale)
    sys.exit(result.outcome is not Outcome.GONE)


def _row(result: Result) -> dict[str, Any]:
    return {
        "ticket": result.ticket,
        "outcome": result.outcome.value,
        "outcomes": {i: o.value for i, o in (result.outcomes or {}).items()},
        "exposure_ms": result.exposure_ms,
        "not_scannable": result.not_scannable,
    }


def _show(result: Result, locale: str) -> None:
    """What became of each place, and what is not known."""
    ticket, reasons = result.code or result.ticket, result.reasons or {}
    if result.outcomes:
        rows = [
            _place(SurfaceRecord(surface, "", outcome, why=reasons.get(surface, "")), locale)
            for surface, outcome in result.outcomes.items()
        ]
        heads = [say(f"looked.{head}", locale) for head in ("place", "outcome", "why")]
        listing(say("looked.title", locale, ticket=ticket), heads, rows)
    else:
        results.print(say("looked.nothing", locale, ticket=ticket), markup=False)
    if result.exposure_ms is not None:
        exposure = f"{result.exposure_ms / 1000:.1f} s"
        words.print(say("looked.readable", locale, duration=exposure))
    if result.not_scannable:
        words.print(say("looked.not_scanned", locale, places=result.not_scannable))


def _place(surface: SurfaceRecord, locale: str) -> Sequence[str]:
    named = wording.member_name(surface.id, locale)
    is_explained = surface.why not in ("", wording.HOLD)
    why = wording.reason(surface.why, locale) if is_explained else ""
    return named, wording.outcome_of(surface, locale), why
