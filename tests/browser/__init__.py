"""Tests in a real browser; a package, so that a file here may share its name with one above."""
