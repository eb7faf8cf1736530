"""Proof of a lesson: mutants of its solution lose points, equivalents keep them."""
