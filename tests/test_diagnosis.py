from __future__ import annotations

import sys
from types import ModuleType

import pytest

from integration.diagnosis import PACKAGES, foreign_packages


def test_our_packages_are_known_as_ours() -> None:
    assert foreign_packages() == []


def test_a_package_that_another_distribution_put_in_its_place_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    foreign = ModuleType("webhooks")
    foreign.__file__ = str(tmp_path_factory.mktemp("other") / "webhooks" / "__init__.py")
    monkeypatch.setitem(sys.modules, "webhooks", foreign)

    assert foreign_packages() == ["webhooks"]


def test_without_our_distribution_no_package_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def none(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("integration.diagnosis.distribution", none)

    assert foreign_packages() == list(PACKAGES)
