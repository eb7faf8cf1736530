"""``python -m grader``."""

import os
import signal
import sys

# Until main() cleans up after it, Ctrl-C need not wait for anything, nor show where it struck.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

# ``-m`` puts the current folder first: a json.py that lies there would be imported in place of Python's own.
KIT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
try:
    HERE = os.getcwd()
except OSError:  # main() says that it is gone
    HERE = KIT
if HERE != KIT:
    sys.path[:] = [place for place in sys.path if os.path.abspath(place) != HERE]

from grader.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
