# cuenv for bash.
# What a venv keeps and what came off PATH are variables of this shell alone, so the program is told them.
_cuenv_ask() {
	_OLD_VIRTUAL_PATH=${_OLD_VIRTUAL_PATH-} _cuenv_left=${_cuenv_left-} @CUENV@ shell --for bash "$@"
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
