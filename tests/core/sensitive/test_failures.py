from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} declined with code 051",
        f"{CARD} with 12/34, it fails with code 404",
        f"avvist med kode 543, kort {CARD}",
        f"Feilkode 114, kort {CARD}",
        f"Fehlercode 114, Karte {CARD}",
        f"code d'erreur 114, carte {CARD}",
        f"код ошибки 114, карта {CARD}",
        "«ugyldig CVC» uansett. Feilkode 114, versjon 8.21.3. Jeg sender ikke kortnummer",
    ],
)
def test_a_code_that_says_why_it_failed_is_no_security_code(found, text: str) -> None:
    assert found(text, Kind.CVV) == []


def test_a_code_behind_a_failure_in_another_clause_is_one(found) -> None:
    assert found(f"{CARD} was declined, the code is 051", Kind.CVV) == ["051"]
