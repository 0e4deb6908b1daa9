from __future__ import annotations

import base64
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integration.core.detection import _apart, contains_card, find, mask
from integration.core.policy import Policy
from integration.core.spans import Action, Kind, Span

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


def test_contains_card_sees_a_card() -> None:
    assert contains_card(f"x {VISA}")
    assert not contains_card("nothing here 12345")


def test_the_repr_of_a_span_holds_no_digits_of_the_card() -> None:
    (span,) = find("my card is 4242 4242 4242 4242")
    assert span.last4 == "4242"
    assert "4242" not in repr(span)


class Cautious:
    """A policy that redacts nothing but security codes and does not want to hear of dates."""

    spelled_out = True
    seeks_secrets = True
    formats = ()
    patterns = None

    def action(self, kind: Kind, confidence: float) -> Action:
        if kind is Kind.EXPIRY:
            return Action.IGNORE
        return Action.REDACT if kind is Kind.CVV else Action.REPORT


def test_the_policy_names_the_action_of_every_span() -> None:
    text = f"{VISA} 12/27 cvc 123"
    spans = find(text, policy=Cautious())
    assert [(span.kind, span.action) for span in spans] == [
        (Kind.PAN, Action.REPORT),
        (Kind.EXPIRY, Action.IGNORE),
        (Kind.CVV, Action.REDACT),
    ]
    assert mask(text, spans) == f"{VISA} 12/27 cvc [security code removed]"


@pytest.mark.parametrize("kind", Kind)
def test_codes_tracks_and_pins_are_sensitive_authentication_data(kind: Kind) -> None:
    assert kind.is_sad == (kind in {Kind.CVV, Kind.TRACK, Kind.PIN})


def test_a_number_over_several_tags_leaves_the_tags_in_place() -> None:
    source = "<p>Kort <b>4111</b>&nbsp;<i>1111</i> 1111<br>\n1111!</p>"
    (span,) = find(source, "text/html")
    assert source[span.start : span.end] == "4111</b>&nbsp;<i>1111</i> 1111<br>\n1111"
    assert [source[start:end] for start, end in span.segments] == [
        "4111",
        "&nbsp;",
        "1111",
        " 1111",
        "\n1111",
    ]
    assert masked(source, "text/html") == ("<p>Kort <b>[card visa **** 1111]</b><i></i><br>!</p>")


def test_an_attribute_and_a_script_are_masked_too() -> None:
    source = "<a title='4111111111111111'>x</a><script>n='4111111111111111'</script>"
    assert masked(source, "text/html").count("[card visa **** 1111]") == 2


def test_a_number_in_a_tag_inside_another_number_is_masked_too() -> None:
    source = "4111 1111 <a title='5555555555554444'>1111</a> 1111"
    assert masked(source, "text/html") == (
        "[card visa **** 1111]<a title='[card mastercard **** 4444]'></a>"
    )


def test_two_numbers_in_neighbouring_tags_are_told_apart() -> None:
    source = "<span>12</span><b>4111111111111111</b>"
    assert masked(source, "text/html") == "<span>12</span><b>[card visa **** 1111]</b>"


def test_an_encoded_part_is_named_by_its_gravest_hit() -> None:
    text = f"card {VISA} cvc 123 or order 5555555555554444"
    body = base64.b64encode(text.encode()).decode()
    source = f"Content-Transfer-Encoding: base64\n\n{body}"
    (span,) = find(source, "message/rfc822")
    assert span.kind is Kind.CVV
    assert span.why == ("code-word", "base64")
    assert {each.kind for each in span.inner} == {Kind.PAN, Kind.CVV}


def test_an_encoded_part_with_doubts_only_is_reported() -> None:
    body = base64.b64encode(b"order 4111111111111111").decode()
    source = f"Content-Transfer-Encoding: base64\n\n{body}"
    (span,) = find(source, "message/rfc822")
    assert span.action is Action.REPORT
    assert masked(source, "message/rfc822") == source


def test_spans_that_overlap_are_masked_once() -> None:
    (span,) = find(VISA)
    assert mask(VISA, [span, span._replace(start=2)]) == "[card visa **** 1111]"


def test_an_entity_without_its_end_ends_before_the_digits() -> None:
    source = "x&nbsp4111111111111111 cvv&nbsp123"
    expected = "x&nbsp[card visa **** 1111] cvv&nbsp[security code removed]"
    assert masked(source, "text/html") == expected


# Every kind is removed, however unsure it is.
STRICT = Policy(actions=dict.fromkeys(Kind, Action.REDACT), redact_from=0)

WORDS = "card kort Visa order ref cvv 123 12/27 exp pin 1234 KID faktura tlf 91234567 2024 , . : \n"
NUMBERS = [
    VISA,
    "4111111111111111",
    "5555-5555-5555-4444",
    "3782 822463 10005",
    "6205500000000000004",
    "5018000000000009",
    "8911111111111114",
    ";4111111111111111=27121010000000000?",
    "[card visa **** 1111]",
    "[PIN removed]",
    "4111 1111",
    "1111 1111 1111",
]
messages = st.lists(st.sampled_from([*WORDS.split(" "), *NUMBERS]), max_size=14).map(" ".join)
OTHER_NUMBERS = [
    "15108695088",
    "151086 95088",
    "86011117947",
    "8601.11.17947",
    "NO93 8601 1117 947",
    "GB29NWBK60161331926819",
    "512-34-5678",
    "811218-9876",
    "070761-4285",
    "131052-308T",
    "AB 12 34 56 C",
    "12.03.1984",
    "3rd of May 1984",
    "Hunter2!",
    "G-482913",
    "123 456",
    "[national id removed]",
    "[password removed]",
]
OTHER_WORDS = (
    "fnr konto: account ssn born DOB: f. password: pwd pass= passord er my code is OTP kode your"
)
identifying = st.lists(
    st.sampled_from([*WORDS.split(" "), *OTHER_WORDS.split(" "), *NUMBERS, *OTHER_NUMBERS, "<br>"]),
    max_size=14,
)
html_messages = st.lists(
    st.sampled_from(
        [*NUMBERS, "card", "<br>", "<b>", "</b>", "<p class='4111'>", "&nbsp;", "&#52;"]
    ),
    max_size=14,
).map("".join)


@given(messages)
def test_masked_text_is_not_found_again(text: str) -> None:
    done = masked(text)
    assert [span for span in find(done) if span.action is Action.REDACT] == []
    assert masked(done) == done
    assert not contains_card(done)


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
@given(words=identifying, gap=st.sampled_from([" ", "", "\n"]))
@example(
    words=[
        *("password:", "AB 12 34 56 C", *("card",) * 5, "4111 1111 1111 1111"),
        *("5555-5555-5555-4444", "512-34-5678", "password:", "born", "3rd of May 1984", "konto:"),
    ],
    gap=" ",
)
@example(words=["12/27", "ref", "512-34-5678", "2024", "OTP"], gap=" ")
@example(words=["card", "123", "card", "ref", "512-34-5678", "pass=", "card"], gap="")
@example(
    words=[
        *("12.03.1984", ";4111111111111111=27121010000000000?", "pass=", "card"),
        *("4111 1111 1111 1111", "86011117947"),
    ],
    gap=" ",
)
def test_what_is_masked_for_a_policy_that_removes_all_is_not_found_again(
    media_type, words, gap
) -> None:
    text = gap.join(words)
    done = mask(text, find(text, media_type, STRICT), media_type=media_type)
    assert [span for span in find(done, media_type, STRICT) if span.action is Action.REDACT] == []


@given(html_messages)
def test_masked_html_is_not_found_again(source: str) -> None:
    done = masked(source, "text/html")
    assert [span for span in find(done, "text/html") if span.action is Action.REDACT] == []


@given(st.one_of(messages, html_messages), st.sampled_from(["text/plain", "text/html"]))
def test_nothing_but_the_spans_changes(text: str, media_type: str) -> None:
    spans = find(text, media_type)
    assert spans == sorted(spans, key=lambda span: span.start)
    every = sorted(piece for span in spans for piece in span.pieces)
    assert all(first[1] <= second[0] for first, second in pairwise(every))
    pieces = sorted(
        piece for span in spans if span.action is Action.REDACT for piece in span.pieces
    )
    assert all(0 <= start < end <= len(text) for start, end in pieces)
    kept, at = [], 0
    for start, end in pieces:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    rest = mask(text, spans, media_type=media_type)
    for part in kept:
        _, found, rest = rest.partition(part) if part else ("", "", rest)
        assert found == part
    assert len(rest) <= len("[card forbrugsforeningen **** 1111]") * len(pieces)


@given(messages)
@example("3782 822463 10005 4111 1111 1111 1111 1111")
def test_clean_text_around_loses_no_hit(text: str) -> None:
    alone = [(span.start, span.kind) for span in find(text) if span.action is Action.REDACT]
    before = "Hello there!\n\n"
    around = {(span.start, span.kind) for span in find(f"{before}{text}\n\nKind regards")}
    assert {(start + len(before), kind) for start, kind in alone} <= around


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "message/rfc822", "x/y", ""])
@given(
    text=st.text(
        alphabet=st.sampled_from("4111 51-<>&;#=?\n%/ab'\"!xcvu0é４\u200b[]*"), max_size=120
    )
)
def test_any_text_is_read_and_masked_for_good(media_type: str, text: str) -> None:
    done = masked(text, media_type)
    assert [span for span in find(done, media_type) if span.action is Action.REDACT] == []
    assert masked(done, media_type) == done


def test_of_two_spans_with_a_piece_in_common_the_first_is_kept() -> None:
    first, second = (Span(start, start + 4, Kind.CVV, 0.9) for start in (0, 2))
    assert _apart([second, first]) == [first]


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_the_word_for_a_password_is_not_taken_for_one_when_its_secret_is_gone(
    media_type: str,
) -> None:
    text = "password: password: 12/27 DOB:"
    done = mask(text, find(text, media_type, STRICT), media_type=media_type)
    assert find(done, media_type, STRICT) == []


def test_a_mail_in_welsh_is_read() -> None:
    text = "Rhif y cerdyn yw 4111 1111 1111 1111, yn dod i ben 05/27, a'r cod diogelwch yw 648."
    assert mask(text, find(text)) == (
        "Rhif y cerdyn yw [card visa **** 1111], yn dod i ben [expiry removed], "
        "a'r cod diogelwch yw [security code removed]."
    )


def test_the_times_of_subtitles_stay_between_the_halves_of_a_number() -> None:
    text = "62\n00:04:10,040 --> 00:04:12,360\nmy card 4111 1111\n\n{}1111 1111\nand then I pay\n"
    cue = "63\n00:04:12,400 --> 00:04:15,880\n"
    done = mask(text.format(cue), find(text.format(cue)))
    assert cue in done
    assert "1111 1111" not in done


def test_what_only_shows_once_a_dump_beside_it_is_masked_goes_too() -> None:
    text = ":86:106?20F8 ~F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F14111111111111111d25121010000012300000f"
    done = mask(text, find(text))
    assert "1111111" not in done
    assert find(done) == []
