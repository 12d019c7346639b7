"""Fold away the cells with the tag ``proof``: into the erratum they follow, or as «Proof, executed»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from backprop_lib.publish.notes import details, summary

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def is_proof(node: nodes.Node) -> bool:
    """Say whether a node is a cell with the tag ``proof``."""
    return isinstance(node, nodes.container) and "tag_proof" in node["classes"]


class FoldProofs(SphinxPostTransform):
    """Move each run of proof cells into a folded part of the page."""

    default_priority = 198  # before myst-nb folds single inputs and outputs
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Fold every proof of the page; one that follows an erratum becomes its last part."""
        for cell in [node for node in self.document.findall(nodes.container) if is_proof(node)]:
            parent = cell.parent
            before = parent.index(cell) - 1
            fold = parent[before] if before >= 0 else None
            parent.remove(cell)
            if not (isinstance(fold, details) and {"bp-erratum", "bp-proof"} & set(fold["classes"])):
                fold = details("", summary("", "Proof, executed"), classes=["bp-proof"], open=False)
                parent.insert(before + 1, fold)
            fold += cell


def setup(app: Sphinx) -> None:
    """Fold proofs when pages are written."""
    app.add_post_transform(FoldProofs)
