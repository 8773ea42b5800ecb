"""Promotes outputs until it is killed: `python promoting.py OUTPUT exchange|renames [COUNT]`.

Each output says in all its files which one it is. With COUNT the process dies, as if killed, before
the COUNTth time that it touches the file system.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.sinks.exchange import exchange
from pipeline.sinks.layout import FILES, MANIFEST, Kind, shard_name
from pipeline.sinks.local_place import LocalPlace

_TOUCHES = ("open", "os.", "shutil.")


def promote_one(output: str, content: str, *, atomic: bool) -> None:
    """Write and promote an output whose files all hold `content`."""
    swap = exchange if atomic else (lambda _one, _other: False)
    with LocalPlace(output, exchange=swap) as place:
        for name in (*(shard_name(kind, 0, 1) for kind in Kind), MANIFEST):
            (Path(place.path) / FILES / name).write_text(content)
        place.promote()


def die_after(count: int) -> None:
    """Make the process die at its `count`th event on the file system."""
    left = itertools.count(count, -1)

    def hook(event: str, _args: object) -> None:
        if event.startswith(_TOUCHES) and next(left) == 0:
            os._exit(137)

    sys.addaudithook(hook)


if __name__ == "__main__":
    output, how = sys.argv[1:3]
    if len(sys.argv) > 3:
        promote_one(output, "former", atomic=how == "exchange")
        # Each child is a run that dies one step later than the one before.
        for count in range(int(sys.argv[3])):
            child = os.fork()
            if child == 0:
                die_after(count)
                promote_one(output, f"run {count}", atomic=how == "exchange")
                os._exit(0)
            _, status = os.waitpid(child, 0)
            seen = (
                [file.read_text() for file in Path(output).iterdir()]
                if Path(output).is_dir()
                else ["missing"]
            )
            print(os.waitstatus_to_exitcode(status), len(seen), *sorted(set(seen)), sep="\t")
    else:
        print("ready", flush=True)
        for number in itertools.count():
            promote_one(output, f"run {number}", atomic=how == "exchange")
