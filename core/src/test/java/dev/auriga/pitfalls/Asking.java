// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The plainest requests, replies and streams of each dialect, to be added to.
final class Asking {
  private Asking() {}

  static String plainly(Tongue tongue) {
    return with(tongue, Map.of());
  }

  /// A question with `fields` beside it, by name and JSON text.
  static String with(Tongue tongue, Map<String, String> fields) {
    String question =
        switch (tongue) {
          case CHAT -> "'model':'auto','messages':[{'role':'user','content':'hi'}]";
          case RESPONSES -> "'model':'auto','input':'hi'";
          case MESSAGES -> "'model':'auto','max_tokens':100,'messages':[{'role':'user','content':'hi'}]";
          case GEMINI -> "'contents':[{'role':'user','parts':[{'text':'hi'}]}]";
        };
    String more =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> ",'" + field.getKey() + "':" + field.getValue())
                .collect(Collectors.joining());
    return "{" + question + more + "}";
  }

  /// The field of the turns.
  static String turns(Tongue tongue) {
    return switch (tongue) {
      case CHAT, MESSAGES -> "messages";
      case RESPONSES -> "input";
      case GEMINI -> "contents";
    };
  }

  /// A whole reply that says `hello`.
  static String reply(Tongue tongue, String model) {
    return switch (tongue) {
      case CHAT ->
          "{'id':'chatcmpl-1','object':'chat.completion','created':1,'model':'" + model + "',"
              + "'choices':[{'index':0,'message':{'role':'assistant','content':'hello'},"
              + "'finish_reason':'stop'}],"
              + "'usage':{'prompt_tokens':9,'completion_tokens':3,'total_tokens':12}}";
      case RESPONSES ->
          "{'id':'resp_1','object':'response','created_at':1,'status':'completed','model':'" + model + "',"
              + "'output':[{'type':'message','id':'msg_1','role':'assistant','status':'completed',"
              + "'content':[{'type':'output_text','text':'hello','annotations':[]}]}],"
              + "'usage':{'input_tokens':9,'output_tokens':3,'total_tokens':12}}";
      case MESSAGES ->
          "{'id':'msg_1','type':'message','role':'assistant','model':'" + model + "',"
              + "'content':[{'type':'text','text':'hello'}],'stop_reason':'end_turn',"
              + "'usage':{'input_tokens':9,'output_tokens':3}}";
      case GEMINI ->
          "{'responseId':'r1','modelVersion':'" + model + "','candidates':[{'content':{'role':'model',"
              + "'parts':[{'text':'hello'}]},'finishReason':'STOP','index':0}],"
              + "'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':3,'totalTokenCount':12}}";
    };
  }

  /// The same as a stream.
  static String stream(Tongue tongue, String model) {
    return switch (tongue) {
      case CHAT ->
          Flow.of(
              "{'id':'chatcmpl-1','model':'" + model + "','choices':[{'index':0,'delta':{'role':'assistant',"
                  + "'content':'hel'}}]}",
              "{'id':'chatcmpl-1','model':'" + model + "','choices':[{'index':0,'delta':{'content':'lo'}}]}",
              "{'id':'chatcmpl-1','model':'" + model + "','choices':[{'index':0,'delta':{},"
                  + "'finish_reason':'stop'}]}",
              "{'id':'chatcmpl-1','model':'" + model + "','choices':[],"
                  + "'usage':{'prompt_tokens':9,'completion_tokens':3,'total_tokens':12}}",
              "[DONE]");
      case RESPONSES ->
          Flow.of(
              "{'type':'response.created','sequence_number':0,'response':{'id':'resp_1','model':'" + model
                  + "','status':'in_progress','output':[]}}",
              "{'type':'response.output_item.added','sequence_number':1,'output_index':0,'item':{'type':'message',"
                  + "'id':'msg_1','role':'assistant','status':'in_progress','content':[]}}",
              "{'type':'response.output_text.delta','sequence_number':2,'output_index':0,'content_index':0,"
                  + "'item_id':'msg_1','delta':'hello'}",
              "{'type':'response.output_item.done','sequence_number':3,'output_index':0,'item':{'type':'message',"
                  + "'id':'msg_1','role':'assistant','status':'completed','content':[{'type':'output_text',"
                  + "'text':'hello','annotations':[]}]}}",
              "{'type':'response.completed','sequence_number':4,'response':" + reply(tongue, model) + "}");
      case MESSAGES ->
          Flow.of(
              "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','model':'"
                  + model + "','content':[],'usage':{'input_tokens':9,'output_tokens':1}}}",
              "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
              "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'hello'}}",
              "{'type':'content_block_stop','index':0}",
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':3}}",
              "{'type':'message_stop'}");
      case GEMINI -> Flow.of(reply(tongue, model));
    };
  }

  static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_")) {
      camel.append(
          camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }

  /// Whether a loss speaks of the field `name`, in whichever spelling.
  static boolean same(String loss, String name) {
    return loss.toLowerCase(Locale.ROOT).replace("_", "").contains(name.replace("_", ""));
  }
}
