package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A small JSON body. */
final class JsonBody implements Http.Body {
  private final byte[] bytes;

  JsonBody(JsonObject json) {
    this.bytes = json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
