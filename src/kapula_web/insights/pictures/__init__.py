"""Charts as pictures: specifications with their words put in, drawn by vl-convert."""
