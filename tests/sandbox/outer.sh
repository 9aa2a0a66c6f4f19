#!/bin/sh
# outer.sh TEST: runs a test program in a throw-away mount, pid and ipc namespace.
if [ "$(id -u)" = 0 ]; then
  exec unshare --mount --pid --ipc --fork --kill-child --mount-proc "$@"
fi
exec unshare --user --map-current-user --mount --pid --ipc --fork --kill-child --mount-proc "$@"
