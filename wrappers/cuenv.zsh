# cuenv for zsh.
# What a venv keeps and what came off PATH are variables of this shell alone, so the program is told them. Always within $().
_cuenv_ask() {
	_OLD_VIRTUAL_PATH=${_OLD_VIRTUAL_PATH-} _cuenv_left=${_cuenv_left-} exec @CUENV@ shell --for zsh "$@"
}
cuenv() {
	case ${1-} in
	shell)
		local text
		shift
		text=$(_cuenv_ask "$@") || return
		eval "$text"
		hash -r
		;;
	*) @CUENV@ "$@" ;;
	esac
}
