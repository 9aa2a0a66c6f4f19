#!/bin/sh
# run.sh HOST container|ordinary TIER TEST [ARGUMENT...]: a test program on a poorer host. 77: this user cannot make one.
host=$1 kind=$2
DUE_TIER=$3
export DUE_TIER
shift 3
if [ "$kind" = ordinary ] && [ "$(id -u)" = 0 ] && ! setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$1"; then
  echo "skipped: an ordinary user may not read $1"
  exit 77
fi
exec "$host" "$kind" "$@"
