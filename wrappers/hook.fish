# What the choice depends on, in _cuenv_now, by builtins alone: no process while nothing changes.
function _cuenv_look
	set -l f
	set -g _cuenv_now "$PWD:$CUENV_VERSION:$PATH"
	if test -z "$CUENV_VERSION"
		set -l d $PWD
		while true
			set f "$d/.cuda-version"
			if test -e "$f" -o -z "$d"
				break
			end
			set d (string replace -r '/[^/]*$' '' -- "$d")
		end
		if not test -e "$f"
			set f "$HOME/.config/cuenv/version"
			test -n "$XDG_CONFIG_HOME"; and set f "$XDG_CONFIG_HOME/cuenv/version"
		end
		set -l line
		if test -f "$f" -a -r "$f"
			read -z -n 256 line <"$f"
		end
		set -g _cuenv_now "$_cuenv_now:$f:$line"
	end
end
function _cuenv_hook --on-event fish_prompt
	_cuenv_look
	if test "$_cuenv_now" != "$_cuenv_seen"
		set -l text (_cuenv_ask --hook)
		and test -n "$text"
		and begin
			string join \n -- $text | source
			_cuenv_look
		end
		set -g _cuenv_seen $_cuenv_now
	end
end
