"""The analyses as pages: one question a page. A package here that says ``register(...)`` is found by itself, as is a module
``analysis_pages`` of another app."""
