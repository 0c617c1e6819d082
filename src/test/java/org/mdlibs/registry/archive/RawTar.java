package org.mdlibs.registry.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar blocks as no decent program would. */
final class RawTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();

  /** A file with a true header. */
  RawTar file(String name, String text) {
    byte[] content = utf8(text);
    return header(utf8(name), '0', content.length).data(content);
  }

  /** An extended header: {@code x}, {@code g}, {@code L} and their kin. */
  RawTar extension(char type, String body) {
    byte[] content = utf8(body);
    return header(utf8("extension"), type, content.length).data(content);
  }

  /** A header with a true checksum, whatever it says. */
  RawTar header(byte[] name, char type, long size) {
    return header(name, type, octal(size, 12));
  }

  /** A header with a true checksum, whatever it says. */
  RawTar header(byte[] name, char type, byte[] size) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
    System.arraycopy(octal(0644, 8), 0, header, 100, 8);
    System.arraycopy(size, 0, header, 124, size.length);
    header[156] = (byte) type;
    System.arraycopy(utf8("ustar\00000"), 0, header, 257, 8);
    withChecksum(header, 0);
    blocks.writeBytes(header);
    return this;
  }

  /** Data, padded to whole blocks. */
  RawTar data(byte[] data) {
    blocks.writeBytes(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
    return this;
  }

  /** Bytes as they are. */
  RawTar bytes(byte[] bytes) {
    blocks.writeBytes(bytes);
    return this;
  }

  /** What was written so far. */
  byte[] open() {
    return blocks.toByteArray();
  }

  /** What was written so far, and the two zero blocks. */
  byte[] tar() {
    blocks.writeBytes(new byte[2 * BLOCK]);
    return blocks.toByteArray();
  }

  /** A record of an extended header, with its true length. */
  static String pax(String keyword, String value) {
    String rest = " " + keyword + "=" + value + "\n";
    int length = utf8(rest).length;
    int digits = 1;
    while (Integer.toString(length + digits).length() > digits) {
      digits++;
    }
    return (length + digits) + rest;
  }

  /** Corrects the checksum of the header at an offset. */
  static void withChecksum(byte[] tar, int offset) {
    Arrays.fill(tar, offset + 148, offset + 156, (byte) ' ');
    int sum = 0;
    for (int i = offset; i < offset + BLOCK; i++) {
      sum += tar[i] & 0xff;
    }
    System.arraycopy(octal(sum, 7), 0, tar, offset + 148, 7);
  }

  static byte[] octal(long value, int length) {
    String digits = Long.toOctalString(value);
    return utf8("0".repeat(length - 1 - digits.length()) + digits + "\0");
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
