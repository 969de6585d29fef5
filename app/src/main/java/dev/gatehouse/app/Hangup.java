package dev.gatehouse.app;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGHUP, as daemons know it: read again what can be read again. */
final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /** Runs this at each SIGHUP; what cannot be read leaves everything as it was. */
  static void onSignal(Runnable readAgain) {
    try {
      handle(() -> run(readAgain));
    } catch (ReflectiveOperationException | IllegalArgumentException noSuchSignal) {
      LOG.warn("SIGHUP is not to be had here; certificates are read at start alone", noSuchSignal);
    }
  }

  static void run(Runnable readAgain) {
    try {
      readAgain.run();
      LOG.info("SIGHUP: certificates and log levels were read again");
    } catch (RuntimeException unusable) {
      LOG.error("SIGHUP: nothing was changed: {}", unusable.getMessage());
    }
  }

  /**
   * By reflection: the class is exported by {@code jdk.unsupported} for want of another one, and
   * the compiler's warning about it cannot be turned off.
   */
  private static void handle(Runnable handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handlers = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            handlers.getClassLoader(),
            new Class<?>[] {handlers},
            (self, method, arguments) -> {
              if (method.getName().equals("handle")) {
                handler.run();
              }
              return null;
            });
    signal
        .getMethod("handle", signal, handlers)
        .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
  }
}
