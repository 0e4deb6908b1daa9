"""Codes that say why something failed: declined with code 051, avvist med kode 54."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.words.vocabulary import all_as_read

if TYPE_CHECKING:
    from integration.core.sensitive.scene import Aim, Scene

_STEMS: Final = """
    fail declin reject refus error status http return respon abort denied exit avvis feil fejl afvis
    avbr avslå nekt abgelehnt fehl scheiter fout misluk geweiger échou erreur rechaz deneg fallad
    falló recus recha falh erro rifiut errore fallit odrzuc błąd błęd odmow zamít zamiet chyb selh
    hylät hylk virhe epäonn elutas hiba sikertelen respins eroare eșuat odbij grešk zavrn napak
    отклон ошибк отказ помилк відхил грешк отхвърл reddedil hata başarısız απορρ σφάλμα απέτυχ hafna
    villa atmest klaid noraid kļūd keeldu viga veag ditolak gagal ralat refuz gabim lỗi kosa imeka
    مرفوض خطأ رفض فشل שגיא נדח נכשל अस्वीकृत विफल त्रुटि एरर
"""
_REACH: Final = 30


def says_why_it_failed(scene: Scene, aim: Aim) -> bool:
    """Return whether a word for a failure stands right before a label, a short word between."""
    return bool(_failure().search(scene.text, max(0, aim.start - _REACH), aim.start))


@cache
def _failure() -> re.Pattern[str]:
    stems = "|".join(sorted(map(re.escape, all_as_read(_STEMS.split()))))
    return re.compile(rf"\b(?:{stems})[^\W\d]{{0,10}} (?:[^\W\d]{{1,6}} ){{0,2}}\Z")
