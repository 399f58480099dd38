"""The door for other terminals: an SSH server, who may come in, and the sheets that invite them."""
