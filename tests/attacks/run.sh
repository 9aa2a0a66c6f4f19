#!/bin/sh
# run.sh root|user BUILD GRADE RUNTIME [OPTION...]: the suite, as that kind of user, in throw-away namespaces.
# 77: this user cannot be that one. TMPDIR says where its files go.
set -eu
who=$1 build=$2 grade=$3 runtime=$4
shift 4
here=$(dirname "$(readlink -f "$0")")

skip() {
  echo "skipped: $1"
  exit 77
}

as=
unshare="unshare --mount --pid --ipc --fork --kill-child --mount-proc"
area=$(mktemp -d "${TMPDIR:-/tmp}/grade-attacks.XXXXXX")
trap 'rm -rf "$area"' EXIT
if [ "$who" = root ]; then
  [ "$(id -u)" = 0 ] || skip "this user is not root"
  chmod 755 "$area"
elif [ "$(id -u)" = 0 ]; then
  as="setpriv --reuid 65534 --regid 65534 --clear-groups"
  chown 65534:65534 "$area"
  # The tree may be one that others cannot read.
  mkdir "$area/parts"
  cp -r "$here" "$area/parts/suite"
  cp "$build"/attacked-*-checks "$grade" "$runtime" "$area/parts"
  here=$area/parts/suite build=$area/parts grade=$area/parts/${grade##*/} runtime=$area/parts/${runtime##*/}
  chown -R 65534:65534 "$area/parts"
fi
[ "$who" = root ] || unshare="unshare --user --map-current-user --mount --pid --ipc --fork --kill-child --mount-proc"
mkdir "$area/outside-4b1d"
[ -z "$as" ] || chown 65534:65534 "$area/outside-4b1d"
cd "$area"
# shellcheck disable=SC2086  # lists of words
$as $unshare /usr/bin/python3 -B "$here/suite.py" "$area/outside-4b1d" "$build" "$grade" "$runtime" "$@"
