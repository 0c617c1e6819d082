package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/**
 * Logins whose password was right a moment ago. A trigger is the rival who acts between the
 * verification and the token: it fires when the login hashes a weakly hashed password anew.
 */
@RegistryTest
class LoginRaceIT {
  private static final boolean POSTGRES =
      System.getProperty("registry.database").equals("postgresql");

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  LoginRaceIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  private Answer logIn() {
    return client.loginAnswer(ann.username(), RegistryClient.PASSWORD);
  }

  private Answer logInWeakly() {
    return client.loginAnswer(ann.username(), PasswordIT.WEAK_PASSWORD);
  }

  private long logins() {
    return server.count(
        "select count(*) from tokens t join users u on u.id = t.user_id where u.username = ?",
        ann.username());
  }

  private void whileARivalSets(String assignment, Runnable login) {
    server.execute(
        "update users set password_hash = ? where username = ?", PasswordIT.WEAK, ann.username());
    String table = " update of password_hash on users";
    String when = " when (new.username = '" + ann.username() + "') ";
    if (POSTGRES) {
      String[] parts = assignment.split(" = ", -1);
      server.execute(
          "create function rival() returns trigger language plpgsql as"
              + " 'begin new.%s := %s; return new; end'"
                  .formatted(parts[0], parts[1].replace("'", "''")));
      server.execute(
          "create trigger rival before"
              + table
              + " for each row"
              + when
              + "execute function rival()");
    } else {
      server.execute(
          "create trigger rival after"
              + table
              + when
              + "begin update users set "
              + assignment
              + " where id = new.id; end");
    }
    try {
      login.run();
    } finally {
      server.execute("drop trigger rival" + (POSTGRES ? " on users" : ""));
      if (POSTGRES) {
        server.execute("drop function rival()");
      }
    }
  }

  private void isRefused(String assignment) {
    long before = logins();
    whileARivalSets(assignment, () -> logInWeakly().isProblem(401, "INVALID_CREDENTIALS"));
    assertThat(logins()).isEqualTo(before);
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.login'"
                    + " and outcome = 'failure' and target = ?",
                "user:" + ann.username()))
        .isEqualTo(1);
  }

  @Test
  void a_login_whose_password_was_changed_meanwhile_is_refused() {
    isRefused("password_hash = 'another'");
  }

  @Test
  void a_login_whose_account_was_suspended_meanwhile_is_refused() {
    isRefused("suspended = true");
  }

  @Test
  void a_login_whose_account_was_closed_by_its_source_meanwhile_is_refused() {
    isRefused("closed_by_source = true");
  }

  @Test
  void a_login_that_nobody_disturbs_is_let_in() {
    whileARivalSets("email = 'elsewhere@example.org'", () -> logInWeakly().is(200));
    logInWeakly().is(200);
  }

  /** What the triggers cannot show: the change has not ended yet when the login asks. */
  @Test
  void a_login_waits_for_a_change_under_way() throws SQLException {
    assumeTrue(POSTGRES, "SQLite has one writer at a time, and tells nobody who waits for it");
    try (Connection rival = server.connect();
        Statement statement = rival.createStatement()) {
      rival.setAutoCommit(false);
      statement.executeUpdate(
          "update users set password_hash = 'another' where username = '" + ann.username() + "'");
      CompletableFuture<Answer> login = CompletableFuture.supplyAsync(this::logIn);
      while (!login.isDone() && waiting() == 0) {
        Thread.onSpinWait();
      }
      assertThat(login).isNotDone();
      rival.commit();
      login.join().isProblem(401, "INVALID_CREDENTIALS");
    }
    assertThat(logins()).isEqualTo(1);
  }

  private long waiting() {
    return server.count(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and query like '%users%'");
  }
}
