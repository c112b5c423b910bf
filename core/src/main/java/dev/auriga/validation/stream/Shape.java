// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import dev.auriga.validation.syntax.JsonScanner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What of a schema can be told before a value is whole: its kind, a scalar's own value, and which
/// members there may be.
///
/// A shape is wider than its schema: it never excludes what the schema allows. It is also bounded:
/// what consists of more than [#LARGEST] schemas in one place is anything.
interface Shape {
  int LARGEST = 256;

  /// Whether a value of this kind may stand here.
  boolean allows(Kind kind);

  /// Whether this scalar, of a kind that may, may.
  boolean allows(JsonNode scalar);

  /// The shape of the member with this name, or null when there may be none.
  @Nullable Shape member(String name);

  /// The shape of the items.
  Shape item();

  /// How many schemas it consists of.
  int size();

  /// What may stand here, in words.
  String words();

  Shape ANYTHING =
      new Shape() {
        @Override
        public boolean allows(Kind kind) {
          return true;
        }

        @Override
        public boolean allows(JsonNode scalar) {
          return true;
        }

        @Override
        public Shape member(String name) {
          return this;
        }

        @Override
        public Shape item() {
          return this;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public String words() {
          return "anything";
        }
      };

  /// All of several must hold.
  record All(List<Shape> of) implements Shape {
    @Override
    public boolean allows(Kind kind) {
      return of.stream().allMatch(each -> each.allows(kind));
    }

    @Override
    public boolean allows(JsonNode scalar) {
      return of.stream().allMatch(each -> each.allows(scalar));
    }

    @Override
    public @Nullable Shape member(String name) {
      List<Shape> members = new ArrayList<>();
      for (Shape each : of) {
        Shape member = each.member(name);
        if (member == null) {
          return null;
        }
        members.add(member);
      }
      return all(members);
    }

    @Override
    public Shape item() {
      return all(of.stream().map(Shape::item).toList());
    }

    @Override
    public int size() {
      return of.stream().mapToInt(Shape::size).sum();
    }

    @Override
    public String words() {
      return of.stream()
          .map(Shape::words)
          .filter(words -> !words.equals(ANYTHING.words()))
          .distinct()
          .collect(Collectors.joining(", and "));
    }
  }

  /// One of several must hold; which one is not remembered from member to member.
  record Any(List<Shape> of) implements Shape {
    @Override
    public boolean allows(Kind kind) {
      return of.stream().anyMatch(each -> each.allows(kind));
    }

    @Override
    public boolean allows(JsonNode scalar) {
      Kind kind = kindOf(scalar);
      return of.stream().anyMatch(each -> each.allows(kind) && each.allows(scalar));
    }

    @Override
    public @Nullable Shape member(String name) {
      List<Shape> members =
          of.stream()
              .filter(each -> each.allows(Kind.OBJECT))
              .map(each -> each.member(name))
              .filter(Objects::nonNull)
              .toList();
      return members.isEmpty() ? null : any(members);
    }

    @Override
    public Shape item() {
      return any(of.stream().filter(each -> each.allows(Kind.ARRAY)).map(Shape::item).toList());
    }

    @Override
    public int size() {
      return of.stream().mapToInt(Shape::size).sum();
    }

    @Override
    public String words() {
      return String.join(", or ", of.stream().map(Shape::words).distinct().toList());
    }
  }

  static Shape all(List<Shape> shapes) {
    List<Shape> strict = shapes.stream().filter(each -> !each.equals(ANYTHING)).distinct().toList();
    return strict.size() == 1 ? strict.getFirst() : bounded(strict, new All(strict));
  }

  static Shape any(List<Shape> shapes) {
    if (shapes.contains(ANYTHING)) {
      return ANYTHING;
    }
    List<Shape> several = shapes.stream().distinct().toList();
    return several.size() == 1 ? several.getFirst() : bounded(several, new Any(several));
  }

  private static Shape bounded(List<Shape> of, Shape together) {
    return of.isEmpty() || together.size() > LARGEST ? ANYTHING : together;
  }

  static Kind kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> Kind.OBJECT;
      case ARRAY -> Kind.ARRAY;
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.BOOLEAN;
      case NULL, MISSING -> Kind.NULL;
      case STRING, BINARY -> Kind.STRING;
    };
  }
}
