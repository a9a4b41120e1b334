# These shells have no prompt hook without a fork, so .cuda-version is looked for at cd.
_cuenv_hook() {
	_cuenv_text=$(_cuenv_ask --hook) || return 0
	if [ "$_cuenv_text" ]; then
		eval "$_cuenv_text"
		hash -r 2>/dev/null || :
	fi
	unset _cuenv_text
}
_cuenv_cd() {
	command cd "$@" && _cuenv_hook
}
alias cd=_cuenv_cd
_cuenv_hook
