if ( ! $?_cuenv_left ) set _cuenv_left = "";
alias _cuenv_program @CUENV_QUOTED@;
alias _cuenv_venv 'if ( $?_OLD_VIRTUAL_PATH ) eval '\''setenv _OLD_VIRTUAL_PATH $_OLD_VIRTUAL_PATH:q'\''';
alias _cuenv_ask 'setenv _OLD_VIRTUAL_PATH ""; _cuenv_venv; setenv _cuenv_left "$_cuenv_left"; _cuenv_program shell --for @SHELL@';
alias cuenv 'eval "`_cuenv_ask --typed -- \!*:q`"';
