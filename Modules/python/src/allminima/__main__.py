"""``python -m allminima …`` runs the tool."""

import os
import sys

from ._tool import executable

if __name__ == "__main__":
    tool = executable()
    os.execv(tool, [tool, *sys.argv[1:]])
