"""From a measure of the model and a page's address to figures: kapula.measure and its kin, asked once and remembered."""
