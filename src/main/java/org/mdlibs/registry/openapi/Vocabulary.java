package org.mdlibs.registry.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * What the members and parameters of the interface mean. The same word means the same thing
 * wherever it stands, so it is told once; where it does not, the schema's name goes before it.
 */
final class Vocabulary {
  static final String UUID_EXAMPLE = "5f0c2a86-3d5e-4a0e-9a55-7a4b0f3a1c21";
  private static final String TIME = "2026-01-31T12:00:00Z";
  private static final String TOKEN_SCOPES = "What the token lets its bearer do at most.";

  /** A word: what it means, an example, and the only values that it takes, if it is so. */
  private record Word(String meaning, Object example, List<Object> values) {
    Word(String meaning, Object example) {
      this(meaning, example, List.of());
    }
  }

  private static final Map<String, Word> WORDS =
      Map.ofEntries(
          word("id", "The id.", UUID_EXAMPLE),
          word("scope", "The user or team that a library belongs to.", "ann"),
          word("name", "The name of the library.", "style-guide"),
          word("version", "The version, by Semantic Versioning 2.0.0.", "1.2.0"),
          word("latest_version", "The version that `latest` stands for.", "1.2.0"),
          word("description", "What the library is about.", "How we write."),
          word("tags", "Words to find it by.", List.of("style", "writing")),
          word("tag", "Words to find it by.", List.of("style")),
          word("license", "An SPDX licence expression.", "CC-BY-4.0"),
          choice("visibility", "Who may see the library.", "public", "public", "private"),
          word("deprecation", "What to use instead.", "Use @docs-team/style-guide."),
          word("downloads", "How often it was downloaded.", 42),
          word("total_downloads", "How often all of it was downloaded.", 42),
          word("created_at", "When it was made.", TIME),
          word("updated_at", "When it last changed.", TIME),
          word("expires_at", "When it ends.", TIME),
          word("last_used_at", "When it was last used.", TIME),
          word("joined_at", "When the user became a member.", TIME),
          word("modified_at", "When the archive was written.", TIME),
          word("time", "When it happened.", TIME),
          word("created_by", "The username of the publisher.", "ann"),
          word("size", "Bytes of the archive.", 20480),
          word("checksum", "The SHA-256 of the archive.", "sha256:" + "0123456789abcdef".repeat(4)),
          word("scanned", "Whether it was scanned for malware and found clean.", true),
          word("yanked", "Whether `latest` and ranges pass over it.", false),
          word(
              "download_url",
              "The path of the archive.",
              "/api/v1/libraries/ann/style-guide/1.2.0/download"),
          word("versions_count", "How many versions there are.", 3),
          word("libraries_count", "How many libraries there are.", 7),
          word("members_count", "How many members there are.", 2),
          word("total", "How many there are on all pages, exact up to 10,000.", 1),
          word("total_is_capped", "True when there are more than `total`.", true),
          word("page", "The page, from 1.", 1),
          word("per_page", "Rows of a page.", 20),
          word("username", "The username.", "ann"),
          word("email", "The e-mail address.", "ann@example.org"),
          word("password", "The password, 8 to 200 characters.", "a long phrase for ann"),
          word("current_password", "The password that holds now.", "a long phrase for ann"),
          word("new_password", "The next password.", "another long phrase"),
          word("revoke_tokens", "Whether the API tokens end too.", true),
          word("cookie", "Whether a browser asks, which keeps the token in a cookie.", false),
          word("token", "What its bearer sends; a secret.", "a secret"),
          word("token_type", "How it is sent.", "Bearer"),
          choices("scopes", TOKEN_SCOPES, "read", "publish", "manage", "admin"),
          word("expires_in_days", "After how many days it ends.", 90),
          word("display_name", "What people call the team.", "The docs team"),
          word("user_id", "The id of the user.", UUID_EXAMPLE),
          word("uid", "The id of the user.", UUID_EXAMPLE),
          word("used_bytes", "Bytes of the archives that are stored.", 20480),
          word("quota_bytes", "How many bytes they may be.", 5368709120L),
          word("code", "The code.", "VERSION_EXISTS"),
          word("client_name", "What the device calls itself.", "mdlibs on laptop"),
          word("device_code", "What the device asks with; a secret.", "a secret"),
          word("user_code", "What the device shows.", "BCDF-GHJK"),
          word("verification_uri", "Where to type the code.", "https://registry.example/device"),
          word(
              "verification_uri_complete",
              "The same, with the code in it.",
              "https://registry.example/device?user_code=BCDF-GHJK"),
          word("expires_in", "Seconds until the codes end.", 600),
          word("interval", "Seconds between two questions.", 5),
          word(
              "grant_type",
              "`urn:ietf:params:oauth:grant-type:device_code`, or left out.",
              "urn:ietf:params:oauth:grant-type:device_code"),
          word("client_id", "What the device calls itself.", "mdlibs"),
          word("approve", "Whether the device may come in.", true),
          word("address", "The address that it came from.", "192.0.2.7"),
          word("suspended", "Whether the account is closed.", false),
          word("issuer", "Who vouches for the account.", "ldaps://ldap.example.org"),
          word("action", "What was done.", "user.login"),
          choice("outcome", "How it ended.", "success", "success", "failure", "denied"),
          word("actor", "The username of who acted.", "ann"),
          word("actor_id", "The id of who acted.", UUID_EXAMPLE),
          word("target", "What it was done to.", "@ann/style-guide@1.2.0"),
          word("request_id", "The id of the request.", UUID_EXAMPLE),
          word("dry_run", "Whether nothing was changed.", true),
          word("role", "What it is: `user` when left out.", "user"),
          word("roles", "What the account is in the whole registry.", List.of("user")),
          word("suspended_by", "Who closed the account.", List.of("administrator")),
          word("password_reset", "A code by which the owner sets the password.", "a code"),
          word("detail", "What is to be known besides.", "2 of 3 were intact"),
          word("event", "What is told.", "missing"),
          word("key", "The name of the archive in the storage.", "user/ab/cd"),
          word("size_bytes", "Bytes of the archive as it is.", 20480),
          word("type", "What kind of thing it is.", "user"),
          word("report", "The sums.", "the sums"),
          word("truncated", "True when there were more findings than these.", true),
          word("removed", "How many were removed.", 0),
          word("failed", "How many could not be removed.", 0),
          word("bytes", "How many bytes these are.", 20480),
          word("checked", "How many versions were looked at.", 12),
          word("intact", "Archives that are as they were published.", 12),
          word("missing", "Versions without an archive.", 0),
          word("corrupt", "Archives that are not as they were published.", 0),
          word("unreadable", "Archives that could not be read.", 0),
          word("orphans", "Archives that no version names.", 0),
          word("pending", "Archives too young to be told from those being published.", 0),
          word("leftovers", "Things in the storage that are no archives.", 0),
          word("whole", "Whether everything could be looked at.", true),
          word("root", "The folder around everything in the archive.", "style-guide"),
          word("files", "How many files the archive has.", 3),
          word("unpacked_size", "Bytes of the files of the archive.", 40960),
          word("field", "The field or entry at fault.", "name"),
          word("single_sign_on", "Where the single sign-on begins.", "/api/v1/auth/oidc/login"),
          word("LoginMethods.password", "Whether passwords are taken.", true),
          word("MemberRequest.role", "What the user becomes.", "member"),
          word("would_publish", "Whether it would be published.", true),
          word("new_library", "Whether the library would be made.", true),
          word("days", "How many days, today included.", 30),
          word("library", "The library: a name in the scope, or a reference.", "@ann/style-guide"),
          word("date", "The day, in UTC.", "2026-01-31"),
          word("count", "How many there are.", 42),
          word("total_libraries", "How many libraries there are.", 7),
          word("total_versions", "How many versions there are.", 12),
          word("total_size_bytes", "Bytes of all archives.", 20480),
          word("TagCount.tag", "The word.", "style"),
          word("api_calls", "Calls of the account in the last 30 days.", 1200),
          word("anonymous_api_calls", "Calls without an account in the last 30 days.", 300),
          choice("level", "The level.", "INFO", "ERROR", "WARN", "INFO", "DEBUG"),
          word("logger", "The logger; all when left out.", "mdlibs.access"),
          word(
              "loggers",
              "Levels of loggers that have one of their own.",
              Map.of("mdlibs.access", "WARN")),
          word("read_only", "Whether no writes are taken.", true),
          word("reason", "Why no writes are taken.", "We move to another disk."),
          word("source", "What made it so.", "administrator"),
          word("since", "Since when.", TIME),
          word("set_by", "The username of who made it so.", "ann"),
          word("url", "Where events are told.", "https://ci.example.org/hooks/mdlibs"),
          choices(
              "events",
              "What is told.",
              "version.published",
              "version.deleted",
              "version.yanked",
              "version.unyanked"),
          word("active", "Whether anything is told.", true),
          word(
              "secret",
              "What events are signed with; a secret.",
              "a secret of 32 characters at least"),
          choice(
              "Delivered.status",
              "Whether it arrived; `failed` is given up.",
              "delivered",
              "pending",
              "delivered",
              "failed"),
          choice("DeliveryQueued.status", "It waits to be sent.", "pending", "pending"),
          word("attempts", "How often it was tried.", 1),
          word("last_attempt_at", "When it was last tried.", TIME),
          word("next_attempt_at", "When it is tried next.", TIME),
          word("response_status", "The status that the receiver answered.", 204),
          word("failure", "Why it did not arrive.", "timeout"),
          word("TokenRequest.name", "What the token is for.", "laptop"),
          word("TokenDetails.name", "What the token is for.", "laptop"),
          word("TokenCreated.name", "What the token is for.", "laptop"),
          word("TeamRequest.name", "The scope of the team.", "docs-team"),
          word("TeamDetails.name", "The scope of the team.", "docs-team"),
          word("TeamSummary.name", "The scope of the team.", "docs-team"),
          word("TeamMembership.name", "The scope of the team.", "docs-team"),
          word("startDeviceLogin.scope", TOKEN_SCOPES + " Joined by spaces.", "read publish"),
          word("DryRunFault.status", "The status of the problem.", 409),
          choice("AdminUser.role", "What the account is.", "user", "user", "admin"),
          choice("CreatedUser.role", "What the account is.", "user", "user", "admin"),
          choice("TeamDetails.role", "What the caller is in it.", "admin", "admin", "member"),
          choice("TeamSummary.role", "What the caller is in it.", "admin", "admin", "member"),
          choice("TeamMembership.role", "What the caller is in it.", "admin", "admin", "member"),
          choice("MemberDetails.role", "What the user is in it.", "member", "admin", "member"));

  private Vocabulary() {}

  private static Map.Entry<String, Word> word(String name, String meaning, Object example) {
    return Map.entry(name, new Word(meaning, example));
  }

  private static Map.Entry<String, Word> choice(
      String name, String meaning, String example, Object... values) {
    return Map.entry(name, new Word(meaning, example, List.of(values)));
  }

  private static Map.Entry<String, Word> choices(String name, String meaning, Object... values) {
    return Map.entry(name, new Word(meaning, List.of(values[0]), List.of(values)));
  }

  /**
   * What a word means, or null.
   *
   * @param owner the schema or operation that it stands in
   */
  static String meaning(String owner, String name) {
    Word word = find(owner, name);
    return word == null ? null : word.meaning();
  }

  /** An example for a word of this type, or null. */
  static Object example(String owner, String name, SchemaType type) {
    Word word = find(owner, name);
    return word == null || !suits(word.example(), type) ? null : word.example();
  }

  /** Tells in a schema what its word means, as far as an annotation has not. */
  static void explain(String owner, String name, Schema schema) {
    Word word = find(owner, name);
    if (word == null || !suits(word.example(), schema.getType()) || holdsRecords(schema)) {
      return;
    }
    if (schema.getDescription() == null) {
      schema.setDescription(word.meaning());
    }
    if (schema.getExample() == null) {
      schema.setExample(word.example());
    }
    Schema chosen = schema.getType() == SchemaType.ARRAY ? schema.getItems() : schema;
    if (!word.values().isEmpty() && chosen.getEnumeration() == null) {
      chosen.setEnumeration(word.values());
    }
  }

  private static boolean holdsRecords(Schema schema) {
    return schema.getItems() != null && schema.getItems().getRef() != null;
  }

  private static Word find(String owner, String name) {
    Word own = WORDS.get(owner + "." + name);
    return own == null ? WORDS.get(name) : own;
  }

  private static boolean suits(Object example, SchemaType type) {
    return type != null
        && switch (type) {
          case STRING -> example instanceof String;
          case INTEGER, NUMBER -> example instanceof Number;
          case BOOLEAN -> example instanceof Boolean;
          case ARRAY -> example instanceof List;
          case OBJECT -> example instanceof Map;
          default -> false;
        };
  }
}
