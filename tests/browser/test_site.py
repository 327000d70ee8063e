"""The site as Chromium shows it from disk: nothing fails, nothing is asked for, nothing scrolls sideways."""

import subprocess
import sys

import axe
import chromium
import pytest
from places import ROOT

FORMULAS = """[...document.querySelectorAll("math")].filter(math => math.checkVisibility()).map(math =>
    math.getBoundingClientRect()).filter(box => !(box.width > 1 && box.height > 1)).length"""
PAGES = ("index", "tour", "claims", "estimators", "objectives", "lore", "trusted", "read-a-verdict", "api")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([ROOT / ".ci" / "site", sys.executable, folder], check=True)
    return folder


@pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1600, "light")])
def test_every_page_opens_from_disk(site, width, scheme):
    with chromium.tab() as tab:
        for page in PAGES:
            tab.open((site / f"{page}.html").as_uri(), width, scheme=scheme)
            assert tab.value(FORMULAS) == 0, page
            assert tab.value("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page
            assert axe.faults(tab) == [], page
        asked = {event["request"]["url"].partition(":")[0] for event in tab.happened("Network.requestWillBeSent")}
        assert asked <= {"file", "data"}
        assert tab.happened("Runtime.exceptionThrown") == []
        assert [event["entry"] for event in tab.happened("Log.entryAdded")] == []
