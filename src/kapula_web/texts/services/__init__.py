"""What changes texts: analysing, editing the codebook, correcting, teaching."""
