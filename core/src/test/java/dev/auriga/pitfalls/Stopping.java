// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

/// Answers that end for a given reason, in the provider's own word.
final class Stopping {
  private Stopping() {}

  static String reply(Tongue tongue, String reason) {
    String plain = Asking.reply(tongue, "m");
    return switch (tongue) {
      case CHAT -> plain.replace("'finish_reason':'stop'", "'finish_reason':'" + reason + "'");
      case MESSAGES -> plain.replace("'stop_reason':'end_turn'", "'stop_reason':'" + reason + "'");
      case GEMINI -> plain.replace("'finishReason':'STOP'", "'finishReason':'" + reason + "'");
      case RESPONSES ->
          plain.replace(
              "'status':'completed','model'",
              "'status':'incomplete','incomplete_details':{'reason':'" + reason + "'},'model'");
    };
  }

  static String stream(Tongue tongue, String reason) {
    return switch (tongue) {
      case CHAT -> Asking.stream(tongue, "m").replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"" + reason + "\"");
      case MESSAGES -> Asking.stream(tongue, "m").replace("end_turn", reason);
      case GEMINI -> Asking.stream(tongue, "m").replace("STOP", reason);
      case RESPONSES -> throw new IllegalArgumentException("a stream of Responses ends by an event's name");
    };
  }
}
