package org.mdlibs.registry.download;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.download.Locations.Location;
import org.mdlibs.registry.json.EntityTags;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryAccess;
import org.mdlibs.registry.library.LibraryMoved;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.library.VersionDetails;
import org.mdlibs.registry.metrics.Endpoint;
import org.mdlibs.registry.metrics.Metrics;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;
import org.mdlibs.registry.problem.UnexpectedMapper;
import org.mdlibs.registry.storage.Blobs;

/**
 * {@code GET} and {@code HEAD /api/v1/libraries/{scope}/{name}/{version}/download}: locate, then
 * preconditions and range, then the bytes. Everything else passes on to JAX-RS.
 *
 * <p>Where the storage lets itself be read by signed URLs, and the settings want it, a {@code GET}
 * is led there (307) instead; {@code HEAD} never is. A {@code GET} that delivered from the first
 * byte, or was led to the whole, counts as one download. Problems: 401, 404, 405, 410, 416, 503.
 */
public class DownloadFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(DownloadFilter.class.getName());
  private static final Pattern PATH =
      Pattern.compile("/api/v1/libraries/([^/]+)/([^/]+)/([^/]+)/download");
  private static final String TEMPLATE = "/api/v1/libraries/{scope}/{name}/{version}/download";
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int PERMANENT_REDIRECT = 308;
  private static final int BUFFER_BYTES = 64 * 1024;

  @Inject private transient LibraryAccess access;
  @Inject private transient Blobs blobs;
  @Inject private transient DownloadCounter counter;
  @Inject private transient Locations locations;
  @Inject private transient Metrics metrics;

  /**
   * Writes what was counted. Here and not in the counter: of the beans of an application that
   * stops, filters end while enterprise beans still take calls.
   */
  @Override
  public void destroy() {
    counter.flush();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getServletPath();
    if (request.getPathInfo() != null) {
      path += request.getPathInfo();
    }
    Matcher matcher = path.endsWith("/download") ? PATH.matcher(path) : null;
    if (matcher == null || !matcher.matches()) {
      chain.doFilter(request, response);
      return;
    }
    Endpoint.set(request, TEMPLATE);
    try {
      String method = request.getMethod();
      if (method.equals("GET") || method.equals("HEAD")) {
        // Payara hands the '+' of a path out as a space, which no version has.
        String version = matcher.group(3).replace(' ', '+');
        serve(request, response, matcher.group(1), matcher.group(2), version);
      } else {
        refuseMethod(request, response);
      }
    } catch (LibraryMoved moved) {
      response.setStatus(PERMANENT_REDIRECT);
      response.setHeader("Cache-Control", "no-cache");
      response.setHeader(
          "Location",
          moved.location("/" + matcher.group(3) + "/download", request.getQueryString()));
    } catch (ProblemException e) {
      Problem.send(e, request, response);
    } catch (SQLException | RuntimeException e) {
      UnexpectedMapper.problem(e, RequestId.of(request)).sendTo(response);
    }
  }

  private static void refuseMethod(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Allow", "GET, HEAD, OPTIONS");
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "This path takes GET, HEAD, OPTIONS.",
            RequestId.of(request),
            List.of())
        .sendTo(response);
  }

  private void serve(
      HttpServletRequest request,
      HttpServletResponse response,
      String scope,
      String name,
      String version)
      throws IOException, SQLException {
    Caller caller = Callers.of(request);
    access.requireReader(caller);
    response.setHeader("Vary", "Authorization, Cookie");
    if (version.equals(LibraryAccess.LATEST)) {
      redirect(response, caller, scope, name);
      return;
    }
    Location found = locate(caller, scope, name, LibraryAccess.parseVersion(version));
    String etag = '"' + found.sha256() + '"';
    boolean isKnown = EntityTags.match(request.getHeader("If-None-Match"), etag);
    if (!isKnown && request.getMethod().equals("GET")) {
      Optional<URI> elsewhere = blobs.redirect(found.blob());
      if (elsewhere.isPresent()) {
        lead(request, response, caller, found, elsewhere.get());
        return;
      }
    }
    response.setHeader(
        "Cache-Control", found.isShared() ? "public, no-cache" : "private, no-cache");
    response.setHeader("ETag", etag);
    if (isKnown) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    send(request, response, caller, found, etag);
  }

  private Location locate(Caller caller, String scope, String name, Version version)
      throws SQLException {
    try {
      return locations.get(caller, scope, name, version);
    } catch (ProblemException e) {
      throw e.type() == ProblemType.LIBRARY_NOT_FOUND
          ? access.movedOrAbsent(caller, scope, name)
          : e;
    }
  }

  private void redirect(HttpServletResponse response, Caller caller, String scope, String name) {
    Library library = access.get(caller, scope, name);
    LibraryVersion latest = access.getVersion(library, LibraryAccess.LATEST);
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("Location", VersionDetails.path(library, latest) + "/download");
  }

  private void send(
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      Location found,
      String etag)
      throws IOException, SQLException {
    long size = found.size();
    Optional<ByteRange> range;
    try {
      range = wantedRange(request, etag, size);
    } catch (ByteRange.Unsatisfiable e) {
      response.setHeader("Content-Range", "bytes */" + size);
      throw new ProblemException(
          ProblemType.RANGE_NOT_SATISFIABLE, "Ask for a range within the " + size + " bytes.", e);
    }
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(size);
    boolean isGet = request.getMethod().equals("GET");
    try (InputStream archive = isGet ? blobs.read(found.blob(), first, length) : none(found)) {
      byte[] begin = isGet ? begin(archive, length) : new byte[0];
      response.setStatus(range.isPresent() ? 206 : 200);
      response.setContentType("application/gzip");
      response.setHeader("Accept-Ranges", "bytes");
      response.setHeader("Repr-Digest", digest(found.sha256()));
      response.setHeader(
          "Content-Disposition",
          "attachment; filename=\"" + found.name() + "-" + found.number() + ".tar.gz\"");
      range.ifPresent(
          r ->
              response.setHeader(
                  "Content-Range", "bytes %d-%d/%d".formatted(r.first(), r.last(), size)));
      response.setContentLengthLong(length);
      if (isGet) {
        long sent = copy(begin, archive, response.getOutputStream());
        metrics.sent(sent);
        if (sent == length && first == 0) {
          counter.count(found.version(), found.library(), caller);
        }
      }
    } catch (NoSuchFileException e) {
      // Deleted since it was located: then this is what tells so.
      locate(caller, found.scope(), found.name(), LibraryAccess.parseVersion(found.key()));
      LOG.log(Level.SEVERE, e, () -> "missing archive version_id=" + found.version());
      throw new ProblemException(
          ProblemType.STORAGE_UNAVAILABLE, "Tell the operators: the archive is not there.", e);
    }
  }

  /** Reads the first bytes while it can still be told that there are none to be had. */
  private static byte[] begin(InputStream archive, long length) {
    try {
      return archive.readNBytes((int) Math.min(length, BUFFER_BYTES));
    } catch (IOException e) {
      throw new ProblemException(
          ProblemType.STORAGE_UNAVAILABLE, "The archive cannot be read: try again later.", e);
    }
  }

  /** What HEAD delivers of an archive, if that is there. */
  private InputStream none(Location found) throws NoSuchFileException {
    blobs.size(found.blob()).orElseThrow(() -> new NoSuchFileException(found.blob().value()));
    return InputStream.nullInputStream();
  }

  /**
   * Leads to the storage, which does ranges itself. The URL lets anybody in for a while: no cache
   * keeps it.
   */
  private void lead(
      HttpServletRequest request,
      HttpServletResponse response,
      Caller caller,
      Location found,
      URI elsewhere) {
    response.setStatus(TEMPORARY_REDIRECT);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Location", elsewhere.toString());
    if (request.getHeader("Range") == null) {
      counter.count(found.version(), found.library(), caller);
    }
  }

  /** The range, unless {@code If-Range} names other bytes (RFC 9110 §13.1.5). */
  private static Optional<ByteRange> wantedRange(HttpServletRequest request, String etag, long size)
      throws ByteRange.Unsatisfiable {
    String condition = request.getHeader("If-Range");
    if (request.getMethod().equals("HEAD") || (condition != null && !condition.equals(etag))) {
      return Optional.empty();
    }
    return ByteRange.parse(request.getHeader("Range"), size);
  }

  /** RFC 9530. */
  private static String digest(String sha256) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
  }

  /**
   * Sends bytes of the archive.
   *
   * @return how many; fewer than there are when the client went away, which is its own affair
   * @throws IOException when the archive cannot be read to its end: the container breaks the
   *     connection, so that nobody takes what was sent for the whole
   */
  private static long copy(byte[] begin, InputStream archive, OutputStream out) throws IOException {
    byte[] buffer = begin;
    long sent = 0;
    for (int read = begin.length; read >= 0; read = archive.read(buffer)) {
      try {
        out.write(buffer, 0, read);
        sent += read;
      } catch (IOException e) {
        LOG.log(Level.FINE, "the client went away", e);
        break;
      }
    }
    return sent;
  }
}
