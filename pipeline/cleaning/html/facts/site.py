"""What a site calls itself, so that its name is taken for no author and cut off titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from pipeline.cleaning.html.facts.gather import Gathered
from pipeline.cleaning.html.facts.json_ld import Descriptions, Node
from pipeline.cleaning.html.facts.values import Fact, letters, tidy_text

_LONGEST_NAME: Final = 100
_LEAST_LETTERS: Final = 3
_PUBLISHERS: Final = frozenset(
    "organization newsmediaorganization website corporation onlinebusiness localbusiness".split()
)
_SEPARATORS: Final = re.compile(r" [-–—|•·:]+ |[|｜(]")
_GENERIC_HOSTS: Final = frozenset("www m amp web com org net info blog news online de co".split())


class Site:
    """The names of a site, as they are compared: letters and digits in lower case."""

    def __init__(self, names: Iterable[str], url: str | None) -> None:
        keys = {key for name in names for key in _keys(name)}
        self._keys = frozenset(keys)
        self._host = _host_key(url)
        self._parts = frozenset(_parts(self._host)) if self._host else frozenset()

    def is_named(self, text: str) -> bool:
        """Whether a text is the site's name or its host, with or without `the` and `.com`."""
        key = _bare(letters(text))
        if not key:
            return False
        if key in self._keys:
            return True
        return len(key) > _LEAST_LETTERS and key in self._parts

    def resembles(self, text: str) -> bool:
        """Whether a text begins or ends with the site's name, or the name with it.

        For the last part of a title: `Bugle Online`, `News from the Bugle`.
        """
        if self.is_named(text):
            return True
        key = _bare(letters(text))
        known = (*self._keys, self._host)
        return len(key) > _LEAST_LETTERS and any(
            len(name) > _LEAST_LETTERS
            and (key.startswith(name) or key.endswith(name) or name.startswith(key))
            for name in known
        )


def site_name(gathered: Gathered, own: Iterable[Node], found: Descriptions) -> Iterator[Fact[str]]:
    """Yield what the page names its site, the best first."""
    for value, origin in gathered.all("og:site_name"):
        yield from _fact(value, origin)
    for node in own:
        for publisher in _publishers(node, found):
            yield from _fact(publisher.get("name"), "json-ld:publisher.name")
    for thing in found.things:
        if any(kind.casefold() in _PUBLISHERS for kind in thing.types) and not thing.listed:
            yield from _fact(thing.node.get("name"), f"json-ld:{thing.types[0]}.name")
    yield from (
        fact
        for value, origin in gathered.all(
            "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher"
        )
        for fact in _fact(value, origin)
    )


def _publishers(node: Node, found: Descriptions) -> Iterator[Node]:
    for key in ("publisher", "isPartOf", "sourceOrganization"):
        values = node.get(key)
        for value in values if isinstance(values, list) else [values]:
            thing = found.resolve(value)
            if isinstance(thing, dict) and (key != "isPartOf" or _is_site(thing)):
                yield thing


def _is_site(node: Node) -> bool:
    return str(node.get("@type")).casefold() == "website"


def _fact(value: object, origin: str) -> Iterator[Fact[str]]:
    name = tidy_text(value, _LONGEST_NAME)
    if name is not None and "://" not in name:
        yield Fact(name, origin)


def _keys(name: str) -> Iterator[str]:
    for part in (name, *_SEPARATORS.split(name)):
        key = _bare(letters(part))
        if len(key) >= 2:
            yield key


def _bare(key: str) -> str:
    """Return a key without what comes and goes around a site's name."""
    for prefix in ("www", "the"):
        if key.startswith(prefix) and len(key) - len(prefix) >= _LEAST_LETTERS:
            key = key.removeprefix(prefix)
    for suffix in ("com", "org", "net", "online"):
        if key.endswith(suffix) and len(key) - len(suffix) >= _LEAST_LETTERS:
            key = key.removesuffix(suffix)
    return key


def _host_key(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.casefold().removeprefix("www.")


def _parts(host: str) -> Iterator[str]:
    """Yield the host as titles write it: `bugle`, `buglede`, `northbugle`."""
    labels = [label for label in host.split(".") if label]
    joined = "".join(labels)
    yield letters(joined)
    yield _bare(letters(joined))
    for start in range(max(1, len(labels) - 1)):
        label = letters(labels[start])
        if label not in _GENERIC_HOSTS:
            yield label
            yield _bare(label)
            yield letters("".join(labels[start:]))
