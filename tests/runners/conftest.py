import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "engine: runs on an engine that scripts/engines/ fetches; else it is skipped"
    )
