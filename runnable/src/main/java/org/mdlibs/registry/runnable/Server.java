package org.mdlibs.registry.runnable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs Payara Micro with the WAR, from the files that {@link Layout} laid out.
 *
 * <p>What the process has of its own, the server's configuration and what it writes, lies in a
 * folder {@code run-…} in {@code MDLIBS_HOME/server}, which is deleted at the end; nothing is
 * written to the temporary folder, and nothing that a process changed is met by the next.
 */
public final class Server {
  /** The property in which the WAR tells what to print after the URL; see its Startup. */
  private static final String STARTED = "mdlibs.started";

  /** The property in which the WAR tells what to print before, and only once. */
  private static final String NOTICE = "mdlibs.notice";

  /** The property in which the WAR tells how long a stop may take. */
  private static final String STOP_LIMITS = "mdlibs.stop.limits";

  private static final int ANSWER_TIMEOUT_MS = 10_000;

  /**
   * The password that the server opens the key store, which nobody else can read, and the JDK's
   * trust store with.
   */
  private static final String STORE_PASSWORD = "changeit";

  /** Held until the process ends. */
  private static final List<InUse> IN_USE = new ArrayList<>();

  /** Payara Micro, once it was told to start. */
  private static volatile Object payara;

  private final Path layout;
  private final ClassLoader loader;
  private final Arguments arguments;
  private final Path home;
  private final Address address;
  private final Optional<Tls> tls;

  /**
   * Makes one that is not started.
   *
   * @throws Refusal when the key store of TLS cannot be used
   */
  Server(Path layout, ClassLoader loader, Arguments arguments, EarlySettings settings)
      throws Refusal {
    this.layout = layout;
    this.loader = loader;
    this.arguments = arguments;
    this.home = Home.of(settings);
    this.tls = Tls.of(settings);
    this.address = Address.of(arguments.port(), settings);
  }

  /** Runs the server from {@code server.jar}, as the launcher does. */
  public static void main(String... args) {
    Console.run(
        () -> {
          Path layout = Main.jar().getParent();
          EarlySettings settings = EarlySettings.read();
          if (WarCommand.isCalledBy(args)) {
            WarCommand.run(layout, Server.class.getClassLoader(), settings, args);
            return;
          }
          Arguments arguments = Arguments.parse(settings, args);
          if (arguments.task() == Arguments.Task.HEALTH) {
            HealthCall.run(arguments, settings);
            return;
          }
          if (!arguments.task().serves()) {
            throw new IllegalArgumentException("only mdlibs-registry.jar does this");
          }
          refuseWhenTaken(arguments.port());
          new Server(layout, Server.class.getClassLoader(), arguments, settings).run();
        });
  }

  /** The version of this build. */
  static String version() {
    String version = Server.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * Ends early, and with a sentence, when another process has the port.
   *
   * @throws Refusal when it cannot be opened
   */
  static void refuseWhenTaken(int port) throws Refusal {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new Refusal("port " + port + " cannot be opened: " + e.getMessage(), e);
    }
  }

  void run() throws Refusal, IOException, InterruptedException {
    // The server prints to System.out too; stdout is for the lines of this method.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Path homes = home.resolve("server");
    Files.createDirectories(homes);
    Home.ensureTemporaryFolder(homes);
    Path instance = Files.createTempDirectory(homes, "run-");
    IN_USE.add(InUse.mark(instance));
    if (Files.isWritable(layout)) {
      IN_USE.add(InUse.mark(layout));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndClean(instance), "mdlibs-stop"));
    tls.flatMap(Tls::expired)
        .ifPresent(
            end ->
                System.err.println(
                    "mdlibs-registry: the certificate of "
                        + EarlySettings.variable(Tls.STORE)
                        + " expired "
                        + end));
    configure(instance);
    ServerLog.starting(arguments.verbose());
    try {
      start(instance);
    } finally {
      removeServersHooks();
    }
    String summary = System.getProperty(STARTED);
    if (summary == null || !answers()) {
      throw refusal(homes);
    }
    ServerLog.started();
    String notice = System.clearProperty(NOTICE);
    if (notice != null) {
      out.println(notice);
    }
    out.printf("mdlibs registry %s is ready: %s  %s%n", version(), address.url(), summary);
    InUse.sweep(homes, layout);
    if (arguments.task() == Arguments.Task.CHECK) {
      System.exit(0);
    }
    new GracefulStop(address, System.getProperty(STOP_LIMITS)).listen();
  }

  private void configure(Path instance) throws IOException {
    Path config = instance.resolve("config");
    Trees.copy(layout.resolve("instance"), instance);
    Path temporary = Files.createDirectory(instance.resolve("tmp"));
    makeStores(config);
    setUnlessSet("java.util.logging.config.file", config.resolve("logging.properties").toString());
    setUnlessSet("org.sqlite.tmpdir", temporary.toString());
    // domain.xml reads them.
    System.setProperty("registry.http.port", Integer.toString(address.port()));
    System.setProperty("registry.tls", Boolean.toString(address.tls()));
    // How the server finds its jars: by the class path in the manifest of this one.
    URI boot = layout.resolve("server.jar").toFile().toURI();
    System.setProperty("fish.payara.micro.BootJar", boot.toString());
    System.setProperty("fish.payara.micro.UnpackDir", layout.toString());
  }

  static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /**
   * The server insists on a key store and a trust store. The first has the key of TLS, or nothing;
   * the second, which outgoing connections use (LDAP, OpenID Connect, S3), is the JDK's, and not
   * the server's own list of another year.
   */
  private void makeStores(Path config) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("JKS");
      keys.load(null, null);
      if (tls.isPresent()) {
        tls.get().addTo(keys, STORE_PASSWORD.toCharArray());
      }
      try (var file = Files.newOutputStream(config.resolve("keystore.p12"))) {
        keys.store(file, STORE_PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("this JDK has no key store of type JKS", e);
    }
    Path trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    Files.copy(
        Files.isReadable(trusted) ? trusted : config.resolve("keystore.p12"),
        config.resolve("cacerts.p12"));
  }

  /**
   * By reflection, as the server's classes are in another loader, and in no artefact of Central.
   */
  private void start(Path instance) throws Refusal {
    String[] args = {
      "--rootdir",
      instance.toString(),
      "--nocluster",
      "--disablephonehome",
      "--deploy",
      layout.resolve("registry").toString(),
      "--contextroot",
      "/"
    };
    Thread.currentThread().setContextClassLoader(loader);
    try {
      payara =
          loader
              .loadClass("fish.payara.micro.impl.PayaraMicroImpl")
              .getMethod("create", String[].class)
              .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      ServerLog.failure().add("the server does not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new Refusal("the server's files are damaged; delete " + layout, e);
    }
  }

  /** Whether the listener answers at all. Also warms the way of a request through the server. */
  private boolean answers() {
    if (ServerLog.failure().isPortTaken()) {
      return false;
    }
    try {
      return address.open("health/live", ANSWER_TIMEOUT_MS).getResponseCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** The one line of a failed start; everything the server said goes to a file. */
  private Refusal refusal(Path folder) throws IOException {
    StartFailure failure = ServerLog.failure();
    if (failure.isPortTaken()) {
      return new Refusal("port " + arguments.port() + " cannot be opened: Address already in use");
    }
    Path report = folder.resolve("failed-start.log");
    var format = new TextFormatter();
    List<String> lines = failure.records().stream().map(format::format).toList();
    Files.writeString(report, String.join("", lines));
    return new Refusal("cannot start: " + failure.reason() + " (details: " + report + ")");
  }

  /**
   * Stops the server, which lets the application write what it still has in memory, and only then
   * removes its folder, at the end of the process.
   */
  private static void stopAndClean(Path instance) {
    // What the server prints while it stops, besides the log, means nothing to anybody.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    stop();
    ServerLog.end();
    try {
      Trees.delete(instance);
    } catch (IOException e) {
      // The next start sweeps what is left here.
    }
  }

  private static void stop() {
    Object running = payara;
    if (running == null) {
      return;
    }
    try {
      running.getClass().getMethod("shutdown").invoke(running);
    } catch (ReflectiveOperationException e) {
      // It had not got so far that there is something to stop.
    }
  }

  /**
   * Takes the server's own hook out: hooks run side by side, and this one's order is another. Also
   * the one that would close the log before the server has said its last.
   */
  private static void removeServersHooks() {
    try {
      Field field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      field.setAccessible(true);
      for (Object hook : List.copyOf(((Map<?, ?>) field.get(null)).keySet())) {
        Thread thread = (Thread) hook;
        if (thread.getName().equals("Payara Micro Shutdown Hook")
            || thread.getClass().getName().equals("java.util.logging.LogManager$Cleaner")) {
          Runtime.getRuntime().removeShutdownHook(thread);
        }
      }
    } catch (ReflectiveOperationException e) {
      // Not the JDK that it was written for: the hooks run side by side.
    }
  }
}
