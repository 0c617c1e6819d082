package org.mdlibs.registry.problem;

/**
 * One fault of an invalid input.
 *
 * @param field the member, parameter or form field at fault, as the caller spells it
 * @param message what is wrong with it, without its name
 */
public record Fault(String field, String message) {}
