#!/bin/sh
# Keeps machines on a computer that exists already: each is a session of processes under a name.
#
# usage: keeper STATE_FOLDER VERB ARGUMENT... .
#
#   launch NAME CONTROLLER ORG POOL TOKEN SLOTS SECONDS BYTES .   its script of BYTES on the input
#   list CONTROLLER .
#   terminate NAME CONTROLLER GRACE .
#   check .
#
# The last argument is a full stop, and the script's size is said, so that a text cut short on its
# way here does nothing. An answer is lines that begin with "nimbus"; anything else is not of ours.
# What the machines run is on the disk, for its owner only, while they run, and nowhere else.
LC_ALL=C
export LC_ALL
umask 077

log_bytes=1048576
least_kib=102400
kept_for='-7 days'

say() {
  printf 'nimbus %s\n' "$*"
}

# Lets go of the lock and ends with what to say, in one line that cannot be mistaken.
end_with() {
  word=$1
  shift
  [ -z "$locked" ] || unlock
  say "$word" "$(printf '%s' "$*" | tr -c "[:alnum:] ./:=@_,()'-" ' ' | cut -c 1-300)"
  exit 0
}

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

pause() {
  sleep 0.1 2>/dev/null || sleep 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

need_word() {
  case $1 in
    '' | -* | *[!a-z0-9-]*) end_with invalid "'$1' is not made of a-z, 0-9 and -" ;;
  esac
  [ "${#1}" -le 64 ] || end_with invalid "'$1' is longer than 64"
}

need_number() {
  case $1 in
    '' | *[!0-9]*) end_with invalid "'$1' is not a number" ;;
  esac
  [ "${#1}" -le 9 ] || end_with invalid "'$1' is too large"
}

need_machine() {
  need_word "$1"
  need_word "$2"
  case $1 in
    nb-"$2"-?*) ;;
    nb-*) end_with denied "machine '$1' is not of controller '$2'" ;;
    *) end_with invalid "'$1' is not the name of a machine" ;;
  esac
}

# --- identity of processes: a number alone may be somebody else's by now ---

this_boot() {
  if [ -r /proc/sys/kernel/random/boot_id ]; then
    cat /proc/sys/kernel/random/boot_id
  else
    sysctl -n kern.bootsessionuuid 2>/dev/null | tr '[:upper:]' '[:lower:]'
  fi
}

# When a process started, in words without spaces; nothing when it is gone or waits to be buried.
born() {
  if [ -r /proc/self/stat ]; then
    stat=
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    case ${1-Z} in
      Z | X) return ;;
    esac
    [ "$#" -ge 20 ] || return
    shift 19
    printf '%s' "$1"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -cd '[:alnum:]' | tr '[:upper:]' '[:lower:]'
  fi
}

# lives BOOT PID BORN
lives() {
  [ -n "$2" ] && [ -n "$3" ] && [ "$1" = "$boot" ] && [ "$(born "$2")" = "$3" ]
}

# --- the state, in SQLite; what goes into a statement was checked by need_… before ---

find_database() {
  for database in sqlite3 python3; do
    case $database in
      sqlite3) have sqlite3 && return ;;
      python3) python3 -c 'import sqlite3' >/dev/null 2>&1 && return ;;
    esac
  done
  return 1
}

# Runs the statements on the input, and prints rows with | between columns.
sql() {
  if [ "$database" = sqlite3 ]; then
    sqlite3 -batch -bail -noheader -init /dev/null -cmd '.timeout 10000' "$state/state.db"
    return
  fi
  python3 -c '
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
statement = ""
for line in sys.stdin:
    statement += line
    if sqlite3.complete_statement(statement):
        for row in connection.execute(statement):
            print("|".join("" if column is None else str(column) for column in row))
        statement = ""
' "$state/state.db"
}

# Where it fails it says so past whoever reads its rows; what it leaves locked is free with our end.
query() {
  sql <<SQL && return
$1
SQL
  say failed "the state in $state/state.db cannot be read or written" >&3
  exit 1
}

need_state() {
  find_database || end_with refused "neither sqlite3 nor python3 with its sqlite3 is installed here"
  mkdir -p "$state" 2>/dev/null || end_with refused "cannot make the folder $state"
  [ -w "$state" ] || end_with refused "cannot write to the folder $state"
  if [ -s "$state/state.db" ]; then
    version=$(query 'PRAGMA user_version;') || exit 1
    [ "$version" != 1 ] || return
  fi
  query "
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS machine_state (
  machine TEXT PRIMARY KEY,
  controller TEXT NOT NULL,
  org TEXT NOT NULL,
  pool TEXT NOT NULL,
  token TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('starting', 'running', 'ending', 'ended')),
  boot TEXT NOT NULL,
  pid TEXT NOT NULL,
  born TEXT NOT NULL,
  ended_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS setup_steps (
  step TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('pending', 'in_progress', 'completed', 'failed')),
  started_at TEXT,
  completed_at TEXT,
  error TEXT,
  seq INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS keeper (id INTEGER PRIMARY KEY CHECK (id = 1), owner TEXT NOT NULL);
INSERT OR IGNORE INTO keeper (id, owner) VALUES (1, '');
PRAGMA user_version = 1;
COMMIT;" >/dev/null
}

# Whether there may be machines here; what cannot be looked at is no answer.
was_used() {
  [ ! -d "$state" ] || [ -x "$state" ] || end_with failed "cannot look into the folder $state"
  [ -s "$state/state.db" ]
}

owner_lives() {
  owner_boot=${1%%/*}
  owner_pid=${1#*/}
  owner_pid=${owner_pid%/*}
  lives "$owner_boot" "$owner_pid" "${1##*/}"
}

# One keeper at a time. The lock is a row, taken from nobody or from an owner that is seen dead.
lock() {
  waited=0
  while :; do
    owner=$(query 'SELECT owner FROM keeper WHERE id = 1;') || exit 1
    if ! owner_lives "$owner"; then
      taken=$(query "BEGIN IMMEDIATE;
UPDATE keeper SET owner = '$me' WHERE id = 1 AND owner = '$owner';
SELECT changes();
COMMIT;") || exit 1
      if [ "$taken" = 1 ]; then
        locked=1
        return
      fi
    fi
    waited=$((waited + 1))
    [ "$waited" -lt 900 ] || end_with failed "another keeper, $owner, is not done"
    pause
  done
}

unlock() {
  locked=
  query "UPDATE keeper SET owner = '' WHERE id = 1 AND owner = '$me';"
}

# --- setup, once for each computer ---

make_folders() {
  mkdir -p "$state/machines"
}

look_for_tools() {
  for tool in awk cat cut date df env find grep head mkdir mkfifo mv rm sed tr wc; do
    have "$tool" || { echo "$tool is not installed"; return 1; }
  done
  find_session || { echo "none of setsid, perl and python3 is installed"; return 1; }
}

find_session() {
  have setsid || have perl || have python3
}

free_kib() {
  df -Pk "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'
}

look_for_space() {
  free=$(free_kib "$state")
  [ "${free:-0}" -ge "$least_kib" ] || { echo "only ${free:-0} KiB are free in $state"; return 1; }
}

# step SEQUENCE NAME COMMAND
step() {
  done_before=$(query "SELECT status FROM setup_steps WHERE step = '$2';") || exit 1
  [ "$done_before" = completed ] && return
  query "INSERT OR REPLACE INTO setup_steps (step, status, started_at, seq)
VALUES ('$2', 'in_progress', '$(now)', $1);"
  if error=$("$3" 2>&1); then
    query "UPDATE setup_steps SET status = 'completed', completed_at = '$(now)' WHERE step = '$2';"
    return
  fi
  error=$(printf '%s' "$error" | tr -c '[:alnum:] ./_-' ' ' | cut -c 1-300)
  query "UPDATE setup_steps SET status = 'failed', error = '$error' WHERE step = '$2';"
  end_with refused "setup step '$2' failed: $error"
}

set_up() {
  step 1 folders make_folders
  step 2 tools look_for_tools
  step 3 space look_for_space
}

# --- machines ---

# Reads the row of $name into variables; fails when there is none.
read_row() {
  row=$(query "SELECT controller, token, state, boot, pid, born, ended_by, created_at
FROM machine_state WHERE machine = '$name';") || exit 1
  [ -n "$row" ] || return 1
  IFS='|' read -r row_controller row_token row_state row_boot row_pid row_born row_ended_by \
    row_created <<ROW
$row
ROW
  folder=$state/machines/$name
}

set_state() {
  query "UPDATE machine_state SET state = '$1', updated_at = '$(now)' WHERE machine = '$name';"
}

own_cgroup() {
  [ -r /proc/self/cgroup ] || return 1
  mounted=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
  [ -n "$mounted" ] || return 1
  within=$(sed -n 's/^0:://p' /proc/self/cgroup)
  printf '%s%s' "$mounted" "${within%/}"
}

# A control group holds what leaves the session, where one can be had.
make_cgroup() {
  group=$(own_cgroup) || return
  group=$group/$name
  mkdir "$group" 2>/dev/null || [ -d "$group" ] || return
  [ -w "$group/cgroup.procs" ] && printf '%s\n' "$group" >"$folder/cgroup"
}

# Every process of $name that can be found, but not by its group.
members() {
  lives "$row_boot" "$row_pid" "$row_born" && echo "$row_pid"
  if [ -s "$folder/cgroup" ]; then
    read -r group <"$folder/cgroup"
    find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null
  fi
  grep -l -F "NIMBUS_MACHINE=$name" /proc/[0-9]*/environ 2>/dev/null | while read -r environ; do
    if { tr '\0' '\n' <"$environ"; } 2>/dev/null | grep -q -x "NIMBUS_MACHINE=$name"; then
      environ=${environ#/proc/}
      echo "${environ%/environ}"
    fi
  done
}

# signal NAME: to the session's first group while its leader is surely ours, and to all members.
signal() {
  if lives "$row_boot" "$row_pid" "$row_born"; then
    kill -s "$1" -- "-$row_pid" 2>/dev/null
  fi
  for one in $(members); do
    kill -s "$1" "$one" 2>/dev/null
  done
}

# end_processes GRACE: asks them to end, and ends them after so many tenths of a second.
end_processes() {
  waited=0
  [ "$1" = 0 ] || signal TERM
  while [ -n "$(members)" ]; do
    [ "$waited" -lt "$1" ] || signal KILL
    waited=$((waited + 1))
    [ "$waited" -lt "$(($1 + 50))" ] || return 1
    pause
  done
}

# Leaves nothing of $name but the row that says it was.
bury() {
  end_processes 0 || return
  if [ -s "$folder/cgroup" ]; then
    read -r group <"$folder/cgroup"
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
  fi
  rm -rf "$folder"
  set_state ended
}

# Takes the process of an interrupted launch for its machine, if there is one.
adopt() {
  [ -s "$folder/pid" ] || return 1
  read -r row_boot row_pid row_born <"$folder/pid"
  case $row_boot$row_pid$row_born in
    *[!a-z0-9-]*) return 1 ;;
  esac
  query "UPDATE machine_state
SET state = 'running', boot = '$row_boot', pid = '$row_pid', born = '$row_born',
    updated_at = '$(now)'
WHERE machine = '$name';"
  row_state=running
}

settle() {
  [ "$row_state" = starting ] && adopt
  case $row_state in
    starting)
      # Begun on another day of this computer, or by a process that was killed as it began.
      if [ "$row_boot" != "$boot" ] || [ -d "$folder/started" ]; then
        bury
      fi
      ;;
    running) lives "$row_boot" "$row_pid" "$row_born" || bury ;;
    ending)
      owner_lives "$row_ended_by" || lives "$row_boot" "$row_pid" "$row_born" || bury
      ;;
  esac
}

sweep() {
  query "DELETE FROM machine_state
WHERE state = 'ended' AND updated_at < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '$kept_for');"
  names=$(query "SELECT machine FROM machine_state WHERE state <> 'ended';") || exit 1
  for name in $names; do
    read_row && settle
  done
}

# Runs a command as the first of a session of its own, keeping its process id.
in_session() {
  if have setsid; then
    exec setsid "$@"
  elif have perl; then
    exec perl -e 'use POSIX "setsid"; setsid() >= 0 or exit 1; exec { $ARGV[0] } @ARGV' "$@"
  fi
  exec python3 -c 'import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])' "$@"
}

# What the first process of a machine does. Whoever makes the folder "started" runs the script, so
# that it runs once although a launch is repeated. It kills its own group, and itself, at the end.
# shellcheck disable=SC2016
leader='
name=$1 folder=$2 seconds=$3 boot=$4 log_bytes=$5
umask 077
cd "$folder" || exit 1
mkdir started 2>/dev/null || exit 0
if [ -s cgroup ]; then
  read -r group <cgroup
  { echo 0 >"$group/cgroup.procs"; } 2>/dev/null || { rm -f cgroup; rmdir "$group"; }
fi
mkfifo output
mkdir -p home
if [ -r /proc/self/stat ]; then
  read -r stat </proc/$$/stat
  set -- ${stat##*) }
  shift 19
  born=$1
else
  born=$(ps -o lstart= -p $$ | tr -cd "[:alnum:]" | tr "[:upper:]" "[:lower:]")
fi
printf "%s %s %s\n" "$boot" $$ "$born" >pid.new
mv pid.new pid
trap : TERM
at_once=
if command -v stdbuf >/dev/null; then at_once="stdbuf -o0"; fi
{ $at_once head -c "$log_bytes" >log; exec cat >/dev/null; } <output &
logger=$!
(
  trap "" TERM
  sleep "$seconds"
  kill -s TERM -- -$$
  sleep 5
  kill -s KILL -- -$$
) &
(cd home && umask 022 && exec sh ../script) >output 2>&1 &
script=$!
while kill -0 "$script" 2>/dev/null; do
  wait "$script"
done
rm -f script
waited=0
while kill -0 "$logger" 2>/dev/null && [ "$waited" -lt 10 ]; do
  waited=$((waited + 1))
  sleep 0.1 2>/dev/null || sleep 1
done
kill -s KILL -- -$$
'

# receive BYTES: takes the script of $name from the input.
receive() {
  folder=$state/machines/$name
  mkdir -p "$folder"
  if ! cat >"$folder/script.new"; then
    rm -rf "$folder/script.new"
    end_with failed "cannot write to $folder"
  fi
  size=$(($(wc -c <"$folder/script.new")))
  if [ "$size" != "$1" ]; then
    rm -f "$folder/script.new"
    rmdir "$folder" 2>/dev/null
    end_with failed "of $1 bytes of user data $size arrived"
  fi
}

# start SECONDS: begins the machine of $name, whose script was received.
start() {
  mv "$folder/script.new" "$folder/script"
  printf '%s' "$leader" >"$folder/leader"
  make_cgroup
  (in_session env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME="$folder/home" LC_ALL=C.UTF-8 NIMBUS_MACHINE="$name" NIMBUS_MACHINE_HOME="$folder/home" \
    sh "$folder/leader" "$name" "$folder" "$1" "$boot" "$log_bytes") \
    </dev/null >/dev/null 2>&1 3>&- &
  waited=0
  until adopt; do
    waited=$((waited + 1))
    [ "$waited" -lt 100 ] || end_with failed "machine '$name' does not start"
    pause
  done
}

launched() {
  unlock
  say launched "$row_pid-$row_born" "$row_created"
  exit 0
}

# launch NAME CONTROLLER ORG POOL TOKEN SLOTS SECONDS BYTES
launch() {
  need_machine "$1" "$2"
  for word in "$3" "$4" "$5"; do
    need_word "$word"
  done
  for number in "$6" "$7" "$8"; do
    need_number "$number"
  done
  need_state
  lock
  sweep
  set_up
  name=$1
  if read_row; then
    if [ "$row_state" = ended ] || [ "$row_state" = ending ]; then
      end_with refused "machine '$name' was ended and does not come again"
    fi
    if [ "$row_token" != "$5" ]; then
      end_with refused "machine '$name' was launched with other parameters"
    fi
    [ "$row_state" = running ] && launched
    receive "$8"
  else
    taken=$(query "SELECT COUNT(*) FROM machine_state WHERE state <> 'ended';") || exit 1
    if [ "$taken" -ge "$6" ]; then
      end_with full "all $6 slots are taken"
    fi
    receive "$8"
    query "INSERT INTO machine_state (machine, controller, org, pool, token, state, boot, pid, born,
  ended_by, created_at, updated_at)
VALUES ('$1', '$2', '$3', '$4', '$5', 'starting', '$boot', '', '', '', '$(now)', '$(now)');"
    read_row
  fi
  start "$7"
  launched
}

# list CONTROLLER
list() {
  need_word "$1"
  was_used || end_with end
  need_state
  lock
  sweep
  names=$(query "SELECT machine FROM machine_state
WHERE controller = '$1' AND state <> 'ended' ORDER BY machine;") || exit 1
  for name in $names; do
    read_row || continue
    shown=$row_state
    [ "$row_state" = ending ] && ! owner_lives "$row_ended_by" && shown=running
    query "SELECT 'nimbus machine ' || machine || ' ' || org || ' ' || pool || ' $shown '
  || CASE pid WHEN '' THEN '-' ELSE pid || '-' || born END || ' ' || created_at
FROM machine_state WHERE machine = '$name';"
  done
  end_with end
}

# terminate NAME CONTROLLER GRACE
terminate() {
  need_machine "$1" "$2"
  need_number "$3"
  was_used || end_with ended
  need_state
  lock
  name=$1
  if ! read_row; then
    # A launch that is still on its way finds that it comes too late.
    query "INSERT INTO machine_state (machine, controller, org, pool, token, state, boot, pid, born,
  ended_by, created_at, updated_at)
VALUES ('$1', '$2', '', '', '', 'ended', '', '', '', '', '$(now)', '$(now)');"
    end_with ended
  fi
  if [ "$row_controller" != "$2" ]; then
    end_with denied "machine '$name' is not of controller '$2'"
  fi
  if [ "$row_state" != ended ]; then
    [ "$row_state" = starting ] && adopt
    query "UPDATE machine_state SET state = 'ending', ended_by = '$me', updated_at = '$(now)'
WHERE machine = '$name';"
    unlock
    end_processes "$3" || end_with failed "processes of machine '$name' do not end"
    lock
    bury || end_with failed "processes of machine '$name' do not end"
  fi
  end_with ended
}

# --- harmless looks ---

fine() {
  say fine "$1"
}

wrong() {
  say wrong "$1 | $2"
}

existing_parent() {
  parent=$1
  while [ ! -e "$parent" ]; do
    parent=${parent%/*}
    parent=${parent:-/}
  done
  printf '%s' "$parent"
}

check() {
  fine "runs as '$(id -un)'"
  if find_database; then
    fine "keeps its state with $database"
  else
    wrong 'has a program for SQLite' "install sqlite3, or python3 with its module sqlite3"
  fi
  if find_session; then
    fine 'can start what outlives a connection'
  else
    wrong 'can start what outlives a connection' 'install setsid (util-linux), perl or python3'
  fi
  parent=$(existing_parent "$state")
  if [ -d "$parent" ] && [ -w "$parent" ]; then
    fine "can write to $state"
  else
    wrong "can write to $state" "let '$(id -un)' write there, use sudo, or set state_dir"
  fi
  free=$(free_kib "$parent")
  if [ "${free:-0}" -ge "$least_kib" ]; then
    fine "has room in $state"
  else
    wrong "has room in $state" "make at least $((least_kib / 1024)) MiB free"
  fi
  if [ -r /proc/self/environ ]; then
    fine 'finds processes that leave their session'
  else
    wrong 'finds processes that leave their session' 'not without /proc: let nothing daemonise itself'
  fi
  end_with end
}

# keeper STATE_FOLDER VERB ARGUMENT... .
keeper() {
  state=$1
  verb=$2
  shift 2
  case $verb in
    launch) expected=9 ;;
    list) expected=2 ;;
    terminate) expected=4 ;;
    check) expected=1 ;;
    *) end_with invalid "'$verb' is not a verb" ;;
  esac
  [ "$#" = "$expected" ] || end_with invalid "'$verb' takes $expected arguments and not $#"
  eval "last=\${$expected}"
  # shellcheck disable=SC2154
  [ "$last" = . ] || end_with invalid "'$verb' does not end as it should"
  case $state in
    /?*) ;;
    *) end_with invalid "'$state' is not the path of a folder" ;;
  esac
  exec 3>&1
  locked=
  boot=$(this_boot | tr -cd 'a-z0-9-')
  me=$boot/$$/$(born $$)
  "$verb" "$@"
}
