"""What the hall says aloud: sentences per language, voices, recorded clips. No other room, no storage."""
