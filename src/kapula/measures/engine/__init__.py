"""How a question becomes one aggregation in the engine, and its sums become figures."""
