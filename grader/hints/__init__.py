"""Hints: for each task of a lesson a ladder of three, climbed one rung a call.

``ladder`` reads what a lesson says, ``memory`` keeps how far a student has
climbed, ``page`` writes both down.
"""
