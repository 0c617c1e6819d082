package org.mdlibs.registry.log;

import java.util.HexFormat;

/**
 * A JSON object on one line of ASCII. All but printable ASCII is escaped, so that no text in it can
 * begin a line, colour a terminal or turn what is read around.
 */
public final class JsonLine {
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder text = new StringBuilder(256).append('{');

  /** Adds a text; null adds nothing. */
  public JsonLine add(String member, Object value) {
    if (value != null) {
      begin(member).append('"');
      escape(value.toString());
      text.append('"');
    }
    return this;
  }

  /** Adds a number. */
  public JsonLine add(String member, long value) {
    begin(member).append(value);
    return this;
  }

  /** Adds an object. */
  public JsonLine add(String member, JsonLine value) {
    begin(member).append(value);
    return this;
  }

  /** Adds the members of another object. */
  JsonLine addAll(JsonLine other) {
    if (other.text.length() > 1) {
      separate().append(other.text, 1, other.text.length());
    }
    return this;
  }

  private StringBuilder begin(String member) {
    return separate().append('"').append(member).append("\":");
  }

  private StringBuilder separate() {
    return text.length() > 1 ? text.append(',') : text;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        text.append(c);
      } else {
        text.append("\\u").append(HEX.toHexDigits(c));
      }
    }
  }

  /** The line, without its end. */
  @Override
  public String toString() {
    return text + "}";
  }
}
