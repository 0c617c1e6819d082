package org.mdlibs.registry.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Reads e-mail addresses by the rule of Jakarta Validation's {@code @Email}, at most 255
 * characters.
 */
@ApplicationScoped
public class Emails {
  @Inject private Validator validator;

  /**
   * The rule. On a field of a class: an annotation on a record's component makes one server's
   * OpenAPI scanner fail.
   */
  static final class Rule {
    @NotBlank(message = "is required")
    @jakarta.validation.constraints.Email(message = "must be an e-mail address")
    @Size(max = 255, message = "must be at most 255 characters")
    String email;

    private Rule() {}
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  public Email parse(String text) {
    validator.validateValue(Rule.class, "email", text).stream()
        .findFirst()
        .ifPresent(
            violation -> {
              throw new IllegalArgumentException(violation.getMessage());
            });
    return new Email(text);
  }
}
