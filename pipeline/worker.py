"""A worker process of the embedded engine (`--workers N`): Beam's, with quiet logs.

Started by the command that `pipeline.runners.worker_command` gives, never by a user. Beam's own
entry point prints its start-up messages and every traceback once for each process.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import Final

from pipeline.logs import set_up_logging
from pipeline.options import LogLevel
from pipeline.stopping import LAUNCHER_VARIABLE, watch_launcher

_LOGGER: Final = logging.getLogger("pipeline.worker")


def main() -> None:
    """Serve the launching process until it closes the connection; the argument is a log level."""
    level = LogLevel(sys.argv[1])
    # Ctrl-C in a terminal reaches every process of the group: the launching one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Without an address of the log service, messages go to standard error, which is shared.
    os.environ.pop("LOGGING_API_SERVICE_DESCRIPTOR", None)
    set_up_logging(level)
    watch_launcher(os.environ.get(LAUNCHER_VARIABLE, ""))
    if level is not LogLevel.DEBUG:
        # Beam prints tracebacks there that it also sends to the launching process.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end.
    try:
        from apache_beam.runners.worker import sdk_worker_main

        sdk_worker_main.main([])
    except Exception as error:
        _LOGGER.error("a worker process failed: %s", error, exc_info=error)
        # Not sys.exit, which waits for threads that may be busy with an element for long.
        os._exit(1)


if __name__ == "__main__":
    main()
