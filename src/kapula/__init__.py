"""Kapula's analysis library: honest figures about customer experience, wherever the data is."""
