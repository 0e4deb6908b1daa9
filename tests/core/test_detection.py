from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.core.detection import contains_card, default_action, find, mask
from integration.core.spans import Action, Kind

VISA = "4111 1111 1111 1111"


def kinds(text: str, media_type: str = "text/plain") -> list[Kind]:
    return [span.kind for span in find(text, media_type)]


def masked(text: str, media_type: str = "text/plain", locale: str = "en") -> str:
    return mask(text, find(text, media_type), media_type=media_type, locale=locale)


def test_a_card_number_becomes_its_brand_and_last_four() -> None:
    assert masked(f"My card is {VISA}, thanks") == "My card is [card visa **** 1111], thanks"


def test_the_mask_speaks_norwegian() -> None:
    text = f"Kort {VISA} utløp 12/27 cvc 123"
    assert masked(text, locale="nb-NO") == (
        "Kort [kort visa **** 1111] utløp [gyldighet fjernet] cvc [sikkerhetskode fjernet]"
    )


def test_an_unknown_locale_is_masked_in_english() -> None:
    assert masked(VISA, locale="fr") == "[card visa **** 1111]"


def test_a_doubtful_number_is_reported_and_left_alone() -> None:
    text = "Order 4111111111111111"
    (span,) = find(text)
    assert span.action is Action.REPORT
    assert masked(text) == text
    assert not contains_card(text)


def test_the_default_action_depends_on_confidence() -> None:
    assert default_action(Kind.PAN, 0.5) is Action.REDACT
    assert default_action(Kind.PAN, 0.49) is Action.REPORT


def test_contains_card_sees_a_card() -> None:
    assert contains_card(f"x {VISA}")
    assert not contains_card("nothing here 12345")


def test_the_repr_of_a_span_holds_no_digits_of_the_card() -> None:
    (span,) = find("my card is 4242 4242 4242 4242")
    assert span.last4 == "4242"
    assert "4242" not in repr(span)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "message/rfc822", "x/y", ""])
@settings(max_examples=200, deadline=None)
@given(
    text=st.text(
        alphabet=st.sampled_from("4111 51-<>&;#=?\n%/ab'\"!xcvu0é４\u200b[]*"), max_size=120
    )
)
def test_any_text_is_read_and_masked_for_good(media_type: str, text: str) -> None:
    done = masked(text, media_type)
    assert [span for span in find(done, media_type) if span.action is Action.REDACT] == []
    assert masked(done, media_type) == done
