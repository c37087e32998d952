package dev.nimbus.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A folder with the launcher in it, and JDKs and a Maven that only say what they were asked. */
final class Checkout {
  private static final Path LAUNCHER = Path.of("../../nimbus");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  Checkout(Path folder) {
    this.folder = folder;
    try {
      Files.copy(LAUNCHER, folder.resolve("nimbus"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.createDirectories(folder.resolve("path"));
      Files.createDirectories(folder.resolve("jvm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    with("PATH", folder.resolve("path") + ":/usr/bin:/bin");
    with("NIMBUS_JVM_FOLDER", folder.resolve("jvm").toString());
    with("LC_ALL", "C.UTF-8");
  }

  Checkout with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path at(String path) {
    return folder.resolve(path);
  }

  /** A JDK whose java prints its folder's name and its arguments, one per line. */
  Path jdk(String name, String version) {
    var home = folder.resolve(name);
    write(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    program(name + "/bin/javac", "exit 0");
    program(
        name + "/bin/java",
        """
        echo "%s"
        for word; do echo "<$word>"; done
        case "$*" in *" up --home "*) echo "nimbus: ready http://x" ;; esac"""
            .formatted(name));
    return home;
  }

  /** A build that is there already. */
  Checkout built() {
    write("dist/build", "builds/1\n");
    write("dist/builds/1/classpath", "/a/lib.jar\n");
    return this;
  }

  /** Sources, and a Maven that runs this script after it noted that it was called. */
  Checkout sources(String maven) {
    write("pom.xml", "<project/>");
    write("apps/cli/src/main/java/Main.java", "class Main {}");
    program("path/mvn", "echo \"$JAVA_HOME $*\" >>\"" + at("mvn.log") + "\"\n" + maven);
    return this;
  }

  /** What a Maven does that succeeds. */
  static String success() {
    return "mkdir -p apps/cli/target/lib; : >apps/cli/target/lib/dependency.jar;"
        + " : >apps/cli/target/nimbus-cli-1.jar";
  }

  void write(String path, String text) {
    try {
      var file = at(path);
      Files.createDirectories(file.resolve("..").normalize());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void program(String path, String script) {
    write(path, "#!/bin/sh\n" + script + "\n");
    if (!at(path).toFile().setExecutable(true)) {
      throw new IllegalStateException("Cannot make '" + path + "' executable");
    }
  }

  int builds() {
    try {
      return Files.exists(at("mvn.log")) ? Files.readAllLines(at("mvn.log")).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process start(String... words) {
    return start(at("nimbus"), words);
  }

  Process start(Path launcher, String... words) {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ran run(String... words) {
    return await(start(words));
  }

  static Ran await(Process process) {
    try (var out = process.getInputStream();
        var err = process.getErrorStream()) {
      var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      var told = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The launcher did not end");
      }
      return new Ran(process.exitValue(), said, told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came of a run. */
  record Ran(int code, String out, String err) {
    /** Which JDK was used. */
    String jdk() {
      return out.lines().findFirst().orElse("");
    }
  }
}
