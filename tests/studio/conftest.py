"""Studios over composed pages of one site."""

import shutil

import pytest

from tests.studio.served import HARBOUR, is_clean, serving


@pytest.fixture(scope="module")
def looking():
    """A studio that nothing is saved with."""
    with serving([HARBOUR]) as client:
        client.wait_until(is_clean)
        yield client


@pytest.fixture
def studio(tmp_path):
    """A studio with a rules folder of its own, and a copy of the pages."""
    pages = tmp_path / "pages"
    shutil.copytree(HARBOUR, pages)
    with serving([pages], rules=tmp_path / "rules") as client:
        client.wait_until(is_clean)
        yield client
