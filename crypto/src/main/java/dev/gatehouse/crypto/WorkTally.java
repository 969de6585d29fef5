package dev.gatehouse.crypto;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A {@link WorkCounter} that adds up. The work of one request is the difference of two readings
 * around it while nothing else runs.
 */
public final class WorkTally implements WorkCounter {
  private final Map<Work, LongAdder> adders;

  public WorkTally() {
    Map<Work, LongAdder> all = new EnumMap<>(Work.class);
    for (Work work : Work.values()) {
      all.put(work, new LongAdder());
    }
    this.adders = Collections.unmodifiableMap(all);
  }

  @Override
  public void add(Work work) {
    LongAdder adder = adders.get(work);
    if (adder != null) {
      adder.increment();
    }
  }

  /** The sums since this tally was made. */
  public Reading read() {
    Map<Work, Long> counts = new EnumMap<>(Work.class);
    adders.forEach((work, adder) -> counts.put(work, adder.sum()));
    return new Reading(counts);
  }

  /** How often each operation was done; every {@link Work} has its entry. */
  public record Reading(Map<Work, Long> counts) {
    public Reading {
      counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    public long of(Work work) {
      return counts.getOrDefault(work, 0L);
    }

    /** What was done between {@code earlier} and this reading. */
    public Reading since(Reading earlier) {
      Map<Work, Long> difference = new EnumMap<>(Work.class);
      for (Work work : Work.values()) {
        difference.put(work, of(work) - earlier.of(work));
      }
      return new Reading(difference);
    }
  }
}
