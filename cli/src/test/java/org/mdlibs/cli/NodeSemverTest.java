package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.name.Version;

/** Ranges mean what npm's own code says; the table is node-semver's ({@code ranges.js}). */
final class NodeSemverTest {
  private static List<String> table() throws IOException {
    try (InputStream in = NodeSemverTest.class.getResourceAsStream("ranges.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void every_range_holds_the_versions_that_it_holds_for_npm() throws IOException {
    List<String> table = table();
    List<Version> versions =
        Stream.of(table.get(1).split("\t", -1)[1].split(" ")).map(Version::parse).toList();
    var wrong = new ArrayList<String>();
    for (String line : table.subList(2, table.size())) {
      String[] cells = line.split("\t", -1);
      Range range = Range.parse(cells[0]);
      String held =
          versions.stream()
              .filter(range::contains)
              .map(Version::toString)
              .collect(Collectors.joining(" "));
      if (!held.equals(cells[1])) {
        wrong.add(cells[0] + ": " + held + " instead of " + cells[1]);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(table).hasSizeGreaterThan(1000);
  }
}
