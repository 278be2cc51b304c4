"""What the server does once, before it answers anybody."""

import logging

from streamlit import net_util
from threadpoolctl import threadpool_limits

try:
    import resource
except ImportError:  # where there are no such limits
    resource = None  # type: ignore[assignment]

EACH = 7
"""Open files that one person needs, with their connections."""

FILES = 16_384
"""Open files that 2,000 people need."""

FEW = 2048
"""Open files with which a class of 300 people would be turned away."""

TOO_FEW = "Only %d files may be open at once, enough for about %d people: raise `ulimit -n` or LimitNOFILE."

_log = logging.getLogger(__name__)


def prepare() -> None:
    """Ask for as many open files as may be had, and let Streamlit ask no other host for this machine's address.

    Products of matrices go on in the worker that asks for them: such small ones take longer in several threads, which
    would also be more than the workers have turns for.
    """
    net_util.get_external_ip = _nobody
    threadpool_limits(1, "blas")
    if resource:
        _open_many_files()


def _open_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    if wanted < FEW:
        _log.warning(TOO_FEW, wanted, wanted // EACH)


def _nobody() -> None:
    return None
