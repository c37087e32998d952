# Builds what a job sees, as the first process of its namespaces, then becomes COMMAND.
#
# usage: setup.sh ROOT FSTAB SYSFS COMMAND...
#
# ROOT holds the mount points, FSTAB names what is mounted over them. Unless SYSFS is "-", FSTAB
# mounts a sysfs there, outside of ROOT, through which the loopback interface of a new network
# namespace is brought up: that needs no program, and it goes with the rest of the host's view.
root=$1 fstab=$2 sysfs=$3
shift 3

fail() {
  echo "nimbus: $1" >&9
  exit 125
}

echo localhost >/proc/sys/kernel/hostname
echo 300 >/proc/self/oom_score_adj
mount -n -a -T "$fstab" || fail "cannot mount the file systems of the sandbox"
if [ "$sysfs" != - ]; then
  echo 0x1 >"$sysfs/class/net/lo/flags"
fi
cd "$root" || fail "cannot enter the root of the sandbox"
pivot_root . mnt || fail "cannot change the root of the sandbox"
umount -n -l /mnt || fail "cannot let go of the file systems of the host"
cd /
exec "$@"
