package org.mdlibs.registry.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * A test against servers that the build does not bring: takes {@link RealParts}. Where one is not
 * installed the class is skipped and says so, unless {@code -Dregistry.real.required=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real-parts")
@ExtendWith(RealPartsTest.OneRegistry.class)
public @interface RealPartsTest {
  /** What the test is against. */
  Part value();

  /** A server. */
  enum Part {
    /** OpenLDAP. */
    SLAPD("slapd is not installed: apt-get install slapd"),
    /** The OpenID provider. */
    PROVIDER("needs Node.js 18 or later, and 'npm ci' in src/test/oidc-provider");

    private final String missing;

    Part(String missing) {
      this.missing = missing;
    }

    private boolean isInstalled() {
      return this == SLAPD ? Slapd.program().isPresent() : ProviderWithPages.isInstalled();
    }
  }

  /** Looks for the server, and starts all before the first test that wants them. */
  final class OneRegistry implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      Part part = context.getRequiredTestClass().getAnnotation(RealPartsTest.class).value();
      if (part.isInstalled()) {
        return;
      }
      if (Boolean.getBoolean("registry.real.required")) {
        throw new AssertionError(part.missing);
      }
      throw new TestAbortedException(part.missing);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RealParts.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(RealParts.class, key -> RealParts.start(), RealParts.class);
    }
  }
}
