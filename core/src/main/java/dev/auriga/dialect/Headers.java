// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// HTTP header fields in their order; names are compared without regard to case.
public final class Headers {
  public static final Headers NONE = new Headers(List.of());

  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer",
          "transfer-encoding", "upgrade");

  /// One field line.
  public record Field(String name, String value) {
    /// Whether the field belongs to one connection or says how a message is framed, so that it is the
    /// transport's own business and never passed on. Source: RFC 9110, section 7.6.1.
    public boolean isOfTheConnection() {
      return OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    /// The name only: the value may be a credential.
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  /// `of("a", "1", "b", "2")`: names and values in turn.
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a header name without a value: " + namesAndValues.length + " strings");
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(List.copyOf(fields));
  }

  public List<Field> fields() {
    return fields;
  }

  /// The first value of `name`, null when the field is absent.
  public @Nullable String first(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return field.value;
      }
    }
    return null;
  }

  /// Every value of `name`, in order.
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /// These fields and then those of `more`.
  public Headers and(Headers more) {
    if (more.fields.isEmpty()) {
      return this;
    }
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more.fields);
    return new Headers(List.copyOf(all));
  }

  /// These fields, and those of `usual` whose names are not among them.
  public Headers over(Headers usual) {
    List<Field> all = new ArrayList<>(fields);
    for (Field field : usual.fields) {
      if (first(field.name) == null) {
        all.add(field);
      }
    }
    return new Headers(List.copyOf(all));
  }

  /// These fields with one more.
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }
}
