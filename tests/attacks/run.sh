#!/bin/sh
# run.sh root|user|container|ordinary BUILD GRADE RUNTIME HOST [OPTION...]: the suite, as that kind of user in throw-away
# namespaces, or on that kind of host (tests/sandbox/hosts). 77: this user cannot be that one. TMPDIR says where its files go.
set -eu
who=$1 build=$2 grade=$3 runtime=$4 host=$5
shift 5
here=$(dirname "$(readlink -f "$0")")

skip() {
  echo "skipped: $1"
  exit 77
}

in="unshare --mount --pid --ipc --fork --kill-child --mount-proc"
tier=full
case $who in
  user) in="unshare --user --map-current-user --mount --pid --ipc --fork --kill-child --mount-proc" ;;
  container) in="$host container" tier=container ;;
  ordinary) in="$host ordinary" tier=restricted ;;
esac
[ "$who" = user ] || [ "$(id -u)" = 0 ] || skip "this user is not root"
area=$(mktemp -d "${TMPDIR:-/tmp}/grade-attacks.XXXXXX")
trap 'rm -rf "$area"' EXIT
mkdir "$area/outside-4b1d"
chmod 755 "$area"
if { [ "$who" = user ] && [ "$(id -u)" = 0 ]; } || [ "$who" = ordinary ]; then
  [ "$who" = ordinary ] || in="setpriv --reuid 65534 --regid 65534 --clear-groups $in"
  # The tree may be one that others cannot read.
  mkdir "$area/parts"
  cp -r "$here" "$area/parts/suite"
  cp "$build"/attacked-*-checks "$grade" "$runtime" "$area/parts"
  here=$area/parts/suite build=$area/parts grade=$area/parts/${grade##*/} runtime=$area/parts/${runtime##*/}
  chown -R 65534:65534 "$area"
fi
cd "$area"
# shellcheck disable=SC2086  # a list of words
$in /usr/bin/python3 -B "$here/suite.py" "$area/outside-4b1d" "$build" "$grade" "$runtime" --tier $tier "$@"
