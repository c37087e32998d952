package dev.nimbus.cli.doctor;

/**
 * One thing looked at.
 *
 * @param verdict ok, reduced (it works, with less) or problem
 * @param found one sentence
 * @param remedy what to do, empty when fine
 */
record Finding(String subject, String verdict, String found, String remedy) {
  static Finding ok(String subject, String found) {
    return new Finding(subject, "ok", found, "");
  }

  static Finding reduced(String subject, String found, String remedy) {
    return new Finding(subject, "reduced", found, remedy);
  }

  static Finding problem(String subject, String found, String remedy) {
    return new Finding(subject, "problem", found, remedy);
  }

  boolean bad() {
    return verdict.equals("problem");
  }
}
