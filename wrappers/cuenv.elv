# cuenv for elvish.
edit:add-var cuenv~ {|@words|
	var program = (external @CUENV@)
	if (and (> (count $words) 0) (==s $words[0] shell)) {
		eval ($program shell --for elvish (all $words[1..]) | slurp)
	} else {
		$program $@words
	}
}
