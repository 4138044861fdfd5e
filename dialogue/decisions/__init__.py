"""Decided and done: policy answers with reasons, measures and proof."""
