package org.mdlibs.registry.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.mdlibs.registry.feed.Releases.Release;

/**
 * Writes releases as an Atom feed (RFC 4287). An entry's id is its version's, for ever; a version
 * that is yanked says so in its title. What XML 1.0 has no way to write becomes U+FFFD.
 */
final class AtomFeed {
  /** The media type. */
  static final String MEDIA_TYPE = "application/atom+xml";

  private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
  private static final String YANKED_SCHEME = "urn:mdlibs:standing";

  /** The platform's own: servers bring others, which write otherwise. */
  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

  private final XMLStreamWriter out;
  private final String base;

  private AtomFeed(XMLStreamWriter out, String base) {
    this.out = out;
    this.base = base;
  }

  /**
   * The feed.
   *
   * @param base the registry's URL, without a slash at its end
   * @param path of the feed, from the root
   */
  static byte[] of(String base, String path, String title, List<Release> releases) {
    var bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter out = XML.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      new AtomFeed(out, base).write(path, title, releases);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private void write(String path, String title, List<Release> releases) throws XMLStreamException {
    out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    out.writeStartElement("feed");
    out.writeDefaultNamespace(NAMESPACE);
    element("id", base + path);
    element("title", title);
    Instant updated =
        releases.stream()
            .map(Release::updatedAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    element("updated", updated.toString());
    element("generator", "mdlibs registry");
    link("self", path, MEDIA_TYPE, null);
    for (Release release : releases) {
      entry(release);
    }
    out.writeEndElement();
    out.writeEndDocument();
  }

  private void entry(Release release) throws XMLStreamException {
    String reference = "@" + release.scope() + "/" + release.name();
    boolean isYanked = release.yankedAt() != null;
    out.writeStartElement("entry");
    element("id", "urn:uuid:" + release.id());
    element("title", reference + " " + release.version() + (isYanked ? " (yanked)" : ""));
    element("updated", release.updatedAt().toString());
    element("published", release.publishedAt().toString());
    out.writeStartElement("author");
    element("name", release.publisher());
    out.writeEndElement();
    link("alternate", release.path(), "application/json", null);
    link("enclosure", release.path() + "/download", "application/gzip", release.sizeBytes());
    for (String tag : release.tags()) {
      out.writeEmptyElement("category");
      attribute("term", tag);
    }
    if (isYanked) {
      out.writeEmptyElement("category");
      attribute("term", "yanked");
      attribute("scheme", YANKED_SCHEME);
    }
    element(
        "summary",
        release.description() == null
            ? "Version " + release.version() + " of " + reference + "."
            : release.description());
    out.writeEndElement();
  }

  private void link(String relation, String path, String type, Long length)
      throws XMLStreamException {
    out.writeEmptyElement("link");
    attribute("rel", relation);
    attribute("type", type);
    attribute("href", base + path);
    if (length != null) {
      attribute("length", length.toString());
    }
  }

  private void element(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(writable(text));
    out.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, writable(value));
  }

  /** The characters of XML 1.0 §2.2. */
  private static String writable(String text) {
    var writable = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || (c >= ' ' && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000
                    ? c
                    : 0xFFFD)
        .forEach(writable::appendCodePoint);
    return writable.toString();
  }
}
