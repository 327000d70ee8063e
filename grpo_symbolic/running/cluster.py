"""Batches worked off by a cluster of Dask: what travels are batches and answers, what runs is installed there."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from signal import SIG_IGN, SIGINT, signal
from typing import Any

from ..exits import Unusable
from .child import spawned
from .kept import program
from .lane import ENDED, Lane
from .work import Batch, Work

LOCAL = "local"
EXTRA = "pip install 'grpo-symbolic[cluster]'"
AHEAD = 4  # batches a thread of the cluster, so that none waits for work
PATIENCE = 30  # seconds until an address has answered
HERE = threading.local()


def require() -> None:
    """Refuse where Dask is not installed. Raises Unusable."""
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise Unusable(f"--cluster needs Dask: {EXTRA}")


def on_cluster(batches: Iterable[Batch], work: Work, address: str, jobs: int) -> Iterator[Any]:
    """An answer an item, in order, as soon as all of its batch are there; by the cluster at an ``address``, or by
    ``jobs`` processes of one that is LOCAL. Raises Unusable."""
    require()
    from distributed import KilledWorker, wait
    from distributed.utils import CancelledError

    with connected(address, jobs) as client:
        batches, waiting = iter(batches), deque[tuple[Batch, Any]]()
        while True:
            while len(waiting) < AHEAD * threads(client) and (batch := next(batches, None)) is not None:
                waiting.append((batch, sent(client, batch, work)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            if future is None:
                yield from batch.known or ()
                continue
            try:
                try:
                    found = future.result()
                except KilledWorker:
                    wait([future for _, future in waiting if future is not None])
                    found = each_alone(client, batch, work)
            except CancelledError as fault:
                raise Unusable(f"the cluster has gone: {fault}") from fault
            work.done(batch, found)
            yield from found


def each_alone(client: Any, batch: Batch, work: Work) -> list[Any]:
    """The answers of a batch whose workers were ended, an item at a time with nothing beside it: Dask blames all that
    a worker had before it, of which one item may be to blame."""
    from distributed import KilledWorker

    found: list[Any] = []
    for place, item in enumerate(batch.items):
        alone = batch._replace(items=batch.items[place:place + 1])
        try:
            found += sent(client, alone, work).result()
        except KilledWorker:
            found.append(work.lost(batch.shared, item, ENDED))
    return found


def sent(client: Any, batch: Batch, work: Work) -> Any:
    """A batch on its way; None where its answers are known."""
    if batch.known is not None:
        return None
    return client.submit(there, batch, work._replace(done=nothing), program(), pure=False)


def there(batch: Batch, work: Work, wanted: str) -> Sequence[Any]:
    """The answers of a batch, found on a worker of the cluster. Raises Unusable."""
    if program() != wanted:
        raise Unusable("the workers of the cluster have another version of grpo-symbolic, or of what it needs")
    lane = Lane(batch, work, lambda: spawned(work.answers), getattr(HERE, "child", None))
    while not lane.answered:
        lane.receive()
    HERE.child = lane.child
    return lane.answers


def nothing(batch: Batch, found: Sequence[Any]) -> None:
    """What is done there with what is found: it is sent back."""


def threads(client: Any) -> int:
    """How many batches the cluster works on at the same time."""
    return sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values()) or 1


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Leave interrupts to this process: those that it starts meanwhile do not hear of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


@contextmanager
def connected(address: str, jobs: int) -> Iterator[Any]:
    """A client of the cluster at an address, or of one made for it here. Raises Unusable."""
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address == LOCAL:
        with uninterrupted():
            cluster = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=":0", memory_limit=0,
                                   silence_logs=logging.CRITICAL)
        with cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as fault:
        raise Unusable(f"--cluster {address}: no scheduler of Dask answers there: {fault}") from fault
    with client:
        yield client
