"""The gate of quality: figures beside their pinned floors, which a command may raise, never lower.

A table is figures by group and name; None stands for a figure that the data cannot give. Floors
are a table in a JSON file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

Table = dict[str, dict[str, float | None]]

LOWER_IS_BETTER: Final = frozenset({"cut in two", "without"})
SLACK: Final = 0.0005
"""So much a figure may lie below its floor: the last bits of sums differ between processors."""

BASELINES: Final = ("nothing", "trafilatura")
"""How the groups begin whose figures are not the project's own."""


def below_floors(table: Table, floors: Table) -> list[str]:
    """Return a sentence for every figure that is worse than its floor, or is missing."""
    wrong = []
    for group, figures in floors.items():
        for name, floor in figures.items():
            value = table.get(group, {}).get(name)
            sign = -1 if name in LOWER_IS_BETTER else 1
            if floor is not None and (value is None or sign * (value - floor) < -SLACK):
                wrong.append(f"{group}, {name}: {value} is worse than the floor {floor}")
    return wrong


def raised(table: Table, floors: Table) -> Table:
    """Return floors that are nowhere below the old ones. Times and baselines have none."""
    out: Table = {group: dict(figures) for group, figures in floors.items()}
    for group, figures in table.items():
        if group.startswith(BASELINES) or group.endswith(" time"):
            continue
        own = out.setdefault(group, {})
        for name, value in figures.items():
            old = own.get(name)
            if name == "cases" or value is None:
                continue
            better = min if name in LOWER_IS_BETTER else max
            own[name] = round(value if old is None else better(value, old), 4)
    return out


def hold(table: Table, path: Path | None, *, raise_floors: bool) -> int:
    """Compare a table with the floors in a file and say what fell; return the exit status.

    Args:
        table: What was measured.
        path: The file of the floors; without one there is nothing to hold. It need not exist.
        raise_floors: Write figures that rose into it.
    """
    if path is None:
        return 0
    floors: Table = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    wrong = below_floors(table, floors)
    print("\n".join(wrong), file=sys.stderr)
    if raise_floors:
        text = json.dumps(raised(table, floors), indent=1, sort_keys=True) + "\n"
        path.write_text(text, encoding="utf-8")
    return 1 if wrong else 0
