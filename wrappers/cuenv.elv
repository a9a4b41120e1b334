# cuenv for elvish. What came off PATH is a variable of this shell alone, so the program is told it.
var _cuenv_left = ''
fn _cuenv_ask {|@words|
	eval ((external env) _cuenv_left=$_cuenv_left @CUENV@ shell --for elvish $@words | slurp)
}
edit:add-var cuenv~ {|@words|
	if (and (> (count $words) 0) (==s $words[0] shell)) {
		_cuenv_ask (all $words[1..])
	} else {
		(external @CUENV@) $@words
	}
}
