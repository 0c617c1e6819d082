package org.mdlibs.registry.user;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Passwords: what is refused, and how the others are kept. Argon2id (RFC 9106) with 19 MiB, 2
 * passes and 1 lane, written as a PHC string; at most a few at once, since each takes that memory,
 * and no long queue for it.
 */
@ApplicationScoped
public class Passwords {
  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 200;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE = 4;

  /** Logins that may wait for their turn, each with a thread; some two seconds of work. */
  private static final int MOST_WAITING = 32;

  private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final Semaphore hashing = new Semaphore(AT_ONCE, true);
  private final Chance chance;
  private String nobodys;

  @Inject
  public Passwords(Chance chance) {
    this.chance = chance;
  }

  /** For the container's proxy. */
  protected Passwords() {
    this(null);
  }

  @PostConstruct
  void prepare() {
    nobodys = hash(chance.word(SALT_BYTES));
  }

  /**
   * Refuses a password that is too short, too long, the username, or among the commonest.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public static String check(String password, String username) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException("must be 8 to 200 characters");
    }
    if (password.equalsIgnoreCase(username)) {
      throw new IllegalArgumentException("must not be the username");
    }
    if (Commonest.PASSWORDS.contains(password.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("is one of the commonest passwords; choose another");
    }
    return password;
  }

  /** The PHC string of a password, with a salt of its own. */
  public String hash(String password) {
    byte[] salt = chance.bytes(SALT_BYTES);
    byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /**
   * Whether a password is the one of a PHC string. Takes the same time whatever the answer, and
   * also when there is no such account.
   *
   * @param phc what {@link #hash} gave, or null for an account without a password
   */
  public boolean verify(String password, String phc) {
    Matcher parts = PHC.matcher(phc == null ? nobodys : phc);
    if (!parts.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] actual =
        argon2(
            password,
            Base64.getDecoder().decode(parts.group(4)),
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, actual) && phc != null;
  }

  /** Whether a hash was made with less than new ones are. */
  public boolean isOutdated(String phc) {
    Matcher parts = PHC.matcher(phc);
    return !parts.matches()
        || Integer.parseInt(parts.group(1)) < MEMORY_KIB
        || Integer.parseInt(parts.group(2)) < PASSES
        || Base64.getDecoder().decode(parts.group(5)).length < HASH_BYTES;
  }

  /**
   * Lets a hash begin; refuses when too many wait, so that a storm takes neither memory nor
   * threads.
   */
  private void await() {
    boolean begun = false;
    if (hashing.getQueueLength() < MOST_WAITING) {
      try {
        begun = hashing.tryAcquire(MOST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (!begun) {
      throw new ProblemException(
          ProblemType.OVERLOADED,
          "Try again in a moment: too many people log in at once.",
          Duration.ofSeconds(1));
    }
  }

  private byte[] argon2(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    var parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build();
    byte[] hash = new byte[length];
    await();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(parameters);
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      hashing.release();
    }
  }

  /** Loaded when somebody first chooses a password: some 30,000 words. */
  private static final class Commonest {
    static final Set<String> PASSWORDS = read();

    private static Set<String> read() {
      try {
        return new HashSet<>(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
