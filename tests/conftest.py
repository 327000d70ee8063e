"""Random tests draw by a seed, the same in every run unless ``--seed`` names another.

``pytest -m random --seed 5 --seconds 60`` runs them alone, each of them for a minute with the seeds 5, 6, 7, …
"""

import gc
import time
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from time import monotonic

import pytest
import seeds
from hypothesis import is_hypothesis_test

# Tests run by a slow clock: on a machine that is busy, or slower by as much, no budget decides what they find.
SLOWER = 3
# What reads rendered code is tested where it can be rendered: latexify ends at Python 3.13.
collect_ignore = [] if find_spec("latexify") else ["unit/paper/test_latexified.py"]
# What is tested here draws many terms, statements or texts.
PROPERTY = Path(__file__).parent / "property"


def slowed(clock):
    """A clock of the processor that goes slower."""
    return lambda: clock() / SLOWER


# Most of what lives long is SymPy's and stays: to look it through again and again takes a tenth of the time.
gc.set_threshold(200_000, 20, 100)
time.thread_time, time.process_time = slowed(time.thread_time), slowed(time.process_time)


def pytest_addoption(parser):
    group = parser.getgroup("random tests")
    group.addoption("--seed", type=int, default=0, help="the seed that random tests begin with")
    group.addoption("--whole", action="store_true", help="test all of what is finite and sampled otherwise")
    group.addoption("--seconds", type=float, default=0, help="how long each random test goes on with further seeds")
    group.addoption("--interpreter", default="", help="the interpreter that has the framework whose tests are named")
    group.addoption("--swift", action="store_true", help="leave the long tests out, as where all tests are asked for")


def pytest_configure(config):
    seeds.begin(config.option.seed)
    seeds.whole(config.option.whole)
    config.addinivalue_line("markers", "random: it draws at random, by --seed, and goes on for --seconds")
    config.addinivalue_line("markers", "long: it takes its time, and is left to -m long where all tests are asked for")
    everything = config.args_source is config.ArgsSource.TESTPATHS and not config.option.markexpr
    config.option.swift = config.option.swift or everything


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("random")
        if PROPERTY in item.path.parents:
            item.add_marker("long")
    if config.option.swift:
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_runtest_teardown(item, nextitem):
    """Keep what the tests of a file leave behind from being looked through, for seconds, in the time of a later one."""
    if nextitem is None or nextitem.path != item.path:
        gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Call a random test with the seed of the run, and with further ones while there is time."""
    if pyfuncitem.get_closest_marker("random") is None:
        return None
    seed, end = pyfuncitem.config.option.seed, monotonic() + pyfuncitem.config.option.seconds
    call(pyfuncitem, seed)
    while monotonic() < end:
        seed += 1
        call(pyfuncitem, seed)
    return True


def call(item, seed):
    """Call a random test with a seed, which a failure names."""
    seeds.begin(seed)
    test = seeds.seeded(item.obj) if is_hypothesis_test(item.obj) else item.obj
    try:
        test(**{name: item.funcargs[name] for name in signature(test).parameters})
    except BaseException as fault:
        fault.add_note(f"with --seed {seed}")
        raise


# What needs a browser or TeX is run where they are, and by name alone.
BROWSER = Path(__file__).parent / "browser"


def pytest_ignore_collect(collection_path, config):
    """Leave out what is to be asked for by name, where all tests are asked for, and what is long where that is."""
    if config.args_source is not config.ArgsSource.TESTPATHS:
        return None
    left_out = {BROWSER} if config.option.markexpr else {BROWSER, PROPERTY}
    return True if collection_path in left_out else None
