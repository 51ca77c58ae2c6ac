"""Extension modules in C, and which code serves: theirs, or the functions in Python that define what they compute.

A function or class in Python that :func:`serve_compiled` decorates is the definition. Where the extension module was compiled,
what has the same name there takes its place; results are the same. The environment variable ``CLEANER_COMPILED`` forces either: ``no`` means
Python, and with ``required`` it is an error if the extension modules are missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

_VARIABLE = "CLEANER_COMPILED"
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Twin(NamedTuple):
    """A function or class in Python, and the compiled one of the same name; None where Python serves."""

    python: Callable[..., Any]
    compiled: Callable[..., Any] | None


TWINS: list[Twin] = []
"""All functions that have a compiled twin, of the modules that are imported. Tests hold the twins equal."""


def serve_compiled(module: str) -> Callable[[_Function], _Function]:
    """A decorator: the function or class of the same name in the extension ``module`` of this package serves where it is compiled.

    Raises :class:`ImportError` if it is missing though ``CLEANER_COMPILED`` says ``required``.
    """

    def choose(python: _Function) -> _Function:
        compiled = _find_compiled(module, python.__name__)
        TWINS.append(Twin(python, compiled))
        return compiled or python

    return choose


def _find_compiled(module: str, name: str) -> Any:
    wanted = os.environ.get(_VARIABLE, "")
    if wanted == "no":
        return None
    try:
        return getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        if wanted == "required":
            raise ImportError(
                f"{__name__}.{module} is not compiled, though {_VARIABLE} says required: install cleaner again where there "
                "is a C compiler, or unset the variable"
            ) from error
        return None
