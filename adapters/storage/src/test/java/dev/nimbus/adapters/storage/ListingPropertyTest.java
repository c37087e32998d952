package dev.nimbus.adapters.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.storage.JobFilter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ListingPropertyTest {
  private static final OrgId ACME = new OrgId("acme");

  @Property
  void aPageGoesOnBelowItsCursor(@ForAll long seq) {
    assertThat(after(Long.toString(seq)).before()).isEqualTo(seq);
  }

  @Property
  void anyTextIsACursorOrInvalid(@ForAll("texts") String text) {
    try {
      assertThat(after(text).query().values()).contains(after(text).before());
    } catch (NimbusException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
      assertThat(e).hasMessageContaining("'" + text + "'");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0179-+. x").ofMaxLength(22),
        Arbitraries.strings().ofMaxLength(6));
  }

  private static Listing after(String cursor) {
    return Listing.of(ACME, new JobFilter(List.of(), List.of(), "", "", cursor, 10));
  }
}
