package org.mdlibs.registry.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.ToDoubleFunction;
import org.mdlibs.registry.config.Build;
import org.mdlibs.registry.datasource.PoolCounts;
import org.mdlibs.registry.problem.ProblemCounts;
import org.mdlibs.registry.problem.ProblemType;

/** What is read when somebody scrapes: each costs a few reads of memory. */
final class Gauges {
  /** Of both pools in {@code web.xml}. */
  static final int MOST_CONNECTIONS = 20;

  private Gauges() {}

  /** What the registry holds, which all nodes tell alike. */
  static void ofRegistry(MeterRegistry meters, Inventory inventory) {
    Gauge.builder("mdlibs.build.info", () -> 1)
        .description("Always 1; the label tells the version.")
        .tag("version", Build.VERSION)
        .register(meters);
    gauge(meters, inventory, "mdlibs.libraries", "Libraries.", i -> i.counts().libraries());
    gauge(meters, inventory, "mdlibs.versions", "Versions.", i -> i.counts().versions());
    gauge(meters, inventory, "mdlibs.users", "Accounts.", i -> i.counts().users());
    Gauge.builder("mdlibs.storage.used", inventory, i -> i.counts().storedBytes())
        .description("Bytes of the archives of all versions.")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("mdlibs.inventory.refreshed.timestamp", inventory, Inventory::refreshedSeconds)
        .description("When libraries, versions, accounts and storage were counted last.")
        .baseUnit("seconds")
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters,
      Inventory inventory,
      String name,
      String description,
      ToDoubleFunction<Inventory> value) {
    Gauge.builder(name, inventory, value).description(description).register(meters);
  }

  /** The container's pools, as far as their connections tell. */
  static void ofDatabase(MeterRegistry meters) {
    Gauge.builder("mdlibs.database.connections", PoolCounts::open)
        .description("Connections to the database that are open.")
        .register(meters);
    Gauge.builder("mdlibs.database.connections.in.transaction", PoolCounts::inTransaction)
        .description("Connections in the middle of a transaction.")
        .register(meters);
    Gauge.builder("mdlibs.database.connections.max", () -> MOST_CONNECTIONS)
        .description("Connections that the pools open at most.")
        .register(meters);
    FunctionCounter.builder(
            "mdlibs.database.connection.failures", meters, registry -> PoolCounts.failures())
        .description("Connections to the database that could not be opened.")
        .register(meters);
  }

  /** The errors that were answered. */
  static void ofProblems(MeterRegistry meters) {
    for (ProblemType type : ProblemType.values()) {
      FunctionCounter.builder("mdlibs.problems", type, ProblemCounts::of)
          .description("Answers that were problems, by their code.")
          .tag("code", type.name())
          .tag("status", Integer.toString(type.status()))
          .register(meters);
    }
  }

  /**
   * The virtual machine and its process.
   *
   * @return what ends listening to the garbage collector
   */
  static JvmGcMetrics ofProcess(MeterRegistry meters) {
    new ClassLoaderMetrics().bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    var collector = new JvmGcMetrics();
    collector.bindTo(meters);
    return collector;
  }
}
