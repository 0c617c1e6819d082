package org.mdlibs.registry.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.SecretBox;

/** The secrets of webhooks: made, and put into the form that the database keeps. */
@ApplicationScoped
public class Secrets {
  private static final String PURPOSE = "webhook secrets";
  private static final String PREFIX = "whsec_";
  private static final int LETTERS = 44;

  /** What precedes a secret that is stored in clear, so that none looks like a wrapped one. */
  static final String CLEAR = "v0.";

  @Inject private RegistryConfig config;
  @Inject private Chance chance;

  /** A new secret of some 250 random bits. */
  String make() {
    return PREFIX + chance.word(LETTERS);
  }

  /** What is stored: wrapped where a key for that is configured. */
  String stored(String secret, UUID webhook) {
    return config
        .secretBox()
        .map(box -> box.wrap(secret, PURPOSE, webhook.toString(), chance))
        .orElse(CLEAR + secret);
  }

  /**
   * The inverse of {@link #stored}.
   *
   * @throws IllegalStateException with a sentence for the operator when it cannot be opened
   */
  String open(String stored, UUID webhook) {
    if (!SecretBox.isWrapped(stored)) {
      return stored.substring(CLEAR.length());
    }
    return config
        .secretBox()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The database's webhook secrets are wrapped: set MDLIBS_SECRET_KEY"))
        .open(stored, PURPOSE, webhook.toString());
  }
}
