"""`python -m sigmascope` is the command `sigmascope`."""

import sys

from sigmascope.command import main

if __name__ == "__main__":
    sys.exit(main())
