"""Tools for those who keep the data files of this repository."""

from __future__ import annotations
