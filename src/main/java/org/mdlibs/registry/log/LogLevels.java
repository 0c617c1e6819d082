package org.mdlibs.registry.log;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.mdlibs.registry.config.LogLevel;
import org.mdlibs.registry.config.LogSettings;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The levels of the registry's loggers on this node, until it stops; other loggers have those of
 * the server: at finer ones they tell headers and parameters, which hold secrets. The audit stream
 * has no level to change.
 */
@ApplicationScoped
public class LogLevels {
  /** The logger above all classes of the registry. */
  public static final String REGISTRY = "org.mdlibs.registry";

  private static final Pattern NAME =
      Pattern.compile("org\\.mdlibs\\.registry(\\.[A-Za-z0-9_$]{1,100}){0,8}|mdlibs\\.access");

  /** How many loggers can have a level of their own. */
  private static final int MOST = 100;

  /** A handler of this package is the runnable jar's. */
  private static final String RUNNABLE = "org.mdlibs.registry.runnable.";

  @Inject private RegistryConfig config;

  /** Held, since the log manager forgets a logger, and its level, that nobody holds. */
  private final Map<Logger, Level> before = new HashMap<>();

  private final Map<String, LogLevel> own = new TreeMap<>();

  /** Sets form and level of the log as the settings say. */
  public void configure() {
    LogSettings settings = config.log();
    Formatter formatter =
        settings.format().filter(LogSettings.Format.TEXT::equals).isPresent()
            ? new TextFormatter()
            : new JsonFormatter();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (settings.format().isPresent() || handler.getClass().getName().startsWith(RUNNABLE)) {
        handler.setFormatter(formatter);
      }
    }
    settings.level().ifPresent(this::setAll);
  }

  /** The level of the registry's loggers that have none of their own. */
  public LogLevel level() {
    Logger logger = Logger.getLogger(REGISTRY);
    for (Logger above = logger; above != null; above = above.getParent()) {
      if (above.getLevel() != null) {
        return LogLevel.of(above.getLevel());
      }
    }
    return LogLevel.INFO;
  }

  /** The loggers that have a level of their own, by name. */
  public synchronized Map<String, LogLevel> own() {
    return new TreeMap<>(own);
  }

  /** Sets the level of all of the registry's loggers; none has one of its own any more. */
  public synchronized void setAll(LogLevel level) {
    own.keySet().forEach(name -> set(Logger.getLogger(name), null));
    own.clear();
    set(Logger.getLogger(REGISTRY), level.level());
    set(Logger.getLogger(AccessLog.LOGGER), level.level());
  }

  /**
   * Checks the name of a logger whose level may be set.
   *
   * @throws IllegalArgumentException when it is none of those; the rest of a sentence
   */
  public static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "must be '" + AccessLog.LOGGER + "', or a package or class of the registry");
    }
    return name;
  }

  /**
   * Sets the level of one logger, and of those below it.
   *
   * @param name one that {@link #check} lets pass
   */
  public synchronized void set(String name, LogLevel level) {
    if (own.size() >= MOST && !own.containsKey(name)) {
      // So many that nobody set them by hand.
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Set the level of all first: " + MOST + " loggers have one of their own.");
    }
    set(Logger.getLogger(check(name)), level.level());
    own.put(name, level);
  }

  private void set(Logger logger, Level level) {
    if (!before.containsKey(logger)) {
      before.put(logger, logger.getLevel());
    }
    logger.setLevel(level);
  }

  /** The server may go on without the registry, or with it anew. */
  @PreDestroy
  synchronized void restore() {
    before.forEach(Logger::setLevel);
  }
}
