"""A pack or a plan to start from: what is wished for, and how it is written."""
