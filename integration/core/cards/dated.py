"""An expiry that touches its card number, and a security code that touches the expiry.

`...111112/28`, `...1111 1228739`: typed without the gaps, or the cells of a table run together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import LENGTHS, MONTH, SHORT_DATE, YEAR, telling_issuer
from integration.core.cards.issuers import digits_of_code
from integration.core.cards.reasons import BLOCK, GLUED_TOGETHER
from integration.core.cards.shape import form_of
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.cards.shape import Group
    from integration.core.text.reading import Reading

_YEAR: Final = rb"(?:20)?" + YEAR
_OF_A_MONTH: Final = 2
_OF_A_DATE: Final = 4
_MARKS: Final = b"/.-_"
_TOUCHING_DATE = lazy(rb"%b[/._-]%b(?:[0-9]{3,4})?(?![0-9])" % (MONTH, _YEAR))
_UNSEEN: Final = b"%b{0,9}" % INVISIBLE  # tags
_DATE_AND_CODE = lazy(
    rb"%b[ \t\xa0,;|/-]{0,3}%b(%b[/.-]?%b)%b([0-9]{3,4})(?![0-9])"
    % (_UNSEEN, _UNSEEN, MONTH, _YEAR, _UNSEEN)
)
# The arguments of a call: '4111111111111111', '09', '2028', '123'.
_NEXT = rb"[\"']? ?[,;] ?[\"']?"
_ARGUMENTS = lazy(
    rb"%b(%b%b%b)%b([0-9]{3,4})(?=[\"']? ?[,;)\]])" % (_NEXT, MONTH, _NEXT, _YEAR, _NEXT)
)
# As agents jot it down: x0926 c402, ex 3/31 cv407.
_JOTTED = lazy(
    rb"(?i)[ \t,;|/]{0,3}(?:exp?|x|e|sc|cad|val)?[.: ]{0,2}((?:%b[/.-]?|[1-9]/)%b)"
    rb"[ \t,;|/]{1,3}(?:[csv]|cv)[.: ]?([0-9]{3,4})(?![0-9])" % (MONTH, _YEAR)
)


def numbers_before_dates(reading: Reading, run: list[Group], digits: bytes) -> list[Hit]:
    """Return the numbers whose last group has an expiry at its end, or only the month of it."""
    folded = reading.folded
    return [
        hit
        for last, group in enumerate(run)
        if (touching := _touching(folded, group)) and (hit := _number(run, last, digits, touching))
    ]


def _touching(folded: bytes, group: Group) -> int:
    """Return how many digits at the end of a group are those of a date; 0 when there is none."""
    if (
        group.size > _OF_A_MONTH
        and folded[group.end : group.end + 1] in _MARKS
        and _TOUCHING_DATE.match(folded, group.end - _OF_A_MONTH)
    ):
        return _OF_A_MONTH
    is_dated = SHORT_DATE.fullmatch(folded, group.end - _OF_A_DATE, group.end)
    return _OF_A_DATE if group.size > _OF_A_DATE and is_dated else 0


def _number(run: list[Group], last: int, digits: bytes, touching: int) -> Hit | None:
    """Return the number that ends in a group, without the digits of a date that touch it."""
    end = run[last].before + run[last].size - touching
    without_date = run[last]._replace(end=run[last].end - touching)
    for first in range(last, -1, -1):
        number = digits[run[first].before : end]
        if len(number) > max(LENGTHS) or (first < last and run[first + 1].separator is None):
            break
        issuer = telling_issuer(number) if len(number) in LENGTHS else None
        form = form_of([*run[first:last], without_date]) if issuer else None
        if issuer is None or form is None or form.worth < BLOCK.worth:
            continue
        start, stop = run[first].start, without_date.end
        why = ("luhn", GLUED_TOGETHER.name)
        worth = GLUED_TOGETHER.worth
        return Hit(start, stop, Kind.PAN, worth, why, issuer.brand, number[-4:].decode())
    return None


def date_and_code(folded: bytes, card: Hit) -> list[Hit]:
    """Return the expiry right behind a card number and the code that it touches."""
    if card.kind is not Kind.PAN:
        return []
    ways = (way.match(folded, card.end) for way in (_DATE_AND_CODE, _ARGUMENTS, _JOTTED))
    found = next(filter(None, ways), None)
    if found is None:
        return []
    if len(found[2]) != digits_of_code(card.brand):
        return []
    worth = min(card.confidence, GLUED_TOGETHER.worth)
    why = (GLUED_TOGETHER.name,)
    return [
        Hit(*found.span(1), Kind.EXPIRY, worth, why),
        Hit(*found.span(2), Kind.CVV, worth, why),
    ]
