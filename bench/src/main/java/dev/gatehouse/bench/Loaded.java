package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A running server whose one pool has many users. */
record Loaded(BuiltServer server, Scene scene) implements AutoCloseable {
  /** Makes the pool, stops, lets the loader write, starts again. */
  static Loaded start(Path data, int users) throws IOException {
    Scene scene;
    try (BuiltServer first = BuiltServer.start(data);
        Connection admin = first.connect()) {
      scene = Scene.create(admin);
    }
    GrowthLoader.load(data, scene.poolId(), users);
    return new Loaded(BuiltServer.start(data), scene);
  }

  @Override
  public void close() {
    server.close();
  }
}
