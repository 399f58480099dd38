"""Rehearsal: a scenario played by stand-ins as fast as it goes."""
