# Elvish tells of a new folder by itself.
set after-chdir = [$@after-chdir {|_| eval ((external @CUENV@) shell --for elvish --hook | slurp) }]
eval ((external @CUENV@) shell --for elvish --hook | slurp)
