"""The customers' words: searched, filtered, and one link away from every figure that has comments behind it."""
