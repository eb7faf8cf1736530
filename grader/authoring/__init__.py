"""New lessons: a small lesson that is whole, for its author to replace piece by piece.

``naming`` knows what a lesson may be called, ``skeleton`` makes the files out of
``templates``, ``writing`` puts them into the kit, all of them or none.
"""
