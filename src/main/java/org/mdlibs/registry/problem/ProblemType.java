package org.mdlibs.registry.problem;

import java.util.Locale;

/**
 * The whole catalogue of problems that the registry answers with. The name is the stable {@code
 * code} of the wire form, and its lower case ends the {@code type} URN.
 */
public enum ProblemType {
  INVALID_INPUT(400, "The request is invalid"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  MALFORMED_MULTIPART(400, "The body is not valid multipart/form-data"),
  BAD_REQUEST(400, "The request is malformed"),
  INVALID_RESET_CODE(400, "The code is not valid"),
  SIGN_ON_INVALID(400, "The single sign-on is not valid"),
  AUTHORIZATION_PENDING(400, "The device is not confirmed yet"),
  SLOW_DOWN(400, "The device asks too often"),
  EXPIRED_TOKEN(400, "The device code has expired"),
  ACCESS_DENIED(400, "The device was denied"),
  INVALID_GRANT(400, "The device code is not valid"),

  AUTHENTICATION_REQUIRED(401, "Authentication is required"),
  INVALID_CREDENTIALS(401, "The username or password is wrong"),
  INVALID_TOKEN(401, "The token is not valid"),
  TOKEN_EXPIRED(401, "The token has expired"),

  FORBIDDEN(403, "The caller may not do this"),
  ACCOUNT_REFUSED(403, "The account cannot be used here"),
  CSRF(403, "The request does not come from a page of the registry"),
  SIGN_ON_REFUSED(403, "The single sign-on was refused"),
  REGISTRATION_CLOSED(403, "Registration is closed"),
  QUOTA_EXCEEDED(403, "The storage quota is exceeded"),

  NOT_FOUND(404, "There is nothing here"),
  LIBRARY_NOT_FOUND(404, "The library does not exist"),
  VERSION_NOT_FOUND(404, "The version does not exist"),
  SCOPE_NOT_FOUND(404, "The scope does not exist"),
  USER_NOT_FOUND(404, "The user does not exist"),
  TEAM_NOT_FOUND(404, "The team does not exist"),
  MEMBER_NOT_FOUND(404, "The user is not in the team"),
  TOKEN_NOT_FOUND(404, "The token does not exist"),
  WEBHOOK_NOT_FOUND(404, "The webhook does not exist"),
  DEVICE_NOT_FOUND(404, "No device shows this code"),

  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No acceptable representation"),

  VERSION_EXISTS(409, "The version exists already"),
  USERNAME_TAKEN(409, "The username is taken"),
  EMAIL_TAKEN(409, "The e-mail address is taken"),
  TEAM_NAME_TAKEN(409, "The team's name is taken"),
  TEAM_NOT_EMPTY(409, "The team still has libraries"),
  LAST_ADMIN(409, "The team has no other admin"),
  LIBRARY_EXISTS(409, "The library exists already"),
  LIBRARY_MOVED(409, "The library of this name moved"),
  TOO_MANY_TOKENS(409, "The account has too many API tokens"),
  TOO_MANY_TEAMS(409, "The account has made too many teams"),
  TOO_MANY_WEBHOOKS(409, "The scope has too many webhooks"),
  COLLECTION_REFUSED(409, "Collecting would remove most of the archives"),
  CONFLICT(409, "The request conflicts with another"),
  LAST_ADMINISTRATOR(409, "The registry would have no administrator"),
  ACCOUNT_NOT_LOCAL(409, "The account has its password elsewhere"),

  VERSION_DELETED(410, "The version was deleted"),

  ARCHIVE_TOO_LARGE(413, "The archive is too large"),
  BODY_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  RANGE_NOT_SATISFIABLE(416, "The range cannot be satisfied"),

  ARCHIVE_MISSING(422, "The archive is missing"),
  ARCHIVE_EMPTY(422, "The archive is empty"),
  ARCHIVE_NOT_GZIP(422, "The archive is not gzip"),
  ARCHIVE_NESTED_GZIP(422, "The archive is a gzip in a gzip"),
  ARCHIVE_CONCATENATED(422, "The archive is several gzip members"),
  ARCHIVE_NOT_TAR(422, "The archive holds no tar"),
  ARCHIVE_TRUNCATED(422, "The archive is truncated or corrupt"),
  ARCHIVE_NO_END_MARKER(422, "The archive has no end marker"),
  ARCHIVE_TRAILING_DATA(422, "The archive has data after its end"),
  ARCHIVE_INVALID_SIZE(422, "An entry of the archive has an invalid size"),
  ARCHIVE_AMBIGUOUS_SIZE(422, "An entry of the archive has two sizes"),
  ARCHIVE_AMBIGUOUS_NAME(422, "An entry of the archive has two names"),
  ARCHIVE_HEADER_TOO_LARGE(422, "An extended header of the archive is too large"),
  ARCHIVE_PATH_ABSOLUTE(422, "An entry of the archive has an absolute path"),
  ARCHIVE_PATH_DRIVE(422, "An entry of the archive names a drive"),
  ARCHIVE_PATH_TRAVERSAL(422, "An entry of the archive leaves its folder"),
  ARCHIVE_PATH_BACKSLASH(422, "An entry of the archive has a backslash in its path"),
  ARCHIVE_PATH_EMPTY_SEGMENT(422, "An entry of the archive has an empty or '.' segment"),
  ARCHIVE_PATH_NUL(422, "An entry of the archive has a NUL in its path"),
  ARCHIVE_PATH_CHARACTER(422, "An entry of the archive has a forbidden character in its path"),
  ARCHIVE_PATH_NOT_UTF8(422, "An entry of the archive has a path that is not UTF-8"),
  ARCHIVE_PATH_TOO_LONG(422, "An entry of the archive has too long a path"),
  ARCHIVE_PATH_WINDOWS_DEVICE(422, "An entry of the archive has the name of a Windows device"),
  ARCHIVE_PATH_DOT_OR_SPACE_END(422, "A name in the archive ends with a dot or space"),
  ARCHIVE_HARD_LINK(422, "An entry of the archive is a hard link"),
  ARCHIVE_SYMBOLIC_LINK(422, "An entry of the archive is a symbolic link"),
  ARCHIVE_DEVICE(422, "An entry of the archive is a device"),
  ARCHIVE_FIFO(422, "An entry of the archive is a FIFO"),
  ARCHIVE_SPARSE_FILE(422, "An entry of the archive is a sparse file"),
  ARCHIVE_UNKNOWN_ENTRY(422, "An entry of the archive is neither file nor folder"),
  ARCHIVE_DUPLICATE_PATH(422, "A path comes twice in the archive"),
  ARCHIVE_CASE_COLLISION(422, "Two paths of the archive differ by case alone"),
  ARCHIVE_UNICODE_COLLISION(422, "Two paths of the archive differ by normalisation alone"),
  ARCHIVE_FILE_AND_FOLDER(422, "A path of the archive is both file and folder"),
  ARCHIVE_RESERVED_NAME(422, "A name in the archive is reserved"),
  ARCHIVE_TOO_MANY_ENTRIES(422, "The archive has too many entries"),
  ARCHIVE_UNPACKED_TOO_LARGE(422, "The archive unpacks to too much"),
  ARCHIVE_FILE_TOO_LARGE(422, "A file of the archive is too large"),
  ARCHIVE_NO_MARKDOWN(422, "The archive holds no markdown"),
  MANIFEST_INVALID(422, "The manifest is invalid"),
  MANIFEST_MISPLACED(422, "A manifest is not at the root"),
  MANIFEST_DIFFERS(422, "The form and the manifest differ"),
  MALWARE_FOUND(422, "The archive holds malware"),
  MALWARE_SCAN_INCOMPLETE(422, "The archive cannot be scanned for malware as a whole"),
  VISIBILITY_DIFFERS(422, "The visibility differs from the library's"),

  TOO_MANY_REQUESTS(429, "Too many requests"),

  INTERNAL_ERROR(500, "Something went wrong"),
  DATABASE_UNAVAILABLE(503, "The database is not available"),
  DIRECTORY_UNAVAILABLE(503, "The directory is not available"),
  ISSUER_UNAVAILABLE(503, "The issuer of the token is not available"),
  MALWARE_SCAN_UNAVAILABLE(503, "The malware scanner is not available"),
  STORAGE_UNAVAILABLE(503, "The storage is not available"),
  OVERLOADED(503, "The registry is busy"),
  READ_ONLY(503, "The registry is read-only"),
  STOPPING(503, "The server stops"),
  PROVIDER_UNAVAILABLE(503, "The single sign-on is not available"),
  STORAGE_FULL(507, "The storage is full");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** The short summary, the same for every occurrence (RFC 9457 §3.1.4). */
  public String title() {
    return title;
  }

  /** The stable identifier of the type (RFC 9457 §3.1.1), a URN. */
  public String urn() {
    return "urn:mdlibs:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem that stands for a status which the container or JAX-RS chose. */
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 400 -> BAD_REQUEST;
      case 401 -> AUTHENTICATION_REQUIRED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 409 -> CONFLICT;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 416 -> RANGE_NOT_SATISFIABLE;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> OVERLOADED;
      default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }
}
