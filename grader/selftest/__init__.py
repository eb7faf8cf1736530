"""The self-test: hostile submissions graded on the machine that will grade real ones."""
