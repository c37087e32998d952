package dev.nimbus.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component means, for those who read the schema of its record and not the source. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Meaning {
  /** A few words for people. */
  String value() default "";

  /** Every word a text can be, where they are few. */
  String[] words() default {};

  /** What a text, as a whole, matches. */
  String pattern() default "";
}
