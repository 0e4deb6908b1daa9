"""Errors as the two API versions answer them."""

from __future__ import annotations

import json
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


FAULT_SENTENCES = {
    429: "Too many requests",
    500: "Internal server error: Row does not exist",
    503: "Service Unavailable",
}
"""What an injected error says; only those of 500 and 503 were seen in live accounts."""


def body_for(path: str, status: int, message: str) -> dict[str, Any]:
    """The error body of the API version that a path belongs to."""
    older = path.startswith("/api/") and not path.startswith("/api/v3/")
    return v1_body(status, message) if older else v3_body(message)


def fault_body(status: int, path: str) -> tuple[bytes, str]:
    """The body of an injected error and its content type."""
    message = FAULT_SENTENCES.get(status, f"Simulated error {status}")
    return json.dumps(body_for(path, status, message)).encode(), "application/json"
