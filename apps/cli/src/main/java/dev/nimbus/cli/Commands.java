package dev.nimbus.cli;

import dev.nimbus.cli.apply.ApplyCommands;
import dev.nimbus.cli.command.Command;
import dev.nimbus.cli.command.Manual;
import dev.nimbus.cli.command.Program;
import dev.nimbus.cli.config.ConfigCommands;
import dev.nimbus.cli.daemon.BootCommand;
import dev.nimbus.cli.daemon.DashboardCommand;
import dev.nimbus.cli.daemon.DownCommand;
import dev.nimbus.cli.daemon.PrivateDaemon;
import dev.nimbus.cli.daemon.ServiceCommands;
import dev.nimbus.cli.daemon.StatusCommand;
import dev.nimbus.cli.daemon.UpCommand;
import dev.nimbus.cli.doctor.DoctorCommand;
import dev.nimbus.cli.fleet.HostCommands;
import dev.nimbus.cli.fleet.OrgCommands;
import dev.nimbus.cli.fleet.TokenCommands;
import dev.nimbus.cli.forge.ForgeCommands;
import dev.nimbus.cli.jobs.JobCommands;
import dev.nimbus.cli.jobs.LogsCommand;
import dev.nimbus.cli.machine.MachineCommands;
import dev.nimbus.cli.machine.PoolCommands;
import dev.nimbus.cli.machine.ProviderCommands;
import dev.nimbus.cli.policy.PolicyCommands;
import dev.nimbus.cli.practice.PracticeCommand;
import dev.nimbus.cli.reference.CompletionCommand;
import dev.nimbus.cli.reference.ReferenceCommand;
import dev.nimbus.cli.report.ReportCommands;
import dev.nimbus.cli.run.RunCommand;
import dev.nimbus.cli.terminal.Shell;
import dev.nimbus.controlplane.ControlPlane;
import dev.nimbus.hostagent.HostAgent;
import java.util.ArrayList;
import java.util.List;

/** Every command there is, in the order help shows them. */
public final class Commands {
  private Commands() {}

  public static Program<Shell> program(String version) {
    var manual =
        Manual.of(
            "Elastic, self-hosted CI runners.",
            "nimbus run -- make test",
            "nimbus up",
            "nimbus jobs recent");
    var root = new Command.Group<>("nimbus", manual, all().stream().map(Commands::debug).toList());
    return new Program<>(root, "nimbus " + version);
  }

  private static List<Command<Shell>> all() {
    var commands = new ArrayList<Command<Shell>>();
    commands.addAll(people());
    commands.addAll(operators());
    commands.addAll(ServiceCommands.all());
    commands.add(BootCommand.command());
    commands.addAll(scripts());
    return commands;
  }

  private static List<Command<Shell>> people() {
    return List.of(
        RunCommand.command(PrivateDaemon::start),
        UpCommand.command(),
        DownCommand.command(),
        StatusCommand.command(),
        DashboardCommand.command(),
        JobCommands.group(),
        LogsCommand.command());
  }

  private static List<Command<Shell>> operators() {
    var commands = new ArrayList<Command<Shell>>();
    commands.add(ForgeCommands.group());
    commands.addAll(ApplyCommands.all());
    commands.add(PolicyCommands.group(ControlPlane::webhookJob));
    commands.add(ProviderCommands.group());
    commands.add(PoolCommands.group());
    commands.add(PoolCommands.match());
    commands.add(MachineCommands.group());
    commands.add(ReportCommands.group());
    commands.add(HostCommands.group());
    commands.add(OrgCommands.group());
    commands.add(TokenCommands.group());
    commands.add(DoctorCommand.command(home -> HostAgent.executor(home).probe()));
    commands.add(ConfigCommands.group());
    return commands;
  }

  private static List<Command<Shell>> scripts() {
    return List.of(
        CompletionCommand.command(Commands::plain),
        ReferenceCommand.command(Commands::plain),
        PracticeCommand.command((words, shell) -> new Nimbus(plain()).run(words, shell)));
  }

  private static Program<Shell> plain() {
    return program("");
  }

  private static Command<Shell> debug(Command<Shell> command) {
    if (command instanceof Command.Leaf<Shell>(var name, var manual, var grammar, var action)) {
      return new Command.Leaf<>(name, manual, grammar.and(List.of(Nimbus.DEBUG)), action);
    }
    var group = (Command.Group<Shell>) command;
    return new Command.Group<>(
        group.name(), group.manual(), group.commands().stream().map(Commands::debug).toList());
  }
}
