alias _cuenv_hook 'eval "`_cuenv_ask --hook`"';
alias cwdcmd _cuenv_hook;
eval _cuenv_hook;
