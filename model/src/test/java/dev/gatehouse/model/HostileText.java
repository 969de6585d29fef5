package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;

/** Texts of 131,072 characters (the longest the models allow) that stall backtracking engines. */
final class HostileText {
  static final int LENGTH = 131_072;

  private HostileText() {}

  static List<String> all() {
    List<String> texts = new ArrayList<>();
    for (String unit :
        List.of(
            "a",
            "0",
            "_",
            "a_",
            "@",
            "a@",
            "{##",
            "{####}",
            "{##a##}",
            "##}",
            "/",
            "/a",
            "a:",
            "arn:a:a:a:1:",
            "a ",
            "a.",
            "a\n",
            "\u00e9",
            "\ud83d\ude00",
            "-iso")) {
      String filled = unit.repeat(LENGTH / unit.length() + 1).substring(0, LENGTH);
      texts.add(filled);
      for (String ending : List.of("\u0000", "\n", "{####")) {
        texts.add(filled.substring(0, LENGTH - ending.length()) + ending);
      }
      texts.add("\u0000" + filled.substring(1));
    }
    String half = "a".repeat(LENGTH / 2 - 6);
    texts.add(half + "{####}" + half + "\u0000");
    texts.add(half + "{##" + half + "##}\u0000");
    texts.add("arn:aws:iam::" + half + ":" + half + "\u0000");
    return texts;
  }
}
