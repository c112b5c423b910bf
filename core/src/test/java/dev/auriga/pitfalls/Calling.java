// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Streams that call tools.
final class Calling {
  private Calling() {}

  /// A stream that calls `now`, which takes nothing.
  static String without(Tongue tongue) {
    return switch (tongue) {
      case CHAT ->
          Flow.of(
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':null,"
                  + "'tool_calls':[{'index':0,'id':'call_1','type':'function','function':{'name':'now',"
                  + "'arguments':''}}]}}]}",
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}",
              "[DONE]");
      case RESPONSES ->
          Flow.of(
              "{'type':'response.created','sequence_number':0,'response':{'id':'resp_1','model':'m',"
                  + "'status':'in_progress','output':[]}}",
              "{'type':'response.output_item.added','sequence_number':1,'output_index':0,'item':{"
                  + "'type':'function_call','id':'fc_1','call_id':'call_1','name':'now','arguments':''}}",
              "{'type':'response.function_call_arguments.done','sequence_number':2,'output_index':0,"
                  + "'item_id':'fc_1','arguments':'{}'}",
              "{'type':'response.output_item.done','sequence_number':3,'output_index':0,'item':{"
                  + "'type':'function_call','id':'fc_1','call_id':'call_1','name':'now','arguments':'{}'}}",
              "{'type':'response.completed','sequence_number':4,'response':{'id':'resp_1','model':'m',"
                  + "'status':'completed','output':[{'type':'function_call','id':'fc_1','call_id':'call_1',"
                  + "'name':'now','arguments':'{}'}]}}");
      case MESSAGES ->
          Flow.of(
              "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant',"
                  + "'model':'m','content':[],'usage':{'input_tokens':9,'output_tokens':1}}}",
              "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'toolu_1',"
                  + "'name':'now','input':{}}}",
              "{'type':'content_block_stop','index':0}",
              "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{'output_tokens':3}}",
              "{'type':'message_stop'}");
      case GEMINI ->
          Flow.of(
              "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':["
                  + "{'functionCall':{'name':'now'}}]},'finishReason':'STOP','index':0}]}");
    };
  }

  /// The argument fragments of Chat Completions chunks, joined.
  static String arguments(List<JsonNode> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.at("/choices/0/delta/tool_calls").valueStream())
        .map(call -> call.at("/function/arguments").asString(""))
        .collect(Collectors.joining());
  }
}
