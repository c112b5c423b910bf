// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import tools.jackson.databind.JsonNode;

/// A tool a request offers: its name, what it says it does, and the JSON Schema of its arguments.
public record ToolCard(String name, String description, JsonNode schema) {}
