"""A report as Chromium shows it from disk: nothing fails, nothing is asked for, nothing scrolls sideways."""

import axe
import chromium
import pytest
from commands import run
from places import ROOT

TAPE = ROOT / "tests" / "data" / "tapes" / "cispo_live.json"
NOTE = ROOT / "tests" / "documents" / "kl-estimators.tex"
WIDTHS, SCHEMES = (400, 1600), ("light", "dark")
FORMULAS = """[...document.querySelectorAll("math")].filter(math => math.checkVisibility()).map(math =>
    math.getBoundingClientRect()).filter(box => !(box.width > 1 && box.height > 1)).length"""

MADE = {
    "paper": ("report", "--no-pdf", "-o"),
    "document": ("report", str(NOTE), "--no-pdf", "-o"),
    "loss": ("loss", "--tape", str(TAPE), "--against", "cispo", "--report"),
}


@pytest.fixture(scope="module", params=MADE)
def address(request, tmp_path_factory):
    """The address of a report on the paper, of one on a document, and of one on a loss function."""
    folder = tmp_path_factory.mktemp("reports") / request.param
    done = run(*MADE[request.param], str(folder))
    assert done.returncode in (0, 1), done.stderr
    return (folder / "index.html").as_uri()


@pytest.fixture
def tab():
    with chromium.tab() as found:
        yield found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_opens_from_disk(tab, address, width, scheme):
    tab.open(address, width, scheme=scheme)
    tab.value("document.querySelector('[data-open=true]').click()")
    assert tab.value("document.querySelectorAll('math').length") > 3
    assert tab.value(FORMULAS) == 0
    assert tab.value("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    asked = {event["request"]["url"].partition(":")[0] for event in tab.happened("Network.requestWillBeSent")}
    assert asked <= {"file", "data"}
    assert tab.happened("Runtime.exceptionThrown") == []
    assert [event["entry"] for event in tab.happened("Log.entryAdded")] == []


@pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1600, "light")])
def test_axe_finds_nothing_serious(tab, address, width, scheme):
    tab.open(address, width, scheme=scheme)
    tab.value("document.querySelector('[data-open=true]').click()")
    assert axe.faults(tab) == []


def test_axe_sees_what_is_wrong(tab, address):
    tab.open(address, 1600)
    tab.value("document.body.insertAdjacentHTML('beforeend', '<button></button>')")
    assert [rule for rule, _ in axe.faults(tab)] == ["button-name"]


def test_details_open_by_keyboard(tab, address):
    tab.open(address, 1600)
    tab.value("document.querySelector('main details:not([open]) > summary').focus()")
    opened = "document.activeElement.parentElement.open"
    assert tab.value(opened) is False
    tab.press("Enter", 13)
    assert tab.value(opened) is True


def test_copy_copies(tab, address):
    tab.tell("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    tab.open(address, 1600)
    tab.value("document.querySelector('.copy').click()")
    tab.value("new Promise(done => setTimeout(done, 300))")
    assert tab.value("document.querySelector('.copy').textContent") == "Copied"
    assert tab.value("navigator.clipboard.readText()") == tab.value("document.querySelector('.copy').dataset.latex")


def test_a_verdict_can_be_filtered_away_and_a_link_brings_it_back(tab, address):
    tab.open(address, 1600)
    count = "[...document.querySelectorAll('article.refuted')].filter(one => one.checkVisibility()).length"
    before = tab.value(count)
    assert before > 0
    tab.value("document.querySelector('.filter input[value=refuted]').click()")
    assert tab.value(count) == 0
    tab.value("location.hash = document.querySelector('article.refuted').id")
    tab.value("new Promise(done => setTimeout(done, 300))")
    assert tab.value(count) == before


def test_a_scheme_can_be_chosen(tab, address):
    tab.open(address, 1600, scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.value(ground)
    tab.value("document.querySelector('input[name=scheme][value=dark]').click()")
    assert tab.value(ground) != light
