"""The plugin of pytest: marked losses are tests, and a test of a loss that stays undecided is skipped, not passed.

``loss_files`` in the configuration names the files, by patterns, whose functions marked with ``@loss_is`` are tested.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from .code.unsupported import Undecided, Unsupported


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make the option known."""
    parser.addini("loss_files", "files, by patterns, whose functions marked with @loss_is are checked", "args", [])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file with marked losses."""
    patterns = parent.config.getini("loss_files")
    if file_path.suffix == ".py" and any(file_path.match(pattern) for pattern in patterns):
        collected: pytest.Collector = LossFile.from_parent(parent, path=file_path)
        return collected
    return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Skip a test that ends undecided: it says nothing for the loss, and nothing against it."""
    try:
        return (yield)
    except Undecided as fault:
        pytest.skip(str(fault))


class LossFile(pytest.File):
    """A file with marked losses; it is parsed, not imported."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each marked function."""
        from .code.recording.static import marked

        for name, against in marked(str(self.path)):
            item: LossItem = LossItem.from_parent(self, name=name)
            item.against = against
            yield item


class LossItem(pytest.Item):
    """The test that a function is the loss that its mark says."""

    against = ""

    def runtest(self) -> None:
        """Check value and gradient. Raises AssertionError, Undecided or Unsupported."""
        from .code.asserting import assert_equal

        assert_equal(f"{self.path}:{self.name}", self.against)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is said of a loss that is not what it should be, without the lines of the checker."""
        if isinstance(excinfo.value, (AssertionError, Unsupported)):
            return str(excinfo.value.args[0])
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The place and the name of the test."""
        return self.path, None, f"{self.name} is {self.against}"
