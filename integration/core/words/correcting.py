"""Words by which people take back a part of a number, or say which part of it comes."""

from __future__ import annotations

from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.counted import words_for_last
from integration.core.words.index import WORD
from integration.core.words.vocabulary import all_as_read

_CORRECTS: Final = """
    not wrong correct correction corrected mistake wait sorry typo should meant misread mistyped
    oops instead scratch nope mean corrects changes changed
    rettet retter rettar endrer endret rättar rättade ändrar korrigerar korrigerer korrigerte
    korrigiert ändert corrige corrigé corrigeert corrigió
    ikke feil rett riktig rettelse beklager skal mente skrev nei stemmer nej inte fel rätt ursäkta
    ska menade stämmer forkert rigtig undskyld mente
    nicht falsch richtig korrektur entschuldigung sollte meinte nein stimmt
    niet fout juist correctie moet bedoelde nee klopt
    pas faux erreur désolé plutôt correcte corriger non error perdón correcto equivoqué falta
    não erro desculpe correto errato errore scusi corretto
    nie błąd pomyłka przepraszam poprawny ei virhe anteeksi oikea ne chyba špatně oprava správně
"""


_ENDS: Final = """
    end ends ending ended finally
    slutter slutt slutten slutar slutet ender endelsen bakerst hinten ende
    endet endend eindigt einde achteraan finit fin finissant terminant termine acaba acabada termina
    terminada finaliza final finisce fine finale kończy końcu koniec konec konci končí loppuu
    lopussa päättyy
"""
_PARTS: Final = """
    part teil parte partie del deel część část osa bit block
    half halves parts rest remaining remainder split separate separately mails messages texts safety
    halvdel halvdelen deler resten mailer meldinger sikkerhet sikkerhets hälften halva delar mejl
    säkerhet halvdele beskeder sikkerheds hälfte teile getrennt nachrichten sicherheit moitié
    parties reste suite sécurité mitad partes resto mensajes seguridad metà parti messaggi sicurezza
    helft delen berichten veiligheid połowa części reszta bezpieczeństwa loput puolet osissa
"""
_NO: Final = lazy(r"\.\. ?no |(?:\A|[.,;:!?\n–-])\s{0,3}no ?[,.;:!\n–-]")
"""By itself: in `card no 12` it is a number."""


def corrects(words: str) -> bool:
    """Whether some words take something back: `no wait`, `feil`. `words` are in plain letters."""
    return not _corrects().isdisjoint(WORD.findall(words)) or _NO.search(words) is not None


def tells_the_end(words: str) -> bool:
    """Whether some words speak of the end of a number: `the last four`, `acaba en`."""
    return not ends().isdisjoint(WORD.findall(words))


def tells_of_parts(words: str) -> bool:
    """Whether some words say that something comes in parts: `the rest`, `in two mails`."""
    return not _parts().isdisjoint(WORD.findall(words))


@cache
def _parts() -> frozenset[str]:
    return frozenset(all_as_read(_PARTS.split()))


@cache
def ends() -> frozenset[str]:
    """Return the words that may speak of the end of a number, those for its beginning as well."""
    return frozenset(all_as_read(_ENDS.split())) | words_for_last()


@cache
def _corrects() -> frozenset[str]:
    return frozenset(all_as_read(_CORRECTS.split()))
