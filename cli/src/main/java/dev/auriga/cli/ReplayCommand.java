// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.azure.EntraCredentials;
import dev.auriga.dialect.Json;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordFile;
import dev.auriga.records.Replay;
import dev.auriga.records.ReplaySum;
import dev.auriga.records.Replayed;
import dev.auriga.records.Replayed.Change;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Decides recorded requests again by a configuration, calling nothing, and shows what is decided
/// otherwise.
@Command(
    name = "replay",
    description = {
      "Decides recorded requests again by the configuration, without calling anything, and shows every",
      "difference, with what the tokens would cost."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Option(
      names = "--records",
      paramLabel = "FILE",
      required = true,
      description = "The file of records; may be given more than once.")
  List<Path> files = List.of();

  @Option(
      names = "--verify",
      description =
          "Checks that every decision is made again bit for bit; exit code 1 when one is not.")
  boolean verify;

  @Option(names = "--json", description = "Prints one JSON object a difference, and the summary last.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    Assembler.Parts parts =
        Assembler.Parts.usual().withObservers(List.of()).withEntra(new EntraCredentials());
    Reading reading = new Reading(new Replay(Assembler.policy(setting.read(), parts)), out);
    for (Path file : files) {
      reading.file = file;
      Recorded.read(file, reading);
    }
    ReplaySum sum = reading.sum;
    if (sum.records() == 0) {
      throw new Auriga.Unable("there is no record in " + files);
    }
    if (json) {
      out.println(Json.raw(ReplayText.json(sum, reading.unreadable)).text());
    } else {
      ReplayText.print(sum, reading.unreadable, out);
    }
    out.flush();
    return verify && !holds(sum, reading.unreadable) ? 1 : 0;
  }

  /// Whether everything that was decided is decided again, and there was something.
  private static boolean holds(ReplaySum sum, int unreadable) {
    int decided = sum.records() - sum.of(Change.UNDECIDED);
    return unreadable == 0 && decided > 0 && sum.exact() == decided;
  }

  /// Prints what is decided otherwise as it comes.
  private final class Reading implements RecordFile.Reader {
    private final Replay replay;
    private final PrintWriter out;
    private final ReplaySum sum = new ReplaySum();
    private Path file = Path.of("");
    private int unreadable;

    Reading(Replay replay, PrintWriter out) {
      this.replay = replay;
      this.out = out;
    }

    @Override
    public void record(int line, RequestRecord record) {
      Replayed replayed = replay.of(record);
      sum.add(replayed);
      boolean differs =
          switch (replayed.change()) {
            case UNDECIDED -> false;
            case NONE -> verify && !replayed.isExact();
            case REFUSED, SERVED, FIRST, ORDER, EXCLUSIONS, REFUSAL, TASK_UNKNOWN -> true;
          };
      if (differs) {
        out.println(json ? Json.raw(ReplayText.json(replayed)).text() : ReplayText.line(replayed));
      }
    }

    @Override
    public void unreadable(int line, String why) {
      unreadable++;
      PrintWriter err = command.commandLine().getErr();
      err.printf("%s, line %d: %s%n", file, line, why);
      err.flush();
    }
  }
}
