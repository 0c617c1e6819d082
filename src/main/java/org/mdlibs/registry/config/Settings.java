package org.mdlibs.registry.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reads settings by their keys and keeps what is wrong with them, so that one start tells all
 * faults. A faulty setting reads as something harmless; nobody acts on it, because the start ends.
 */
final class Settings {
  private final Function<String, Optional<String>> source;
  private final List<String> faults = new ArrayList<>();

  /** Settings out of any source that knows a key's raw value, without the defaults. */
  Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** The settings of a server: MicroProfile Config. */
  static Settings ofServer() {
    Config config = ConfigProvider.getConfig();
    return new Settings(key -> config.getOptionalValue(key, String.class));
  }

  /**
   * The settings of a process without a server, from the same sources in the same order: system
   * property, file of a secret, environment variable, the file that {@code MDLIBS_CONFIG} names.
   */
  static Settings ofProcess() {
    var secrets = new SecretFiles();
    var file = new SettingsFile();
    return new Settings(
        key ->
            Stream.<Function<String, String>>of(
                    System::getProperty,
                    secrets::getValue,
                    name -> System.getenv(variable(name)),
                    file::getValue)
                .flatMap(from -> Optional.ofNullable(from.apply(key)).stream())
                .findFirst());
  }

  /** The environment variable of a key: {@code mdlibs.home} is {@code MDLIBS_HOME}. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** A setting without its default; blank is absent. */
  Optional<String> optional(String key) {
    return source.apply(key).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A setting that has a default. */
  String text(String key) {
    return optional(key).orElseGet(() -> Defaults.of(key));
  }

  /** A positive whole number. */
  long positive(String key) {
    return positive(key, Long.MAX_VALUE);
  }

  /** A positive whole number that fits an {@code int}, of at most so much. */
  int positive(String key, int most) {
    return (int) positive(key, (long) most);
  }

  private long positive(String key, long most) {
    String bound = most == Long.MAX_VALUE ? "" : " of at most " + most;
    return number(key, 1, most, "must be a positive whole number" + bound);
  }

  /** A whole number from 0 to so much. */
  int upTo(String key, int most) {
    return (int) number(key, 0, most, "must be a whole number from 0 to " + most);
  }

  /** A number of whole seconds, which may be zero, of at most so many. */
  Duration seconds(String key, int most) {
    String rule = "must be a whole number of seconds of at most " + most;
    return Duration.ofSeconds(number(key, 0, most, rule));
  }

  private long number(String key, long least, long most, String rule) {
    String text = text(key);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, with the key
    }
    fault(key, rule + ", not '" + text + "'");
    return least;
  }

  /** One of two words: whether it is the first. */
  boolean isFirst(String key, String first, String second) {
    String text = text(key);
    if (!text.equals(first) && !text.equals(second)) {
      fault(key, "must be '" + first + "' or '" + second + "', not '" + text + "'");
    }
    return text.equals(first);
  }

  /** {@code true} or {@code false}. */
  boolean flag(String key) {
    return isFirst(key, "true", "false");
  }

  /** A folder or file, absolute. */
  Path path(String key, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      fault(key, "is no valid path: " + e.getReason());
      return Path.of("").toAbsolutePath();
    }
  }

  /** An http or https URL without a slash at its end, or absent. */
  Optional<URI> url(String key) {
    return optional(key).map(text -> url(key, text));
  }

  private URI url(String key, String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, with the key
    }
    fault(key, "must be an http or https URL, not '" + text + "'");
    return URI.create("http://localhost");
  }

  /** A setting without a default, read by a parser that tells what is wrong with it. */
  <T> Optional<T> parsed(String key, Function<String, T> parser) {
    try {
      return optional(key).map(parser);
    } catch (IllegalArgumentException e) {
      fault(key, e.getMessage());
      return Optional.empty();
    }
  }

  /** Notes what is wrong with a key: the rest of a sentence that begins with it. */
  void fault(String key, String message) {
    faults.add(variable(key) + " " + message);
  }

  /** Notes a fault whose sentence names its key. */
  void fault(String sentence) {
    faults.add(sentence);
  }

  /** What is wrong: sentences that begin with the environment variable, in the order found. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
