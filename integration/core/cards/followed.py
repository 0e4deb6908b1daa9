"""What stands right behind a number and says that it is a card, whatever stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.lazy import lazy
from integration.core.words.labels import labels_in
from integration.core.words.naming import names_any
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

# A date that could be an expiry; written in any way when a security code follows. A sign of a chat
# may stand before it, in words.
_MONTH = (
    rb"[Jj]an|[Ff]eb|[Mm]a[rsijy]|[Aa][pv]r|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo][ck]t|[Nn]ov|[Dd]e[csz]"
)
EXPIRY_FOLLOWS: Final = lazy(
    rb"[ \t\r]{0,3}\n[ \t>]{0,3}(?:0[1-9]|1[0-2])[./](?:20)?[2-4][0-9][ \t\r]{0,3}(?=\n|\Z)"
    rb"|[ \t\r\n,;|/([-]{1,4}(?::[a-z0-9_+-]{2,24}: )?(?:(?:0[1-9]|1[0-2])"
    rb"(?: ?[/-] ?(?:20)?[1-4][0-9](?![0-9/-])"
    rb"|[ /.|;,-]{0,3}(?:20)?[23][0-9][ \t\r\n,;|/-]{1,4}[0-9]{3}(?![0-9]))"
    rb"|(?:%b)[a-z]{0,6}\.? ?(?:20)?[2-4][0-9][ ,;|/-]{1,4}[0-9]{3}(?![0-9]))" % _MONTH
)
SHORT_DATE_FOLLOWS: Final = lazy(
    rb"[ \t\n,;(]{1,4}(?::[a-z0-9_+-]{2,24}: )?[1-9]/(?:20)?[2-4][0-9](?![0-9/-])"
    rb"| {2,12}(?:0[1-9]|1[0-2])[23][0-9](?= {2}|\r?\n|\Z)"  # in the next column
)
"""Where nothing says what number it is: the day of an order is written so, too."""
# Its name may be filled up with blanks, and its digits may stand apart, as in forms.
_DATE: Final = lazy(
    r"[\s,;(]{1,8}(?:[^\d\s]{1,16}[ \xa0]?){0,2}[ \t\xa0]{0,24}"
    r"(?:(?:(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?|0[1-9]|1[0-2])[2-4][0-9]|[01] [0-9] ?/ ?[2-4] [0-9])"
    r"(?![0-9/-])"
)
# How many digits it has may be said: "the 3 on the back 902".
_CODE: Final = lazy(r"((?:\D|(?<!\d)[34](?!\d)){1,48})(?<!\d)\d(?: ?\d){2,3}(?!\d)")
_OF_A_CARD = r"(?:card|pan|(?:credit|debit|payment)[ _-]?card)(?!\w)"
_KIND: Final = lazy(
    rf"\s{{1,4}}schme ?nm:\s{{1,4}}(?:cd|prtry): {_OF_A_CARD}"
    rf"|\"?\s?,\s{{0,8}}\"(?:type|scheme|kind)\" ?: ?\"{_OF_A_CARD}\""
)
_REACH: Final = 120
_FIELDS: Final = 80
"""Characters in which the fields begin that follow those of a number in parts."""
_OF_A_DATE: Final = frozenset({Label.EXPIRY, Label.EXPIRY_HINT})
SURE: Final = frozenset({Label.SECURITY_CODE})
LIKELY: Final = SURE | {Label.CODE_HINT}
"""What a code is called."""


def date_and_code_follow(reading: Reading, end: int, names: frozenset[Label] = LIKELY) -> bool:
    """Return whether a date follows and then a code by one of its `names`.

    `4111 1111 1111 1111 (4/27) three digits 902`
    """
    behind = reading.window(end, end + _REACH).text
    date = _DATE.match(behind)
    if not date:
        return False
    code = _CODE.match(behind, date.end())
    return code is not None and names_any(code[1], names)


def fields_follow(reading: Reading, end: int) -> bool:
    """Return whether fields for a date and a code follow: `box 4: 1111`, `month: 09`, `cvv: 1`."""
    labels = {found.label for found in labels_in(reading.window(end, end + _FIELDS).text)}
    return not (labels.isdisjoint(_OF_A_DATE) or labels.isdisjoint(LIKELY))


def is_kept_as_a_card(behind: str) -> bool:
    """Return whether the next field of a record says what kind of an account a number is.

    `behind`: what follows the number in XML (ISO 20022) or JSON, in plain letters.

    >>> is_kept_as_a_card('", "type": "card"'), is_kept_as_a_card(', "type": "bban"')
    (True, False)
    """
    return _KIND.match(behind) is not None
