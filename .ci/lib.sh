# Shared by ./run, ./test, ./bench and .ci/run. Needs bash, git and apt; installs the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Every clone finds in the compiler's cache what another has compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() { printf 'faultline: %s\n' "$*" >&2; exit 1; }

# Packages of packages.txt for this use: lines without a word behind the name, and those with it.
wanted_packages() {
  awk -v use="$1" '!/^#/ && NF { for (i = 2; i <= NF && $i != use; ++i); if (NF == 1 || i <= NF) print $1 }' packages.txt
}

missing_packages() {
  local package
  for package in $(wanted_packages "$1"); do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

install_packages() {
  local missing
  missing=$(missing_packages "$1" | tr '\n' ' ')
  [ -z "$missing" ] || install_named $missing
}

# Installs the packages of these names.
install_named() {
  local missing="$*"
  command -v apt-get >/dev/null || die "needs Debian 12 (there is no apt-get here)."
  [ "$(id -u)" = 0 ] || die "needs root to install packages; as root, run: apt-get install $missing"
  say "Installing: $missing"
  local log
  log=$(mktemp)
  apt-get update >"$log" 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1 || {
    grep -qE 'No space left|not have enough free space' "$log" && die "the disk is full; the packages need about 2 GB."
    grep -qE 'Could not resolve|Temporary failure|Unable to connect|Failed to fetch' "$log" &&
      die "no network: Debian's package servers cannot be reached."
    tail -n 5 "$log" >&2
    die "apt-get could not install: $missing (the whole log: $log)"
  }
  rm -f "$log"
}

need_disk() {
  local free
  free=$(df -Pm . | awk 'NR == 2 {print $4}')
  [ "$free" -ge "$1" ] || die "the disk is nearly full: $free MB are free here, the build needs $1 MB."
}

need_compiler() {
  local version
  version=$(g++ -dumpfullversion 2>/dev/null) || die "no g++ was found although it is installed; look at PATH."
  [ "${version%%.*}" -ge 12 ] || die "g++ $version is too old; Faultline needs 12 or newer, as in Debian 12."
}

# Configures once and builds. Quiet unless it fails.
build() {
  local log="build/$1.log"
  mkdir -p build
  [ -e "build/$1/build.ninja" ] || cmake --preset "$1" >"$log" 2>&1 || {
    grep -m 5 -E 'CMake Error|Faultline needs' "$log" >&2
    die "the build could not be set up (the whole log: $log)"
  }
  cmake --build --preset "$1" "${@:2}" >"$log" 2>&1 || {
    grep -m 20 -E 'error:|FAILED|No space left' "$log" >&2
    grep -q 'No space left' "$log" && die "the disk is full."
    die "the build failed (the whole log: $log)"
  }
}

# What npm has, into FOLDER by its lock file; WHAT is said. False where it could not be.
install_from_npm() {
  local folder=$1 what=$2
  [ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ] && return 0
  command -v npm >/dev/null || (install_named nodejs npm) || return 1
  say "Installing $what (npm)"
  (cd $folder && timeout 240 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 \
    --fetch-timeout=20000 >npm.log 2>&1)
}

# What is not ours proves what we write. Without validators their test is skipped, visibly.
install_validators() {
  local folder=tests/e2e/validators
  install_from_npm $folder validators ||
    say "The validators could not be installed; the test that needs them is skipped ($folder/npm.log)"
}

# What ours is measured against: packages one by one, and what npm has. What cannot be installed is
# said, and missing in the document.
install_peers() {
  local package folder=tests/bench/peers
  for package in $(missing_packages peer); do
    (install_named "$package") || say "Without $package"
  done
  install_from_npm $folder peers || say "Without the peers that npm has ($folder/npm.log)"
}
