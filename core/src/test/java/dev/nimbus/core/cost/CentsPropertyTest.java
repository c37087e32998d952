package dev.nimbus.core.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CentsPropertyTest {
  private static final List<ToLongFunction<Split>> PARTS =
      List.of(Split::job, Split::idle, Split::warm, Split::failed);

  @Property
  void everyColumnAddsUpAndNoAmountIsOffByACent(@ForAll("tables") List<Split> rows) {
    var table = Cents.table(rows);

    var sum = table.subList(0, rows.size()).stream().reduce(Split.NONE, Split::plus);
    assertThat(table).hasSize(rows.size() + 1);
    assertThat(sum).isEqualTo(table.getLast());
    var exact = rows.stream().reduce(Split.NONE, Split::plus);
    assertThat(Math.abs(exact.total() - table.getLast().total() * 10_000))
        .isLessThanOrEqualTo(5_000);
    for (var i = 0; i < rows.size(); i++) {
      for (var part : PARTS) {
        var off = part.applyAsLong(rows.get(i)) - part.applyAsLong(table.get(i)) * 10_000;
        assertThat(Math.abs(off)).isLessThan(10_000);
      }
    }
  }

  @Property
  void theTotalsDoNotDependOnHowItIsGrouped(@ForAll("tables") List<Split> rows) {
    var whole = List.of(rows.stream().reduce(Split.NONE, Split::plus));

    assertThat(Cents.table(rows).getLast()).isEqualTo(Cents.table(whole).getLast());
  }

  @Provide
  Arbitrary<List<Split>> tables() {
    var micros =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 30_000),
            Arbitraries.longs().between(0, 1_000_000_000_000L));
    return Combinators.combine(micros, micros, micros, micros).as(Split::new).list().ofMaxSize(40);
  }
}
