#!/bin/sh
# as_user.sh TEST: runs a test program as an ordinary user. 77: there is nothing to test here.
if [ "$(id -u)" != 0 ]; then
  echo "skipped: this user is an ordinary one already"
  exit 77
fi
as_user="setpriv --reuid 65534 --regid 65534 --clear-groups"
if ! $as_user test -x "$1"; then
  echo "skipped: an ordinary user may not read $1"
  exit 77
fi
exec $as_user "$@"
