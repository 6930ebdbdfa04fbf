"""The two networks that read comments, as they ship: weights, pieces, thresholds, and a card that says what they learned from."""
