"""Folders of rule files are loaded into one rulebook that finds the rules of a page."""

import pickle
import shutil
from pathlib import Path

import pytest

import cleaner
from cleaner.errors import RuleError
from cleaner.rulebook import Rulebook, SiteRules, builtin_folder, rule_files

SEEDS = Path(__file__).parents[3] / "seeds"
ENTRY = '[[drop]]\nlabel = "{label}"\nline = "{line}"\nwhy = "test"\n'


def folder(tmp_path, name="rules", **files):
    """A folder with these files: ``site__x`` is ``site.x``, ``networks_n`` for ``networks/n``."""
    root = tmp_path / name
    (root / "networks").mkdir(parents=True)
    for key, text in files.items():
        path = key.replace("__", ".").replace("networks_", "networks/")
        (root / f"{path}.toml").write_text(text, encoding="utf-8")
    return root


def book(*folders):
    return Rulebook.load(folders, builtin=False)


@pytest.fixture
def two_sites(tmp_path):
    return folder(
        tmp_path,
        a__com='hosts = ["a.com", "a.co.uk"]\nsignatures = ["mark of a", "second"]',
        b__com='hosts = ["news.a.com"]\nsignatures = ["mark of b"]',
        c__com='signatures = ["mark of b", "second", "third"]',
        d__com='signatures = ["mark of b"]',
    )


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.com/x", "a.com"),
        ("http://www.A.com:8080/x?y#z", "a.com"),
        ("https://m.www.a.co.uk/", "a.com"),
        ("https://news.a.com/", "b.com"),
        ("https://x.news.a.com/", "b.com"),
        ("https://a.com./", "a.com"),
        ("https://nota.com/", ""),
        ("https://com/", ""),
        ("a.com/x", ""),
        ("http://[broken", ""),
        (None, ""),
    ],
)
def test_host_and_the_domains_above_it_decide(two_sites, url, name):
    assert book(two_sites).lookup(url, None).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xx mark of a xx second", "a.com"),
        ("xx mark of a xx", ""),
        ("mark\n  of\ta and second", "a.com"),
        ("mark of b", "b.com"),
        ("third, second, mark of b, mark of a", "c.com"),
        ("MARK OF B", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_dump_is_known_by_all_signatures_most_first_then_name(two_sites, text, name):
    assert book(two_sites).lookup(None, text).name == name


def test_url_goes_before_signatures_and_signatures_help_an_unknown_url(two_sites):
    assert book(two_sites).lookup("http://a.com", "mark of b").name == "a.com"
    assert book(two_sites).lookup("http://other.org", "mark of b").name == "b.com"


def test_where_nothing_fits_the_rules_are_empty(tmp_path):
    assert book(folder(tmp_path)).lookup("http://a.com", "text") == SiteRules()


def test_site_goes_before_its_networks_and_keeps_before_drops(tmp_path):
    root = folder(
        tmp_path,
        a__com='hosts = ["a.com"]\nextends = ["networks/n", "networks/m"]\n[metadata]\ntimezone = "Asia/Tokyo"\n'
        '[body]\nselectors = ["main"]\n' + ENTRY.format(label="share", line="x") + '[[keep]]\nline="y"\nwhy="z"',
        networks_n='extends = ["networks/base"]\n[metadata]\ntimezone = "Europe/Paris"\ntitle = ["h1"]\n'
        '[body]\nselectors = ["article"]\n' + ENTRY.format(label="legal", line="x"),
        networks_m=ENTRY.format(label="promo", line="x"),
        networks_base=ENTRY.format(label="ticker", line="x") + '[[keep]]\nline="y"\nwhy="z"',
    )
    rules = book(root).lookup("http://a.com", None)
    assert [rule.id for rule in rules.rules] == [
        "a.com:keep[0]",
        "a.com:drop[0]",
        "networks/n:drop[0]",
        "networks/base:keep[0]",
        "networks/base:drop[0]",
        "networks/m:drop[0]",
    ]
    assert [entry.label for entry in rules.drops] == ["share", "legal", "ticker", "promo"]
    assert len(rules.keeps) == 2
    assert rules.metadata.timezone == "Asia/Tokyo"
    assert rules.metadata.selectors == {"title": ("h1",)}
    assert rules.body_selectors == ("main", "article")


def test_later_folder_replaces_files_of_the_same_name_and_takes_hosts_over(tmp_path):
    first = folder(
        tmp_path,
        "first",
        a__com='hosts = ["a.com"]\n' + ENTRY.format(label="share", line="x"),
        b__com='hosts = ["b.com"]',
        everywhere=ENTRY.format(label="share", line="Share"),
    )
    second = folder(
        tmp_path,
        "second",
        a__com='hosts = ["a.com", "a.org"]',
        aa__com='hosts = ["b.com"]',
        everywhere=ENTRY.format(label="legal", line="Terms"),
    )
    both = book(first, second)
    assert both.lookup("http://a.org", None).drops == []
    assert both.lookup("http://b.com", None).name == "aa.com"
    assert both.common.find("Share") is None
    assert both.common.find("Terms").id == "everywhere:drop[0]"


@pytest.mark.parametrize(
    ("files", "file", "key", "problem"),
    [
        (
            {"a": 'hosts=["x.com"]', "b": 'hosts=["y.com", "x.com"]'},
            "b",
            "$.hosts[1]",
            "is also in a.toml. Remove it",
        ),
        (
            {"a": 'hosts=["x.com"]\nextends=["networks/vukle"]', "networks_vuukle": ""},
            "a",
            "$.extends[0]",
            "Did you mean `networks/vuukle`?",
        ),
        ({"a": 'hosts=["x.com"]\nextends=["a"]'}, "a", "$.extends[0]", "in a circle: a -> a. Remove one"),
        (
            {
                "a": 'hosts=["x.com"]\nextends=["networks/n"]',
                "networks_n": 'extends=["networks/m"]',
                "networks_m": 'extends=["networks/n"]',
            },
            "networks/m",
            "$.extends[0]",
            "a -> networks/n -> networks/m -> networks/n. Remove one",
        ),
    ],
)
def test_files_that_contradict_one_another_are_refused(tmp_path, files, file, key, problem):
    root = folder(tmp_path, **files)
    with pytest.raises(RuleError) as caught:
        book(root)
    assert caught.value.path == str(root / f"{file}.toml")
    assert caught.value.key == key
    assert problem in str(caught.value)


def test_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(RuleError, match="no such folder"):
        book(tmp_path / "missing")


def test_rule_file_that_cannot_be_read_is_refused(tmp_path):
    (folder(tmp_path) / "a.com.toml").mkdir()
    with pytest.raises(RuleError, match=r"a\.com\.toml: \$: cannot be read"):
        book(tmp_path / "rules")


def test_only_toml_files_at_the_top_and_in_networks_are_read(tmp_path):
    root = folder(tmp_path, a__com='hosts = ["a.com"]')
    for stray in (".#b.com.toml", "notes.txt", "cases/x.toml"):
        (root / stray).parent.mkdir(exist_ok=True)
        (root / stray).write_text("not a rule file")
    assert [site.name for site in book(root).sites] == ["a.com"]


def test_digest_tells_names_and_contents_of_the_files_in_force(tmp_path):
    one = folder(tmp_path, "one", a__com='hosts = ["a.com"]')
    same = folder(tmp_path, "same", a__com='hosts = ["a.com"]')
    other = folder(tmp_path, "other", a__com='hosts = ["a.com"] ')
    renamed = folder(tmp_path, "renamed", b__com='hosts = ["a.com"]')
    assert book(one).digest == book(same).digest == book(other, one).digest
    assert len({book(one).digest, book(other).digest, book(renamed).digest, book().digest}) == 4


def test_book_pickles_after_use_and_finds_the_same_again(two_sites):
    first = Rulebook.load([two_sites])
    assert first.lookup(None, "mark of b").rules == ()
    assert first.common.find("Share this")
    again = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own bytes
    assert again == first
    assert again.lookup(None, "mark of b").name == "b.com"
    assert again.common.find("Share this") == first.common.find("Share this")


def test_builtin_rules_are_found_beside_the_package_and_inside_it(tmp_path, monkeypatch):
    package = tmp_path / "cleaner"
    (package / "rulebook").mkdir(parents=True)
    monkeypatch.setattr(rule_files, "__file__", str(package / "rulebook" / "load.py"))
    with pytest.raises(RuleError, match="built-in rules are missing"):
        builtin_folder()
    (tmp_path / "rules").mkdir()
    assert builtin_folder() == tmp_path / "rules"
    shutil.copytree(tmp_path / "rules", package / "rules")
    assert builtin_folder() == package / "rules"


def test_builtin_rules_load_and_lie_under_the_given_folders(tmp_path):
    mine = folder(tmp_path, thehindu__com='hosts = ["thehindu.com"]')
    assert Rulebook.load().lookup("https://www.thehindu.com/news", None).drops
    assert not Rulebook.load([mine]).lookup("https://www.thehindu.com/news", None).drops
    assert Path(cleaner.__file__).parent.parent / "rules" == builtin_folder()


@pytest.mark.parametrize(
    ("seed", "name"),
    [
        ("000", "indiablooms.com"),
        ("001", "thehindu.com"),
        ("002", "indiablooms.com"),
        ("003", "asianlite.com"),
        ("004", ""),
    ],
)
def test_seeds_are_recognised_by_one_site_only(seed, name):
    text = next(SEEDS.glob(f"{seed}_*")).read_text(encoding="utf-8")
    builtin = Rulebook.load()
    assert builtin.lookup(None, text).name == name
    bearing = [site.name for site in builtin.sites if site.signatures and all(mark in text for mark in site.signatures)]
    assert bearing == [name] * bool(name)


def test_inputs_of_the_builtin_cases_exist():
    inputs = [site.path.parent / case.input for site in Rulebook.load().sites for case in site.cases]
    assert inputs
    assert all(path.is_file() for path in inputs)


def test_what_is_reached_by_many_ways_is_read_once(tmp_path):
    """Thirty files, each extending the next one twice, have a billion paths."""
    layers = {f"networks_n{n}": f'extends = ["networks/n{n + 1}", "networks/n{n + 1}"]' for n in range(30)}
    last = {
        "networks_n30": ENTRY.format(label="share", line="x"),
        "a__com": 'hosts = ["a.com"]\nextends = ["networks/n0"]',
    }
    rules = book(folder(tmp_path, **layers, **last)).lookup("https://a.com/", None)
    assert [rule.id for rule in rules.rules] == ["networks/n30:drop[0]"]


def test_book_without_an_entry(tmp_path):
    drops = ENTRY.format(label="share", line="x") + ENTRY.format(label="promo", line="y")
    root = folder(tmp_path, a__com='hosts = ["a.com"]\n' + drops, everywhere=ENTRY.format(label="legal", line="z"))
    whole = book(root)
    without = whole.without("a.com:drop[0]")
    assert [rule.id for rule in without.lookup("https://a.com/", None).rules] == ["a.com:drop[1]"]
    assert len(whole.lookup("https://a.com/", None).rules) == 2
    assert whole.common.find("z")
    assert whole.without("everywhere:drop[0]").common.find("z") is None
    assert without.common == whole.common
