"""What leaves the product signed: credentials, certificates as PDF, and checking both without a network."""
