# cuenv for fish.
function cuenv
	if test "$argv[1]" = shell
		set -e argv[1]
		set -l text (@CUENV@ shell --for fish $argv)
		or return
		string join \n -- $text | source
	else
		@CUENV@ $argv
	end
end
