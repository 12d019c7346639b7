"""Build the book, then serve it: ``python -m backprop_lib.publish``."""

import sys

from backprop_lib.publish import build, serve

if code := build.build(build.root()):
    sys.exit(code)
serve.main()
