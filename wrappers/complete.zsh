#compdef cuenv
# Completion for zsh: the program knows its words.
_cuenv() {
	local -a found
	found=(${(f)"$(@CUENV@ complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
	if (( $#found )); then
		found=("${(@)found/$'\t'/:}")
		_describe cuenv found
	else
		_files
	fi
}
if [[ ${funcstack[1]-} == _cuenv ]]; then
	_cuenv "$@"
elif (( $+functions[compdef] )); then
	compdef _cuenv cuenv
fi
