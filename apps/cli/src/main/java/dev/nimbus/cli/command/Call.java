package dev.nimbus.cli.command;

/** A command and what it is called with. */
public record Call<C>(Command.Leaf<C> command, Arguments arguments) {}
