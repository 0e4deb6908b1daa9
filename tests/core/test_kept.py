"""What is worked out once and kept."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

import integration.core
from integration.core.cards import heard


def kept() -> Iterator[Callable[[], Any]]:
    """Every function of the core without arguments whose result is kept."""
    for module in pkgutil.walk_packages(integration.core.__path__, "integration.core."):
        for name, value in vars(import_module(module.name)).items():
            own = getattr(value, "__module__", "") == module.name
            if own and hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                where = module.name.removeprefix("integration.core.")
                yield pytest.param(value, id=f"{where}.{name}")


@pytest.mark.parametrize("function", list(kept()))
def test_nobody_has_changed_what_is_kept(function: Callable[[], Any]) -> None:
    """Also measures each of them, though a test that is not traced may have been the first."""
    anew = function.__wrapped__()
    if function is heard._tables:  # its alphabet grows with the letters that were met
        assert anew.alphabet.items() <= function().alphabet.items()
    else:
        assert anew == function()
