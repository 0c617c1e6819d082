package org.mdlibs.registry.stats;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Downloads of a window of days.
 *
 * @param totalDownloads of the whole window
 * @param downloadsByDay every day of it, the oldest first
 * @param topLibraries those of it that were downloaded most, at most ten; no library that is
 *     deleted
 */
public record DownloadStatistics(
    long totalDownloads, List<Day> downloadsByDay, List<TopLibrary> topLibraries) {
  public DownloadStatistics {
    downloadsByDay = List.copyOf(downloadsByDay);
    topLibraries = List.copyOf(topLibraries);
  }

  /**
   * A day.
   *
   * @param date UTC, as ISO 8601 writes it
   */
  public record Day(String date, long count) {}

  /** A library, and its downloads of the window. */
  public record TopLibrary(String scope, String name, long downloads) {}

  /**
   * Fills the days in of which nothing was counted.
   *
   * @param counts by day since 1970-01-01
   */
  static DownloadStatistics of(
      long firstDay, long lastDay, Map<Long, Long> counts, List<TopLibrary> top) {
    var days = new ArrayList<Day>();
    long total = 0;
    for (long day = firstDay; day <= lastDay; day++) {
      long count = counts.getOrDefault(day, 0L);
      days.add(new Day(LocalDate.ofEpochDay(day).toString(), count));
      total += count;
    }
    return new DownloadStatistics(total, days, top);
  }
}
