"""The result half of scoring: what the drill achieved, the combined score, letters and lessons."""
