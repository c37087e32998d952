package dev.nimbus.adapters.executors.process;

import dev.nimbus.core.executor.Equipment;
import dev.nimbus.core.id.JobId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The script that the first process of a sandbox reads from its standard input once all privileges
 * are gone: it writes the files of the job, sets limits and environment and runs the command as its
 * child. A script rather than arguments, because arguments are visible to every user of the host;
 * one compound command, so that a script that broke off runs nothing at all. That shell's own
 * standard error is shut, or it would add remarks about signals to what the job prints.
 */
record JobScript(
    List<String> command,
    Map<String, String> environment,
    Map<String, String> files,
    long openFiles,
    String sandboxVariable) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Names some shell gives a meaning of its own, so that setting them there would fail or lie. */
  private static final Set<String> SHELL_NAMES =
      Set.of(
          "_",
          "DIRSTACK",
          "EPOCHREALTIME",
          "EPOCHSECONDS",
          "EUID",
          "FUNCNAME",
          "GROUPS",
          "HISTCMD",
          "IFS",
          "LINENO",
          "OLDPWD",
          "OPTARG",
          "OPTERR",
          "OPTIND",
          "PIPESTATUS",
          "POSIXLY_CORRECT",
          "PPID",
          "PWD",
          "RANDOM",
          "SECONDS",
          "SHELLOPTS",
          "SHLVL",
          "SRANDOM",
          "UID");

  /** The environment every job has, with what the job adds or replaces. */
  static Map<String, String> environment(JobId job, Map<String, String> added) {
    var all = new TreeMap<String, String>();
    all.put("CI", "true");
    all.put("HOME", "/workspace");
    all.put("LANG", "C.UTF-8");
    all.put("LOGNAME", View.USER);
    all.put("NIMBUS_JOB_ID", job.value());
    all.put("PATH", PATH);
    all.put("TMPDIR", "/tmp");
    all.put("USER", View.USER);
    all.putAll(added);
    return all;
  }

  String text() {
    return """
        {
        set -- 0
        until [ -w /proc/self/fd/1 ] || [ "$1" = 100000 ]; do set -- "$(($1 + 1))"; done
        cd /workspace || exit 125
        %sumask 022
        ulimit -c 0
        ulimit -n %d
        unset LC_ALL OLDPWD SHLVL _ %s
        %sset -- %s
        refuse() {
          printf "nimbus: cannot run '%%s': %%s\\n" "$2" "$3"
          exit "$1"
        }
        echo ready >&9
        exec 2>/dev/null 8<&- 9>&-
        case $1 in
          */*)
            [ -e "$1" ] || refuse 127 "$1" 'not found'
            [ ! -d "$1" ] || refuse 126 "$1" 'it is a directory'
            [ -x "$1" ] || refuse 126 "$1" 'not executable'
            ;;
          *) command -v "$1" >/dev/null || refuse 127 "$1" 'not found' ;;
        esac
        { (exec %s"$@" 2>&1); exit "$?"; } </dev/null
        }
        """
        .formatted(written(), openFiles, sandboxVariable, exports(), words(command), shellNamed());
  }

  /** Where printing is another program, its arguments would show the files to everyone. */
  private String written() {
    if (files.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("umask 077\n");
    text.append("[ \"$(command -v printf)\" = printf ] || exit 125\n");
    text.append("mkdir ").append(Equipment.FILES).append(" || exit 125\n");
    for (var file : new TreeMap<>(files).entrySet()) {
      text.append("printf %s ").append(Shell.word(file.getValue())).append(" >");
      text.append(Shell.word(Equipment.FILES + "/" + file.getKey())).append(" || exit 125\n");
    }
    return text.toString();
  }

  private String exports() {
    return environment.entrySet().stream()
        .filter(entry -> !ownedByShells(entry.getKey()))
        .map(entry -> "export " + entry.getKey() + "=" + Shell.word(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private String shellNamed() {
    var named =
        environment.entrySet().stream()
            .filter(entry -> ownedByShells(entry.getKey()))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    return named.isEmpty() ? "" : "env " + words(named) + " ";
  }

  private static boolean ownedByShells(String name) {
    return SHELL_NAMES.contains(name) || name.startsWith("BASH");
  }

  private static String words(List<String> words) {
    return words.stream().map(Shell::word).collect(Collectors.joining(" "));
  }
}
