"""What will happen in a hall: it is played forward here. May use NumPy and Numba; no Flask, sockets or SQL.

Only the forecast process and the commands of app.py import this: the server itself never loads NumPy.
"""
