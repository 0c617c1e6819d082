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
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * A request whose body ends where its own headers or chunks say. Reading it throws {@link
 * ProblemType#BAD_REQUEST} where the chunks are broken.
 */
final class BodyWithEnd extends HttpServletRequestWrapper {
  private static final int BUFFER = 8192;
  private static final int LONGEST_SIZE_LINE = 1024;

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

  /** RFC 9112 section 6.3: chunks go before a length, and without either there is no body. */
  private InputStream ending(InputStream raw) throws IOException {
    if (getHeader("Transfer-Encoding") != null) {
      var stream = new PushbackInputStream(raw, LONGEST_SIZE_LINE);
      return startsWithChunk(stream)
          ? new ChunkedInputStream(new SessionInputBufferImpl(BUFFER), stream)
          : stream;
    }
    long length = Math.max(0, getContentLengthLong());
    return length == 0
        ? InputStream.nullInputStream()
        : BoundedInputStream.builder().setInputStream(raw).setMaxCount(length).get();
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
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int read = stream.read(bytes, offset, length);
        finished = read < 0;
        return read;
      } catch (MalformedChunkCodingException | MessageConstraintException e) {
        throw new ProblemException(
            ProblemType.BAD_REQUEST, "The chunks of the body are broken.", e);
      }
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
