"""A file is read before it is run, and what it lacks is said then."""

import pytest

from grpo_symbolic.code.recording import static
from grpo_symbolic.code.recording.arguments import Parameter
from grpo_symbolic.code.recording.recorded import Unrecorded

SOURCE = """
from elsewhere import imported
import grpo_symbolic as gs
raise SystemExit("it was run")
def loss(logp, /, old: "Tensor", *rest, eps: float = 0.2, mode=name, **others): ...
made = wrap(loss)
class Losses:
    @staticmethod
    def inner(logp): ...
@gs.loss_is("grpo")
def claimed(logp): ...
@gs.loss_is(NAME)
def claimed_by_name(logp): ...
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "losses.py"
    path.write_text(SOURCE, encoding="utf-8")
    return str(path)


def test_arguments_are_those_of_the_definition(file):
    first, second, third, fourth = static.parameters(static.definition_of(file, "loss"))
    assert (first, second, third) == (Parameter("logp"), Parameter("old", "'Tensor'"), Parameter("eps", "float", 0.2))
    assert repr(fourth.default) == "name"


@pytest.mark.parametrize("name", ["made", "imported"])
def test_what_is_made_in_another_way_is_not_known_before(file, name):
    assert static.definition_of(file, name) is None


def test_a_function_within_a_class_is_found(file):
    assert static.definition_of(file, "Losses.inner").name == "inner"


def test_what_the_file_does_not_have_is_said_with_what_it_has(file):
    with pytest.raises(Unrecorded, match=r"has no function los: it has loss, claimed"):
        static.definition_of(file, "los")


def test_marks_are_read(file, tmp_path):
    with pytest.raises(Unrecorded, match="written out"):
        static.marked(file)
    other = tmp_path / "other.py"
    other.write_text(SOURCE.replace("NAME", "'dapo'"), encoding="utf-8")
    assert static.marked(str(other)) == [("claimed", "grpo"), ("claimed_by_name", "dapo")]


@pytest.mark.parametrize("source", ["def (", "\x00", "x = 'a", "é".encode("latin-1").decode("latin-1") + "("])
def test_what_is_no_python_is_refused(tmp_path, source):
    path = tmp_path / "broken.py"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(Unrecorded, match="broken.py"):
        static.definition_of(str(path), "loss")
