package dev.nimbus.core.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The value with half of the weight on either side, which single odd values do not move. */
final class WeightedMedian {
  private record Sample(double value, double weight) {}

  private final List<Sample> samples = new ArrayList<>();
  private double total;

  void add(double value, double weight) {
    samples.add(new Sample(value, weight));
    total += weight;
  }

  double value(double otherwise) {
    samples.sort(Comparator.comparingDouble(Sample::value));
    var below = 0.0;
    for (var sample : samples) {
      below += sample.weight;
      if (below * 2 >= total) {
        return sample.value;
      }
    }
    return otherwise;
  }
}
