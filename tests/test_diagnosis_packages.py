"""Whether a package of another distribution has taken one of our names."""

from __future__ import annotations

import sys
import types

from integration.diagnosis import packages


def test_our_packages_are_ours():
    assert packages.foreign_packages() == []


def test_a_package_of_another_distribution_is_found(tmp_path, monkeypatch):
    stranger = types.ModuleType("webhooks")
    stranger.__file__ = str(tmp_path / "site-packages" / "webhooks" / "__init__.py")
    monkeypatch.setitem(sys.modules, "webhooks", stranger)
    assert packages.foreign_packages() == ["webhooks"]


class Installed:
    """A distribution as pip leaves it: files in RECORD, maybe a direct_url."""

    def __init__(self, folder, files, direct_url=None):
        self.files = files
        self._folder = folder
        self._direct_url = direct_url

    def locate_file(self, name):
        return self._folder / name

    def read_text(self, _name):
        return self._direct_url


def test_a_package_is_ours_when_the_record_names_its_file(tmp_path, monkeypatch):
    module = types.ModuleType("webhooks")
    module.__file__ = str(tmp_path / "webhooks" / "__init__.py")
    monkeypatch.setitem(sys.modules, "webhooks", module)
    assert packages._is_ours("webhooks", Installed(tmp_path, ["webhooks/__init__.py"]))
    assert not packages._is_ours("webhooks", Installed(tmp_path, ["other.py"]))
    url = f'{{"url": "file://{tmp_path}"}}'
    assert not packages._is_ours("webhooks", Installed(tmp_path, [], url)), "not editable"


def test_a_name_without_a_file_is_not_ours(monkeypatch):
    monkeypatch.setitem(sys.modules, "webhooks", types.ModuleType("webhooks"))
    assert packages.foreign_packages() == ["webhooks"]


def test_without_our_distribution_nothing_is_known_to_be_ours(monkeypatch):
    def fall(_name):
        raise packages.PackageNotFoundError

    monkeypatch.setattr(packages, "distribution", fall)
    assert packages.foreign_packages() == list(packages.PACKAGES)
