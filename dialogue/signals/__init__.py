"""Heard: reading, safeguarding, and grouping what was said into signals."""
