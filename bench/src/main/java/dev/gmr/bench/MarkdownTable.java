package dev.gmr.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown: the first column to the left, numbers to the right. */
final class MarkdownTable {
  private MarkdownTable() {}

  static String of(List<String> header, List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    line(text, header);
    List<String> rule = new ArrayList<>(List.of("---"));
    while (rule.size() < header.size()) {
      rule.add("---:");
    }
    line(text, rule);
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
