import sys
from importlib import import_module

import pytest

from cleaner.errors import ExtraError


@pytest.mark.parametrize(
    ("name", "library"),
    [("datatrove", "datatrove.data"), ("scrapy", "itemadapter"), ("langchain", "langchain_core.documents")],
)
def test_a_missing_host_is_named_with_its_extra(name, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"cleaner.integrations.{name}", raising=False)
    with pytest.raises(ExtraError, match=rf"pip install 'cleaner\[{name}\]'"):
        import_module(f"cleaner.integrations.{name}")
