package org.mdlibs.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape answered: the text format of Prometheus, version 0.0.4. */
final class TextFormat {
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram|summary)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_][a-z0-9_]*)(?:\\{((?:[a-z_]+=\"(?:[^\"\\\\\n]|\\\\.)*\",?)*)\\})? (\\S+)");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new TreeMap<>();
  private final Set<String> names = new HashSet<>();

  private TextFormat() {}

  /** Reads a scrape, and asserts that it is one. */
  static TextFormat parse(String text) {
    var read = new TextFormat();
    assertThat(text).endsWith("\n");
    text.lines().forEach(read::line);
    return read;
  }

  private void line(String line) {
    if (line.startsWith("# HELP ")) {
      return;
    }
    if (line.startsWith("#")) {
      Matcher type = TYPE.matcher(line);
      assertThat(type.matches()).as(line).isTrue();
      assertThat(types.put(type.group(1), type.group(2))).as("twice: " + line).isNull();
      names.add(type.group(1));
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String name = sample.group(1);
    String family = name.replaceFirst("_(bucket|count|sum)$", "");
    assertThat(types.containsKey(name) || types.containsKey(family)).as(line).isTrue();
    String labels = sample.group(2) == null ? "" : "{" + sample.group(2) + "}";
    double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
    assertThat(samples.put(name + labels, value)).as("twice: " + line).isNull();
    names.add(name);
  }

  /** The names of all metrics and of their series. */
  Set<String> names() {
    return names;
  }

  /** Every series with its labels, as it is written. */
  Map<String, Double> samples() {
    return samples;
  }

  /** The sum of the series of a name that have all these labels ({@code method="GET"}). */
  double sum(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().split("[{]", 2)[0].equals(name))
        .filter(
            sample -> {
              for (String label : labels) {
                if (!sample.getKey().contains(label)) {
                  return false;
                }
              }
              return true;
            })
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
