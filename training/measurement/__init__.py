"""Psychometrics: arrays in, frozen results out; each formula with its source. Knows nothing of attempts."""
