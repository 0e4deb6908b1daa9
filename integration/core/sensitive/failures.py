"""Codes that say why something failed: declined with code 051, avvist med kode 54."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.words.listed import Listed, any_of, listed

if TYPE_CHECKING:
    from integration.core.sensitive.scene import Aim, Scene

_REACH: Final = 30


def says_why_it_failed(scene: Scene, aim: Aim) -> bool:
    """Return whether a word for a failure stands right before a label, a short word between."""
    return bool(_failure().search(scene.text, max(0, aim.start - _REACH), aim.start))


@cache
def _failure() -> re.Pattern[str]:
    stems = any_of(listed(Listed.FAILED))
    return re.compile(rf"\b(?:{stems})[^\W\d]{{0,10}} (?:[^\W\d]{{1,6}} ){{0,2}}\Z")
