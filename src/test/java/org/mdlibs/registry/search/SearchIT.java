package org.mdlibs.registry.search;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class SearchIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;

  SearchIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  private void publish(String name, String... fields) {
    var all = new ArrayList<>(List.of("name", name, "version", "1.0.0"));
    all.addAll(List.of(fields));
    byte[] bare = ArchiveBuilder.empty().file("a.md", "# A").bytes();
    ann.publish(bare, all.toArray(String[]::new)).is(201);
  }

  /** What ann's scope has of it, so that other tests' libraries do not count. */
  private List<String> found(String parameters) {
    return client.search(parameters + "&scope=" + ann.username()).is(200).names();
  }

  @Test
  void finds_by_name_description_tag_and_scope() {
    publish("kubernetes-handbook", "description", "How our clusters are run", "tags", "operations");
    assertThat(found("q=kubernetes")).containsExactly("kubernetes-handbook");
    assertThat(found("q=clusters")).containsExactly("kubernetes-handbook");
    assertThat(found("q=operations")).containsExactly("kubernetes-handbook");
    assertThat(client.find(ann.username()).names()).containsExactly("kubernetes-handbook");
    assertThat(found("q=clusters+kubernetes")).containsExactly("kubernetes-handbook");
    assertThat(found("q=clusters+nomad")).isEmpty();
  }

  @Test
  void matches_the_beginning_of_the_last_word() {
    publish("style-guide", "description", "Typographical conventions");
    for (String prefix : List.of("t", "ty", "typo", "typogr", "typographical", "TYPO")) {
      assertThat(found("q=" + prefix)).as(prefix).containsExactly("style-guide");
    }
    assertThat(found("q=typo+conventions")).isEmpty();
    assertThat(found("q=conventions+typo")).containsExactly("style-guide");
  }

  @ParameterizedTest
  @CsvSource({
    "chinese, 如何在集群中部署服务, 部署",
    "chinese-one, 如何在集群中部署服务, 集",
    "japanese, クラスターにサービスをデプロイする方法, デプロイ",
    "korean, 클러스터에 서비스를 배포하는 방법, 서비스",
    "arabic, كيفية نشر الخدمات على العنقود, نشر",
    "arabic-marks, كَيْفِيَّة النَّشْر, النشر",
    "hebrew, איך פורסים שירותים, שירותים",
    "thai, วิธีการปรับใช้บริการ, บริการ",
    "hindi, सेवाएँ कैसे तैनात करें, तैनात",
    "russian, Как развернуть сервис, РАЗВЕРНУТЬ",
    "french, Déployer des services élégants, elegants",
    "german, Große Straße, strasse",
    "turkish, İstanbul rehberi, istanbul",
    "emoji, Ship it 🚀 today, 🚀",
    "sign, The c++ core guidelines, c++"
  })
  void finds_words_of_every_language(String name, String description, String word) {
    publish(name, "description", description);
    assertThat(client.find(word).names()).contains(name);
  }

  @Test
  void puts_the_very_name_first_then_names_then_descriptions() {
    publish("zeta", "description", "about quokkas quokkas quokkas quokkas");
    publish("quokkas-at-work");
    publish("quokkas");
    publish("alpha", "tags", "quokkas");
    assertThat(found("q=quokkas"))
        .startsWith("quokkas", "quokkas-at-work")
        .containsExactlyInAnyOrder("quokkas", "quokkas-at-work", "alpha", "zeta");
  }

  @Test
  void filters_by_tags_that_must_all_match_and_by_licence() {
    publish("one", "tags", "red,round", "license", "MIT");
    publish("two", "tags", "red,square", "license", "Apache-2.0");
    assertThat(found("tag=red")).containsExactly("one", "two");
    assertThat(found("tag=red&tag=round")).containsExactly("one");
    assertThat(found("tag=red&license=apache-2.0")).containsExactly("two");
    assertThat(found("tag=RED&q=two")).containsExactly("two");
    assertThat(found("tag=green")).isEmpty();
  }

  @Test
  void sorts_both_ways() {
    publish("bravo");
    publish("alpha");
    publish("charlie");
    server.execute(
        "update libraries set downloads = 7 where scope = ? and name = 'alpha'", ann.username());
    assertThat(found("sort=name")).containsExactly("alpha", "bravo", "charlie");
    assertThat(found("sort=name&order=desc")).containsExactly("charlie", "bravo", "alpha");
    assertThat(found("sort=created_at&order=asc")).containsExactly("bravo", "alpha", "charlie");
    assertThat(found("sort=updated_at")).containsExactly("charlie", "alpha", "bravo");
    assertThat(found("sort=downloads")).startsWith("alpha");
  }

  @Test
  void pages() {
    for (int i = 0; i < 5; i++) {
      publish("page-" + i);
    }
    String scope = "&scope=" + ann.username();
    Answer second = client.search("sort=name&per_page=2&page=2" + scope).is(200);
    assertThat(second.names()).containsExactly("page-2", "page-3");
    assertThat(second.json().getInt("total")).isEqualTo(5);
    assertThat(second.json().getInt("page")).isEqualTo(2);
    assertThat(second.json().getInt("per_page")).isEqualTo(2);
    assertThat(second.json()).doesNotContainKey("total_is_capped");
    assertThat(second.header("Link").orElseThrow())
        .contains("page=1>; rel=\"first\"")
        .contains("page=1>; rel=\"prev\"")
        .contains("page=3>; rel=\"next\"")
        .contains("page=3>; rel=\"last\"");
    Answer beyond = client.search("sort=name&per_page=2&page=9" + scope).is(200);
    assertThat(beyond.names()).isEmpty();
    assertThat(beyond.json().getInt("total")).isEqualTo(5);
    var all = new ArrayList<String>();
    for (int page = 1; page <= 3; page++) {
      all.addAll(client.search("q=page&per_page=2&page=" + page + scope).names());
    }
    assertThat(all).containsExactlyInAnyOrder("page-0", "page-1", "page-2", "page-3", "page-4");
  }

  @ParameterizedTest
  @CsvSource({
    "per_page=0, per_page",
    "per_page=101, per_page",
    "per_page=x, per_page",
    "page=-1, page",
    "page=0, page",
    "page=101&per_page=100, page",
    "sort=;%20drop, sort",
    "order=sideways, order",
    "scope=..%2F, scope",
    "tag=a%20b, tag",
    "license=Nope, license",
    "q=%22%27%22, q",
    "q=()*%3A%5E, q",
    "q=%26%26%7C%7C!, q"
  })
  void refuses_queries_that_mean_nothing(String parameters, String field) {
    client.search(parameters).isProblem(400, "INVALID_INPUT").hasFaults(field);
  }

  @Test
  void refuses_a_query_without_end() {
    client.search("q=" + "a".repeat(201)).isProblem(400, "INVALID_INPUT").hasFaults("q");
    client.search("q=" + "a".repeat(10_000)).isProblem(400, "INVALID_INPUT").hasFaults("q");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AND", "OR", "NOT a", "NEAR(a b)", "name:a", "a*", "a\"b", "a'b", "a & b", "a | !b", "a:*",
        "^a", "{a b}: c", "-a", "a\\", "%", "_", "a <-> b", "$1", "?", "a;--", "\u0000a"
      })
  void takes_the_syntax_of_the_indexes_for_plain_text(String query) {
    Answer answer = client.find(query);
    assertThat(answer.status()).as(answer.text()).isIn(200, 400);
  }

  @Test
  void shows_private_libraries_to_their_owner_alone() {
    publish("secret-plans", "visibility", "private", "tags", "hush");
    RegistryClient bob = client.newUser();
    for (String query : List.of("q=secret", "q=secret-plans", "tag=hush", "sort=name&tag=hush")) {
      assertThat(ann.search(query).names()).contains("secret-plans");
      assertThat(bob.search(query).names()).doesNotContain("secret-plans");
      assertThat(bob.search(query).json().getInt("total")).isZero();
      assertThat(client.search(query).json().getInt("total")).isZero();
      assertThat(client.admin().search(query).names()).contains("secret-plans");
    }
  }

  @Test
  void follows_the_latest_version() {
    byte[] bare = ArchiveBuilder.empty().file("a.md", "# A").bytes();
    ann.publish(bare, "name", "moving", "version", "1.0.0", "description", "walrus", "tags", "old")
        .is(201);
    ann.publish(bare, "name", "moving", "version", "1.1.0", "description", "narwhal", "tags", "new")
        .is(201);
    assertThat(found("q=walrus")).isEmpty();
    assertThat(found("q=narwhal")).containsExactly("moving");
    assertThat(found("tag=old")).isEmpty();
    assertThat(found("tag=new")).containsExactly("moving");
  }

  @Test
  void tells_of_each_library_what_a_list_shows() {
    publish("shown", "description", "Shown", "tags", "b,a", "license", "MIT");
    JsonObject shown =
        client
            .search("q=shown&scope=" + ann.username())
            .json()
            .getJsonArray("libraries")
            .getJsonObject(0);
    assertThat(shown)
        .containsOnlyKeys(
            "scope",
            "name",
            "latest_version",
            "description",
            "tags",
            "license",
            "visibility",
            "downloads",
            "created_at",
            "updated_at");
    assertThat(shown.getJsonArray("tags").toString()).isEqualTo("[\"b\",\"a\"]");
  }
}
