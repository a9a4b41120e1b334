# Completion for fish: the program knows its words.
function _cuenv_complete
	set -l words (commandline -opc) (commandline -ct)
	set -e words[1]
	set -l found (@CUENV@ complete -- $words 2>/dev/null)
	if test (count $found) -gt 0
		string join \n -- $found
	else
		__fish_complete_path (commandline -ct)
	end
end
complete -c cuenv -f -a '(_cuenv_complete)'
