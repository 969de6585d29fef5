package dev.gatehouse.conformance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A data folder with the {@code run.json} that {@code up} would have left there for the server. */
record RunFolder(Path folder, String port) {
  static RunFolder of(TestServer server, Path folder) throws IOException {
    int port = URI.create(server.endpoint()).getPort();
    Files.writeString(
        folder.resolve("run.json"),
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "port",
                    port,
                    "accessKeyId",
                    server.server().rootKey().id(),
                    "secretAccessKey",
                    server.server().rootKey().secret().text(),
                    "endpoint",
                    server.endpoint())));
    return new RunFolder(folder, Integer.toString(port));
  }

  /** {@code aws …}, for this server. */
  List<String> aws(List<String> arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("aws", "--gatehouse-port", port, "--gatehouse-data", folder.toString()));
    all.addAll(arguments);
    return all;
  }

  /** {@code env}, for this server. */
  List<String> env() {
    return List.of("env", "--port", port, "--data", folder.toString());
  }
}
