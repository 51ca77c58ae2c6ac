"""Rule files as they are on the disk: found in folders, read, decoded, each on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import RuleError
from cleaner.rulebook.rule_decoder import MAX_BYTES, decode_rules
from cleaner.rulebook.rule_types import CommonFile, LayerFile, NetworkFile, RuleFile, SiteFile

EVERYWHERE = "everywhere"
NETWORKS = "networks"
_USUAL_FILE_BYTES = 1 << 15
"""Bytes of the first read: nearly every rule file is shorter."""


class RuleSource(NamedTuple):
    """The bytes of a rule file."""

    name: str
    path: Path
    data: bytes
    rank: int
    """The place of its folder; a later one wins."""


class DecodedFile(NamedTuple):
    """The file of a site or network, decoded."""

    source: RuleSource
    content: LayerFile


class LoadedFile(NamedTuple):
    """One rule file, read and checked on its own."""

    name: str
    """Its path from the rules folder without ``.toml``, such as ``networks/vuukle``."""
    path: Path
    text: str
    content: RuleFile

    @property
    def entries(self) -> Iterator[tuple[str, str]]:
        """The ids of its entries, such as ``thehindu.com:drop[3]``, each with its key, such as ``$.drop[3]``."""
        for table in ("keep", "drop"):
            for index, _ in enumerate(getattr(self.content, table, ())):
                yield f"{self.name}:{table}[{index}]", f"$.{table}[{index}]"


def builtin_folder() -> Path:
    """Return the folder of the built-in rules: in the installed package, or next to it in a checkout.

    Raises :class:`~cleaner.errors.RuleError` if there is none.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    remedy = "Install the package again, or run without the built-in rules."
    raise RuleError(str(package / "rules"), "$", "the built-in rules are missing", remedy)


def read_rules(folder: Path) -> list[LoadedFile | RuleError]:
    """Read each rule file of ``folder`` on its own, or return its error. Raises ``RuleError`` if there is no folder."""
    return [_read_file(source) for source in find_sources(folder, 0)]


def _read_file(source: RuleSource) -> LoadedFile | RuleError:
    try:
        content = decode_layer(source).content if source.name != EVERYWHERE else decode_common(source)
    except RuleError as error:
        return error
    return LoadedFile(source.name, source.path, source.data.decode("utf-8-sig"), content)


def find_sources(folder: Path, rank: int) -> Iterator[RuleSource]:
    """Yield the rule files of ``folder``. Raises :class:`~cleaner.errors.RuleError` if it cannot be read."""
    if not folder.is_dir():
        raise RuleError(str(folder), "$", "there is no such folder", "Name a folder that holds rule files.")
    for inside, prefix in ((folder, ""), (folder / NETWORKS, f"{NETWORKS}/")):
        for path in sorted(inside.glob("[!.]*.toml")):
            yield RuleSource(prefix + path.stem, path, _read_source(path), rank)


def _read_source(path: Path) -> bytes:
    """Read a rule file, up to one byte over the limit, so that a file over the limit is recognised by its length."""
    try:
        with path.open("rb") as file:
            # Reading the maximum at once would allocate a buffer of that size for each of thousands of small files.
            start = file.read(_USUAL_FILE_BYTES)
            return start if len(start) < _USUAL_FILE_BYTES else start + file.read(MAX_BYTES + 1 - _USUAL_FILE_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RuleError(str(path), "$", f"cannot be read: {reason}", "Make it a readable file.") from error


def decode_layer(source: RuleSource) -> DecodedFile:
    """Decode the file of a site or network. Raises :class:`~cleaner.errors.RuleError`."""
    shape = NetworkFile if source.name.startswith(f"{NETWORKS}/") else SiteFile
    return DecodedFile(source, decode_rules(str(source.path), source.data, shape))


def decode_common(source: RuleSource) -> CommonFile:
    """Decode ``everywhere.toml``. Raises :class:`~cleaner.errors.RuleError`."""
    return decode_rules(str(source.path), source.data, CommonFile)


def digest_sources(sources: Iterable[RuleSource]) -> str:
    """Return SHA-256 over the names and bytes of ``sources``."""
    total = sha256()
    for name, _, data, _ in sorted(sources):
        total.update(f"{name}\0{sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()
