package org.mdlibs.registry.token;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.registry.token.LoginTokens.Verified;

/**
 * Login tokens whose signature this node has verified, by the SHA-256 of the whole token: verifying
 * one costs more than everything else that a request does. Only what can never change is kept;
 * whether a token is still registered, and what its user may do, is read every time.
 */
final class VerifiedTokens {
  private static final int MOST = 10_000;

  private final Map<ByteBuffer, Verified> verified =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Verified> eldest) {
              return size() > MOST;
            }
          });

  Optional<Verified> find(byte[] sha256) {
    return Optional.ofNullable(verified.get(ByteBuffer.wrap(sha256)));
  }

  void put(byte[] sha256, Verified token) {
    verified.put(ByteBuffer.wrap(sha256), token);
  }
}
