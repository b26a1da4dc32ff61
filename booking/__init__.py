"""The room of appointments: booking, moving and cancelling them. Asks the API, keeps nothing itself."""
