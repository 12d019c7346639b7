"""What a cell glues is what MyST-NB finds: its own function is the witness."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from myst_nb.ext.glue import glue as theirs

from backprop_lib.glue import glue


def marks(function, *arguments):
    InteractiveShell.instance()
    with capture_output() as shown:
        function(*arguments)
    return [(output.data, output.metadata) for output in shown.outputs]


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("value", [0.25, "μ", [1, 2]])
def test_a_glued_value_is_marked_as_myst_nb_marks_it(value, display):
    assert marks(glue, "name", value, display) == marks(theirs, "name", value, display) != []


def test_another_name_is_another_mark():
    assert marks(glue, "name", 1, False) != marks(theirs, "other", 1, False)
