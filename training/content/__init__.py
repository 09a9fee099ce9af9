"""Content as code: YAML in, values and located problems out; loading never fails."""
