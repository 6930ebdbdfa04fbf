"""Themes that the codebook misses, and topics on the rise."""
