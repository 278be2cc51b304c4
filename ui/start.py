"""What the server does once, before it answers anybody."""

import logging
import resource

from streamlit import net_util

FILES = 16_384
"""Open files that a server of 2,000 people needs: up to five a session, and one a connection."""

FEW = 2048
"""Open files with which a class of 300 people would be turned away."""

_log = logging.getLogger(__name__)


def prepare() -> None:
    """Ask for as many open files as may be had, and let Streamlit ask no other host for this machine's address."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    if wanted < FEW:
        _log.warning(
            "Only %d files may be open at once, enough for about %d people: raise `ulimit -n` or LimitNOFILE.",
            wanted,
            wanted // 7,
        )
    net_util.get_external_ip = _nobody


def _nobody() -> None:
    return None
