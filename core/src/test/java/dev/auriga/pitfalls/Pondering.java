// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

/// Answers that were thought about: `let me see`, then `hello`.
final class Pondering {
  private Pondering() {}

  static String reply(Tongue tongue) {
    String plain = Asking.reply(tongue, "m");
    return switch (tongue) {
      case CHAT -> plain.replace("'content':'hello'", "'reasoning_content':'let me see','content':'hello'");
      case RESPONSES ->
          plain.replace(
              "'output':[",
              "'output':[{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text',"
                  + "'text':'let me see'}]},");
      case MESSAGES ->
          plain.replace(
              "'content':[", "'content':[{'type':'thinking','thinking':'let me see','signature':'Er'},");
      case GEMINI -> plain.replace("'parts':[", "'parts':[{'text':'let me see','thought':true},");
    };
  }

  static String stream(Tongue tongue) {
    return switch (tongue) {
      case CHAT ->
          Flow.of(
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{'role':'assistant',"
                  + "'reasoning_content':'let me '}}]}",
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{'reasoning_content':'see'}}]}",
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'hello'}}]}",
              "{'id':'c','model':'m','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}",
              "[DONE]");
      case RESPONSES ->
          Flow.of(
              "{'type':'response.created','sequence_number':0,'response':{'id':'resp_1','model':'m',"
                  + "'status':'in_progress','output':[]}}",
              "{'type':'response.output_item.added','sequence_number':1,'output_index':0,'item':{"
                  + "'type':'reasoning','id':'rs_1','summary':[]}}",
              "{'type':'response.reasoning_summary_text.delta','sequence_number':2,'output_index':0,"
                  + "'summary_index':0,'item_id':'rs_1','delta':'let me see'}",
              "{'type':'response.output_item.done','sequence_number':3,'output_index':0,'item':{"
                  + "'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'let me see'}]}}",
              "{'type':'response.output_text.delta','sequence_number':4,'output_index':1,'content_index':0,"
                  + "'item_id':'msg_1','delta':'hello'}",
              "{'type':'response.completed','sequence_number':5,'response':" + reply(tongue) + "}");
      case MESSAGES ->
          Flow.of(
              "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant',"
                  + "'model':'m','content':[],'usage':{'input_tokens':9,'output_tokens':1}}}",
              "{'type':'content_block_start','index':0,'content_block':{'type':'thinking','thinking':'',"
                  + "'signature':''}}",
              "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta','thinking':'let me see'}}",
              "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta','signature':'Er'}}",
              "{'type':'content_block_stop','index':0}",
              "{'type':'content_block_start','index':1,'content_block':{'type':'text','text':''}}",
              "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta','text':'hello'}}",
              "{'type':'content_block_stop','index':1}",
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':3}}",
              "{'type':'message_stop'}");
      case GEMINI ->
          Flow.of(
              "{'responseId':'r1','modelVersion':'m','candidates':[{'content':{'role':'model','parts':["
                  + "{'text':'let me see','thought':true}]},'index':0}]}",
              Asking.reply(tongue, "m"));
    };
  }
}
