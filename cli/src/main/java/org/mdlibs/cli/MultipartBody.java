package org.mdlibs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A form with one file (RFC 7578), streamed from the disk. */
final class MultipartBody implements Http.Body {
  private final String boundary = "mdlibs-" + UUID.randomUUID();
  private final byte[] head;
  private final byte[] tail;
  private final Path file;
  private final long fileSize;
  private final Progress progress;

  /**
   * Makes a form.
   *
   * @param fields by name; they come before the file, so that the server can refuse early
   */
  MultipartBody(Map<String, String> fields, String fileName, Path file, Progress progress)
      throws IOException {
    var text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, name, value)));
    text.append(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
            .formatted(boundary, fileName));
    text.append("Content-Type: application/gzip\r\n\r\n");
    this.head = text.toString().getBytes(StandardCharsets.UTF_8);
    this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    this.file = file;
    this.fileSize = Files.size(file);
    this.progress = progress;
  }

  @Override
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  @Override
  public long length() {
    return head.length + fileSize + tail.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    try (InputStream in = Files.newInputStream(file)) {
      var buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        progress.advance(n);
      }
    }
    out.write(tail);
  }
}
