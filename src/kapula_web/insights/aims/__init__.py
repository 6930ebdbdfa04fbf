"""What the organisation aims at: declared, changed and read."""
