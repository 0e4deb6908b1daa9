"""A value that an object makes when it is first asked for, and keeps.

As `functools.cached_property`, which in Python 3.11 holds one lock for all objects of a class: two
threads that read two texts, of which each holds another, then wait for each other for ever. Here
is no lock; two threads that ask one object at the same moment both make the same value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801  it is written as a decorator
    """Decorates the method that makes the value; it is read as an attribute."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> once[Value] | Value:
        if instance is None:
            return self
        # From now on the object's own attribute is found first.
        value = instance.__dict__[self._name] = self._make(instance)
        return value
