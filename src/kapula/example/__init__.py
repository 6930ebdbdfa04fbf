"""The example organisation: invented data for trying Kapula and for testing it."""
