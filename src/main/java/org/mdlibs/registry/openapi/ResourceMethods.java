package org.mdlibs.registry.openapi;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mdlibs.registry.RegistryApplication;

/**
 * The methods that JAX-RS serves, read from the folder of compiled classes: a new resource class is
 * found without being named anywhere. For the build alone; a server may have no such folder.
 */
final class ResourceMethods {
  private static final String SUFFIX = ".class";
  private static final String RESOURCE = "Resource.class";

  /** By {@code GET /api/v1/teams/{id}}; several where they differ by content type. */
  private final Map<String, List<Method>> methods = new TreeMap<>();

  /**
   * Reads the classes.
   *
   * @throws IllegalStateException when the classes are not in a folder
   */
  ResourceMethods() {
    try {
      Path root =
          Path.of(
              RegistryApplication.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      try (Stream<Path> files = Files.walk(root)) {
        files
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .filter(file -> file.startsWith("org/mdlibs/") && file.endsWith(RESOURCE))
            .sorted()
            .forEach(file -> read(load(file)));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    try {
      return Class.forName(name, false, ResourceMethods.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Class<?> type) {
    var root = type.getAnnotation(jakarta.ws.rs.Path.class);
    if (root == null) {
      return;
    }
    Method[] declared = type.getDeclaredMethods();
    Arrays.sort(declared, Comparator.comparing(Method::toGenericString));
    for (Method method : declared) {
      var rest = method.getAnnotation(jakarta.ws.rs.Path.class);
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          methods
              .computeIfAbsent(
                  verb.value() + " " + path(root.value(), rest == null ? "" : rest.value()),
                  key -> new ArrayList<>())
              .add(method);
        }
      }
    }
  }

  private static String path(String first, String second) {
    String application = RegistryApplication.class.getAnnotation(ApplicationPath.class).value();
    return (application + "/" + first + "/" + second)
        .replaceAll("/{2,}", "/")
        .replaceAll("(?<=.)/$", "");
  }

  /** The methods that serve an operation; none when something else does. */
  List<Method> of(String verb, String path) {
    return methods.getOrDefault(verb + " " + path, List.of());
  }
}
