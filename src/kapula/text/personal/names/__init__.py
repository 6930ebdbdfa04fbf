"""People's names: lists, their inflected forms, Voikko where it is installed, and the signs around them."""
