package org.mdlibs.registry.start;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import org.mdlibs.registry.config.Build;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.log.LogLevels;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.token.SigningKeys;

/**
 * Starts the registry, or ends the deployment with a sentence that says why. At its end it tells
 * the runnable jar what to print, by system properties, since a WAR has no console of its own.
 */
@Singleton
@jakarta.ejb.Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Startup {
  /** What the runnable jar prints after the URL. */
  public static final String STARTED = "mdlibs.started";

  /** What it prints before that. */
  public static final String NOTICE = "mdlibs.notice";

  /** How long it waits when it is told to stop: seconds of grace, and of waiting for requests. */
  public static final String STOP_LIMITS = "mdlibs.stop.limits";

  /** The property in which the runnable jar tells its server the port. */
  private static final String PORT_OF_THE_JAR = "registry.http.port";

  private static final Logger LOG = Logger.getLogger(Startup.class.getName());

  @Inject private RegistryConfig config;
  @Inject private Schema schema;
  @Inject private SigningKeys keys;
  @Inject private FirstAdministrator administrator;
  @Inject private Blobs blobs;
  @Inject private LogLevels log;
  @Resource private ManagedExecutorService executor;

  @PostConstruct
  void start() {
    config.check();
    log.configure();
    config
        .unknownKeys()
        .forEach(key -> LOG.warning(() -> "unknown setting " + key + " is ignored"));
    Future<?> storage = executor.submit(this::openStorage);
    schema.migrate();
    DatabaseFailure.retryWhenARivalWins(
        () -> {
          keys.makeFirst();
          return null;
        });
    keys.protect();
    String name = DatabaseFailure.retryWhenARivalWins(administrator::make);
    await(storage);
    String summary =
        "database: %s  storage: %s  administrator: %s"
            .formatted(config.database(), config.storage(), name);
    System.setProperty(STARTED, summary);
    System.setProperty(
        STOP_LIMITS,
        config.http().stopGrace().toSeconds() + " " + config.http().stopTimeout().toSeconds());
    LOG.info(() -> "mdlibs registry " + Build.VERSION + " started  " + summary);
  }

  /** Tells the operator something once, and keeps it nowhere: on a server it goes to its output. */
  static void notice(String text) {
    if (System.getProperty(PORT_OF_THE_JAR) == null) {
      System.out.println(text);
    } else {
      System.setProperty(NOTICE, text);
    }
  }

  private void openStorage() {
    try {
      Files.createDirectories(config.uploads());
      try (DirectoryStream<Path> left = Files.newDirectoryStream(config.uploads())) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      blobs.open();
    } catch (IOException e) {
      throw new UncheckedIOException("The storage cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void await(Future<?> storage) {
    try {
      storage.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The start was interrupted", e);
    }
  }
}
