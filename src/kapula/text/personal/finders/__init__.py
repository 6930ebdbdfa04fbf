"""One file for each kind of personal data; :mod:`kapula.text.personal.registry` puts them in order."""
