package org.mdlibs.registry.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.problem.ProblemType;

/** The document that the build made. */
class ApiDocumentTest {
  private static final Path SNAPSHOT = Path.of("docs/openapi.yaml");
  private static final Pattern CODE = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)+\\b");

  private final Contract contract = Contract.read();

  /** {@code -Dopenapi.renew=true} writes it anew, for the commit that changes the interface. */
  @Test
  void is_the_one_that_is_checked_in() throws IOException {
    String made = Files.readString(Path.of(System.getProperty("registry.openapi")));
    if (Boolean.getBoolean("openapi.renew")) {
      Files.writeString(SNAPSHOT, made);
    }
    assertThat(SNAPSHOT)
        .as("the interface changed: CONTRIBUTING.md tells how to renew docs/openapi.yaml")
        .hasContent(made);
  }

  @Test
  void every_operation_has_a_name_and_a_summary() {
    List<String> names = contract.operations().stream().map(Contract.Operation::id).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]{2,}"));
    assertThat(contract.operations())
        .allMatch(operation -> operation.node().path("summary").asText().length() > 5);
  }

  @Test
  void a_code_that_is_told_with_a_status_is_of_that_status() {
    var wrong = new ArrayList<String>();
    for (Contract.Operation operation : contract.operations()) {
      for (var entry : operation.node().path("responses").properties()) {
        var codes = CODE.matcher(entry.getValue().path("description").asText());
        while (codes.find()) {
          if (ProblemType.valueOf(codes.group()).status() != Integer.parseInt(entry.getKey())) {
            wrong.add(operation + " " + entry.getKey() + " " + codes.group());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_member_says_what_it_is() {
    var silent = new ArrayList<String>();
    for (var schema : contract.document().at("/components/schemas").properties()) {
      for (var member : schema.getValue().path("properties").properties()) {
        JsonNode part = member.getValue();
        if (!part.has("description") && !part.toString().contains("$ref")) {
          silent.add(schema.getKey() + "." + member.getKey());
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void tells_no_address() {
    assertThat(contract.document().at("/servers/0/url").asText()).isEqualTo("/");
    assertThat(contract.document().path("servers")).hasSize(1);
  }
}
