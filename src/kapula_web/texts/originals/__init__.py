"""A comment as it was written, personal data and all: for those who may, and each look is kept in the audit log."""
