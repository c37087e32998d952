# Builds what a job sees, as the first process of its namespaces, then becomes COMMAND.
#
# usage: setup.sh ROOT FSTAB NETWORK COMMAND...
#
# ROOT holds the mount points, FSTAB names what is mounted over them. With NETWORK "none" the
# loopback interface of the new network namespace is brought up through a passing sysfs.
root=$1 fstab=$2 network=$3
shift 3

fail() {
  echo "nimbus: $1" >&9
  exit 125
}

echo localhost >/proc/sys/kernel/hostname
echo 300 >/proc/self/oom_score_adj
mount -n -a -T "$fstab" || fail "cannot mount the file systems of the sandbox"
if [ "$network" = none ]; then
  echo 0x1 >"$root/sys/class/net/lo/flags"
fi
cd "$root" || fail "cannot enter the root of the sandbox"
pivot_root . mnt || fail "cannot change the root of the sandbox"
umount -n -l /mnt || fail "cannot let go of the file systems of the host"
if [ "$network" = none ]; then
  umount -n -l /sys || fail "cannot let go of sysfs"
fi
cd /workspace || fail "cannot enter the workspace"
exec "$@"
