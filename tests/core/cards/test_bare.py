"""A card that is told by itself is the hit that all that stands around it would make of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.detection.numbers import SCHEMES
from integration.core.cards.bare import bare, is_bare
from integration.core.cards.candidate import Candidate
from integration.core.cards.issuers import issuer_of
from integration.core.cards.judge import judged
from integration.core.cards.luhn import completed
from integration.core.cards.number import SURE
from integration.core.cards.shape import shape_of
from integration.core.text.reading import read
from integration.core.words.vocabulary import Label, phrases

_WORDS = st.sampled_from(sorted({phrase for label in Label for phrase in phrases(label)}))
_MARKS = st.sampled_from(
    (" ", " ", "\n", ": ", "# ", "= ", "' ", '" ', " - ", "NO93 ", "ab1", ", ")
)
_BEHIND = st.sampled_from(("", " ", ".", " 12/27", ", 12/27", "@x", "abc", ")", " is not a card"))
_PLAIN = st.sampled_from(["hei", "vi har", "takk for det"])
_AROUND = st.lists(_PLAIN, max_size=4).map(" ".join) | st.lists(_WORDS | _PLAIN).map(" ".join)


@st.composite
def _numbers(draw) -> str:
    scheme = draw(st.sampled_from(SCHEMES))
    prefix = draw(st.sampled_from(scheme.prefixes))
    size = scheme.length - len(prefix) - 1
    stem = prefix + draw(st.text("0123456789", min_size=size, max_size=size))
    digits = completed(stem.encode()).decode()
    by = draw(st.sampled_from(("", " ", "-")))
    return by.join(digits[at : at + 4] for at in range(0, len(digits), 4))


@given(_AROUND, _MARKS, _numbers(), _BEHIND, _AROUND)
def test_what_is_bare_is_what_would_be_judged(
    before: str, mark: str, number: str, behind: str, after: str
) -> None:
    text = f"{before}{mark}{number}{behind} {after}"
    start = len(before) + len(mark)
    end = start + len(number)
    reading = read(text)
    digits = number.replace(" ", "").replace("-", "").encode()
    issuer, form = issuer_of(digits), shape_of(reading.folded, start, end).whole
    settled = issuer and not issuer.weak and len(digits) in issuer.lengths
    if not (settled and form and form.worth >= SURE and is_bare(reading, start, end)):
        return
    candidate = Candidate(start, end, digits, issuer, form, [], checked=True, alone=True)
    assert bare(reading, start, end, digits, issuer.brand, form) == judged(reading, candidate, ())
