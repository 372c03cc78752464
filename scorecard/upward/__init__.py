"""Communities rate departments and 辖区单位, and suggest cards and vetoes: beside the score, never in it."""
