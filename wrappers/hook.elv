# Elvish tells of a new folder by itself.
set after-chdir = [$@after-chdir {|_| _cuenv_ask --hook }]
_cuenv_ask --hook
