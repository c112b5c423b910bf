// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of a run: a row for each measure, a column for each contender, and what the figures of
/// Auriga and the peer are as multiples of nginx's.
final class Table {
  private final Samples samples;
  private final List<String> contenders;

  Table(Samples samples, List<String> contenders) {
    this.samples = samples;
    this.contenders = List.copyOf(contenders);
  }

  String render() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("median (least to most)"));
    head.addAll(contenders);
    List<String> compared =
        contenders.contains(Nginx.NAME)
            ? contenders.stream().filter(each -> !List.of(Nginx.NAME, Direct.NAME).contains(each)).toList()
            : List.of();
    compared.forEach(each -> head.add(each + " / nginx"));
    rows.add(head);
    for (Measure measure : Measure.values()) {
      List<String> row = new ArrayList<>(List.of(measure.row()));
      contenders.forEach(each -> row.add(cell(samples.of(each, measure), measure.decimals())));
      compared.forEach(each -> row.add(cell(samples.ratios(each, Nginx.NAME, measure), 2)));
      rows.add(row);
    }
    return aligned(rows);
  }

  private static String cell(List<Double> figures, int decimals) {
    if (figures.isEmpty()) {
      return "–";
    }
    String median = number(Samples.median(figures), decimals);
    return figures.size() == 1
        ? median
        : "%s (%s to %s)"
            .formatted(
                median, number(Samples.least(figures), decimals), number(Samples.most(figures), decimals));
  }

  private static String number(double figure, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }

  private static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
