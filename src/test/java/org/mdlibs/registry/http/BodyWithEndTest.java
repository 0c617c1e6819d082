package org.mdlibs.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

class BodyWithEndTest {
  private static final long CHUNKED = -2;

  /** What a connection does behind the last byte of a request: it waits for the next. */
  private static final InputStream SILENCE =
      new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("would wait for ever");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          return read();
        }
      };

  private static String read(long length, String raw, InputStream behind) throws IOException {
    var stream =
        new SequenceInputStream(
            new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)), behind);
    var body = new BodyWithEnd(request(length, stream)).getInputStream();
    String text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(body.isFinished()).isTrue();
    return text;
  }

  private static HttpServletRequest request(long length, InputStream stream) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            BodyWithEndTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentLengthLong" -> length;
                  case "getHeader" -> length == CHUNKED ? "chunked" : null;
                  case "getInputStream" -> new Raw(stream);
                  default -> throw new AssertionError(method);
                });
  }

  @Test
  void ends_where_its_length_says() throws IOException {
    assertThat(read(4, "{  }GET / HTTP/1.1", SILENCE)).isEqualTo("{  }");
  }

  @Test
  void is_empty_without_a_length_and_chunks() throws IOException {
    assertThat(read(-1, "GET / HTTP/1.1", SILENCE)).isEmpty();
    assertThat(read(0, "GET / HTTP/1.1", SILENCE)).isEmpty();
  }

  @Test
  void ends_with_its_last_chunk() throws IOException {
    assertThat(read(CHUNKED, "2\r\n{ \r\n2;a=b\r\n }\r\n0\r\nTrailer: x\r\n\r\n", SILENCE))
        .isEqualTo("{  }");
    assertThat(read(CHUNKED, "0\r\n\r\n", SILENCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "--boundary\r\n", "\r\n", "a", "12345678901234567\r\n", "\n"})
  void takes_what_has_no_marks_of_chunks_as_it_is(String body) throws IOException {
    assertThat(read(CHUNKED, body, InputStream.nullInputStream())).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ff\r\n{", "1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}", "1\r\n{\r\nx"})
  void refuses_chunks_that_are_broken(String body) {
    assertThatThrownBy(() -> read(CHUNKED, body, InputStream.nullInputStream()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.BAD_REQUEST));
  }

  private static final class Raw extends ServletInputStream {
    private final InputStream stream;

    Raw(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      return stream.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return stream.read(bytes, offset, length);
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new AssertionError();
    }
  }
}
