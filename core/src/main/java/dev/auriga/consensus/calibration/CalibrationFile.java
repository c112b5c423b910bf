// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

import dev.auriga.dialect.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [Calibration] as JSON: what it was fitted on, and a row of counts for each situation.
public final class CalibrationFile {
  private static final Comparator<Situation> ORDER =
      Comparator.comparing(Situation::kind)
          .thenComparing(situation -> String.valueOf(situation.task()))
          .thenComparingInt(Situation::size)
          .thenComparingInt(Situation::largest)
          .thenComparingInt(Situation::groups);

  private CalibrationFile() {}

  static Calibration shipped() {
    try (InputStream json =
        Objects.requireNonNull(CalibrationFile.class.getResourceAsStream("calibration.json"), "calibration.json")) {
      return read(json.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the calibration that comes with Auriga cannot be read", unreadable);
    }
  }

  /// Throws [IllegalArgumentException] for what is no table, [tools.jackson.core.JacksonException] for what
  /// is no JSON or lacks a field.
  public static Calibration read(byte[] json) {
    JsonNode file = Json.read(json);
    Map<Situation, Counted> cells = new HashMap<>();
    for (JsonNode row : file.required("situations")) {
      cells.merge(situation(row), counted(row), Counted::plus);
    }
    return new Calibration(file.required("fitted-on").asString(), cells);
  }

  private static Situation situation(JsonNode row) {
    @Nullable String task = row.hasNonNull("task") ? row.required("task").asString() : null;
    return new Situation(
        row.required("kind").asString(), task, row.required("size").asInt(), row.required("largest").asInt(),
        row.required("groups").asInt());
  }

  private static Counted counted(JsonNode row) {
    return new Counted(row.required("panels").asLong(), row.required("right").asLong());
  }

  /// The table with a row on each line.
  public static String write(Calibration calibration) {
    ObjectNode head = Json.object().put("fitted-on", calibration.fittedOn());
    ArrayNode rows = head.putArray("situations");
    calibration.cells().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .forEach(cell -> rows.add(row(cell.getKey(), cell.getValue())));
    return Json.raw(head).text().replace("[{", "[\n{").replace("},{", "},\n{").replace("}]}", "}\n]}\n");
  }

  private static ObjectNode row(Situation situation, Counted counted) {
    ObjectNode row = Json.object().put("kind", situation.kind());
    if (situation.task() != null) {
      row.put("task", situation.task());
    }
    return row.put("size", situation.size())
        .put("largest", situation.largest())
        .put("groups", situation.groups())
        .put("panels", counted.panels())
        .put("right", counted.right());
  }
}
