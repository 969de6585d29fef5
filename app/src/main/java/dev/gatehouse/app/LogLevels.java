package dev.gatehouse.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.app.GatehouseConfig.LogLevel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The operator's log levels over those that the program comes with. */
final class LogLevels {
  /** What a logger had before the operator said otherwise; null = its parent's. */
  private final Map<String, @Nullable Level> before = new HashMap<>();

  /** Sets these; loggers that were set before and are no longer named get their own level back. */
  void apply(Map<String, LogLevel> levels) {
    before.forEach((name, level) -> {
      if (!levels.containsKey(name)) {
        logger(name).setLevel(level);
      }
    });
    before.keySet().retainAll(levels.keySet());
    levels.forEach((name, level) -> {
      Logger logger = logger(name);
      before.putIfAbsent(name, logger.getLevel());
      logger.setLevel(Level.valueOf(level.name()));
    });
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
