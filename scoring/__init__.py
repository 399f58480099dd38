"""Scorers: pure functions from a drill's evidence to an assessment."""
