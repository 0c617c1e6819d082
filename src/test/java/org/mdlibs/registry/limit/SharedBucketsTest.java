package org.mdlibs.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.limit.RateLimiterTest.SETTINGS;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.datasource.DatabaseUrl;
import org.mdlibs.registry.maintenance.Migrations;

/** Two nodes on one PostgreSQL. */
class SharedBucketsTest {
  /** What a node may let through more than one alone: the fiftieth that it did not tell yet. */
  private static final int SHARE = 600 / 50;

  private static EmbeddedPostgres postgres;
  private static DataSource database;

  private final TestTime time = new TestTime();

  @BeforeAll
  static void a_database_with_the_schema() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
    Migrations.run(database, DatabaseUrl.Kind.POSTGRESQL);
  }

  @AfterAll
  static void it_ends() throws IOException {
    postgres.close();
  }

  /** A node that settles within the call, so that it is known when. */
  private RateLimiter node() {
    return new RateLimiter(SETTINGS, time.clock(), database, Runnable::run);
  }

  private static BucketKey newAddress() {
    return new BucketKey(CallClass.ANONYMOUS, "address:" + UUID.randomUUID());
  }

  private static int allowed(RateLimiter node, BucketKey key, int calls) {
    int allowed = 0;
    for (int i = 0; i < calls; i++) {
      allowed += node.take(key).allowed() ? 1 : 0;
    }
    return allowed;
  }

  /** Runs a statement about the row of a bucket; how many rows it found. */
  private static int rows(String statement, BucketKey key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement row = connection.prepareStatement(statement + " where id = ?")) {
      row.setBytes(1, key.inTable(SETTINGS.publishPerHour()));
      return row.executeUpdate();
    }
  }

  @Test
  void eight_publishers_at_once_get_exactly_what_one_would() throws Exception {
    List<RateLimiter> nodes = List.of(node(), node());
    BucketKey scope = BucketKey.ofScope(UUID.randomUUID());
    ExecutorService publishers = Executors.newFixedThreadPool(8);
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 8; i++) {
      RateLimiter node = nodes.get(i % 2);
      calls.add(() -> allowed(node, scope, 50));
    }
    int allowed = 0;
    for (var publisher : publishers.invokeAll(calls)) {
      allowed += publisher.get();
    }
    publishers.shutdown();
    assertThat(allowed).isEqualTo(300);
    time.pass(Duration.ofMinutes(1));
    assertThat(allowed(nodes.get(0), scope, 3) + allowed(nodes.get(1), scope, 5)).isEqualTo(5);
  }

  @Test
  void what_one_node_let_through_the_other_does_not_but_for_its_share() {
    RateLimiter first = node();
    RateLimiter second = node();
    BucketKey key = newAddress();
    assertThat(allowed(first, key, 1_000)).isEqualTo(600);
    assertThat(allowed(second, key, 1_000)).isEqualTo(SHARE);
    // And that is paid back.
    time.pass(Duration.ofSeconds(1));
    assertThat(allowed(first, key, 100)).isLessThanOrEqualTo(10);
  }

  @Test
  void calls_that_alternate_between_nodes_are_limited_together() {
    RateLimiter first = node();
    RateLimiter second = node();
    BucketKey key = newAddress();
    int allowed = 0;
    for (int i = 0; i < 1_000; i++) {
      allowed += (i % 2 == 0 ? first : second).take(key).allowed() ? 1 : 0;
    }
    assertThat(allowed).isBetween(600, 600 + 2 * SHARE);
  }

  @Test
  void a_burst_at_two_nodes_is_limited_while_others_settle_beside_it() throws Exception {
    ExecutorService settling = Executors.newFixedThreadPool(2);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    var nodes = new ArrayList<RateLimiter>();
    for (int i = 0; i < 2; i++) {
      nodes.add(new RateLimiter(SETTINGS, time.clock(), database, settling));
    }
    BucketKey key = newAddress();
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 4; i++) {
      RateLimiter node = nodes.get(i % 2);
      calls.add(
          () -> {
            int allowed = 0;
            for (int call = 0; call < 500; call++) {
              allowed += node.take(key).allowed() ? 1 : 0;
              // A fast client: the database takes some milliseconds for what it does beside.
              Thread.sleep(1);
            }
            return allowed;
          });
    }
    int allowed = 0;
    for (var caller : callers.invokeAll(calls)) {
      allowed += caller.get();
    }
    callers.shutdown();
    settling.shutdown();
    // Fewer than two nodes would that do not know of each other, however slow the machine is.
    assertThat(allowed).isBetween(600, 1_100);
  }

  @Test
  void a_call_waits_for_no_database() {
    Queue<Runnable> never = new ArrayDeque<>();
    var node = new RateLimiter(SETTINGS, time.clock(), failing(new AtomicBoolean()), never::add);
    assertThat(allowed(node, newAddress(), 1_000)).isEqualTo(600);
    assertThat(never).hasSize(1);
  }

  @Test
  void a_node_goes_on_by_itself_while_the_database_is_away_and_tells_it_afterwards() {
    var isAway = new AtomicBoolean(true);
    var lonely = new RateLimiter(SETTINGS, time.clock(), failing(isAway), Runnable::run);
    RateLimiter other = node();
    BucketKey key = newAddress();
    BucketKey scope = BucketKey.ofScope(UUID.randomUUID());
    assertThat(allowed(lonely, scope, 400)).isEqualTo(300);
    assertThat(allowed(lonely, key, 500)).isEqualTo(500);
    assertThat(allowed(other, key, 1)).isEqualTo(1);
    isAway.set(false);
    time.pass(Duration.ofSeconds(6));
    assertThat(allowed(lonely, scope, 1)).as("it asks again").isEqualTo(1);
    // 440 of its 500 are not refilled yet, and the next one settles them.
    assertThat(allowed(lonely, key, 1)).isEqualTo(1);
    assertThat(allowed(other, key, 1_000)).isBetween(150, 160 + SHARE);
  }

  /** A database that is away at times. */
  private static DataSource failing(AtomicBoolean isAway) {
    return (DataSource)
        Proxy.newProxyInstance(
            SharedBucketsTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              if (isAway.get()) {
                throw new SQLException("away", "08001");
              }
              return method.invoke(database, arguments);
            });
  }

  @Test
  void gives_connections_back_as_they_were() throws SQLException {
    try (Connection kept = database.getConnection()) {
      var one =
          (DataSource)
              Proxy.newProxyInstance(
                  SharedBucketsTest.class.getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (self, method, arguments) -> pooled(kept));
      var node = new RateLimiter(SETTINGS, time.clock(), one, Runnable::run);
      assertThat(allowed(node, BucketKey.ofScope(UUID.randomUUID()), 2)).isEqualTo(2);
      assertThat(kept.getAutoCommit()).isTrue();
    }
  }

  /** A connection that stays open when its user closes it, as those of a pool do. */
  private static Connection pooled(Connection kept) {
    return (Connection)
        Proxy.newProxyInstance(
            SharedBucketsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(kept, arguments));
  }

  @Test
  void forgets_buckets_that_are_full_again_and_no_others() throws SQLException {
    RateLimiter node = node();
    BucketKey full = BucketKey.ofScope(UUID.randomUUID());
    BucketKey other = BucketKey.ofScope(UUID.randomUUID());
    assertThat(allowed(node, full, 100) + allowed(node, other, 100)).isEqualTo(200);
    // Bucket4j reads the system's clock for this.
    String touch = "update rate_limit_buckets set expires_at = expires_at";
    assertThat(rows(touch + " - 3600000", full)).isEqualTo(1);
    node.forget();
    assertThat(rows(touch, full)).isZero();
    assertThat(rows(touch, other)).isEqualTo(1);
  }
}
