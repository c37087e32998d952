package dev.nimbus.testkit.forge.github;

/**
 * What kind of GitHub to start.
 *
 * @param apps how many Apps are installed at the owner; none for a person's token
 */
public record Setup(int apps, Limits.Rules limits, Mischief mischief) {
  /** One App, the published limits, and webhooks that all arrive. */
  public static final Setup USUAL = new Setup(1, Limits.Rules.PUBLISHED, Mischief.NONE);

  public Setup withApps(int many) {
    return new Setup(many, limits, mischief);
  }

  public Setup with(Limits.Rules other) {
    return new Setup(apps, other, mischief);
  }

  public Setup with(Mischief other) {
    return new Setup(apps, limits, other);
  }
}
