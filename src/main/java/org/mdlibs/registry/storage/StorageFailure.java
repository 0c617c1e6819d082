package org.mdlibs.registry.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.function.Supplier;
import org.jclouds.aws.AWSResponseException;
import org.jclouds.blobstore.ContainerNotFoundException;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;
import org.mdlibs.registry.config.StorageSettings.Bucket;
import org.mdlibs.registry.problem.DiskFull;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** What goes wrong below, told in the registry's own ways. */
final class StorageFailure {
  private static final int INSUFFICIENT_STORAGE = 507;

  /** How servers of S3 say that they are full: Ceph, MinIO. */
  private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull");

  private StorageFailure() {}

  /** Asks jclouds, whose exceptions are unchecked and of many kinds. */
  static <T> T answer(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The problem of a request. */
  static ProblemException of(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (isFull(cause)) {
        return new ProblemException(
            ProblemType.STORAGE_FULL, "Nothing was stored: ask the operators for space.", e);
      }
    }
    String what = e instanceof NoSuchFileException ? "is gone" : "does not answer";
    return new ProblemException(
        ProblemType.STORAGE_UNAVAILABLE, "The storage " + what + ": try again in a moment.", e);
  }

  /**
   * Why a bucket cannot be used. The exception has no cause, since the start tells the innermost
   * message; what happened is suppressed in it.
   */
  static IllegalStateException atStart(Bucket bucket, IOException e) {
    var failure = new IllegalStateException(sentence(bucket, e));
    failure.addSuppressed(e);
    return failure;
  }

  private static String sentence(Bucket bucket, IOException e) {
    URI endpoint = bucket.endpoint();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContainerNotFoundException) {
        return "MDLIBS_STORAGE names a bucket that is not there: %s at %s"
            .formatted(bucket, endpoint);
      }
      if (cause instanceof AuthorizationException) {
        return "MDLIBS_S3_ACCESS_KEY and MDLIBS_S3_SECRET_KEY do not open %s at %s%s"
            .formatted(bucket, endpoint, code(cause));
      }
      if (cause instanceof AWSResponseException refusal && refusal.getError() != null) {
        return "The storage %s at %s refuses: %s (%s)"
            .formatted(
                bucket, endpoint, refusal.getError().getCode(), refusal.getError().getMessage());
      }
    }
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return "MDLIBS_S3_ENDPOINT does not answer as S3: %s (%s)"
        .formatted(endpoint, firstLine(innermost));
  }

  private static String firstLine(Throwable e) {
    return e.toString().lines().findFirst().orElse("").strip();
  }

  private static String code(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AWSResponseException refusal && refusal.getError() != null) {
        return ": " + refusal.getError().getCode();
      }
    }
    return "";
  }

  private static boolean isFull(Throwable cause) {
    if (cause instanceof AWSResponseException refusal && refusal.getError() != null) {
      return FULL.contains(refusal.getError().getCode());
    }
    if (cause instanceof HttpResponseException refusal) {
      return refusal.getResponse() != null
          && refusal.getResponse().getStatusCode() == INSUFFICIENT_STORAGE;
    }
    return DiskFull.isSaidBy(cause);
  }
}
