# cuenv for nushell; written by the book, not run. Another one than the last is asked for by cuenv shell SPEC.
def --env --wrapped cuenv [...words] {
	if ($words | get -o 0) == "shell" {
		let to = (^@CUENV@ shell --for nu ...($words | skip 1) | from json | get environment)
		let gone = ($to | columns | where {|name| ($to | get $name) == null })
		load-env ($to | reject ...$gone)
		hide-env --ignore-errors ...$gone
		$env.PATH = ($env.PATH | split row (char esep))
	} else {
		^@CUENV@ ...$words
	}
}
