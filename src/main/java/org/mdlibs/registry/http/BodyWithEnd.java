package org.mdlibs.registry.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** A request whose body ends where its own headers or chunks say. */
final class BodyWithEnd extends HttpServletRequestWrapper {
  private static final int BUFFER = 8192;
  private static final int LONGEST_SIZE_LINE = 64;

  /** RFC 9112 section 7.1: the line before a chunk. */
  private static final Pattern SIZE_LINE = Pattern.compile("[0-9A-Fa-f]{1,16}[ \\t]*(;.*)?\\r?\\n");

  private ServletInputStream body;

  BodyWithEnd(HttpServletRequest request) {
    super(request);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new Body(ending(super.getInputStream()));
    }
    return body;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    String charset = getCharacterEncoding();
    return new BufferedReader(
        new InputStreamReader(
            getInputStream(), charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
  }

  private InputStream ending(InputStream raw) throws IOException {
    long length = getContentLengthLong();
    if (length > 0) {
      return BoundedInputStream.builder().setInputStream(raw).setMaxCount(length).get();
    }
    var stream = new PushbackInputStream(raw, LONGEST_SIZE_LINE);
    return startsWithChunk(stream)
        ? new ChunkedInputStream(new SessionInputBufferImpl(BUFFER), stream)
        : stream;
  }

  /** No body that the registry takes, JSON or multipart, begins like a chunk. */
  private static boolean startsWithChunk(PushbackInputStream stream) throws IOException {
    var line = new byte[LONGEST_SIZE_LINE];
    int length = 0;
    int next = -1;
    while (length < line.length && next != '\n' && (next = stream.read()) >= 0) {
      line[length++] = (byte) next;
    }
    stream.unread(line, 0, length);
    return SIZE_LINE.matcher(new String(line, 0, length, StandardCharsets.ISO_8859_1)).matches();
  }

  private static final class Body extends ServletInputStream {
    private final InputStream stream;
    private boolean finished;

    Body(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      int read = stream.read();
      finished = read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = stream.read(bytes, offset, length);
      finished = read < 0;
      return read;
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("read without listening");
    }
  }
}
