# cuenv for bash.
cuenv() {
	case ${1-} in
	shell)
		local text
		shift
		text=$(@CUENV@ shell --for bash "$@") || return
		eval "$text"
		hash -r
		;;
	*) @CUENV@ "$@" ;;
	esac
}
