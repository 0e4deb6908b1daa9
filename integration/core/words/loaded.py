"""Importing this reads every word list: a process that forks does it once, before it forks."""

from __future__ import annotations

from typing import Final

from integration.core.detection import find

_CARD: Final = f"card {'4' * 16}"
# Each asks for other tables and patterns.
_TEXTS: Final = (
    (f"{_CARD} code {'9' * 3}, {'four ' * 16}", "text/plain"),
    (f"my {_CARD} exp 12/2{9} and the three digits on the back are {'9' * 3}", "text/plain"),
    (f"{_CARD}, valid until march {'2' * 2}, at the ATM I typed {'7' * 4}", "text/plain"),
    (f"born on 1{2}.03.19{'8' * 2}, b. 1{2} March 19{'8' * 2}, account {'1' * 11}", "text/plain"),
    (f"password: hunter{2}x, your code is {'3' * 6}\nOTP {'3' * 6}", "text/plain"),
    (f"<p>карта {'4' * 16} код {'9' * 3}<br>卡号 {'4' * 16}</p>", "text/html"),
)

for _text, _media_type in _TEXTS:
    find(_text, _media_type)
