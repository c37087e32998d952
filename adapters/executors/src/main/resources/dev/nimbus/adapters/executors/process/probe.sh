# Runs inside a sandbox and prints what it finds there, one "name value" per line.
while read -r name value; do
  case $name in
    Uid: | CapPrm: | CapBnd: | NoNewPrivs: | Seccomp:) echo "$name $value" ;;
  esac
done </proc/self/status
for namespace in ipc mnt net pid uts; do
  echo "ns $namespace $(readlink "/proc/self/ns/$namespace")"
done
for process in /proc/[0-9]*; do
  echo "process $process"
done
while read -r name value; do
  echo "interface $name"
done </proc/net/dev
while read -r line; do
  echo "route $line"
done </proc/net/fib_trie
while read -r line; do
  echo "mount $line"
done </proc/self/mountinfo
echo "home-visible $([ -e "$1" ] && echo yes || echo no)"
setsid sleep 1000 >/dev/null 2>&1 &
started=0
(
  while [ "$started" -lt 64 ]; do
    sleep 1000 >/dev/null 2>&1 &
    started=$((started + 1))
    echo "started $started"
  done
) 2>/dev/null
echo "done yes"
