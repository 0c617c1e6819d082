package org.mdlibs.registry.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.feed.Releases.Release;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AtomFeedTest {
  private static final Instant PUBLISHED = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant YANKED = Instant.parse("2026-02-02T00:00:00Z");

  private static Release release(String description, Instant yankedAt) {
    return new Release(
        new UUID(1, 2),
        "ann",
        "notes",
        "1.0.0+b",
        "/api/v1/libraries/ann/notes/1.0.0",
        description,
        List.of("one"),
        1234,
        PUBLISHED,
        yankedAt,
        "bob");
  }

  private static Document parse(Release... releases) throws Exception {
    byte[] feed =
        AtomFeed.of("https://example.org", "/api/v1/feed", "New & old", List.of(releases));
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(feed));
  }

  private static String text(Element parent, String name) {
    return parent
        .getElementsByTagNameNS("http://www.w3.org/2005/Atom", name)
        .item(0)
        .getTextContent();
  }

  private static Element entry(Document feed) {
    return (Element) feed.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "entry").item(0);
  }

  @Test
  void has_what_rfc_4287_wants_of_a_feed_and_its_entries() throws Exception {
    Document feed = parse(release("What it is", null));
    Element root = feed.getDocumentElement();
    assertThat(root.getLocalName()).isEqualTo("feed");
    assertThat(text(root, "id")).isEqualTo("https://example.org/api/v1/feed");
    assertThat(text(root, "title")).isEqualTo("New & old");
    assertThat(text(root, "updated")).isEqualTo(PUBLISHED.toString());
    Element entry = entry(feed);
    assertThat(text(entry, "id")).isEqualTo("urn:uuid:" + new UUID(1, 2));
    assertThat(text(entry, "title")).isEqualTo("@ann/notes 1.0.0+b");
    assertThat(text(entry, "updated")).isEqualTo(PUBLISHED.toString());
    assertThat(text(entry, "name")).isEqualTo("bob");
    assertThat(text(entry, "summary")).isEqualTo("What it is");
    Element link = (Element) entry.getElementsByTagName("link").item(1);
    assertThat(link.getAttribute("href"))
        .isEqualTo("https://example.org/api/v1/libraries/ann/notes/1.0.0/download");
    assertThat(link.getAttribute("length")).isEqualTo("1234");
  }

  @Test
  void marks_what_is_yanked() throws Exception {
    Document feed = parse(release(null, YANKED));
    assertThat(text(entry(feed), "title")).endsWith("(yanked)");
    assertThat(text(entry(feed), "updated")).isEqualTo(YANKED.toString());
    assertThat(text(feed.getDocumentElement(), "updated")).isEqualTo(YANKED.toString());
    assertThat(text(entry(feed), "summary")).isEqualTo("Version 1.0.0+b of @ann/notes.");
  }

  @Test
  void escapes_everything_and_writes_nothing_that_xml_forbids() throws Exception {
    String evil = "</summary><script>&amp;]]>\u0000\u0008\u001f\ufffe\ud800 ä \ud83d\ude00";
    assertThat(text(entry(parse(release(evil, null))), "summary"))
        .isEqualTo("</summary><script>&amp;]]>\ufffd\ufffd\ufffd\ufffd\ufffd ä \ud83d\ude00");
  }

  @Test
  void is_valid_without_an_entry() throws Exception {
    assertThat(text(parse().getDocumentElement(), "updated")).isEqualTo("1970-01-01T00:00:00Z");
  }
}
