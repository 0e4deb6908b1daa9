"""The fields of a payment message (ISO 8583) that a log shows, one a line. Pure.

`DE 037 : [an12] 507310300918`: field 2 is the number of the card, the others hold parts of none.
"""

from __future__ import annotations

import re
from typing import Final

_FIELD: Final = re.compile(
    r"^[ \t>]{0,8}(?:de|df|bit|field|f)[ ._#-]?(?!0{0,3}2(?!\d))"
    r"(?:0\d{1,3}(?!\d)|\d{1,3}(?=[ \t]*[:=\[]))[^\n]*",
    re.MULTILINE | re.IGNORECASE,
)
_FEWEST: Final = 3
"""Lines; `De 12 første:` at the beginning of one is Norwegian."""


def without_fields(text: str) -> str:
    r"""Return the text, as long as it is, with blanks in place of all fields but that of the card.

    >>> without_fields("F2: 41\nF3: 00\nF4: 12\nF37: 5073")
    'F2: 41\n      \n      \n         '
    """
    if len(_FIELD.findall(text)) < _FEWEST:
        return text
    return _FIELD.sub(lambda line: " " * len(line[0]), text)
