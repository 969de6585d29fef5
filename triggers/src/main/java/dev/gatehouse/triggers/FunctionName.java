package dev.gatehouse.triggers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a function is named: {@code name}, {@code 123456789012:function:name} or {@code
 * arn:aws:lambda:region:account:function:name}, each with or without {@code :qualifier}.
 *
 * @param unqualified as it was written, without its qualifier
 * @param name the function's own name
 * @param region of an ARN; empty for the other forms
 */
record FunctionName(String unqualified, String name, Optional<String> region) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:arn:aws[a-z-]*:lambda:([a-z0-9-]{1,40}):)?[0-9]{12}:function:)?"
              + "([A-Za-z0-9_-]{1,64})(?::[A-Za-z0-9$_-]{1,128})?");

  /** Empty when the text names no function. */
  static Optional<FunctionName> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new FunctionName(
                text.substring(0, form.end(2)), form.group(2), Optional.ofNullable(form.group(1))))
        : Optional.empty();
  }
}
