"""The shapes of single values in RT's answers: RT says the same thing in several ways."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields


class TextField(fields.Field[str]):
    """Text; null is empty, a number is its digits."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - JSON
        """Take null for empty."""
        return super().deserialize("" if value is None else value, *args, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:  # noqa: ANN401 - JSON
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
        raise ValidationError("not a text")


class IdField(fields.Field[str]):
    """A number: RT gives it as a number in objects and as a text in lists."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:  # noqa: ANN401 - JSON
        return _digits(value, "not an id")


class SizeField(fields.Field[int]):
    """A number of bytes: RT gives its digits; empty is 0, as null is."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - JSON
        """Take empty for 0."""
        return 0 if value in ("", None) else super().deserialize(value, *args, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:  # noqa: ANN401 - JSON
        return int(_digits(value, "not a size"))


class ReferenceField(fields.Field[str]):
    """The id in `{"type", "id", "_url"}`; that of a user is its name."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:  # noqa: ANN401 - JSON
        inner = value.get("id") if isinstance(value, dict) else value
        if inner is None or isinstance(inner, dict | list):
            raise ValidationError("not a reference")
        return str(inner)


class TimeField(fields.Field[datetime]):
    """A time in UTC; RT says 1970 where there is none."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - JSON
        """Take empty for none."""
        return None if value in ("", None) else super().deserialize(value, *args, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - JSON
        try:
            time = datetime.fromisoformat(value)
            return None if time.year <= 1970 else time.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            raise ValidationError("not a time") from None


class BytesField(fields.Field[bytes]):
    """Base64."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bytes:  # noqa: ANN401 - JSON
        try:
            return base64.b64decode(value)
        except (TypeError, ValueError, binascii.Error):
            raise ValidationError("not base64") from None


def _digits(value: Any, otherwise: str) -> str:  # noqa: ANN401 - JSON
    text = str(value)
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValidationError(otherwise)
    return text
