"""Look through some tickets before there are any: a process that forks does it once, before.

Patterns are compiled and word lists are read when the first text asks for them. What a child has
to make, each of its threads makes at the same time, and the next child once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from integration.core.models import Ticket, TicketView
from integration.core.plan import scan
from integration.core.policy import Policy
from integration.core.surfaces import Role, Surface, SurfaceKind, Text

_VISA: Final = "4000 0566 5566 5556"  # published by Stripe for tests
_AMEX: Final = "378282246310005"
_MASK: Final = "[card visa **** 5556]"
_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_TICKETS: Final = (
    ("Payment", f"My card is {_VISA}, thanks."),
    ("Payment", f"My card is {_MASK}, thanks.", "Thank you! The code?", "it is 999"),
    ("Order 10442-17", f"<p>карта {_AMEX} код 999<br>卡号 {_AMEX}, 1.234,50 kr</p>"),
    ("Kortet", f"> {_VISA}\nutløp 12/29, cvc 999\n+47 22 33 44 55", f"ref {_AMEX}0729"),
    ("", f"no;card;name\n1;{_AMEX};Kari\n2;{_VISA};Ola", f'{{"pan": "{_AMEX}", "id": 7}}'),
    (
        f"card {_VISA} code 999, {'four ' * 16}",
        f"my card {_AMEX} exp 12/29 and the three digits on the back are 999, last four 0005",
        f"{_VISA}, valid until march 29, at the ATM I typed 7777",
        "born on 12.03.1988, b. 12 March 1988, account 11111111111",
        "password: hunter2x, your code is 333333\nOTP 333333",
        "first half 4000 0566", "and the rest: 5566 5556",
    ),
)  # fmt: skip


def rehearse() -> None:
    """Find what is in the tickets of this module, so that all of it was asked for once."""
    for subject, *messages in _TICKETS:
        scan(_ticket(subject, messages), Policy())


def _ticket(subject: str, messages: Iterable[str]) -> TicketView:
    told = (_message(number, text) for number, text in enumerate(messages))
    title = Surface("subject", SurfaceKind.SUBJECT, Text(subject))
    return TicketView(Ticket("rehearsal"), (title, *told), _AT)


def _message(number: int, text: str) -> Surface:
    role = Role.AGENT if number % 2 else Role.REQUESTER
    media_type = "text/html" if text.startswith("<") else "text/plain"
    return Surface(
        f"message {number}",
        SurfaceKind.MESSAGE,
        Text(text, media_type),
        author=role.value,
        role=role,
        created=_AT.replace(minute=number),
    )
