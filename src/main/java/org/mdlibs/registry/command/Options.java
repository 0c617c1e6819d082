package org.mdlibs.registry.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a command, as {@code --name value} or {@code --name=value}, and the {@value #FILE}
 * that some take.
 */
record Options(Map<String, String> values) {
  /** What stands for a file's name, which has no dashes before it. */
  static final String FILE = "FILE";

  /**
   * Reads them.
   *
   * @param known each option, and whether it takes a value
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static Options parse(List<String> args, Map<String, Boolean> known) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < args.size(); i++) {
      String argument = args.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (known.containsKey(FILE) && !argument.startsWith("--") && !values.containsKey(FILE)) {
        values.put(FILE, argument);
        continue;
      }
      Boolean takesValue = name.equals(FILE) ? null : known.get(name);
      if (takesValue == null) {
        throw new IllegalArgumentException("unknown argument " + argument);
      }
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      if (takesValue && equals < 0 && i + 1 < args.size()) {
        value = args.get(++i);
      }
      if (takesValue == value.isEmpty()) {
        throw new IllegalArgumentException(
            name + (takesValue ? " needs a value" : " takes no value"));
      }
      if (values.put(name, value) != null) {
        throw new IllegalArgumentException(name + " is there twice");
      }
    }
    return new Options(Map.copyOf(values));
  }

  /** Whether an option without a value is there. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of an option. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * The value of an option that must be there.
   *
   * @throws IllegalArgumentException when it is not
   */
  String get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is required"));
  }
}
