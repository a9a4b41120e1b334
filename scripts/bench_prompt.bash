# bench_prompt.bash CUENV FOLDER [N]: what scripts/bench runs in one bash to time a prompt; with N only N prompts
# at which nothing has changed. FOLDER has a and b, which choose the same toolkit, and other. PYENV: pyenv, if any.
eval "$("$1" init bash --hook)"
folder=$2 flip=0
go() { cd "$folder/${places[flip ^= 1]}" && _cuenv_hook; }
process() { : "$(/bin/true)"; }
pyenv_name() { : "$("$PYENV" version-name)"; }

# time_of NAME N COMMAND: of twenty rounds the quickest, in milliseconds for one call
time_of() {
	local best=0 start i round
	for ((round = 0; round < 20; round++)); do
		start=${EPOCHREALTIME//[!0-9]/}
		for ((i = 0; i < $2; i++)); do $3; done
		start=$((${EPOCHREALTIME//[!0-9]/} - start))
		((best && best <= start)) || best=$start
	done
	printf '%s\t%d.%06d\n' "$1" $((best / $2 / 1000)) $((best * 1000 / $2 % 1000000))
}

cd "$folder/a" && _cuenv_hook
if [[ ${3-} ]]; then
	for ((i = 0; i < $3; i++)); do _cuenv_hook; done
	exit 0
fi
time_of '$(/bin/true)' 50 process
time_of 'nothing changed' 200 _cuenv_hook
places=(a b)
time_of 'another folder' 20 go
places=(a other)
cmp -s "$folder/a/.cuda-version" "$folder/other/.cuda-version" || time_of 'another toolkit' 20 go
cd "$folder/a" && _cuenv_hook
time_of '$(/bin/true)' 50 process
[[ ! -x $PYENV ]] || time_of '$(pyenv version-name)' 3 pyenv_name
if type direnv >/dev/null 2>&1; then
	eval "$(direnv hook bash)"
	time_of "direnv's hook" 10 _direnv_hook
fi
exit 0
