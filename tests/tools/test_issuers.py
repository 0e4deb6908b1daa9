from __future__ import annotations

from pathlib import Path

import pytest

from tools.issuers import Row, differences, main, published_rows

LIST = """
const cardTypes: CardCollection = {
  "american-express": {
    niceType: "American Express",
    type: "american-express",
    patterns: [34, 37],
    gaps: [4, 10],
    lengths: [15],
  } as BuiltInCreditCardType,
  nobody: {
    niceType: "Nobody",
    type: "nobody",
    patterns: [
      [7000, 7009],
      [5100, 5199],
    ],
    gaps: [4, 8, 12],
    lengths: [16, 19],
  } as BuiltInCreditCardType,
};
"""


def test_the_published_list_is_read_row_by_row() -> None:
    assert list(published_rows(LIST)) == [
        Row("amex", "34", "34", 15),
        Row("amex", "37", "37", 15),
        Row("nobody", "7000", "7009", 16),
        Row("nobody", "7000", "7009", 19),
        Row("nobody", "5100", "5199", 16),
        Row("nobody", "5100", "5199", 19),
    ]


def test_a_list_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no entry"):
        list(published_rows("export default []"))


def test_what_is_missing_here_or_named_otherwise_is_told() -> None:
    assert list(differences(published_rows(LIST))) == [
        "missing: nobody 7000-7009, 16 digits",
        "missing: nobody 7000-7009, 19 digits",
        "named otherwise: nobody 5100-5199: mastercard",
        "missing: nobody 5100-5199, 19 digits",
    ]


def test_the_tool_says_by_its_exit_code_whether_something_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.ts"
    file.write_text(LIST, "utf-8")
    assert main([str(file)]) == 1
    assert "missing: nobody" in capsys.readouterr().out
    file.write_text(LIST[: LIST.index("  nobody")], "utf-8")
    assert main([str(file)]) == 0
