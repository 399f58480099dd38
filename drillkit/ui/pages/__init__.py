"""The pages of the participant's desk: one subject each, drawn from the desk's moment."""
