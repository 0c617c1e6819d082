package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mdlibs.cli.RegistryApi.VersionDetails;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Scope;

/**
 * Sends an archive so that a lost connection leaves nobody guessing: the registry is asked whether
 * the version arrived. A version is taken once, so sending it again does no harm either.
 */
final class Delivery {
  private final Http http;
  private final String scope;
  private final String name;
  private final String version;

  /**
   * Makes a delivery.
   *
   * @param scope or null for the user's own
   */
  Delivery(Http http, String scope, String name, String version) {
    this.http = http;
    this.scope = scope;
    this.name = name;
    this.version = version;
  }

  /**
   * Sends the archive. A version that is there already, byte for byte, is as good as sent: an
   * earlier run's answer may have been lost.
   *
   * @return what the registry has now
   * @throws Failure that says whether it has the version, as far as that can be known
   */
  JsonObject send(MultipartBody form, Path archive) throws IOException {
    try {
      return new RegistryApi(http).publish(form, false);
    } catch (Failure e) {
      boolean exists = e.code().equals("VERSION_EXISTS");
      boolean lost = e.exitCode() == ExitCode.NETWORK && !neverConnected(e);
      if (!exists && !lost) {
        throw e;
      }
      return afterwards(e, exists, "sha256:" + sha256(archive));
    }
  }

  private static boolean neverConnected(Failure e) {
    return e.getCause() instanceof ConnectException || e.getCause() instanceof UnknownHostException;
  }

  private JsonObject afterwards(Failure failure, boolean exists, String checksum) {
    Reference reference;
    VersionDetails there;
    try {
      reference = reference();
      there = new RegistryApi(http).version(reference, version);
    } catch (Failure e) {
      if (exists) {
        throw failure;
      }
      throw e.exitCode() == ExitCode.NOT_FOUND ? notThere(failure) : unknown(failure);
    }
    boolean same = there.checksum().equals(checksum);
    if (!same) {
      if (exists) {
        throw failure;
      }
      throw new Failure(
          ExitCode.FAILED,
          failure.getMessage() + " " + reference.at(version) + " is there, with other bytes.",
          "Somebody else published that version: raise it in .mdlibs.toml or with --version.",
          failure);
    }
    var answer = new JsonObject();
    answer.addProperty("scope", reference.scope().toString());
    answer.addProperty("name", reference.name().toString());
    answer.addProperty("version", there.version().toString());
    answer.addProperty("checksum", there.checksum());
    answer.addProperty("size", there.size());
    answer.addProperty("already_published", exists);
    return answer;
  }

  private Reference reference() {
    String owner = scope != null ? scope : Json.required(new AccountApi(http).me(), "username");
    try {
      return new Reference(Scope.parse(owner), LibraryName.parse(name));
    } catch (IllegalArgumentException e) {
      throw Json.unexpected("a name that is none");
    }
  }

  private Failure notThere(Failure failure) {
    return new Failure(
        ExitCode.NETWORK,
        failure.getMessage() + " The registry does not have the version.",
        "Publish again; if it is still at work on what was sent, that is refused and does no harm.",
        failure);
  }

  private Failure unknown(Failure failure) {
    return new Failure(
        ExitCode.NETWORK,
        failure.getMessage() + " Whether the version arrived is not known.",
        "When the registry answers again, look (mdlibs info @scope/"
            + name
            + "@"
            + version
            + ") or publish again: a version is taken once.",
        failure);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
