# cuenv for zsh.
cuenv() {
	case ${1-} in
	shell)
		local text
		shift
		text=$(@CUENV@ shell --for zsh "$@") || return
		eval "$text"
		hash -r
		;;
	*) @CUENV@ "$@" ;;
	esac
}
