package org.mdlibs.registry.feed;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.Rows;
import org.mdlibs.registry.name.Tags;

/** The versions that were published last and are not deleted, the newest first. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Releases {
  /** How many a feed has at most. */
  static final int MOST = 50;

  /** Versions that are looked at for the feed of everything: what others hide may lie between. */
  private static final int LOOKED_AT = 10_000;

  private static final String COLUMNS =
      "select v.id, l.scope, l.name, v.version, v.version_key, v.description, v.tags, v.size_bytes,"
          + " v.created_at, v.yanked_at, n.name from ";
  private static final String PUBLISHER =
      " join libraries l on l.id = v.library_id join namespaces n on n.id = v.created_by";
  private static final String NEWEST = " order by v.created_at desc, v.id desc limit ";

  @PersistenceContext private EntityManager entities;

  /**
   * A published version.
   *
   * @param path of the version, from the root
   * @param description null when there is none
   * @param yankedAt null when it is not yanked
   * @param publisher the username
   */
  public record Release(
      UUID id,
      String scope,
      String name,
      String version,
      String path,
      String description,
      List<String> tags,
      long sizeBytes,
      Instant publishedAt,
      Instant yankedAt,
      String publisher) {
    /** When it was published, or yanked after that. */
    Instant updatedAt() {
      return yankedAt == null ? publishedAt : yankedAt;
    }
  }

  /** Of all libraries that a caller may see. */
  public List<Release> ofAll(Caller caller) {
    var values = new ArrayList<Object>();
    String newest =
        "(select * from library_versions v where v.deleted_at is null" + NEWEST + LOOKED_AT + ") v";
    return rows(newest + PUBLISHER + " where 1 = 1" + seenBy(caller, values) + NEWEST, values);
  }

  /** Of the libraries of a scope that a caller may see. */
  public List<Release> ofScope(String scope, Caller caller) {
    var values = new ArrayList<Object>(List.of(scope));
    return rows(
        "library_versions v"
            + PUBLISHER
            + " where v.deleted_at is null and l.scope = ?"
            + seenBy(caller, values)
            + NEWEST,
        values);
  }

  /** Of a library, whoever asks. */
  public List<Release> ofLibrary(UUID library) {
    return rows(
        "library_versions v"
            + PUBLISHER
            + " where v.deleted_at is null and v.library_id = ?"
            + NEWEST,
        List.of(library));
  }

  private static String seenBy(Caller caller, List<Object> values) {
    if (caller.isAdministrator()) {
      return "";
    }
    if (caller.isAnonymous()) {
      return " and l.visibility = 'public'";
    }
    values.add(caller.id());
    values.addAll(caller.teams().keySet());
    return " and (l.visibility = 'public' or l.scope_id in ("
        + Rows.marks(caller.teams().size() + 1)
        + "))";
  }

  private List<Release> rows(String from, List<Object> values) {
    return Rows.of(entities, COLUMNS + from + MOST, values).stream()
        .map(Releases::release)
        .toList();
  }

  private static Release release(Object[] row) {
    String scope = (String) row[1];
    String name = (String) row[2];
    return new Release(
        Rows.uuid(row[0]),
        scope,
        name,
        (String) row[3],
        "/api/v1/libraries/" + scope + "/" + name + "/" + row[4],
        (String) row[5],
        Tags.ofStored((String) row[6]).values(),
        Rows.number(row[7]),
        Rows.instant(row[8]),
        row[9] == null ? null : Rows.instant(row[9]),
        (String) row[10]);
  }
}
