package dev.nimbus.core.forge;

/**
 * A delivery that was read.
 *
 * @param deliveryId what makes a repeated delivery the same one; empty when the forge names none
 */
public record Heard(String deliveryId, Event event) {
  public static final int MAX_ID = 200;

  public Heard {
    if (deliveryId.length() > MAX_ID) {
      deliveryId = deliveryId.substring(0, MAX_ID);
    }
  }

  public static Heard rejected(String why) {
    return new Heard("", new Event.Rejected(why));
  }
}
