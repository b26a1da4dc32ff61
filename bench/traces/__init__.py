"""Recorded arrivals and the script that derives them. Small tables only; nothing here moves a hall."""
