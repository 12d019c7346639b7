"""What the letters of each displayed formula stand for: ``NAMES[formula]`` is a list of dictionaries.

One module for each folder or page of the book, found by its being here.  A formula must hold for every
dictionary of its list; for one with ``"holds": False`` it must not, so that a bound that is too generous,
or a demand that asks too little, is noticed.  ``"rtol"`` says how close an approximation comes.  What the
other keys mean is told in ``printed/letters.py``.  Nothing here may be computed with the formula itself.
"""

from importlib import import_module
from pkgutil import iter_modules

NAMES: dict[str, list[dict]] = {}
for module in iter_modules(__path__):
    for name, names in getattr(import_module(f"{__name__}.{module.name}"), "NAMES", {}).items():
        if name in NAMES:
            raise ValueError(f"the formula {name} has names twice")
        NAMES[name] = names
