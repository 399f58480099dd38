"""Verbs: pure functions on nouns. No clock, no dice, no disk, no screen."""
