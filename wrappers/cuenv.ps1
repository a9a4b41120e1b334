# cuenv for PowerShell; written by the book, not run.
function cuenv {
	if ($args.Count -gt 0 -and $args[0] -eq 'shell') {
		$words = @($args | Select-Object -Skip 1)
		$text = & @CUENV@ shell --for powershell @words | Out-String
		if ($LASTEXITCODE -eq 0 -and $text) { Invoke-Expression $text }
	} else {
		& @CUENV@ @args
	}
}
