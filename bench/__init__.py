"""Plays and measures a hall from outside, through API, sockets and pages. No part of the hall imports it."""
