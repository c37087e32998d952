#!/bin/sh
# A Nimbus machine at its first start: arms its own end, finds the program, runs one job, and ends.
# Run as root where the machine is ours as a whole. Needs curl only to report and to download.
set -u
umask 077

machine='@machine@'
control_plane='@control_plane@'
ticket='@ticket@'
max_life='@max_life@'
program_url='@program_url@'
program_sha256='@program_sha256@'
whole='@whole@'
notices='@notices@'

home=${NIMBUS_MACHINE_HOME:-/var/lib/nimbus/machine}
unset NIMBUS_MACHINE_HOME
log=$home/boot.log
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
export PATH

mkdir -p "$home" || exit 70
cd "$home" || exit 70
exec >>"$log" 2>&1 </dev/null

say() { printf 'nimbus: %s\n' "$*"; }

# --- its end, before anything else: whatever fails from here on, it does not stay -----------------

power_off() {
  sync
  systemctl poweroff --force 2>/dev/null || shutdown -h now 2>/dev/null || poweroff -f
}

agent=
watchdog=

arm() {
  if [ "$whole" = yes ] && command -v systemd-run >/dev/null && [ -d /run/systemd/system ]; then
    systemd-run --quiet --unit=nimbus-end --on-active="${max_life}s" systemctl poweroff --force
  fi
  (
    trap 'exit 0' TERM
    sleep "$max_life" &
    wait "$!"
    say "lived as long as it may: ${max_life} s"
    if [ "$whole" = yes ]; then power_off; else kill -TERM "$1"; fi
  ) &
  watchdog=$!
}

# --- what it says of itself ------------------------------------------------------------------------

# JSON of the end of the log: quotes and backslashes escaped, control characters dropped.
json_log() {
  tail -c 6000 "$log" | LC_ALL=C tr -d '\000-\010\013-\037\177-\377' |
    LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/ /g' | LC_ALL=C awk '{ printf "%s\\n", $0 }'
}

# Best effort: a machine whose reports do not arrive is judged by its silence.
report() {
  state=$1
  detail=
  [ "$state" = failed ] && detail=$(json_log)
  command -v curl >/dev/null || return 0
  printf '{"ticket":"%s","state":"%s","detail":"%s"}' "$ticket" "$state" "$detail" |
    curl -sS -m 15 --retry 3 -o /dev/null -H 'Content-Type: application/json' --data-binary @- \
      "$control_plane/api/boot/$machine/report" || say "could not report '$state'"
}

finish() {
  code=$1
  if [ "$code" -eq 0 ]; then report "done"; else report "failed"; fi
  rm -f "$home/ticket"
  [ -z "$watchdog" ] || kill -TERM "$watchdog" 2>/dev/null
  if [ "$whole" = yes ]; then power_off; fi
  exit "$code"
}

fail() {
  say "$*"
  finish 1
}

# shellcheck disable=SC2317 # A trap calls it.
stop() {
  trap '' TERM INT
  if [ -n "$agent" ]; then
    kill -TERM "$agent" 2>/dev/null
    wait "$agent"
  fi
  finish 143
}

trap stop TERM INT
arm "$$"
say "$machine begins"
report installing

# --- jobs must not reach the metadata service, which would give them this machine's own rights -----

metadata='169.254.169.254'

block_metadata() {
  if [ "$(uname -s)" = Darwin ]; then
    printf 'block drop quick proto tcp to %s user != root\nblock drop quick proto udp to %s user != root\n' \
      "$metadata" "$metadata" | pfctl -a nimbus -f - && pfctl -E
  elif command -v nft >/dev/null; then
    nft -f - <<EOF
table inet nimbus_metadata {
  chain output {
    type filter hook output priority 0; policy accept;
    ip daddr { $metadata, 168.63.129.16 } meta skuid != 0 reject
    ip6 daddr fd00:ec2::254 meta skuid != 0 reject
  }
  chain forward {
    type filter hook forward priority 0; policy accept;
    ip daddr { $metadata, 168.63.129.16 } reject
    ip6 daddr fd00:ec2::254 reject
  }
}
EOF
  elif command -v iptables >/dev/null; then
    iptables -I OUTPUT -d "$metadata" -m owner ! --uid-owner 0 -j REJECT &&
      iptables -I FORWARD -d "$metadata" -j REJECT
  else
    return 1
  fi
}

if [ "$whole" = yes ]; then
  block_metadata || fail "cannot keep jobs from the metadata service: neither nft nor iptables worked"
fi

# --- the program -----------------------------------------------------------------------------------

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

nimbus=
if command -v nimbus >/dev/null; then
  nimbus=$(command -v nimbus)
elif [ -x /opt/nimbus/nimbus ]; then
  nimbus=/opt/nimbus/nimbus
elif [ -n "$program_url" ]; then
  command -v curl >/dev/null || fail "there is no curl to fetch $program_url with"
  curl -fsSL -m 600 --retry 5 -o program.tgz "$program_url" || fail "cannot fetch $program_url"
  found=$(sha256 program.tgz)
  [ "$found" = "$program_sha256" ] ||
    fail "$program_url has the sha256 $found, not $program_sha256"
  mkdir -p program || fail "cannot make $home/program"
  tar -xzf program.tgz -C program || fail "cannot unpack $program_url"
  rm -f program.tgz
  nimbus=$home/program/nimbus
  [ -x "$nimbus" ] || nimbus=$(find "$home/program" -maxdepth 2 -name nimbus -type f | head -n 1)
fi
[ -x "$nimbus" ] || fail "there is no nimbus here, and none to fetch"

# --- one job ---------------------------------------------------------------------------------------

printf '%s\n' "$ticket" >"$home/ticket" || fail "cannot keep the ticket"
# What a sandbox of the agent shows to a job must be readable by the job's user.
umask 022
# Started as a job of its own, so that a signal is heard while it runs.
NIMBUS_MACHINE=$machine NIMBUS_BOOT_TICKET_FILE=$home/ticket NIMBUS_CONTROL_PLANE_URL=$control_plane \
  NIMBUS_MACHINE_NOTICES=$notices NIMBUS_AGENT_METRICS_PORT=0 NIMBUS_AGENT_ON_STOP=kill "$nimbus" boot --home "$home/agent" &
agent=$!
wait "$agent"
code=$?
agent=
[ "$code" -eq 0 ] || say "the agent ended with $code"
finish "$code"
