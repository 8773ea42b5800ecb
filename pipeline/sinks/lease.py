"""One run at a time on an output in a store: a lock that ends by itself when its holder dies."""

from __future__ import annotations

import json
import os
import socket
import threading
from contextlib import suppress
from typing import Final

from pipeline.sinks.errors import OutputBusyError
from pipeline.sinks.object_store import ObjectStore, Stored, StoreError

LEASE_SECONDS: Final = 60.0
"""How long after its last sign of life a run counts as alive."""

_RENEWALS: Final = 4
"""How often a lease is renewed in the time in which it would end."""


class LeaseLostError(Exception):
    """Another run has taken the output over, or the store could not be reached for too long."""


class Lease:
    """Holds the object at `url` from its creation to `release`.

    The object says who holds it; each renewal writes it anew. All writes are conditional on the
    tag of the one before, so that of two runs only one can take it, and whoever was taken for dead
    notices. Ages are told by the store's clock. After the release it stays, and says so: deleting
    it could delete the lock of the next run.
    """

    def __init__(
        self, store: ObjectStore, url: str, run_id: str, seconds: float = LEASE_SECONDS
    ) -> None:
        """Take the lease.

        Raises:
            OutputBusyError: A living run holds it.
            StoreError: The store cannot be asked.
        """
        self._store = store
        self._url = url
        self._run_id = run_id
        self._seconds = seconds
        self._count = 0
        self._lock = threading.Lock()
        self._tag: str | None = self._take()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        self._thread.start()

    def require(self) -> None:
        """Make sure, by a renewal, that the lease is held at this moment.

        Raises:
            LeaseLostError: It is not.
        """
        try:
            held = self._renew()
        except StoreError as error:
            raise LeaseLostError(f"the lock {self._url} cannot be renewed: {error}") from error
        if not held:
            raise LeaseLostError(f"another run has taken the lock {self._url} over")

    def release(self) -> None:
        """Let the next run begin at once; nothing happens the second time."""
        if self._stop.is_set():
            return
        self._stop.set()
        self._thread.join()
        with self._lock:
            if self._tag is not None:
                with suppress(StoreError):  # It ends by itself.
                    self._store.put(self._url, self._content(released=True), self._tag)
                self._tag = None

    def _take(self) -> str:
        there = self._store.get(self._url)
        if there is not None and not self._is_over(there):
            raise _busy(self._url, there, self._seconds)
        tag = self._store.put(self._url, self._content(), None if there is None else there.tag)
        if tag is None:
            there = self._store.get(self._url)
            raise _busy(self._url, there, self._seconds)
        return tag

    def _is_over(self, there: Stored) -> bool:
        return there.age > self._seconds or _field(there, "state") == "released"

    def _content(self, *, released: bool = False) -> bytes:
        self._count += 1
        values = {
            "state": "released" if released else "held",
            "run": self._run_id,
            "holder": f"process {os.getpid()} on {socket.gethostname()}",
            "renewals": self._count,
        }
        return json.dumps(values).encode() + b"\n"

    def _renew(self) -> bool:
        with self._lock:
            if self._tag is not None:
                self._tag = self._store.put(self._url, self._content(), self._tag) or self._mend()
            return self._tag is not None

    def _mend(self) -> str | None:
        """Renew a lease whose last renewal came through although the store did not say so."""
        there = self._store.get(self._url)
        if there is None or _field(there, "run") != self._run_id:
            return None
        return self._store.put(self._url, self._content(), there.tag)

    def _keep(self) -> None:
        while not self._stop.wait(self._seconds / _RENEWALS):
            try:
                if not self._renew():
                    return
            except StoreError:
                # Tried again; `require` has the last word.
                continue


def _field(there: Stored, name: str) -> str:
    try:
        return str(json.loads(there.content)[name])
    except (ValueError, KeyError, TypeError):
        return "unknown"


def _busy(url: str, there: Stored | None, seconds: float) -> OutputBusyError:
    holder = "unknown" if there is None else _field(there, "holder")
    return OutputBusyError(
        f"another run ({holder}) is writing to this output (lock {url}); should it be dead, its "
        f"lock ends {seconds:g} seconds after its last sign of life"
    )
