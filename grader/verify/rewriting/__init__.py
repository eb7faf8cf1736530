"""Ways to write the same program again."""
