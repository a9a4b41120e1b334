alias _cuenv_hook 'eval "`_cuenv_program shell --for @SHELL@ --hook`"';
alias cwdcmd _cuenv_hook;
_cuenv_hook;
