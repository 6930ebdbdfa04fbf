"""Figures in words: numbers, periods and sentences in the language of the page."""
