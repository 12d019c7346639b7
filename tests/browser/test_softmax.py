"""Softmax on the built page, with no kernel: move one z and all outputs, slopes and δ follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "pictures/output.html"


@pytest.mark.parametrize("width", [360, 1280])
def test_one_z_moves_all_outputs_and_the_diagonal_is_right_in_one_entry(
    watch: Callable[..., Any], address: str, width: int
) -> None:
    watched = watch(address, width=width)
    page = watched.open(PAGE)
    widget = page.get_by_role("group", name="Softmax: three")
    outputs = widget.locator(".bp-share .bp-figures")
    expect(widget.locator("table")).to_have_count(2)
    jacobian, delta = widget.locator("table").all()
    says = widget.locator(".bp-says")

    # E000.06: z = (1, 2, 3), the label third
    expect(outputs).to_have_text(["0.0900", "0.245", "0.665"])
    expect(delta.locator("tbody tr").nth(0)).to_contain_text("0.0900")
    expect(delta.locator("tbody tr").nth(1).locator("td")).to_have_text(["✗ 0", "✗ 0", "✓ −0.335"])
    expect(says).to_contain_text("right in 1 of 3 entries. Here δ is a − y.")
    expect(jacobian.locator("td.bp-framed")).to_have_text(["0.0819", "0.185", "0.223"])

    widget.get_by_label("cost").select_option("squared error")
    expect(says).to_contain_text("right in 0 of 3 entries. Here δ is not a − y.")
    third = widget.get_by_label("z₃")
    third.focus()
    third.press("ArrowRight")
    expect(outputs.nth(0)).not_to_have_text("0.0900")

    widget.get_by_role("button", name="Reset").click()
    expect(outputs).to_have_text(["0.0900", "0.245", "0.665"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.faults == []
