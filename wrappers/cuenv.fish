# cuenv for fish.
# What came off PATH is a variable of this shell alone, so the program is told it; what a venv keeps is exported.
function _cuenv_ask
	_cuenv_left="$_cuenv_left" _OLD_VIRTUAL_PATH="$_OLD_VIRTUAL_PATH" @CUENV@ shell --for fish $argv
end
function cuenv
	if test "$argv[1]" = shell
		set -e argv[1]
		set -l text (_cuenv_ask $argv)
		or return
		string join \n -- $text | source
	else
		@CUENV@ $argv
	end
end
