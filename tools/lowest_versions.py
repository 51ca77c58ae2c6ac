"""Print constraints with the lowest version that pyproject.toml allows of each dependency, and known versions of the rest.

python tools/lowest_versions.py > lowest.txt
pip install --constraint lowest.txt -e '.[dev]'
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
EXTRA = "dev"
"""The extra whose tests are run with the lowest versions."""


def list_requirements(project: dict[str, Any], extra: str | None = None) -> Iterator[Requirement]:
    """The direct dependencies of ``project``, or of one of its extras with those that it includes."""
    for line in project["dependencies"] if extra is None else project["optional-dependencies"][extra]:
        requirement = Requirement(line)
        if requirement.name != project["name"]:
            yield requirement
        for included in sorted(requirement.extras) if requirement.name == project["name"] else ():
            yield from list_requirements(project, included)


def pin_lowest(requirement: Requirement) -> str:
    """``requirement`` with its lower bound as its only version."""
    (lowest,) = (bound.version for bound in requirement.specifier if bound.operator == ">=")
    return f"{requirement.name}=={lowest}" + (f"; {requirement.marker}" if requirement.marker else "")


def constrain_lowest(project: dict[str, Any], known: str) -> Iterator[str]:
    """A line for each direct dependency of ``project``, and those of ``known`` constraints that are of no such."""
    direct = {
        canonicalize_name(requirement.name): pin_lowest(requirement)
        for requirement in (*list_requirements(project), *list_requirements(project, EXTRA))
    }
    yield from direct.values()
    for line in known.splitlines():
        if not line.startswith("#") and canonicalize_name(line.partition("==")[0]) not in direct:
            yield line


def main() -> None:
    """Print the constraints of this project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    print("\n".join(constrain_lowest(project, known)))


if __name__ == "__main__":
    main()
