"""Nouns: what a plan, a scenario, an event and a command are made of. No behaviour, no disk."""
