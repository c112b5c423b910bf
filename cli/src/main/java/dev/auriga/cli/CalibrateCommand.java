// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.calibration.Calibration;
import dev.auriga.consensus.calibration.CalibrationFile;
import dev.auriga.consensus.calibration.Observation;
import dev.auriga.consensus.calibration.Reliability;
import dev.auriga.consensus.recorded.RecordedPanel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Fits what agreement is worth to recorded panels whose questions have known answers.
@Command(
    name = "calibrate",
    description = {
      "Fits a table of what agreement is worth to recorded panels with known answers, and shows how",
      "reliable its probabilities are. Each line of the file is a panel as JSON (docs/consensus.md)."
    },
    mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
  private static final int FOLDS = 5;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "The recorded panels, one on each line; may be given more than once.")
  List<Path> files = List.of();

  @Option(names = "--write", paramLabel = "FILE", description = "Writes the table to this file.")
  @Nullable Path table;

  @Option(
      names = "--about",
      paramLabel = "TEXT",
      description = "A sentence for the table on where the panels come from.")
  String about = "";

  @Spec CommandSpec command = CommandSpec.create();

  private final List<Observation> observations = new ArrayList<>();
  private int panels;
  private int unreadable;

  @Override
  public Integer call() {
    files.forEach(this::read);
    if (observations.isEmpty()) {
      throw new Auriga.Unable("no panel with a known answer in " + files);
    }
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%d panels · %d observed · %d nobody can tell of · %d lines were no panel%n",
        panels, observations.size(), panels - observations.size(), unreadable);
    Reliability fitted = Reliability.crossed(observations, FOLDS);
    print("fitted here, each fifth judged by the others", fitted, out);
    print("the table that comes with Auriga", Reliability.of(observations, Calibration.shipped()::confidence), out);
    if (table != null) {
      write(table);
      out.println("written to " + table);
    }
    out.flush();
    return unreadable == 0 ? 0 : 1;
  }

  private void read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException failed) {
      throw new Auriga.Unable("%s cannot be read: %s".formatted(file, failed.getMessage()));
    }
    for (int line = 1; line <= lines.size(); line++) {
      if (!lines.get(line - 1).isBlank()) {
        read(file, line, lines.get(line - 1));
      }
    }
  }

  private void read(Path file, int line, String text) {
    try {
      RecordedPanel panel = RecordedPanel.read(text);
      panels++;
      panel.observed(Agreement.USUAL).ifPresent(observations::add);
    } catch (IllegalArgumentException wrong) {
      unreadable++;
      PrintWriter err = command.commandLine().getErr();
      err.printf("%s, line %d: %s%n", file, line, wrong.getMessage());
      err.flush();
    }
  }

  private static void print(String title, Reliability reliability, PrintWriter out) {
    out.printf(Locale.ROOT, "%n%s: expected calibration error %.4f%n", title, reliability.error());
    out.println("  probability   panels    said   right");
    List<Reliability.Bin> bins = reliability.bins();
    for (int i = 0; i < bins.size(); i++) {
      Reliability.Bin bin = bins.get(i);
      if (bin.panels() > 0) {
        out.printf(Locale.ROOT, "  %.1f to %.1f %10d   %.3f   %.3f%n", i / 10.0, (i + 1) / 10.0, bin.panels(), bin.said(), bin.right());
      }
    }
  }

  private void write(Path file) {
    String fittedOn = about.isBlank() ? "%d panels of %s".formatted(observations.size(), files) : about;
    try {
      Files.writeString(file, CalibrationFile.write(Calibration.fit(fittedOn, observations)));
    } catch (IOException failed) {
      throw new Auriga.Unable("%s cannot be written: %s".formatted(file, failed.getMessage()));
    }
  }
}
