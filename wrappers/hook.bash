# What the choice depends on, in _cuenv_now, by builtins alone: no process while nothing changes.
_cuenv_look() {
	local d=$PWD f l=
	_cuenv_now=$PWD:${CUENV_VERSION-}:$PATH
	if [[ -z ${CUENV_VERSION-} ]]; then
		while f=$d/.cuda-version; [[ ! -e $f && -n $d ]]; do d=${d%/*}; done
		[[ -e $f ]] || f=${XDG_CONFIG_HOME:-${HOME-}/.config}/cuenv/version
		if [[ -f $f && -r $f ]]; then IFS= read -r -d '' -n 256 l <"$f" || :; fi
		_cuenv_now+=:$f:$l
	fi
}
_cuenv_hook() {
	local code=$? text
	_cuenv_look
	if [[ $_cuenv_now != "${_cuenv_seen-}" ]]; then
		if text=$(_cuenv_ask --hook) && [[ -n $text ]]; then
			eval "$text"
			hash -r
			_cuenv_look
		fi
		_cuenv_seen=$_cuenv_now
	fi
	return "$code"
}
if [[ ${PROMPT_COMMAND[*]-} != *_cuenv_hook* ]]; then
	if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
		PROMPT_COMMAND=(_cuenv_hook "${PROMPT_COMMAND[@]}")
	else
		PROMPT_COMMAND=_cuenv_hook${PROMPT_COMMAND:+;$PROMPT_COMMAND}
	fi
fi
