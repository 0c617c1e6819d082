package org.mdlibs.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

/**
 * A conversation of some hundred calls has the same answers on every server and both databases:
 * statuses, headers and bodies, with ids and times left out. The answers are recorded in {@code
 * answers.txt}; {@code -Dconversation.renew=true} records them anew.
 */
@RegistryTest
@Tag("server")
class ConversationIT {
  private static final Path FOLDER = Path.of("src/test/resources/conversation");
  private static final Path ANSWERS = FOLDER.resolve("answers.txt");

  private final Map<String, RegistryClient> callers;
  private final Transcript transcript;

  ConversationIT(RegistryClient client) {
    RegistryClient ann = client.newUser();
    RegistryClient bob = client.newUser();
    callers =
        Map.of("nobody", client, "wrong", client.withToken("nothing"), "ann", ann, "bob", bob);
    transcript = new Transcript(Map.of(ann.username(), "{ann}", bob.username(), "{bob}"));
  }

  @Test
  void every_server_answers_the_same() throws IOException {
    var told = new ArrayList<String>();
    for (String line : Files.readAllLines(FOLDER.resolve("requests.txt"))) {
      if (!line.startsWith("#")) {
        told.add("> " + line + "\n" + transcript.of(send(line)));
      }
    }
    if (Boolean.getBoolean("conversation.renew")) {
      Files.writeString(ANSWERS, String.join("\n", told));
    }
    List<String> recorded = List.of(Files.readString(ANSWERS).split("\n(?=> )"));
    assertThat(differences(told, recorded)).isEmpty();
  }

  /** What differs, by request, so that a failure tells all of it and nothing else. */
  private static Map<String, String> differences(List<String> told, List<String> recorded) {
    assertThat(told).hasSameSizeAs(recorded);
    var differences = new TreeMap<String, String>();
    for (int i = 0; i < told.size(); i++) {
      List<String> now = new ArrayList<>(told.get(i).lines().toList());
      List<String> then = new ArrayList<>(recorded.get(i).lines().toList());
      String request = now.get(0);
      now.removeAll(recorded.get(i).lines().toList());
      then.removeAll(told.get(i).lines().toList());
      if (!now.isEmpty() || !then.isEmpty()) {
        differences.put(request, "recorded " + then + ", now " + now + "\n");
      }
    }
    return differences;
  }

  private Answer send(String line) {
    String[] parts = transcript.fill(line).split(" \\| ", -1);
    String[] call = parts[0].split(" ", -1);
    var request = callers.get(call[0]).request(call[2].replace("|", "%7C"));
    BodyPublisher body = BodyPublishers.noBody();
    for (int i = 1; i < parts.length; i++) {
      String[] words = parts[i].split(" ", 2);
      switch (words[0]) {
        case "json" -> {
          request.header("Content-Type", "application/json");
          body = BodyPublishers.ofString(words[1]);
        }
        case "text" -> body = BodyPublishers.ofString(words[1]);
        case "form" -> {
          request.header("Content-Type", RegistryClient.FORM_TYPE);
          body = BodyPublishers.ofByteArray(form(words[1]));
        }
        default -> request.header(words[0].replace(":", ""), words[1]);
      }
    }
    return callers.get(call[0]).send(request.method(call[1], body));
  }

  /** The archive is the same in every run, and so is its checksum. */
  private static byte[] form(String text) {
    var fields = new ArrayList<String>();
    for (String field : text.split(";", -1)) {
      fields.addAll(List.of(field.split("=", 2)));
    }
    byte[] archive = ArchiveBuilder.empty().file("README.md", "# A conversation\n").bytes();
    return RegistryClient.form(archive, fields.toArray(String[]::new));
  }

  /** Answers as they are recorded. */
  private record Transcript(Map<String, String> names) {
    /** Headers of the connection and of the moment; how a body is cut; what a server adds. */
    private static final List<String> LEFT_OUT =
        List.of(
            // Open Liberty's sign to its plug-in for web servers that an answer is an error page.
            "$wsep",
            "connection",
            "content-language",
            "content-length",
            "date",
            "keep-alive",
            "last-modified",
            "ratelimit-remaining",
            "ratelimit-reset",
            "transfer-encoding");

    /** Bodies of so many bytes are files or the document; their sizes tell enough. */
    private static final int LONG = 4000;

    String fill(String line) {
      String filled = line;
      for (Map.Entry<String, String> name : names.entrySet()) {
        filled = filled.replace(name.getValue(), name.getKey());
      }
      return filled;
    }

    String of(Answer answer) {
      var text = new StringBuilder().append(answer.status()).append('\n');
      new TreeMap<>(answer.allHeaders())
          .forEach(
              (name, values) -> {
                if (!LEFT_OUT.contains(name)) {
                  text.append(name).append(": ").append(header(name, values)).append('\n');
                }
              });
      return text.append(body(answer)).append('\n').toString();
    }

    private String header(String name, List<String> values) {
      String joined = String.join(", ", values);
      return switch (name) {
        case "content-type" -> joined.toLowerCase(java.util.Locale.ROOT).replace("; ", ";");
        case "etag" -> joined.startsWith("W/") ? "W/…" : "…";
        default -> plain(joined);
      };
    }

    private String body(Answer answer) {
      String type = answer.header("Content-Type").orElse("");
      if (type.startsWith("text/plain") && answer.status() == 200) {
        return "metrics";
      }
      if (type.contains("gzip") || answer.bytes().length > LONG) {
        return answer.bytes().length + " bytes";
      }
      return plain(new String(answer.bytes(), StandardCharsets.UTF_8));
    }

    private String plain(String text) {
      String plain = text;
      for (Map.Entry<String, String> name : names.entrySet()) {
        plain = plain.replace(name.getKey(), name.getValue());
      }
      return plain
          // Where a malware scanner is installed there is more to tell.
          .replace(",\"scanned\":true", "")
          .replace("\"malware_scanner\":{\"status\":\"UP\"},", "")
          // The registry's own version, at the end of its health.
          .replaceAll("\\},\"version\":\"[^\"]+\"\\}$", "},\"version\":\"{version}\"}")
          // Counts are written every second.
          .replaceAll("\"((?:total_)?downloads)\":\\d+", "\"$1\":0")
          .replaceAll("http://localhost:\\d+", "{server}")
          .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "{time}")
          .replaceAll("mdl_[A-Za-z0-9_]+", "{token}")
          .replaceAll("eyJ[A-Za-z0-9._-]+", "{jwt}")
          .replaceAll("\"(kid|x|y|prefix)\":\"[^\"]+\"", "\"$1\":\"…\"");
    }
  }
}
