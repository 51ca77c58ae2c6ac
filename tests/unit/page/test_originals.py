"""Of an archive, cache or proxy the original's address counts."""

from pathlib import Path

import pytest

import cleaner
from cleaner import data
from cleaner.data import input_types
from cleaner.page import urls

TABLE = Path(__file__).parents[2] / "cases" / "intake" / "addresses.txt"
ADDRESSES = [
    tuple(part.strip() for part in line.split("|"))
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PROXIES = data.load_data(input_types.Proxies)


@pytest.mark.parametrize(("address", "original", "site"), ADDRESSES)
def test_original_and_site(address, original, site):
    assert urls.find_original(address) == (original or address)
    assert urls.host_of(address) == site


@pytest.mark.parametrize("host", [host for proxy in PROXIES.before_address for host in proxy.hosts])
def test_each_host_shows_what_follows_its_own_address(host):
    paths = ("/web/20240501000000/", "/20240501/", "/amp/s/", "/c/s/", "/")
    found = {urls.find_original(f"https://{host}{path}https://tea.example/a") for path in paths}
    assert "https://tea.example/a" in found


@pytest.mark.parametrize("proxy", PROXIES.in_query)
def test_each_host_and_name_of_a_query(proxy):
    for host in proxy.hosts:
        for name in proxy.names:
            cached = "cache:" if "cache" in proxy.between[0] else ""
            address = f"https://{host}/x?{name}={cached}https%3A%2F%2Ftea.example%2Fa"
            assert urls.find_original(address) == "https://tea.example/a"


def test_an_article_has_the_original_s_url_and_site():
    page = "<html><body><article><p>Tea is picked by hand in the hills above the town, as it always was.</p></article></body></html>"
    article = cleaner.clean(page, "https://web.archive.org/web/20240501000000/https://www.tea.example/a")
    assert (article.url, article.site) == ("https://www.tea.example/a", "tea.example")


@pytest.mark.parametrize("address", ["http://[bad", "", "nonsense", "https://", "https://web.archive.org"])
def test_an_address_of_any_form_raises_nothing(address):
    assert urls.find_original(address) == address
