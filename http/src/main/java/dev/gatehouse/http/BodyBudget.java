package dev.gatehouse.http;

import dev.gatehouse.kernel.Meter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes the bodies of all requests together may take. Whoever opens enough connections
 * would fill the heap otherwise, before a signature or a rate is looked at. Bodies up to {@link
 * #FREE} bytes are not counted, so that ordinary calls neither pay for this nor suffer from it.
 */
public final class BodyBudget {
  static final int FREE = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BodyBudget.class);
  private static final long MOST = 64L * 1024 * 1024;

  private final long most;
  private final Meter meter;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicBoolean told = new AtomicBoolean();

  BodyBudget(long most, Meter meter) {
    this.most = most;
    this.meter = meter;
  }

  /** An eighth of the heap, 64 MiB at the most. All listeners of a process share one. */
  public static BodyBudget ofHeap(Meter meter) {
    return new BodyBudget(Math.min(MOST, Runtime.getRuntime().maxMemory() / 8), meter);
  }

  /** Takes bytes; false, and nothing taken, when there are not as many left. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    meter.count("bodies_refused_total");
    if (told.compareAndSet(false, true)) {
      LOG.warn("bodies of running requests take {} bytes: larger ones are refused", most);
    }
    return false;
  }

  void giveBack(int bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
