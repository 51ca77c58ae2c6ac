"""Loading rule files into a rulebook, which looks up the rules of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.language.characters import normalize_line
from cleaner.page.dom import Dom
from cleaner.page.urls import find_capture_day, full_host_of, host_of
from cleaner.rulebook.merged import BodySelector, CommonRule, CommonRules, SiteRule, SiteRules
from cleaner.rulebook.pickling import PickledByFields
from cleaner.rulebook.rule_decoder import suggest_nearest
from cleaner.rulebook.rule_files import (
    EVERYWHERE,
    DecodedFile,
    RuleSource,
    builtin_folder,
    decode_common,
    decode_layer,
    digest_sources,
    find_sources,
)
from cleaner.rulebook.rule_types import Drop, Keep, LayerFile, SiteFile, SiteMetadata
from cleaner.rulebook.site_detection import Fingerprints, Signatures


@dataclass(frozen=True)
class Rulebook(PickledByFields):
    """All rules of a run. It can be pickled; its matchers are compiled again in the other process."""

    common: CommonRules = field(default_factory=CommonRules)
    sites: tuple[SiteRules, ...] = ()
    """One for each site file in force, by name."""
    digest: str = ""
    """SHA-256 over the names and bytes of the files in force: equal digests mean equal rules."""
    networks: tuple[SiteRules, ...] = ()
    """One for each network's file in force, by name."""
    by_host: Mapping[str, tuple[SiteRules, ...]] = field(default_factory=dict)
    """The layouts of each host, the newest first."""

    @classmethod
    def load(cls, folders: Sequence[Path] = (), *, builtin: bool = True) -> Rulebook:
        """Load the rule files of ``folders``, and the built-in ones unless ``builtin`` is False.

        A file replaces the file of the same name in an earlier folder or among the built-in ones. Only ``*.toml`` at
        the top of a folder and in its ``networks`` are read. Raises :class:`~cleaner.errors.RuleError` for the first
        file that cannot be used.
        """
        every = [builtin_folder(), *folders] if builtin else list(folders)
        sources = {source.name: source for rank, folder in enumerate(every) for source in find_sources(folder, rank)}
        digest = digest_sources(sources.values())
        common = _merge_common(sources.pop(EVERYWHERE, None))
        files = {source.name: decode_layer(source) for source in sources.values()}
        merged = {name: _merge_rules(name, files) for name in sorted(files)}
        sites = {name: rules for name, rules in merged.items() if isinstance(files[name].content, SiteFile)}
        networks = tuple(rules for name, rules in merged.items() if name not in sites)
        return cls(common, tuple(sites.values()), digest, networks, _group_by_host(sites, files))

    def lookup(
        self, url: str | None, text: str | None, fetched: date | None = None, dom: Dom | None = None
    ) -> SiteRules:
        """Return the rules for the page at ``url``, or for the dump ``text`` that contains the signatures of its site.

        The host of ``url`` is looked up first, then each domain above it. If none has rules, a file applies if all its
        signatures occur in ``text`` (with normalised spaces); of several, the one with most signatures, then the newest
        layout, then the first by name. Of several layouts those are left that are valid on the day when the page was
        ``fetched``, or saved by an archive, all if no day is known; of these the first with a fingerprint in ``dom``,
        else the newest without fingerprints.
        """
        day = find_capture_day(url) or fetched
        return self._find_by_host(url, day, dom) or self._find_by_signatures(text, day) or SiteRules()

    def find_networks_in_markup(self, dom: Dom) -> list[SiteRules]:
        """Return the networks that have a fingerprint on the HTML page."""
        return [self.networks[index] for index in self._fingerprints.find_matching(dom)]

    def find_networks_in_text(self, text: str) -> list[SiteRules]:
        """Return the networks whose signatures all occur in the dump."""
        return [self.networks[index] for index in self._network_signatures.find_matching(text)]

    def without(self, rule: str) -> Rulebook:
        """Return the rulebook without the entry with the id ``rule``."""
        sites = {site.name: site.without(rule) for site in self.sites}
        by_host = {host: tuple(sites[site.name] for site in layouts) for host, layouts in self.by_host.items()}
        networks = tuple(network.without(rule) for network in self.networks)
        common = self.common.without(rule)
        return replace(self, common=common, sites=tuple(sites.values()), networks=networks, by_host=by_host)

    def _find_by_host(self, url: str | None, fetched: date | None, dom: Dom | None) -> SiteRules | None:
        for domain in _list_domains(url):
            valid = [layout for layout in self.by_host.get(domain, ()) if layout.is_valid_on(fetched)]
            if found := _choose_layout(valid, dom):
                return found
        return None

    def _find_by_signatures(self, text: str | None, fetched: date | None) -> SiteRules | None:
        matching = [self.sites[index] for index in self._signatures.find_matching(text or "")]
        valid = sorted((site for site in matching if site.is_valid_on(fetched)), key=_newest_first)
        return max(valid, key=lambda site: len(site.signatures), default=None)

    @cached_property
    def _signatures(self) -> Signatures:
        return Signatures(tuple(site.signatures for site in self.sites))

    @cached_property
    def _network_signatures(self) -> Signatures:
        return Signatures(tuple(network.signatures for network in self.networks))

    @cached_property
    def _fingerprints(self) -> Fingerprints:
        return Fingerprints(tuple(network.fingerprints for network in self.networks))


def _list_domains(url: str | None) -> Iterator[str]:
    """The host of ``url`` and each domain above it, then the same for the site whose copy it serves."""
    for host in dict.fromkeys((full_host_of(url), host_of(url))):
        domain = host or ""
        while domain:
            yield domain
            domain = domain.partition(".")[2]


def _choose_layout(layouts: Sequence[SiteRules], dom: Dom | None) -> SiteRules | None:
    """The first layout with a fingerprint on the page, or else the first without fingerprints."""
    shown = (
        layout for layout in layouts if dom is not None and layout.fingerprints and dom.select(layout.fingerprints)
    )
    return next(shown, None) or next((layout for layout in layouts if not layout.fingerprints), None)


def _merge_common(source: RuleSource | None) -> CommonRules:
    if source is None:
        return CommonRules()
    drops = decode_common(source).drop
    return CommonRules(tuple(CommonRule(f"{EVERYWHERE}:drop[{index}]", drop) for index, drop in enumerate(drops)))


def _merge_rules(name: str, files: Mapping[str, DecodedFile]) -> SiteRules:
    """Merge the rules of the file ``name`` and of all it extends."""
    own = files[name].content
    metadata = SiteMetadata()
    body: list[BodySelector] = []
    rules: list[SiteRule] = []
    layers = tuple(_resolve_layers(name, files, (), {}))
    for layer in layers:
        content = files[layer].content
        metadata = metadata.with_defaults(content.metadata)
        body += _compile_body(layer, content)
        rules += _compile_rules(layer, content)
    return SiteRules(
        name=name,
        path=files[name].source.path,
        hosts=own.hosts if isinstance(own, SiteFile) else (),
        fingerprints=own.fingerprints,
        valid_from=(isinstance(own, SiteFile) and own.valid_from) or date.min,
        valid_until=(isinstance(own, SiteFile) and own.valid_until) or date.max,
        layers=layers,
        signatures=tuple(dict.fromkeys(map(normalize_line, own.signatures))),
        rules=tuple(rules),
        metadata=metadata,
        body=tuple(body),
        cases=own.case,
    )


def _resolve_layers(
    name: str, files: Mapping[str, DecodedFile], above: tuple[str, ...], reached: dict[str, None]
) -> Iterable[str]:
    """Add ``name`` and all files it extends, in order of precedence, to those ``reached``; each once."""
    reached[name] = None
    source, content = files[name]
    for index, base in enumerate(content.extends):
        key = f"$.extends[{index}]"
        if base not in files:
            raise RuleError(
                str(source.path), key, f"there is no file `{base}.toml`", suggest_nearest(base, tuple(sorted(files)))
            )
        if base in (*above, name):
            circle = " -> ".join((*above, name, base))
            raise RuleError(str(source.path), key, f"files extend one another in a circle: {circle}", "Remove one.")
        if base not in reached:
            _resolve_layers(base, files, (*above, name), reached)
    return reached


def _compile_body(layer: str, content: LayerFile) -> Iterator[BodySelector]:
    if content.body is not None:
        for index, selector in enumerate(content.body.selectors):
            yield BodySelector(f"{layer}:body[{index}]", selector, content.body.trust is not None)


def _compile_rules(layer: str, content: LayerFile) -> Iterator[SiteRule]:
    tables: tuple[tuple[str, Sequence[Keep | Drop]], ...] = (("keep", content.keep), ("drop", content.drop))
    for table, entries in tables:
        for index, entry in enumerate(entries):
            yield SiteRule(f"{layer}:{table}[{index}]", entry)


def _group_by_host(
    sites: Mapping[str, SiteRules], files: Mapping[str, DecodedFile]
) -> dict[str, tuple[SiteRules, ...]]:
    """Return the files of each host: those of the last folder that names it, one or several with separate days."""
    owners: dict[str, dict[str, SiteRules]] = {}
    ranks: dict[str, int] = {}
    for name in sorted(sites, key=lambda name: files[name].source.rank):
        for index, host in enumerate(sites[name].hosts):
            source, site = files[name].source, sites[name]
            if ranks.get(host) != source.rank:
                owners[host] = {}
                ranks[host] = source.rank
            for before in owners[host].values():
                if before is not site and site.overlaps(before):
                    problem = f"`{host}` is also in {before.name}.toml"
                    remedy = "Remove it from one of the two files, or separate them by days (`valid_from`, `valid_until`) or `fingerprints`."
                    raise RuleError(str(source.path), f"$.hosts[{index}]", problem, remedy)
            owners[host][name] = site
    return {host: tuple(sorted(layouts.values(), key=_newest_first)) for host, layouts in owners.items()}


def _newest_first(site: SiteRules) -> tuple[int, int, str]:
    return -site.valid_until.toordinal(), -site.valid_from.toordinal(), site.name
