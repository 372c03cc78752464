"""The order of the steps; the only room that knows it. A module a command, loaded when it is asked for."""
