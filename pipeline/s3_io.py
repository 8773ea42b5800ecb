"""Beam's access to S3 with one client for a process.

Beam's file system makes a new session and client for each object that it opens, which costs a fifth
of a second of processor time; clients of boto3 may be shared between threads.
"""

from __future__ import annotations

import copy
import functools
from typing import TYPE_CHECKING, Final

from apache_beam.io.aws.clients.s3.messages import S3ClientError
from apache_beam.io.aws.s3io import S3IO
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

if TYPE_CHECKING:
    from apache_beam.io.aws.clients.s3.boto3_client import Client

SCHEME: Final = "s3://"

_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404

_NO_OPTIONS: Final = PipelineOptions([])


def s3_io() -> S3IO:
    """Return Beam's access to S3, with the options that its file systems have.

    It is for one thread, and one object at a time.
    """
    # Beam's wrapper of the client remembers the download that it is in, so each access has a copy.
    return S3IO(client=copy.copy(s3_client(FileSystems._pipeline_options or _NO_OPTIONS)))


def is_refused(error: S3ClientError) -> bool:
    """Return whether an object is not there or not ours to read: asking again does not help.

    All else, such as a store that does not answer, must end a run rather than be noted as a fault
    of the object.
    """
    return error.code in (_FORBIDDEN, _NOT_FOUND)


@functools.lru_cache(maxsize=4)
def s3_client(options: PipelineOptions) -> Client:
    """Return the wrapper of the client for some options, always the same one: copy it for use."""
    from apache_beam.io.aws.clients.s3.boto3_client import Client

    return Client(options)
