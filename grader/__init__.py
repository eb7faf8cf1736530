"""Exercise kit and autograder for lessons on recurrent networks."""

__version__ = "0.1.0"
