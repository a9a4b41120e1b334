# What the scripts share: saying things, and waiting where one can see it. Sourced, never run.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

# slowly LABEL COMMAND… — runs COMMAND quietly; what takes more than two seconds shows how long it has
# been going, what fails shows what it said and ends the script.
# Never call it in a condition: bash would then ignore `set -e` inside COMMAND.
slowly() {
	local label=$1 log start=$SECONDS pid status=0 now shown=0
	shift
	log=$(mktemp)
	set -m # a process group of its own, so that Ctrl-C can end the whole of it
	"$@" >"$log" 2>&1 </dev/null &
	pid=$!
	set +m
	trap 'kill -- -$pid 2>/dev/null || true; rm -f "$log"; exit 130' INT TERM HUP
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.2
		now=$((SECONDS - start))
		((now > 2)) || continue
		if [[ -t 2 ]]; then
			((now == shown)) || printf '\r%s: %s … %d s ' "${0##*/}" "$label" "$now" >&2
			shown=$now
		elif ((shown == 0 || now >= shown + 30)); then
			say "$label … $now s"
			shown=$now
		fi
	done
	wait "$pid" || status=$?
	trap - INT TERM HUP
	if ((shown)); then
		[[ ! -t 2 ]] || printf '\r\033[K' >&2
		((status)) || say "$label: done in $((SECONDS - start)) s"
	fi
	if ((status)); then
		tail -n 40 "$log" >&2
		rm -f "$log"
		die "$label: failed (status $status)"
	fi
	rm -f "$log"
}

# as_root COMMAND… — as it is for root, else through sudo; setup looks first whether that asks nothing.
as_root() { if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi; }
may_be_root() { ((EUID == 0)) || sudo -n true 2>/dev/null; }
