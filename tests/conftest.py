"""What holds for all tests.

Properties try the same examples in every run; looking for new ones is done on purpose. Where everything is installed,
``--no-skips`` makes a test that is skipped fail, so that none is missed for want of a library or program.
"""

import pytest
from hypothesis import settings

pytest_plugins = ["pytester"]

settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="A test that is skipped fails.")


def _fail_if_skipped(report, config):
    if report.skipped and not hasattr(report, "wasxfail") and config.getoption("--no-skips"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{reason} (--no-skips)"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    return _fail_if_skipped((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _fail_if_skipped((yield), collector.config)
