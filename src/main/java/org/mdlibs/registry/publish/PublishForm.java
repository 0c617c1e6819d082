package org.mdlibs.registry.publish;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.archive.SpooledArchive;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The {@code multipart/form-data} of a publish request (RFC 7578), read once: the archive goes to a
 * temporary file, never to the heap; closing the form removes it.
 */
final class PublishForm implements AutoCloseable {
  private static final Set<String> REPEATABLE = Set.of("tags");
  private static final Set<String> KNOWN =
      Set.of("name", "version", "description", "tags", "license", "scope", "visibility");
  private static final int MAX_FIELD_BYTES = 16 * 1024;
  private static final int MAX_PARTS = 64;
  private static final int MAX_PART_HEADER_BYTES = 4096;

  private final Map<String, List<String>> fields = new HashMap<>();
  private SpooledArchive archive;

  private PublishForm() {}

  /**
   * Reads a request to its end.
   *
   * @param folder where the archive waits
   * @throws ProblemException {@link ProblemType#MALFORMED_MULTIPART}, {@link
   *     ProblemType#ARCHIVE_TOO_LARGE}, {@link ProblemType#BODY_TOO_LARGE}; nothing is left behind
   *     then
   * @throws IOException when the folder cannot be written
   */
  static PublishForm read(HttpServletRequest request, Path folder, ArchiveLimits limits)
      throws IOException {
    if (request.getContentType() == null) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send multipart/form-data with a 'file' part.");
    }
    var form = new PublishForm();
    try {
      form.readParts(request, folder, limits);
      return form;
    } catch (FileUploadException e) {
      form.close();
      throw malformed("Send multipart/form-data with a 'file' part: " + reason(e) + ".", e);
    } catch (IOException | RuntimeException e) {
      form.close();
      throw e;
    }
  }

  /** What of the library's message is for the caller: its limits, not its insides. */
  private static String reason(FileUploadException e) {
    return String.valueOf(e.getMessage()).contains("boundary")
        ? "the boundary is missing"
        : "the body ends early or breaks its form";
  }

  private void readParts(HttpServletRequest request, Path folder, ArchiveLimits limits)
      throws IOException {
    var upload = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>();
    upload.setMaxPartHeaderSize(MAX_PART_HEADER_BYTES);
    upload.setHeaderCharset(StandardCharsets.UTF_8);
    FileItemInputIterator parts = upload.getItemIterator(request);
    for (int count = 1; parts.hasNext(); count++) {
      if (count > MAX_PARTS) {
        throw malformed("Send at most " + MAX_PARTS + " parts.", null);
      }
      FileItemInput part = parts.next();
      String name = String.valueOf(part.getFieldName());
      try (InputStream body = part.getInputStream()) {
        if (name.equals("file")) {
          if (archive != null) {
            throw malformed("Send one 'file' part.", null);
          }
          archive = SpooledArchive.spool(body, folder, limits);
        } else if (KNOWN.contains(name)) {
          add(name, body);
        } else {
          drop(body);
        }
      }
    }
  }

  private void add(String name, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_FIELD_BYTES + 1);
    if (bytes.length > MAX_FIELD_BYTES) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "Send at most " + MAX_FIELD_BYTES + " bytes in '" + name + "'.");
    }
    List<String> values = fields.computeIfAbsent(name, key -> new ArrayList<>());
    if (!values.isEmpty() && !REPEATABLE.contains(name)) {
      throw malformed("Send '" + name + "' once.", null);
    }
    try {
      values.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw malformed("Send '" + name + "' as UTF-8.", e);
    }
  }

  /** Reads past a part that nobody knows; a big one is refused, not waited for. */
  private static void drop(InputStream body) throws IOException {
    if (body.readNBytes(MAX_FIELD_BYTES + 1).length > MAX_FIELD_BYTES) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "Send the archive as 'file': no other part may have more than "
              + MAX_FIELD_BYTES
              + " bytes.");
    }
  }

  private static ProblemException malformed(String detail, Exception cause) {
    return new ProblemException(ProblemType.MALFORMED_MULTIPART, detail, cause);
  }

  /** A field that was sent, an empty one as if it was not. */
  Optional<String> field(String name) {
    return fields.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** The tags of all {@code tags} fields, repeated or comma separated. */
  Optional<List<String>> tags() {
    if (!fields.containsKey("tags")) {
      return Optional.empty();
    }
    return Optional.of(
        fields.get("tags").stream()
            .flatMap(text -> List.of(text.split(",", -1)).stream())
            .toList());
  }

  /** The archive, empty when none was sent. */
  Optional<SpooledArchive> archive() {
    return Optional.ofNullable(archive);
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
  }
}
