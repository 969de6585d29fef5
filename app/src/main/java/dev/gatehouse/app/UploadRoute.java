package dev.gatehouse.app;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.http.Router.Target;
import dev.gatehouse.http.StreamHandler;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.imports.UploadAddress.Presented;
import dev.gatehouse.userpool.imports.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** {@code PUT /_upload/{job}?…}: the files of import jobs, where Cognito has a bucket of S3. */
final class UploadRoute implements StreamHandler {
  private static final Pattern JOB = Pattern.compile("import-[0-9a-zA-Z-]{1,48}");

  private final Uploads uploads;

  private UploadRoute(Uploads uploads) {
    this.uploads = uploads;
  }

  static void add(Router router, Uploads uploads) {
    router.addStreamed(
        UploadRoute::takes, Uploads.MOST_BYTES, Uploads.LONGEST, new UploadRoute(uploads));
  }

  private static boolean takes(Target target) {
    return target.method().equals("PUT")
        && target.path().startsWith(UploadAddress.PATH)
        && JOB.matcher(target.path().substring(UploadAddress.PATH.length())).matches();
  }

  @Override
  public HttpAnswer handle(HttpRequest head, InputStream body) throws IOException {
    return switch (uploads.take(presented(head), body)) {
      case STORED -> HttpAnswer.empty(200);
      case FORGED -> HttpAnswer.text(403, "The address is not one of this server's");
      case EXPIRED -> HttpAnswer.text(403, "The address has expired");
      case NOT_WANTED ->
          HttpAnswer.text(
              409,
              "The job has its file, is getting it at this moment, or waits for none any more");
    };
  }

  private static Presented presented(HttpRequest head) {
    String job = head.path().substring(UploadAddress.PATH.length());
    try {
      return new Presented(
          head.parameter("pool"), job, head.parameter("expires"), head.parameter("signature"));
    } catch (IllegalArgumentException notEncoded) {
      return new Presented("", job, "", "");
    }
  }
}
