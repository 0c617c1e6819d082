package org.mdlibs.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.library.LibraryResource;
import org.mdlibs.registry.problem.PathMethods;

class MetricsTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:mdlibs|jvm|process|system)_[a-z_]*[a-z]\\b");

  private final Metrics metrics = new Metrics();

  @BeforeEach
  void something_happened() {
    metrics.observe(new Inventory());
    metrics.requestBegins();
    metrics.requestTook("/api/v1/libraries", "GET", 200, Duration.ofMillis(7).toNanos());
    metrics.refused("search");
    metrics.loginFailed("user.login");
    metrics.uploaded(100);
    metrics.downloaded();
    metrics.sent(50);
  }

  @AfterEach
  void nobody_listens_any_more() {
    metrics.close();
  }

  private TextFormat scrape() {
    return TextFormat.parse(metrics.scrape());
  }

  @Test
  void a_request_is_in_every_bucket_that_is_longer_than_it() {
    String labels = "{endpoint=\"/api/v1/libraries\",method=\"GET\",status=\"200\",le=\"%s\"}";
    String bucket = "mdlibs_http_requests_seconds_bucket";
    assertThat(scrape().samples())
        .containsEntry(bucket + labels.formatted("0.005"), 0.0)
        .containsEntry(bucket + labels.formatted("0.01"), 1.0)
        .containsEntry(bucket + labels.formatted("+Inf"), 1.0);
  }

  @Test
  void counts_what_happens() {
    TextFormat scrape = scrape();
    assertThat(scrape.sum("mdlibs_uploads_total")).isEqualTo(1);
    assertThat(scrape.sum("mdlibs_upload_bytes_total")).isEqualTo(100);
    assertThat(scrape.sum("mdlibs_downloads_total")).isEqualTo(1);
    assertThat(scrape.sum("mdlibs_download_bytes_total")).isEqualTo(50);
    assertThat(scrape.sum("mdlibs_rate_limit_refusals_total", "limit=\"search\"")).isEqualTo(1);
    assertThat(scrape.sum("mdlibs_login_failures_total", "action=\"user.login\"")).isEqualTo(1);
    assertThat(scrape.sum("mdlibs_http_requests_active")).isEqualTo(1);
    metrics.requestEnds();
    assertThat(scrape().sum("mdlibs_http_requests_active")).isZero();
  }

  @Test
  void what_was_not_counted_yet_is_not_a_number() {
    assertThat(scrape().samples().get("mdlibs_libraries")).isNaN();
    assertThat(scrape().samples().get("mdlibs_inventory_refreshed_timestamp_seconds")).isNaN();
  }

  /** Dashboard and alerts, and the table of the documentation. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-config/grafana/mdlibs-registry.json",
        "server-config/prometheus/alerts.yml",
        "docs/operations.md"
      })
  void every_metric_that_is_named_somewhere_exists(String file) throws IOException {
    Set<String> names = new TreeSet<>(scrape().names());
    names.addAll(Set.of("jvm_gc_pause_seconds_sum", "jvm_gc_pause_seconds_count"));
    var named = new TreeSet<String>();
    Matcher matcher = METRIC.matcher(Files.readString(Path.of(file)));
    while (matcher.find()) {
      named.add(matcher.group());
    }
    assertThat(named).isNotEmpty();
    assertThat(names).containsAll(named);
  }

  @Test
  void the_documentation_names_every_metric_of_the_registry() throws IOException {
    String documentation = Files.readString(Path.of("docs/operations.md"));
    assertThat(scrape().names())
        .filteredOn(name -> name.startsWith("mdlibs_"))
        .map(name -> name.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"))
        .allSatisfy(name -> assertThat(documentation).contains(name));
  }

  @Test
  void the_pools_open_as_many_connections_as_their_descriptor_says() throws IOException {
    String descriptor = Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"));
    int most =
        Pattern.compile("<max-pool-size>(\\d+)<")
            .matcher(descriptor)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .sum();
    assertThat(Gauges.MOST_CONNECTIONS).isEqualTo(most);
  }

  @Test
  void a_template_joins_the_paths_of_class_and_method() throws NoSuchMethodException {
    assertThat(
            PathMethods.template(
                LibraryResource.class.getMethod(
                    "version", String.class, String.class, String.class)))
        .isEqualTo("/api/v1/libraries/{scope}/{name}/{version}");
  }

  @Test
  void every_operation_has_a_template_without_expressions() {
    Set<String> templates =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mdlibs.registry")
                .stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .map(method -> PathMethods.template(method.reflect()))
                .collect(Collectors.toSet());
    assertThat(templates)
        .isNotEmpty()
        .allMatch(path -> path.matches("/api/v1(/[a-z-]+|/\\{[a-z_]+\\})+"));
  }
}
