"""The recipe that made the shipped weights: prepare, edits, train, calibrate, export, evaluate. Needs torch."""
