"""Screens. The only place, with the host, that knows Textual."""
