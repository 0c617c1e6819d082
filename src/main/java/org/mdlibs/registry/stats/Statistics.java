package org.mdlibs.registry.stats;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryAccess;
import org.mdlibs.registry.stats.DownloadStatistics.TopLibrary;
import org.mdlibs.registry.stats.DownloadSums.Sum;
import org.mdlibs.registry.stats.LibrarySums.Dimension;
import org.mdlibs.registry.stats.LibrarySums.Figures;

/**
 * Joins the figures of what is public, which are kept for a while ({@link Kept}), with those of
 * what is private and the caller's to see, which are counted when he asks. Downloads by day are
 * sums of few rows and always of this moment.
 */
@ApplicationScoped
public class Statistics {
  private static final int TOP = 10;
  private static final int MOST_SHOWN = 100;

  private final DownloadSums downloads;
  private final LibrarySums libraries;
  private final LibraryAccess access;
  private final Clock clock;
  private final Kept<TopOf, List<Sum>> tops;
  private final Kept<Boolean, Counted> figures;

  /**
   * Whose top it is.
   *
   * @param scope null for all
   */
  private record TopOf(UUID scope, boolean isPrivateToo, long firstDay, long today) {}

  /** Figures, and how often libraries were hidden, shown or moved until they were counted. */
  private record Counted(long turns, Figures figures) {}

  @Inject
  public Statistics(
      DownloadSums downloads, LibrarySums libraries, LibraryAccess access, Clock clock) {
    this.downloads = downloads;
    this.libraries = libraries;
    this.access = access;
    this.clock = clock;
    this.tops = new Kept<>(clock);
    this.figures = new Kept<>(clock);
  }

  /** For the container's proxy. */
  protected Statistics() {
    this(null, null, null, null);
  }

  /** Downloads that the caller may know of; the query is read once he may read at all. */
  DownloadStatistics downloads(Caller caller, Supplier<DownloadQuery> parameters) {
    access.requireReader(caller);
    DownloadQuery query = parameters.get();
    long today = UsageCounter.day(clock.instant());
    long first = today - query.days() + 1;
    if (query.library() != null) {
      return ofLibrary(access.follow(caller, query.scope(), query.library()), first, today);
    }
    View view = View.of(caller);
    return query.scope() == null
        ? ofAll(view, first, today)
        : ofScope(view, query.scope(), first, today);
  }

  private DownloadStatistics ofLibrary(Library library, long first, long today) {
    Map<Long, Long> days = downloads.ofLibrary(library.id(), first);
    var found = DownloadStatistics.of(first, today, days, List.of());
    var top = new TopLibrary(library.scope(), library.name(), found.totalDownloads());
    return new DownloadStatistics(
        found.totalDownloads(),
        found.downloadsByDay(),
        found.totalDownloads() > 0 && library.versionsCount() > 0 ? List.of(top) : List.of());
  }

  private DownloadStatistics ofScope(View view, String scope, long first, long today) {
    Optional<UUID> id = downloads.scope(scope);
    if (id.isEmpty()) {
      return DownloadStatistics.of(first, today, Map.of(), List.of());
    }
    boolean isPrivateToo = view.sees(id.get());
    var of = new TopOf(id.get(), isPrivateToo, first, today);
    List<Sum> top = tops.get(of, () -> downloads.top(of.scope(), isPrivateToo, first));
    return DownloadStatistics.of(
        first, today, downloads.ofScope(id.get(), isPrivateToo, first), named(top, view));
  }

  private DownloadStatistics ofAll(View view, long first, long today) {
    var of = new TopOf(null, view.all(), first, today);
    List<Sum> top = tops.get(of, () -> downloads.top(null, view.all(), first));
    if (!view.scopes().isEmpty()) {
      top =
          Stream.concat(top.stream(), downloads.topPrivate(view.scopes(), first).stream()).toList();
    }
    return DownloadStatistics.of(first, today, downloads.ofAll(view, first), named(top, view));
  }

  /** By the references of now, and without what was hidden or deleted since it was counted. */
  private List<TopLibrary> named(List<Sum> top, View view) {
    Map<Long, DownloadSums.Named> names =
        downloads.names(top.stream().map(Sum::library).distinct().toList());
    var sums = new HashMap<Long, Long>();
    top.forEach(sum -> sums.merge(sum.library(), sum.count(), Math::max));
    return sums.entrySet().stream()
        .filter(sum -> names.containsKey(sum.getKey()))
        .filter(
            sum -> {
              DownloadSums.Named named = names.get(sum.getKey());
              return named.isPublic() || view.sees(named.scopeId());
            })
        .map(
            sum ->
                new TopLibrary(
                    names.get(sum.getKey()).scope(),
                    names.get(sum.getKey()).name(),
                    sum.getValue()))
        .sorted(
            Comparator.comparing(TopLibrary::downloads)
                .reversed()
                .thenComparing(TopLibrary::scope)
                .thenComparing(TopLibrary::name))
        .limit(TOP)
        .toList();
  }

  /** The figures of what the caller may see. */
  LibraryStatistics libraries(Caller caller) {
    access.requireReader(caller);
    View view = View.of(caller);
    long turns = libraries.turns();
    Figures seen =
        figures
            .get(
                view.all(),
                // Counted after another turn was seen, they hold all the more.
                kept -> kept.turns() >= turns,
                () -> new Counted(libraries.turns(), libraries.figures(view.all())))
            .figures();
    if (!view.scopes().isEmpty()) {
      seen = seen.and(libraries.privateFigures(view.scopes()), libraries::ofPublic);
    }
    return new LibraryStatistics(
        seen.libraries(),
        seen.versions(),
        seen.bytes(),
        shown(seen, Dimension.TAG, LibraryStatistics.TagCount::new),
        shown(seen, Dimension.LICENSE, LibraryStatistics.LicenseCount::new));
  }

  private static <T> List<T> shown(
      Figures figures, Dimension dimension, BiFunction<String, Long, T> maker) {
    return figures.by().get(dimension).entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_SHOWN)
        .map(entry -> maker.apply(entry.getKey(), entry.getValue()))
        .toList();
  }
}
