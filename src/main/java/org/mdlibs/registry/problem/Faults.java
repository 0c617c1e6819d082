package org.mdlibs.registry.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects every fault of an input, so that its sender is told all of them at once. */
public final class Faults {
  private final List<Fault> faults = new ArrayList<>();

  /** Whether a field has a fault already. */
  public boolean has(String field) {
    return faults.stream().anyMatch(fault -> fault.field().equals(field));
  }

  /** What was noted so far. */
  public List<Fault> all() {
    return List.copyOf(faults);
  }

  /** Notes a fault. */
  public void add(String field, String message) {
    faults.add(new Fault(field, message));
  }

  /**
   * Reads a required text; a missing or wrong one becomes a fault.
   *
   * @return the value, or empty when a fault was noted
   */
  public <T> Optional<T> required(String field, String text, Function<String, T> parser) {
    if (text == null) {
      add(field, "is required");
      return Optional.empty();
    }
    return optional(field, text, parser);
  }

  /**
   * Reads a text that may be absent; a wrong one becomes a fault.
   *
   * @return the value, or empty when it is absent or a fault was noted
   */
  public <T> Optional<T> optional(String field, String text, Function<String, T> parser) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      add(field, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reads a flag of the query, {@code true} or {@code false}.
   *
   * @throws ProblemException {@link ProblemType#INVALID_INPUT} for anything else
   */
  public static boolean flag(String field, String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new ProblemException(
          ProblemType.INVALID_INPUT, List.of(new Fault(field, "must be 'true' or 'false'")));
    }
    return text.equals("true");
  }

  /**
   * Ends the request when there is any fault.
   *
   * @throws ProblemException {@link ProblemType#INVALID_INPUT} with all faults
   */
  public void throwIfAny() {
    throwIfAny(ProblemType.INVALID_INPUT);
  }

  /**
   * Ends the request when there is any fault.
   *
   * @throws ProblemException the given type with all faults
   */
  public void throwIfAny(ProblemType type) {
    if (!faults.isEmpty()) {
      throw new ProblemException(type, faults);
    }
  }
}
