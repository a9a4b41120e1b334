# What the scripts share: saying things, waiting where one can see it, and what stands in a fetch's way. Sourced, never run.

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
		awk '!seen[$0]++' "$log" | tail -n 40 >&2
		cause=$(cause_in "$log")
		rm -f "$log"
		die "$label: failed (status $status)${cause:+: $cause}"
	fi
	rm -f "$log"
}

# What apt and pip say in many lines, in one.
cause_in() {
	if grep -qE 'CERTIFICATE_VERIFY_FAILED|certificate verify failed' "$1"; then
		echo "the server's certificate is not known here; behind a proxy that signs, PIP_CERT=FILE names its certificate"
	elif grep -qE 'No space left on device' "$1"; then
		echo "the disk is full"
	elif grep -qE 'Could not resolve|Temporary failure (resolving|in name resolution)|Network is unreachable|NameResolutionError' "$1"; then
		echo "no network"
	fi
}

# as_root COMMAND… — as it is for root, else through sudo; setup looks first whether that asks nothing.
as_root() { if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi; }
may_be_root() { ((EUID == 0)) || sudo -n true 2>/dev/null; }

# must_reach URL [PROXY] — ends here, in seconds, where no connection can be made; apt and pip take minutes to say so.
must_reach() {
	local url=${2:-$1} host port
	[[ $url =~ ^(http|https)://([^/@]*@)?(\[[^]]*\]|[^/:]*)(:([0-9]+))? ]] || return 0 # no such address: apt or pip will tell
	host=${BASH_REMATCH[3]} port=${BASH_REMATCH[5]}
	[[ $port ]] || { port=80; [[ ${BASH_REMATCH[1]} == http ]] || port=443; }
	host=${host#[} host=${host%]}
	# shellcheck disable=SC2016 # for the inner bash
	timeout 12 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$host" "$port" 2>/dev/null ||
		die "no network: ${2:+the proxy }$host does not answer at port $port, and this has to fetch from ${1%%\?*}"
}

# The first address that apt would fetch from, and its proxy.
must_reach_apt() {
	local uri proxy
	uri=$(apt-get --print-uris update 2>/dev/null | sed -n "s/^'\(http[^']*\)'.*/\1/p" | sed -n 1p)
	[[ $uri && -z $(apt-config dump | grep -i 'proxy-auto-detect "[^"]') ]] || return 0
	proxy=$(apt-config dump | sed -n 's/^Acquire::http::Proxy "\(.*\)";/\1/p')
	must_reach "$uri" "${proxy:-${http_proxy:-}}"
}

# PYTHON -m pip's index. Its own settings are asked, for the index and the proxy.
must_reach_pip() {
	local url proxy
	url=${PIP_INDEX_URL:-$("$1" -m pip config get global.index-url 2>/dev/null || true)}
	proxy=${PIP_PROXY:-$("$1" -m pip config get global.proxy 2>/dev/null || true)}
	must_reach "${url:-https://pypi.org/simple}" "${proxy:-${https_proxy:-${HTTPS_PROXY:-}}}"
}

# Who holds one of apt's locks: "apt-get (process 123)"; nothing where none is held.
lock_holder() {
	local file inode pid
	for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
		inode=$(stat -c %i "$file" 2>/dev/null) || continue
		pid=$(awk -v inode="$inode" '$6 ~ ":" inode "$" && $2 != "->" { print $5; exit }' /proc/locks)
		[[ $pid ]] || continue
		echo "$(cat "/proc/$pid/comm" 2>/dev/null || echo "another program") (process $pid)"
		return
	done
}

# Waits for them up to five minutes.
wait_for_apt() {
	local holder said='' end=$((SECONDS + ${CUENV_APT_WAIT:-300}))
	while holder=$(lock_holder) && [[ $holder ]]; do
		[[ $holder == "$said" ]] || say "apt is in use by $holder; waiting for it, up to five minutes"
		said=$holder
		((SECONDS < end)) || die "apt is still in use by $holder; run this again when that has ended"
		sleep 1
	done
}
