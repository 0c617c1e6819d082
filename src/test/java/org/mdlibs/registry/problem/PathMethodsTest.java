package org.mdlibs.registry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathMethodsTest {
  @Path("things")
  public static class Things {
    @POST
    public void make() {
      // Only its annotations count.
    }

    @GET
    @Path("{id}/parts")
    public void parts() {
      // Only its annotations count.
    }
  }

  @Path("things/{id}")
  public static class Thing {
    @DELETE
    @Path("{part: .+}")
    public void removePart() {
      // Only its annotations count.
    }
  }

  private static final List<PathMethods.Template> TEMPLATES =
      PathMethods.templates(List.of(Things.class, Thing.class));

  private static String of(String path) {
    return PathMethods.of(TEMPLATES, path).orElse("none");
  }

  @Test
  void the_template_with_the_most_literals_decides_alone() {
    assertThat(of("/api/v1/things/7/parts")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(of("/api/v1/things/7/other")).isEqualTo("DELETE, OPTIONS");
    assertThat(of("/api/v1/things")).isEqualTo("OPTIONS, POST");
  }

  @Test
  void a_trailing_slash_and_a_context_path_do_not_count() {
    assertThat(of("/registry/api/v1/things/7/parts/")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void no_template_fits_what_is_no_resource() {
    assertThat(of("/api/v1/things/7/parts/8")).isEqualTo("none");
    assertThat(of("/health")).isEqualTo("none");
    assertThat(of("/api/v1")).isEqualTo("none");
  }
}
