"""Rule files on disk, read once into a book that finds the rules of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.errors import RuleError
from cleaner.rulebook.decode import MAX_BYTES, decode, near
from cleaner.rulebook.patterns import PatternSet, literals
from cleaner.rulebook.schema import CommonFile, Drop, Keep, NetworkFile, SiteFile, SiteMetadata
from cleaner.rulebook.site import CommonRule, CommonRules, Portable, SiteRule, SiteRules
from cleaner.text import one_line

EVERYWHERE = "everywhere"
NETWORKS = "networks"


@dataclass(frozen=True)
class Rulebook(Portable):
    """All rules of a run. It pickles, and compiles its matchers again where it arrives."""

    common: CommonRules = field(default_factory=CommonRules)
    sites: tuple[SiteRules, ...] = ()
    """One for each site file in force, by name."""
    digest: str = ""
    """SHA-256 over the names and bytes of the files in force: equal digests, equal rules."""
    by_host: Mapping[str, SiteRules] = field(default_factory=dict)

    @classmethod
    def load(cls, folders: Sequence[Path] = (), *, builtin: bool = True) -> Rulebook:
        """Read the rule files of ``folders``, laid over the built-in ones unless ``builtin`` is False.

        A file replaces the file of the same name in an earlier folder. Only ``*.toml`` at the top of a folder and in
        its ``networks`` are read. Raises :class:`~cleaner.errors.RuleError` for the first file that cannot be used.
        """
        every = [builtin_folder(), *folders] if builtin else list(folders)
        sources = {source.name: source for rank, folder in enumerate(every) for source in _sources(folder, rank)}
        digest = _digest(sources.values())
        common = _common(sources.pop(EVERYWHERE, None))
        files = {source.name: _decode(source) for source in sources.values()}
        own = {name: file.content for name, file in sorted(files.items()) if isinstance(file.content, SiteFile)}
        sites = {name: _site(name, content, files) for name, content in own.items()}
        return cls(common, tuple(sites.values()), digest, _by_host(sites, files))

    def lookup(self, url: str | None, text: str | None) -> SiteRules:
        """The rules for the page at ``url``, or for the dump ``text`` that bears the signatures of its site.

        The host of ``url`` decides, then each domain above it. Where it finds nothing, a file fits whose signatures
        all occur in ``text`` (white space squeezed); of several, the one with most signatures, then the first by name.
        """
        return self._at(url) or self._signed(text) or SiteRules()

    def _at(self, url: str | None) -> SiteRules | None:
        domain = _host(url)
        while domain:
            if domain in self.by_host:
                return self.by_host[domain]
            domain = domain.partition(".")[2]
        return None

    def _signed(self, text: str | None) -> SiteRules | None:
        signatures, automaton = self._signatures
        if not text or not signatures:
            return None
        found = automaton.found(one_line(text))
        hits = Counter(site for index in found for site in signatures[index])
        complete = [site for site, count in hits.items() if count == len(self.sites[site].signatures)]
        best = min(complete, key=lambda site: (-hits[site], site), default=None)
        return None if best is None else self.sites[best]

    @cached_property
    def _signatures(self) -> tuple[list[list[int]], PatternSet]:
        """For each signature the sites that have it, and the automaton that finds all signatures in one pass."""
        owners: dict[str, list[int]] = {}
        for index, site in enumerate(self.sites):
            for signature in site.signatures:
                owners.setdefault(signature, []).append(index)
        return list(owners.values()), literals(list(owners))


def builtin_folder() -> Path:
    """The rules that come with the package: inside it once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    remedy = "Install the package again, or leave the built-in rules out."
    raise RuleError(str(package / "rules"), "$", "the built-in rules are missing", remedy)


class _Source(NamedTuple):
    name: str
    path: Path
    data: bytes
    rank: int


class _File(NamedTuple):
    source: _Source
    content: NetworkFile


def _sources(folder: Path, rank: int) -> Iterator[_Source]:
    if not folder.is_dir():
        raise RuleError(str(folder), "$", "there is no such folder", "Name a folder that holds rule files.")
    for inside, prefix in ((folder, ""), (folder / NETWORKS, f"{NETWORKS}/")):
        for path in sorted(inside.glob("[!.]*.toml")):
            yield _Source(prefix + path.stem, path, _read(path), rank)


def _read(path: Path) -> bytes:
    """The bytes of a rule file, one more than allowed at most: a file that is too large is told by that."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RuleError(str(path), "$", f"cannot be read: {reason}", "Make it a readable file.") from error


def _decode(source: _Source) -> _File:
    shape = NetworkFile if source.name.startswith(f"{NETWORKS}/") else SiteFile
    return _File(source, decode(str(source.path), source.data, shape))


def _common(source: _Source | None) -> CommonRules:
    if source is None:
        return CommonRules()
    drops = decode(str(source.path), source.data, CommonFile).drop
    return CommonRules(tuple(CommonRule(f"{EVERYWHERE}:drop[{index}]", drop) for index, drop in enumerate(drops)))


def _digest(sources: Iterable[_Source]) -> str:
    total = sha256()
    for name, _, data, _ in sorted(sources):
        total.update(f"{name}\0{sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()


def _site(name: str, own: SiteFile, files: Mapping[str, _File]) -> SiteRules:
    metadata = SiteMetadata()
    selectors: list[str] = []
    rules: list[SiteRule] = []
    for layer in _layers(name, files, ()):
        content = files[layer].content
        metadata = metadata.over(content.metadata)
        selectors += content.body.selectors if content.body else ()
        rules += _rules(layer, content)
    return SiteRules(
        name=name,
        path=files[name].source.path,
        hosts=own.hosts,
        signatures=tuple(dict.fromkeys(map(one_line, own.signatures))),
        rules=tuple(rules),
        metadata=metadata,
        body_selectors=tuple(selectors),
        cases=own.case,
    )


def _layers(name: str, files: Mapping[str, _File], above: tuple[str, ...]) -> Iterator[str]:
    """``name`` and all it extends, the nearer first."""
    yield name
    source, content = files[name]
    for index, base in enumerate(content.extends):
        key = f"$.extends[{index}]"
        if base not in files:
            raise RuleError(str(source.path), key, f"there is no file `{base}.toml`", near(base, tuple(sorted(files))))
        if base in (*above, name):
            circle = " -> ".join((*above, name, base))
            raise RuleError(str(source.path), key, f"files extend one another in a circle: {circle}", "Strike one.")
        yield from _layers(base, files, (*above, name))


def _rules(layer: str, content: NetworkFile) -> Iterator[SiteRule]:
    tables: tuple[tuple[str, Sequence[Keep | Drop]], ...] = (("keep", content.keep), ("drop", content.drop))
    for table, entries in tables:
        for index, entry in enumerate(entries):
            yield SiteRule(f"{layer}:{table}[{index}]", entry)


def _by_host(sites: Mapping[str, SiteRules], files: Mapping[str, _File]) -> dict[str, SiteRules]:
    """Who has each host: of files in several folders the one in the last folder; in one folder it must be one file."""
    owners: dict[str, str] = {}
    for name in sorted(sites, key=lambda name: files[name].source.rank):
        for index, host in enumerate(sites[name].hosts):
            source, before = files[name].source, owners.get(host)
            if before and before != name and files[before].source.rank == source.rank:
                remedy = "Let one of the two files have it."
                raise RuleError(str(source.path), f"$.hosts[{index}]", f"`{host}` stands in {before}.toml too", remedy)
            owners[host] = name
    return {host: sites[name] for host, name in owners.items()}


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""
