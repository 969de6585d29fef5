package dev.gatehouse.generator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One service to generate.
 *
 * @param file the Smithy file's name
 * @param packageName where its classes go
 * @param prefix what the classes of the service as a whole begin with
 */
record Job(String file, String packageName, String prefix) {
  private static final Pattern FORM = Pattern.compile("([^=]+)=([a-z.]+):([A-Za-z]+)");

  static Job parse(String argument) {
    Matcher matcher = FORM.matcher(argument);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not of the form file=package:Prefix: " + argument);
    }
    return new Job(matcher.group(1), matcher.group(2), matcher.group(3));
  }
}
