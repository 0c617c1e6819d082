package org.mdlibs.registry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * What happens in the registry, counted on this node since its start. No name of a meter and no
 * label holds what a client chose: there are a bounded number of series.
 */
@ApplicationScoped
public class Metrics {
  /** The upper bounds of the histogram of requests: from a cached answer to a large upload. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final PrometheusMeterRegistry meters = registry();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<Kind, Timer> requests = new ConcurrentHashMap<>();
  private final Counter uploads = counter("mdlibs.uploads", "Versions that were published.");
  private final Counter uploadBytes =
      counter("mdlibs.upload.bytes", "Bytes of the archives that were published.");
  private final Counter downloads =
      counter("mdlibs.downloads", "Downloads, counted as those of a version are.");
  private final Counter downloadBytes =
      counter("mdlibs.download.bytes", "Bytes of archives that were sent.");

  private JvmGcMetrics collector;

  /** Requests that are measured together. */
  private record Kind(String endpoint, String method, int status) {}

  private static PrometheusMeterRegistry registry() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    // Their names are against Prometheus' rules, and what they tell is told otherwise.
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    return registry;
  }

  /** Measures no request where the settings want none. */
  @Inject
  void switchOff(RegistryConfig config) {
    if (!config.metricsEnabled()) {
      meters.config().meterFilter(MeterFilter.deny());
    }
  }

  /** Registers what is read at each scrape. */
  @Inject
  void observe(Inventory inventory) {
    Gauge.builder("mdlibs.http.requests.active", underWay, AtomicInteger::get)
        .description("Requests under way.")
        .register(meters);
    Gauges.ofRegistry(meters, inventory);
    Gauges.ofDatabase(meters);
    Gauges.ofProblems(meters);
    collector = Gauges.ofProcess(meters);
  }

  @PreDestroy
  void close() {
    collector.close();
    meters.close();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  /** A request was begun. */
  public void requestBegins() {
    underWay.incrementAndGet();
  }

  /** A request that was begun is over. */
  public void requestEnds() {
    underWay.decrementAndGet();
  }

  /**
   * A request was answered.
   *
   * @param endpoint the template of its path
   * @param method one of those that the registry knows, or {@code OTHER}
   */
  public void requestTook(String endpoint, String method, int status, long nanos) {
    requests
        .computeIfAbsent(new Kind(endpoint, method, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("mdlibs.http.requests")
        .description("Requests by endpoint, from their arrival to the last byte of the answer.")
        .tag("endpoint", kind.endpoint())
        .tag("method", kind.method())
        .tag("status", Integer.toString(kind.status()))
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  /** A version was published. */
  public void uploaded(long bytes) {
    uploads.increment();
    uploadBytes.increment((double) bytes);
  }

  /** A download was counted for its version. */
  public void downloaded() {
    downloads.increment();
  }

  /** Bytes of an archive were sent. */
  public void sent(long bytes) {
    downloadBytes.increment((double) bytes);
  }

  /**
   * A request was refused because there were too many of its kind.
   *
   * @param limit the name of the limit, one of a few
   */
  public void refused(String limit) {
    Counter.builder("mdlibs.rate.limit.refusals")
        .description("Requests that a limit refused.")
        .tag("limit", limit)
        .register(meters)
        .increment();
  }

  /**
   * Credentials of a person were wrong.
   *
   * @param action what they were for, as the audit log names it
   */
  public void loginFailed(String action) {
    Counter.builder("mdlibs.login.failures")
        .description("Passwords and codes that were wrong.")
        .tag("action", action)
        .register(meters)
        .increment();
  }

  /** Everything, in the text format of Prometheus, version 0.0.4. */
  String scrape() {
    return meters.scrape();
  }
}
