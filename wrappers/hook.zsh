# What the choice depends on, in _cuenv_now, by builtins alone: no process while nothing changes.
zmodload zsh/system
_cuenv_look() {
	emulate -L zsh
	local d=$PWD f l=
	typeset -g _cuenv_now=$PWD:${CUENV_VERSION-}:$PATH
	if [[ -z ${CUENV_VERSION-} ]]; then
		while f=$d/.cuda-version; [[ ! -e $f && -n $d ]]; do d=${d%/*}; done
		[[ -e $f ]] || f=${XDG_CONFIG_HOME:-${HOME-}/.config}/cuenv/version
		if [[ -f $f && -r $f ]]; then sysread -s 256 l <"$f" || :; fi
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
		typeset -g _cuenv_seen=$_cuenv_now
	fi
	return $code
}
autoload -Uz add-zsh-hook
add-zsh-hook precmd _cuenv_hook
