# cuenv for sh, dash, ksh and mksh.
# What a venv keeps and what came off PATH are variables of this shell alone, so the program is told them.
_cuenv_ask() {
	_OLD_VIRTUAL_PATH=${_OLD_VIRTUAL_PATH-} _cuenv_left=${_cuenv_left-} @CUENV@ shell --for @SHELL@ "$@"
}
cuenv() {
	case ${1-} in
	shell)
		shift
		_cuenv_text=$(_cuenv_ask "$@") || return
		eval "$_cuenv_text"
		unset _cuenv_text
		hash -r 2>/dev/null || :
		;;
	*) @CUENV@ "$@" ;;
	esac
}
