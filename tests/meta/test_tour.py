"""The tour shows what its cells show."""

import json

import notebooks
import pytest
from places import ROOT

pytestmark = pytest.mark.long

TOUR = ROOT / "docs" / "tour.ipynb"


def test_what_is_kept_is_what_is_shown():
    assert notebooks.written(TOUR) == TOUR.read_text("utf-8")


def test_every_part_of_the_tour_is_there():
    titles = [line.strip("# \n") for cell in json.loads(TOUR.read_text("utf-8"))["cells"]
              for line in cell["source"] if line.startswith("## ")]
    assert titles == ["Prove", "Refute", "Explain", "Derive", "The paper", "A document"]


def test_a_cell_shows_what_it_prints_and_its_last_value():
    printed, value = notebooks.run(["import grpo_symbolic as gs\nprint(1)", r"gs.prove(r'\beta > 0')"])
    assert printed == [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}]
    assert value[0]["data"]["text/plain"] != []
    assert "".join(value[0]["data"]["text/html"]).startswith("<div")
    assert value != next(notebooks.run(["import grpo_symbolic as gs\ngs.prove(r'\\beta > 1')"]))
