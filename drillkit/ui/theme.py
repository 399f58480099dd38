"""The colours: chosen from the 256 that every terminal has, calm, with one meaning each."""

from textual.theme import Theme

DRILL = Theme(
    name="drill",
    dark=True,
    background="#1c1c1c",
    surface="#262626",
    panel="#303030",
    foreground="#d0d0d0",
    primary="#5f87af",
    secondary="#87afaf",
    accent="#d7af5f",
    success="#87af5f",
    warning="#d7af5f",
    error="#ff8787",
    variables={
        "footer-key-foreground": "#d7af5f",
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#1c1c1c",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "scrollbar": "#4e4e4e",
        "scrollbar-background": "#262626",
        "border": "#5f87af",
        "border-blurred": "#4e4e4e",
        "text-muted": "#8a8a8a",
    },
)
