"""Benchmarks: ratios measured within one run, never asserted by a test. `README.md` says what each figure means."""
