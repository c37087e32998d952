# Runs one sandbox and outlives whoever asked for it.
#
# usage: supervise.sh STATE CONSOLE_BYTES OWNER FILTER JOIN... -- COMMAND...
#
# STATE is the folder of the sandbox. What the job prints goes through a pipe that is OWNER's
# ("-" to leave it alone) into STATE/console, of which at most CONSOLE_BYTES are kept. COMMAND runs
# inside the control groups whose JOIN files are named, with the job's script as its input, which
# comes through our own, the seccomp filter as descriptor 8 and STATE/setup as descriptor 9 and as
# its standard error.
# STATE/code is overwritten in place when it ends, so that a full disk does not lose the result.
umask 077
state=$1 limit=$2 owner=$3 filter=$4
shift 4
cd "$state" || exit 1
read -r boot </proc/sys/kernel/random/boot_id
read -r stat </proc/$$/stat
printf '%s\n%s\n' "$boot" "$stat" >supervisor

contain() {
  while [ "$1" != -- ]; do
    echo 0 >"$1" || exit 125
    shift
  done
  shift
  exec "$@" 8<"$filter"
}

{
  (contain "$@") 9>>setup 2>&9
  printf '%-8s\n' "$?" 1<>code
} | {
  [ "$owner" = - ] || chown "$owner" /proc/self/fd/0
  stdbuf -o0 head -c "$limit" >>console
  exec cat >/dev/null
}
