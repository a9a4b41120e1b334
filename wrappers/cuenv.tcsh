set _cuenv = @CUENV@;
alias cuenv 'eval "`$_cuenv:q shell --for @SHELL@ --typed -- \!*:q`"';
