"""Small programs for those who build the hall; nothing that runs in it comes in."""
