"""What the codebook's pages say."""
