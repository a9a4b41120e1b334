# cuenv for sh, dash, ksh and mksh.
cuenv() {
	case ${1-} in
	shell)
		shift
		_cuenv_text=$(@CUENV@ shell --for @SHELL@ "$@") || return
		eval "$_cuenv_text"
		unset _cuenv_text
		hash -r 2>/dev/null || :
		;;
	*) @CUENV@ "$@" ;;
	esac
}
