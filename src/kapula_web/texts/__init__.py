"""What customers write, understood: analysed in the background, coded by the organisation's own codebook, corrected by people."""
