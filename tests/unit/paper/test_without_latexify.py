"""Where latexify cannot be had, the third side says so, and everything else is compared."""

import json
import sys

import pytest
from commands import run


@pytest.fixture
def _without(monkeypatch):
    monkeypatch.setitem(sys.modules, "latexify", None)


@pytest.mark.usefixtures("_without")
def test_the_third_side_says_so_and_the_code_still_runs():
    done = run("compare", "eq07")
    assert done.returncode == 0
    assert "latexify is missing, which ends at Python 3.13; right on 32 of 32 models" in done.stdout
    assert "meaning  the same" in done.stdout


@pytest.mark.usefixtures("_without")
def test_the_record_says_so():
    done = run("compare", "--json")
    assert done.returncode == 0
    sides = [one for line in done.stdout.splitlines() for one in json.loads(line)["code"]]
    assert len(sides) > 15
    assert {(one["rendered"], one["meaning"]) for one in sides} == {(None, "not rendered")}
    assert {one["spot_checks"]["disagreements"] for one in sides} == {0}
