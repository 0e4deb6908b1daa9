"""The documents, and what writes their generated tables. Not part of the installed product."""

from __future__ import annotations
