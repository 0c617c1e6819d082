package org.mdlibs.registry.problem;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods a path takes: those of the template that fits it with the most literal characters
 * (Jakarta RESTful Web Services 3.1, section 3.7.2). Where a template with fewer fits too, as
 * {@code {version}} does where {@code versions} is meant, some servers add its methods.
 */
@ApplicationScoped
public class PathMethods {
  /** What the interface's {@code ApplicationPath} says. */
  private static final String BASE = "/api/v1";

  private static final Pattern EXPRESSION = Pattern.compile("\\{\\s*(\\w+)\\s*:[^}]*\\}");
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*\\}");

  @Inject private BeanManager beans;

  private List<Template> templates;

  record Template(Pattern fits, int literals, Set<String> methods) {}

  @PostConstruct
  void read() {
    templates =
        templates(
            beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .toList());
  }

  static List<Template> templates(List<? extends Class<?>> resources) {
    var methods = new HashMap<String, Set<String>>();
    for (Class<?> resource : resources) {
      for (Method method : resource.getMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            methods.computeIfAbsent(template(method), path -> new TreeSet<>()).add(verb.value());
          }
        }
      }
    }
    return methods.entrySet().stream()
        .map(PathMethods::template)
        .sorted(Comparator.comparingInt(Template::literals).reversed())
        .toList();
  }

  /** The path of a resource method, with that of the application, without regular expressions. */
  public static String template(Method method) {
    String path =
        BASE
            + "/"
            + path(method.getDeclaringClass().getAnnotation(Path.class))
            + "/"
            + path(method.getAnnotation(Path.class));
    path = EXPRESSION.matcher(path).replaceAll("{$1}").replaceAll("/+", "/");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String path(Path path) {
    return path == null ? "" : path.value();
  }

  private static Template template(Map.Entry<String, Set<String>> entry) {
    Set<String> methods = entry.getValue();
    methods.add(HttpMethod.OPTIONS);
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    String[] literals = VARIABLE.split(entry.getKey(), -1);
    var pattern = new StringBuilder();
    int count = 0;
    for (int i = 0; i < literals.length; i++) {
      pattern.append(i == 0 ? "" : "[^/]+").append(Pattern.quote(literals[i]));
      count += literals[i].length();
    }
    return new Template(Pattern.compile(pattern.toString()), count, methods);
  }

  /**
   * The methods of a request's path, in order, as {@code Allow} has them.
   *
   * @param path with that of the application, as it was sent
   * @return empty where no template fits
   */
  public Optional<String> of(String path) {
    return of(templates, path);
  }

  static Optional<String> of(List<Template> templates, String path) {
    int base = path.indexOf(BASE + "/");
    if (base < 0) {
      return Optional.empty();
    }
    String below = path.substring(base).replaceAll("/+$", "");
    return templates.stream()
        .filter(template -> template.fits().matcher(below).matches())
        .findFirst()
        .map(template -> String.join(", ", template.methods()));
  }
}
