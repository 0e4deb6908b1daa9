"""Errors as the two API versions answer them."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A request is refused with this status and sentence, in the body of its API version."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


def v3_body(message: str) -> dict[str, Any]:
    """`ErrorResponse` of the published client."""
    return {"message": message}


def v1_body(status: int, message: str) -> dict[str, Any]:
    """The error body of the older API."""
    return {
        "response": {
            "status": "ERROR",
            "statuscode": status,
            "errormessage": message,
            "debugmessage": "",
        }
    }
