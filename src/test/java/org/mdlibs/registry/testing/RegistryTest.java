package org.mdlibs.registry.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A test against the running registry: takes a {@link RegistryServer} or a {@link RegistryClient}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RegistryTest.OneServer.class)
public @interface RegistryTest {

  /** Starts the server before the first test that wants it, and stops it after the last of all. */
  final class OneServer implements ParameterResolver {
    /** A start, which is tried once: what went wrong is told to every test. */
    private record Start(RegistryServer started, RuntimeException failure)
        implements AutoCloseable {
      static Start once() {
        try {
          return new Start(RegistryServer.start(), null);
        } catch (RuntimeException e) {
          return new Start(null, e);
        }
      }

      RegistryServer server() {
        if (failure != null) {
          throw new IllegalStateException("The server of the tests did not start", failure);
        }
        return started;
      }

      @Override
      public void close() {
        if (started != null) {
          started.close();
        }
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == RegistryServer.class || type == RegistryClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      RegistryServer server =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.GLOBAL)
              .computeIfAbsent(Start.class, key -> Start.once(), Start.class)
              .server();
      return parameter.getParameter().getType() == RegistryServer.class
          ? server
          : new RegistryClient(server.uri(""));
    }
  }
}
