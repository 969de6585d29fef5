package dev.gatehouse.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A start and a few requests, for the JVM's start-up cache; run by the launcher at build. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    try (Server server = Server.start(ServerOptions.ephemeral());
        HttpClient client = HttpClient.newHttpClient()) {
      for (String target : new String[] {"SignUp", "InitiateAuth", "GetUser", "ListUsers"}) {
        client.send(
            HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"ClientId\":\"train\",\"Username\":\"train\",\"Password\":\"Train-1-train\",\"AccessToken\":\"a.b.c\",\"AuthFlow\":\"USER_SRP_AUTH\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
      }
    }
    return 0;
  }
}
