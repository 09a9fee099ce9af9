"""Who asks when a command works on files: the person at the shell, who may do with them what an instructor may."""

from training.core.permission import Actor, Role

SHELL = Actor("shell", "The shell", frozenset({Role.INSTRUCTOR}))
