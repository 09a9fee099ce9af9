"""The database: plain functions over a connection; no opinions about the domain."""
