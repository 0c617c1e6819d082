package org.mdlibs.registry.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every operation of the interface, read from the resource classes. */
public final class Operations {
  /** What no resource class serves: the download filter's operation, and what its token needs. */
  private static final Map<String, Set<Permission>> BESIDE =
      Map.of("GET /libraries/{scope}/{name}/{version}/download", Set.of(Permission.READ));

  private Operations() {}

  /** The operations ({@code GET /teams/{id}}), and what a token needs for each. */
  public static Map<String, Set<Permission>> all() {
    var operations = new TreeMap<String, Set<Permission>>(BESIDE);
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mdlibs.registry");
    for (JavaClass type : classes) {
      for (JavaMethod method : type.getMethods()) {
        verb(method)
            .ifPresent(
                verb ->
                    operations.put(
                        verb + " " + path(type, method),
                        Set.of(method.getAnnotationOfType(Needs.class).value())));
      }
    }
    return operations;
  }

  private static Optional<String> verb(JavaMethod method) {
    return method.getAnnotations().stream()
        .map(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class))
        .flatMap(Optional::stream)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(JavaClass type, JavaMethod method) {
    String first = type.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    String second = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    return ("/" + first + "/" + second).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
  }
}
