package dev.nimbus.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Holds documents to what the records say: a component that is not {@link Nullable} must be there,
 * lists and maps hold no null, and {@link NullWhenAbsent} is written.
 */
final class RecordRules extends JacksonAnnotationIntrospector {
  private static final JsonSetter.Value REQUIRED =
      JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
  private static final JsonSetter.Value OPTIONAL =
      JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL);
  private static final JsonInclude.Value ALWAYS =
      JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    var component = component(member);
    if (component == null) {
      return super.hasRequiredMarker(config, member);
    }
    return required(component);
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    var component = component(annotated);
    if (component == null) {
      return super.findSetterInfo(config, annotated);
    }
    return required(component) ? REQUIRED : OPTIONAL;
  }

  @Override
  public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedMember member && nullWhenAbsent(member)
        ? ALWAYS
        : super.findPropertyInclusion(config, annotated);
  }

  /** Whether a document must have it. */
  static boolean required(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The component a record is read through, where the member is one's parameter. */
  private static @Nullable RecordComponent component(Annotated annotated) {
    if (!(annotated instanceof AnnotatedParameter parameter)) {
      return null;
    }
    var components = parameter.getDeclaringClass().getRecordComponents();
    return components == null || components.length != parameter.getOwner().getParameterCount()
        ? null
        : components[parameter.getIndex()];
  }

  private static boolean nullWhenAbsent(AnnotatedMember member) {
    var components = member.getDeclaringClass().getRecordComponents();
    return components != null
        && Stream.of(components)
            .filter(component -> component.getName().equals(member.getName()))
            .anyMatch(component -> component.isAnnotationPresent(NullWhenAbsent.class));
  }
}
