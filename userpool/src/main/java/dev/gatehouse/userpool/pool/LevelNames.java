package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.AcrLevelConfigType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a pool calls the four levels of authentication, the values of {@code acr} (new-2026.md
 * §2.2).
 *
 * @param names of level 1, 2, 3 and 4
 */
public record LevelNames(List<String> names) {
  private static final int LEVELS = 4;
  private static final String KEY = "Level";
  private static final String DEFAULT = "urn:cognito:loa:";

  public LevelNames {
    names = List.copyOf(names);
  }

  /** The names in force: those that are set, and defaults for the rest. */
  static LevelNames of(@Nullable Map<String, AcrLevelConfigType> settings) {
    List<String> names = new ArrayList<>();
    for (int level = 1; level <= LEVELS; level++) {
      AcrLevelConfigType set = settings == null ? null : settings.get(KEY + level);
      names.add(set == null ? DEFAULT + level : set.acrValue());
    }
    return new LevelNames(names);
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal INVALID_SETTING for another key, or two levels of one name
   */
  static void check(@Nullable Map<String, AcrLevelConfigType> settings) {
    if (settings == null) {
      return;
    }
    if (!settings.keySet().stream().allMatch(key -> key.matches(KEY + "[1-4]"))) {
      throw Why.INVALID_SETTING.refusal("AcrConfiguration may hold Level1 to Level4 only.");
    }
    if (new HashSet<>(of(settings).names).size() < LEVELS) {
      throw Why.INVALID_SETTING.refusal(
          "The four AcrValues, defaults included, must differ from one another.");
    }
  }

  /** As {@code AcrConfiguration} shows them, all four. */
  Map<String, AcrLevelConfigType> described() {
    Map<String, AcrLevelConfigType> result = new LinkedHashMap<>();
    for (int level = 1; level <= LEVELS; level++) {
      result.put(KEY + level, AcrLevelConfigType.builder().acrValue(name(level)).build());
    }
    return result;
  }

  /**
   * @param level 1 to 4
   */
  public String name(int level) {
    return names.get(level - 1);
  }

  /** The level of this name; empty where there is none. */
  public OptionalInt level(String name) {
    int at = names.indexOf(name);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
  }
}
