package dev.gatehouse.store.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Opens one fresh {@link TestDatabase} an engine, each when its turn comes. */
public final class EveryEngine implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    List<String> wanted = Arrays.asList(System.getProperty("gatehouse.engines", "").split(",", -1));
    return Arrays.stream(TestEngine.values())
        .filter(engine -> wanted.contains("") || wanted.contains(engine.name()))
        .map(engine -> Arguments.of(TestDatabase.open(engine)));
  }
}
