# What the tests of this folder share. Sourced, never run.
set -uo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
top=$(readlink -f "$here/../..")
lab=${CUENV_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/cuenv-lab}
cuenv=${CUENV:?path of the program}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
good=0 bad=0 passed_over=0
full=${CUENV_LAB_FULL:-}

ok() { good=$((good + 1)); echo "ok   $*"; }
bad() { bad=$((bad + 1)); echo "BAD  $*"; [[ ! -s $work/log ]] || sed 's/^/     | /' "$work/log" | tail -n 30; }
pass_over() { passed_over=$((passed_over + 1)); echo "passed over: $*"; }
finish() {
	echo "$good as they must be, $bad not, $passed_over passed over"
	((bad == 0)) || exit 1
	((good > 0)) || { echo "nothing of what this needs is in $lab"; exit 77; }
	exit 0
}

# The toolkits of the lab, and no other thing of this machine, are what cuenv knows.
mkdir -p "$work/home" "$work/config/cuenv"
for root in "$lab"/toolkits/cuda-{11.8,12.4,13.0}; do
	[[ ! -d $root ]] || echo "$root" >>"$work/config/cuenv/roots"
done
toolkit() { echo "$lab/toolkits/cuda-$1"; }
need_toolkits() {
	local version
	for version; do
		[[ -d $(toolkit "$version") ]] || { echo "no $(toolkit "$version"); type: scripts/lab toolkits/cuda-$version"; exit 77; }
	done
}

# Every CMake that is here: a label and a program on each line. Debian's own is there for sure.
cmakes() {
	local version
	for version in 3.18 3.31 4; do
		[[ ! -x $lab/tools/cmake-$version/bin/cmake ]] || echo "$version $lab/tools/cmake-$version/bin/cmake"
	done
	[[ ! -x /usr/bin/cmake ]] || echo "debian /usr/bin/cmake"
}
[[ $(cmakes) ]] || { echo "no CMake; type: scripts/lab tools/cmake-3.18"; exit 77; }
at_least() { [[ $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; } # VERSION MINIMUM
version_of() { "$1" --version | sed -n '1s/cmake version //p'; }

# For other Ninjas than Debian's, CMake's own PATH would do.
generators=(Ninja "Unix Makefiles")
path=/usr/local/bin:/usr/bin:/bin

# bare [NAME=VALUE…] COMMAND… — nothing of this shell; what it says goes to $work/log
bare() {
	env -i HOME="$work/home" XDG_CONFIG_HOME="$work/config" PATH="$path" LANG=C.UTF-8 "$@" >"$work/log" 2>&1 </dev/null
}
# A folder of its own for each configure, unless $build is set to go on in one.
configure() { # CMAKE PROJECT [NAME=VALUE…] -- OPTION…
	local cmake=$1 project=$2 environment=()
	shift 2
	while [[ $1 != -- ]]; do environment+=("$1"); shift; done
	shift
	[[ ${keep:-} ]] || rm -rf "$work/build"
	bare "${environment[@]}" "$cmake" -S "$project" -B "$work/build" -DCMAKE_MODULE_PATH="$top/cmake" \
		-DCUDAENV_EXECUTABLE="$cuenv" "$@"
}
said() { tr -s ' \n' '  ' <"$work/log" | grep -qF -- "$1"; } # CMake wraps its lines
cached() { sed -n "s/^$1:[A-Z]*=//p" "$work/build/CMakeCache.txt"; }
