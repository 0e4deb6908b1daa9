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
    não erro desculpe desculpa gralha correto errato errore scusi scusate corretto sbagliato invece
    nie błąd błędna błędny pomyłka literówka przepraszam poprawny poprawnie zamiast
    mal lido dobrze miało
    ei eikä virhe väärin väärä anteeksi oikea pitäisi ne chyba špatně oprava správně
    fehler errore errores erreurs feilen felet virheen
    errado errada vez lieu stead place plaats sbagliata erroneo erróneo equivocado
    muss heißen verlesen verhört vertippt misheard hørte hörde fejlhørt felhørt
    skrivefeil tastefejl skrivfel tippfehler typfout gralha errata frappe verkeerd
    statt sondern istedenfor istället ups oups uy oj hoppsan bytte byttet byttede bytt bytta
    verwechselt vertauscht verwisseld omgewisseld inversé inversés invertidos troquei trocados
    cambié bailadas scambiato scambiati scambiate zamieniłem zamieniłam zamienione swapped mixed
    vaihtuneet vaihdoin reversed transposed flipped
    не неправильно неверно ошибка ошибся ошиблась исправление извините правильно вместо
    ні помилка помилився помилилася виправлення вибачте замість грешка извинете правилно вместо
    pogreška greška oprostite ispravno umjesto umesto krivo pogrešno грешка исправно napaka
    salah maaf benar bukan ralat yanlış hata özür pardon doğru değil yerine λάθος συγγνώμη σωστό όχι
    rossz hibás bocsánat helyes elírtam helyett greșit greșeală scuze corect klaida atsiprašau
    neteisingai kļūda atvainojiet nepareizi viga vabandust vale õige خطأ عفوا آسف الصحيح
    טעות סליחה נכון गलत माफ सही
"""
_LACKS: Final = """
    missing forgot forgotten left omitted skipped missed lacks between after before
    mangler glemte glemt utelatt manglede udeladt mellom mellem etter efter før
    saknas glömde glömt missade utelämnade mellan
    fehlt fehlen fehlte vergessen vergaß ausgelassen zwischen nach
    ontbreekt ontbreken vergeten overgeslagen tussen na
    manque manquait oublié oubliée omis omise entre après
    falta faltaba faltan olvidé olvidado omití después tras
    manca mancava dimenticato saltato tra fra dopo
    falta faltou esqueci omiti depois após
    brakuje brakowało zapomniałem zapomniałam pominąłem pominęłam między pomiędzy
    puuttuu puuttui unohdin unohtui välissä väliin välistä jälkeen
    chybí chýba zapomněl zapomněla mezi medzi
    пропустил пропустила забыл забыла между пропустив пропустила забув забула між після
    zaboravio zaboravila nedostaje između kurang lupa tertinggal ketinggalan antara setelah
    eksik unuttum unutmuşum arasında λείπει ξέχασα μεταξύ kimaradt hiányzik elfelejtettem
    között után lipsește uitat trūksta pamiršau trūkst aizmirsu puudu unustasin
"""
"""Of a group that was left out, and of where it belongs."""


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


def tells_a_gap(words: str) -> bool:
    """Whether some words say that something was left out: `I forgot a group`, `between`."""
    return not _lacks().isdisjoint(WORD.findall(words))


def may_correct(words: frozenset[str]) -> bool:
    """Whether any of some words takes something back, or says that something was left out."""
    return "no" in words or not (_corrects().isdisjoint(words) and _lacks().isdisjoint(words))


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
def _lacks() -> frozenset[str]:
    return frozenset(all_as_read(_LACKS.split()))


@cache
def _corrects() -> frozenset[str]:
    return frozenset(all_as_read(_CORRECTS.split()))
