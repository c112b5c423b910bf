// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.recorded.RecordedPanel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The fit, and the table that comes with Auriga: fitted here, compared with the file, and written into it
/// with `-Dcalibration.write=true`.
class CalibrationTest {
  private static final Path TABLE = Path.of("src/main/resources/dev/auriga/consensus/calibration/calibration.json");
  private static final String FITTED_ON =
      "12,000 simulated panels of 2 to 7 members with accuracies of 0.55 to 0.97, on questions of uneven difficulty,"
          + " 60 % of whose wrong answers are the same one: no outcome of a real model is in it";

  private static List<Observation> simulated(long seed, int panels) {
    return new PanelSimulation(seed)
        .panels(panels).stream().map(panel -> panel.observed(Agreement.USUAL)).flatMap(Optional::stream).toList();
  }

  private static Situation of(@Nullable String task, int size, int largest) {
    return new Situation("number", task, size, largest, size == largest ? 1 : 2);
  }

  private static List<Observation> seen(Situation situation, int right, int wrong) {
    List<Observation> seen = new ArrayList<>(Collections.nCopies(right, new Observation(situation, true)));
    seen.addAll(Collections.nCopies(wrong, new Observation(situation, false)));
    return seen;
  }

  @Test
  void theShippedTable_isFittedOnWhatItSays() throws IOException {
    Calibration fitted = Calibration.fit(FITTED_ON, simulated(2_026, 12_000));
    String written = CalibrationFile.write(fitted);
    if (Boolean.getBoolean("calibration.write")) {
      Files.writeString(TABLE, written);
    }
    assertThat(Files.readString(TABLE)).isEqualTo(written);
    assertThat(Calibration.shipped().fittedOn()).isEqualTo(FITTED_ON);
    assertThat(Calibration.shipped().panels()).isBetween(11_900L, 12_000L);
  }

  @Test
  void ofPanelsItHasNotSeen_whatItSaysIsSo() {
    List<Observation> others = simulated(99, 6_000);
    Reliability reliability = Reliability.of(others, Calibration.shipped()::confidence);
    assertThat(reliability.panels()).isEqualTo(others.size());
    assertThat(reliability.error()).isLessThan(0.02);
    Reliability naive = Reliability.of(others, situation -> (double) situation.largest() / situation.size());
    assertThat(naive.error()).isGreaterThan(2 * reliability.error());
  }

  @Test
  void moreAgreement_isNeverWorthLess() {
    for (Calibration each : List.of(Calibration.shipped(), Calibration.fit("", seen(of(null, 5, 3), 9, 1)))) {
      for (String kind : List.of("number", "choice", "boolean", "prose")) {
        for (int size = 1; size <= 8; size++) {
          for (int groups = 1; groups <= 3; groups++) {
            double last = 0;
            for (int largest = 1; largest <= size; largest++) {
              double confidence = each.confidence(new Situation(kind, null, size, largest, groups));
              assertThat(confidence).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(last);
              last = confidence;
            }
          }
        }
      }
    }
  }

  @Test
  void largerPanelsThatAgree_areWorthMore_andGuessesAmongTwoLess() {
    Calibration shipped = Calibration.shipped();
    assertThat(shipped.confidence(of(null, 5, 5))).isGreaterThan(shipped.confidence(of(null, 2, 2)));
    assertThat(shipped.confidence(of(null, 3, 3)))
        .isGreaterThan(shipped.confidence(new Situation("boolean", null, 3, 3, 1)));
  }

  @Test
  void fewObservations_areSmoothed_manyAreBelieved() {
    Situation unanimous = of(null, 3, 3);
    double few = Calibration.fit("", seen(unanimous, 2, 0)).confidence(unanimous);
    double many = Calibration.fit("", seen(unanimous, 2_000, 0)).confidence(unanimous);
    assertThat(few).isBetween(0.5, 0.9);
    assertThat(many).isGreaterThan(0.99).isLessThan(1);
    assertThat(Calibration.fit("", List.of()).confidence(unanimous)).isEqualTo(0.5);
  }

  @Test
  void aTaskNobodyHasSeen_takesTheRateOfItsKind() {
    Calibration fitted = Calibration.fit("", seen(of("coding", 3, 3), 500, 500));
    assertThat(fitted.confidence(of("creative", 3, 3))).isCloseTo(0.5, within(0.01));
    Calibration both = Calibration.fit("", List.copyOf(joined(seen(of("coding", 3, 3), 500, 0), seen(of("analysis", 3, 3), 0, 500))));
    assertThat(both.confidence(of("coding", 3, 3))).isGreaterThan(0.95);
    assertThat(both.confidence(of("analysis", 3, 3))).isLessThan(0.05);
  }

  private static List<Observation> joined(List<Observation> one, List<Observation> other) {
    List<Observation> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  void theTable_isReadAsItWasWritten() {
    Calibration fitted = Calibration.fit("a test", joined(seen(of("coding", 3, 2), 3, 4), seen(of(null, 2, 2), 5, 0)));
    Calibration read = CalibrationFile.read(CalibrationFile.write(fitted).getBytes(StandardCharsets.UTF_8));
    assertThat(read.cells()).isEqualTo(fitted.cells());
    assertThat(read.fittedOn()).isEqualTo("a test");
  }

  @Test
  void risingSequences_stay_andFallingOnesArePooled() {
    assertThat(Monotone.rising(new double[] {0.1, 0.5, 0.9}, new double[] {1, 1, 1})).containsExactly(0.1, 0.5, 0.9);
    assertThat(Monotone.rising(new double[] {0.9, 0.3, 1}, new double[] {1, 2, 1})).containsExactly(0.5, 0.5, 1);
  }

  @Test
  void theError_isByHowMuchWhatWasSaidIsOff() {
    List<Observation> seen = seen(of(null, 2, 2), 6, 4);
    assertThat(Reliability.of(seen, _ -> 0.6).error()).isCloseTo(0, within(1e-12));
    assertThat(Reliability.of(seen, _ -> 0.9).error()).isCloseTo(0.3, within(1e-12));
    assertThat(Reliability.crossed(seen, 5).panels()).isEqualTo(10);
  }

  @Test
  void recordedPanels_areReadFromLines() {
    RecordedPanel panel =
        RecordedPanel.read(
            """
            {"question":"How many?","task":"analysis","truth":"18","answers":[
             {"member":"a","family":"f","reliability":0.9,"answer":"#### 18"},{"member":"b","answer":"18.0"},{"member":"c","answer":"19"}]}
            """);
    assertThat(panel.observed(Agreement.USUAL)).contains(new Observation(new Situation("number", "analysis", 3, 2, 2), true));
    assertThatThrownBy(() -> RecordedPanel.read("{\"question\":\"?\",\"truth\":\"1\",\"answers\":[]}")).hasMessage("no answers");
    assertThatThrownBy(() -> RecordedPanel.read("no")).hasMessageStartingWith("not JSON");
    assertThatThrownBy(() -> RecordedPanel.read("{\"truth\":\"1\",\"answers\":[{\"member\":\"a\",\"answer\":\"1\"}]}")).hasMessage("no text \"question\"");
  }
}
