# shellcheck shell=bash
# Sourced by ./grade, tests/run and tests/bench/run: installs missing Debian packages, chooses the build folder,
# configures and builds. All is said on standard error; a machine that cannot be set up ends the caller with status 3.

say() { printf 'grade: %s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 3
}

# What the build reads: program and check sources and CMake's files. Submissions are not among them, nor the labs' own
# right and wrong ones.
readonly setup_watched=(CMakeLists.txt CMakePresets.json cmake grader labs)

# is_fresh ROOT BUILD: BUILD was made from ROOT and nothing it was made from has changed since. The change time is
# compared, because copying tools may carry old modification times along.
is_fresh() {
  local stamp=$2/grade.stamp built_from=
  [[ -x $2/grader/cli/grade && -r $stamp ]] || return 1
  IFS= read -r built_from <"$stamp"
  [[ $built_from == "$1" ]] || return 1
  [[ -z $(find "${setup_watched[@]/#/$1/}" \( -name right -o -name wrong -o -name probes \) -prune \
    -o -cnewer "$stamp" -print -quit 2>/dev/null) ]]
}

# own_builds ROOT: prints the folder for the builds of a checkout that is not ours to write to.
own_builds() {
  local home=~ hash
  hash=$(printf '%s' "$1" | sha256sum)
  printf '%s\n' "${XDG_CACHE_HOME:-$home/.cache}/grade/${hash:0:16}"
}

# builds_of ROOT: prints the folder that holds one build per preset. A checkout of another user stays as it is, even if
# we could write there: its owner could not build in our files.
builds_of() {
  if [[ -n ${GRADE_BUILD_DIR:-} ]]; then
    realpath -m -- "$GRADE_BUILD_DIR"
  elif [[ -O $1 && -w $1 && (! -e $1/build || (-O $1/build && -w $1/build)) ]]; then
    printf '%s\n' "$1/build"
  else
    own_builds "$1"
  fi
}

# missing_packages FILE...: prints the packages listed there that are not installed, one a line.
missing_packages() {
  local -a wanted
  mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@" | sort -u)
  # dpkg-query fails if one of them is unknown to it, and tells about the others all the same.
  { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true; } |
    sed -n 's/^installed //p' | sort -u | comm -23 <(printf '%s\n' "${wanted[@]}") -
}

# install_packages PACKAGE...: with apt-get. Asks when a person is there who is not root.
install_packages() {
  local command="apt-get install --no-install-recommends $*" answer
  local -a become=()
  if ((EUID == 0)); then
    say "installing these Debian packages: $*"
  elif ! command -v sudo >/dev/null; then
    fail "packages are missing; as root, run: $command"
  elif [[ -t 0 && -t 2 ]]; then
    say "needs these Debian packages: $*"
    read -r -p 'grade: install them with sudo? [Y/n] ' answer
    [[ ${answer:-y} == [yY]* ]] || fail "nothing was installed; to do it yourself: sudo $command"
    become=(sudo)
  elif sudo -n true 2>/dev/null; then
    say "installing these Debian packages with sudo: $*"
    become=(sudo -n)
  else
    fail "packages are missing; run: sudo $command"
  fi
  become+=(env DEBIAN_FRONTEND=noninteractive)
  local -a apt=(apt-get -y -q -o DPkg::Lock::Timeout=600)
  # The lists of a fresh machine are empty or old; a recent one needs no update.
  step "installing packages" "${become[@]}" "${apt[@]}" install --no-install-recommends "$@" && return
  step "updating the lists of packages" "${become[@]}" "${apt[@]}" update &&
    step "installing packages" "${become[@]}" "${apt[@]}" install --no-install-recommends "$@" && return
  fail_with_log "the packages could not be installed"
}

# step TITLE COMMAND...: runs it with all output in $setup_log; on a terminal, ninja's count of steps is shown.
# The lock is not inherited: apt-get may start services that live on.
step() {
  local title=$1 line
  shift
  if [[ ! -t 2 ]]; then
    "$@" </dev/null >>"$setup_log" 2>&1 {setup_lock}>&-
    return
  fi
  printf 'grade: %s ' "$title" >&2
  "$@" </dev/null 2>&1 {setup_lock}>&- | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$setup_log"
    [[ $line =~ ^\[([0-9]+/[0-9]+)\] ]] && printf '\r\e[Kgrade: %s %s' "$title" "${BASH_REMATCH[1]}" >&2
  done
  local status=${PIPESTATUS[0]}
  printf '\r\e[K' >&2
  return "$status"
}

fail_with_log() {
  tail -n 40 -- "$setup_log" >&2
  fail "$1; the whole log is in $setup_log"
}

# As many compilers at a time as there are processors, and no more than memory has room for.
build_jobs() {
  local available jobs
  jobs=$(nproc)
  available=$(awk '$1 == "MemAvailable:" { print int($2 / 1000000) }' /proc/meminfo)
  ((available >= jobs)) || jobs=$((available > 0 ? available : 1))
  printf '%s\n' "$jobs"
}

configure() {
  local root=$1 build=$2 preset=$3
  shift 3
  # A folder that was moved or copied along with its checkout, or made by a compiler that is gone, is configured anew.
  step configuring cmake -S "$root" -B "$build" --preset "$preset" "$@" ||
    step 'configuring anew' cmake --fresh -S "$root" -B "$build" --preset "$preset" "$@" ||
    fail_with_log "CMake could not configure the build"
}

# build_preset ROOT BUILD PRESET PACKAGE-LIST... [-- CMAKE-ARGUMENT...]: packages, configuration, build. Processes
# that share BUILD take turns; with the release preset those that come later find it done.
build_preset() {
  local root=$1 build=$2 preset=$3 setup_lock setup_log missing
  local -a lists=() packages
  shift 3
  while (($# > 0)) && [[ $1 != -- ]]; do
    lists+=("$1")
    shift
  done
  (($# == 0)) || shift
  setup_log=$build/setup.log
  mkdir -p -- "$build" 2>/dev/null || fail "cannot write to $build; set GRADE_BUILD_DIR to a folder of yours"
  exec {setup_lock}>>"$build/setup.lock" || fail "cannot write to $build; set GRADE_BUILD_DIR to a folder of yours"
  if ! flock -n "$setup_lock"; then
    say "waiting for another build in $build"
    flock "$setup_lock"
  fi
  if [[ $preset != release ]] || ! is_fresh "$root" "$build"; then
    # Its time is that of the beginning: what changes during the build is built next time.
    printf '%s\n' "$root" >"$build/grade.stamp.new"
    : >"$setup_log"
    if command -v dpkg-query >/dev/null; then
      missing=$(missing_packages "${lists[@]}")
      mapfile -t packages <<<"$missing"
      [[ -z $missing ]] || install_packages "${packages[@]}"
    fi
    [[ -t 2 ]] || say "building in $build"
    configure "$root" "$build" "$preset" "$@"
    step building cmake --build "$build" --parallel "$(build_jobs)" || fail_with_log "the build failed"
    mv -f -- "$build/grade.stamp.new" "$build/grade.stamp"
  fi
  exec {setup_lock}>&-
}
