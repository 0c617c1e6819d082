package org.mdlibs.registry.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a token must let its bearer do for an operation. Every operation says it; one that needs
 * nothing (logging in, say) says so by an empty value.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** The permission, or none. */
  Permission[] value();
}
