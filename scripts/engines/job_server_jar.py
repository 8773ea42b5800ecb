"""Write FOLDER/job-server.jar, which starts MAIN-CLASS with all of FOLDER/lib on its class path.

A job server is published as one large jar per release; this makes the same of its parts, which
Maven has checked one by one.
"""

import sys
import zipfile
from pathlib import Path

LINE = 70
"""Bytes of a manifest line, which may have 72 with its line break (JAR file specification)."""

ADD_EXPORTS = ("sun.net.util",)
ADD_OPENS = (
    "java.io",
    "java.lang",
    "java.lang.invoke",
    "java.net",
    "java.nio",
    "java.util",
    "java.util.concurrent",
    "sun.nio.ch",
    "sun.util.calendar",
)
"""Packages of java.base that Flink and Spark reach into, which Java 17 allows only when told to."""


def manifest(main_class: str, jars: list[str]) -> str:
    """Return the text of META-INF/MANIFEST.MF."""
    attributes = {
        "Manifest-Version": "1.0",
        "Main-Class": main_class,
        "Add-Exports": " ".join(f"java.base/{name}" for name in ADD_EXPORTS),
        "Add-Opens": " ".join(f"java.base/{name}" for name in ADD_OPENS),
        "Class-Path": " ".join(jars),
    }
    lines = [part for item in attributes.items() for part in folded(": ".join(item))]
    return "\r\n".join([*lines, "", ""])


def folded(line: str) -> list[str]:
    """Return a line in parts; those after the first begin with a blank."""
    rest = (line[at : at + LINE - 1] for at in range(LINE, len(line), LINE - 1))
    return [line[:LINE], *(f" {part}" for part in rest)]


def main() -> None:
    """Write the jar that the command line names."""
    folder, main_class = Path(sys.argv[1]), sys.argv[2]
    jars = sorted(f"lib/{path.name}" for path in (folder / "lib").glob("*.jar"))
    with zipfile.ZipFile(folder / "job-server.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest(main_class, jars))


if __name__ == "__main__":
    main()
