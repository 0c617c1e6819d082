package org.mdlibs.registry.token;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.access.TeamRole;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Whom a token stands for, right now: with the role and the teams that the database gives him,
 * unless the token was revoked or has expired, or the account is suspended. One statement, straight
 * over JDBC: every request with a token waits for it.
 */
@ApplicationScoped
public class Bearers {
  private static final String SELECT =
      "select t.id, t.scopes, t.expires_at, t.revoked_at, t.last_used_at,"
          + " u.id, u.username, u.role, (u.suspended or u.closed_by_source), m.team_id, m.role"
          + " from tokens t join users u on u.id = t.user_id"
          + " left join team_members m on m.user_id = u.id where ";
  private static final String BY_ID = SELECT + "t.kind = 'login' and t.id = ?";
  private static final String BY_HASH = SELECT + "t.kind = 'api' and t.token_hash = ?";

  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Inject private Clock clock;
  @Inject private TokenUse use;

  /** A caller and the token that he came with. */
  public record Bearer(Caller caller, PresentedToken token) {}

  /** A value of the one parameter. */
  @FunctionalInterface
  private interface Key {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /**
   * The bearer of a login token.
   *
   * @param id its {@code jti}
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN}, {@link ProblemType#TOKEN_EXPIRED}
   */
  public Bearer ofLogin(UUID id) throws SQLException {
    return find(BY_ID, true, statement -> statement.setObject(1, id));
  }

  /**
   * The bearer of an API token; the use is noted.
   *
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN}, {@link ProblemType#TOKEN_EXPIRED}
   */
  public Bearer ofApi(ApiSecret secret) throws SQLException {
    return find(BY_HASH, false, statement -> statement.setBytes(1, secret.sha256()));
  }

  private Bearer find(String sql, boolean isLogin, Key key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      key.bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw invalid();
        }
        return bearer(row, isLogin);
      }
    }
  }

  private Bearer bearer(ResultSet row, boolean isLogin) throws SQLException {
    UUID id = UUID.fromString(row.getString(1));
    Instant now = clock.instant();
    if (row.getObject(4) != null || row.getBoolean(9)) {
      throw invalid();
    }
    Timestamp expires = row.getTimestamp(3);
    if (expires != null && !now.isBefore(expires.toInstant())) {
      throw new ProblemException(
          ProblemType.TOKEN_EXPIRED, isLogin ? "Log in again." : "Make another API token.");
    }
    Role role = Role.valueOf(row.getString(8));
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    permissions.addAll(Permission.ofStored(row.getString(2)));
    if (role != Role.ADMIN) {
      permissions.remove(Permission.ADMIN);
    }
    if (!isLogin) {
      Timestamp lastUsed = row.getTimestamp(5);
      use.note(id, lastUsed == null ? null : lastUsed.toInstant(), now);
    }
    UUID user = UUID.fromString(row.getString(6));
    var caller = new Caller(user, row.getString(7), role, permissions, teams(row));
    return new Bearer(caller, new PresentedToken(id, isLogin));
  }

  /** The teams of this row and of all that follow. */
  private static Map<UUID, TeamRole> teams(ResultSet row) throws SQLException {
    if (row.getString(10) == null) {
      return Map.of();
    }
    var teams = new HashMap<UUID, TeamRole>();
    do {
      teams.put(UUID.fromString(row.getString(10)), TeamRole.parse(row.getString(11)));
    } while (row.next());
    return teams;
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_TOKEN, "The token is unknown or was revoked: log in again.");
  }
}
