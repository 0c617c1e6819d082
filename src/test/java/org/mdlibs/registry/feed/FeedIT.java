package org.mdlibs.registry.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@RegistryTest
class FeedIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  FeedIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  private static Document parse(Answer answer) throws Exception {
    assertThat(answer.is(200).header("Content-Type").orElse("")).startsWith("application/atom+xml");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer.bytes()));
  }

  private static List<String> titles(Answer answer) throws Exception {
    var titles = new ArrayList<String>();
    var entries = parse(answer).getElementsByTagName("entry");
    for (int i = 0; i < entries.getLength(); i++) {
      titles.add(
          ((Element) entries.item(i)).getElementsByTagName("title").item(0).getTextContent());
    }
    return titles;
  }

  private String title(String release) {
    return "@" + ann.username() + "/" + release;
  }

  private String path(String rest) {
    return "/libraries/" + ann.username() + rest;
  }

  private void publish(String name, String version, String... fields) throws Exception {
    ann.publish(archive(name, version).bytes(), fields).is(201);
    Thread.sleep(2);
  }

  @Test
  void tells_new_versions_the_newest_first_and_none_that_is_deleted() throws Exception {
    publish("notes", "1.0.0");
    publish("other", "1.0.0");
    publish("notes", "1.1.0");
    publish("notes", "1.2.0");
    ann.delete(path("/notes/1.2.0")).is(204);
    assertThat(titles(client.get(path("/feed"))))
        .containsExactly(title("notes 1.1.0"), title("other 1.0.0"), title("notes 1.0.0"));
    assertThat(titles(client.get(path("/notes/feed"))))
        .containsExactly(title("notes 1.1.0"), title("notes 1.0.0"));
    assertThat(titles(client.get("/feed"))).contains(title("notes 1.1.0"));
    assertThat(titles(client.get("/feed")).size()).isLessThanOrEqualTo(50);
    ann.put(path("/notes/1.0.0/yank"), "").is(204);
    assertThat(titles(client.get(path("/notes/feed")))).contains(title("notes 1.0.0 (yanked)"));
  }

  @Test
  void shows_what_is_private_to_those_alone_who_see_it() throws Exception {
    publish("hidden", "1.0.0", "visibility", "private");
    for (String feed : List.of("/feed", path("/feed"))) {
      assertThat(titles(client.get(feed))).doesNotContain(title("hidden 1.0.0"));
      assertThat(titles(client.newUser().get(feed))).doesNotContain(title("hidden 1.0.0"));
      assertThat(titles(ann.get(feed))).contains(title("hidden 1.0.0"));
      assertThat(titles(client.admin().get(feed))).contains(title("hidden 1.0.0"));
    }
    client.get(path("/hidden/feed")).isProblem(404, "LIBRARY_NOT_FOUND");
    assertThat(titles(client.get("/libraries/nobody-at-all/feed"))).isEmpty();
  }

  @Test
  void links_to_the_configured_address_whatever_host_is_called() throws Exception {
    publish("notes", "1.0.0", "description", "A & B <c> ]]>", "tags", "one,two");
    Element entry =
        (Element) parse(client.get(path("/notes/feed"))).getElementsByTagName("entry").item(0);
    assertThat(entry.getElementsByTagName("id").item(0).getTextContent())
        .isEqualTo("urn:uuid:" + client.get(path("/notes/1.0.0")).string("id"));
    assertThat(entry.getElementsByTagName("summary").item(0).getTextContent())
        .isEqualTo("A & B <c> ]]>");
    assertThat(((Element) entry.getElementsByTagName("link").item(0)).getAttribute("href"))
        .isEqualTo(server.uri("/api/v1" + path("/notes/1.0.0")).toString());
  }

  @Test
  void answers_304_to_who_has_it_already() throws Exception {
    publish("notes", "1.0.0");
    String etag = client.get(path("/notes/feed")).is(200).header("ETag").orElseThrow();
    client.get(path("/notes/feed"), "If-None-Match", etag).is(304);
    publish("notes", "1.1.0");
    client.get(path("/notes/feed"), "If-None-Match", etag).is(200);
  }

  @Test
  void has_the_name_feed_for_itself() {
    ann.publish(archive("feed", "1.0.0")).isProblem(400, "INVALID_INPUT").hasFaults("name");
    client.get(path("/feed"), "Accept", "application/json").isProblem(406, "NOT_ACCEPTABLE");
  }

  @Test
  void leads_from_the_old_reference_of_a_library_to_the_new_one() throws Exception {
    publish("notes", "1.0.0");
    String team = "team" + ann.username();
    ann.post("/teams", "{\"name\":\"" + team + "\"}").is(201);
    ann.post(path("/notes/transfer"), "{\"scope\":\"" + team + "\"}").is(200);
    assertThat(client.get(path("/notes/feed")).is(308).header("Location").orElseThrow())
        .endsWith("/libraries/" + team + "/notes/feed");
  }
}
