alias _cuenv_program @CUENV_QUOTED@;
alias cuenv 'eval "`_cuenv_program shell --for @SHELL@ --typed -- \!*:q`"';
