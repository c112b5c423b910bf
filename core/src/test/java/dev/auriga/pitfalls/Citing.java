// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

/// Answers that say "Green. 🍏 Ripe." and cite `https://a.example` for all of it and
/// `https://b.example` for the last word, where the dialect can say which.
final class Citing {
  private static final String CHAT_TAIL = ",'logprobs':null,'finish_reason':";

  private Citing() {}

  private static String annotation(String url, int from) {
    return "'start_index':" + from + ",'end_index':14,'url':'" + url + "','title':'T'}";
  }

  private static String nested(String url, int from) {
    return "{'type':'url_citation','url_citation':{" + annotation(url, from) + "}";
  }

  private static String flat(String url, int from) {
    return "{'type':'url_citation'," + annotation(url, from);
  }

  private static String found(String url) {
    return "{'type':'web_search_result_location','cited_text':'q','url':'" + url
        + "','title':'T','encrypted_index':'Eq'}";
  }

  private static String chunk(String url) {
    return "{'web':{'uri':'" + url + "','title':'T'}}";
  }

  private static String support(int chunk, int from) {
    return "{'segment':{'startIndex':" + from + ",'endIndex':17},'groundingChunkIndices':[" + chunk + "]}";
  }

  static String reply(Tongue tongue) {
    return switch (tongue) {
      case CHAT ->
          Asking.reply(tongue, "m")
              .replace(
                  "'content':'hello'",
                  "'content':'Green. 🍏 Ripe.','annotations':[" + nested("https://a.example", 0) + ","
                      + nested("https://b.example", 9) + "]");
      case RESPONSES ->
          "{'id':'resp_1','object':'response','status':'completed','model':'m','output':[{'type':'message',"
              + "'id':'msg_1','role':'assistant','status':'completed','content':[{'type':'output_text',"
              + "'text':'Green. 🍏 Ripe.','annotations':[" + flat("https://a.example", 0) + ","
              + flat("https://b.example", 9) + "],'logprobs':[]}]}]}";
      case MESSAGES ->
          "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[{'type':'text',"
              + "'text':'Green. 🍏 Ripe.','citations':[" + found("https://a.example") + ","
              + found("https://b.example") + "]}],'stop_reason':'end_turn','usage':{}}";
      case GEMINI ->
          "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':[{'text':"
              + "'Green. 🍏 Ripe.'}]},'finishReason':'STOP','groundingMetadata':{'groundingChunks':["
              + chunk("https://a.example") + "," + chunk("https://b.example") + "],'groundingSupports':["
              + support(0, 0) + "," + support(1, 12) + "]}}]}";
    };
  }

  private static String delta(String delta, String finish) {
    return "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,"
        + "'delta':{" + delta + "}" + CHAT_TAIL + finish + "}]}";
  }

  private static String candidate(String rest) {
    return "{'responseId':'r','modelVersion':'m','candidates':[{'content':{'role':'model','parts':[" + rest + "}]}";
  }

  private static String added(String annotation, int index) {
    return "{'type':'response.output_text.annotation.added','output_index':0,'content_index':0,"
        + "'item_id':'msg_1','annotation_index':" + index + ",'annotation':" + annotation + "}";
  }

  private static String said(String text) {
    return "{'type':'response.output_text.delta','output_index':0,'content_index':0,'item_id':'msg_1',"
        + "'delta':'" + text + "','logprobs':[]}";
  }

  private static String block(String delta) {
    return "{'type':'content_block_delta','index':0,'delta':" + delta + "}";
  }

  /// The same in two pieces, each citation in an event of its own.
  static String stream(Tongue tongue) {
    return switch (tongue) {
      case CHAT ->
          Flow.of(
              delta("'role':'assistant','content':'Green. 🍏 '", "null"), delta("'content':'Ripe.'", "null"),
              delta("'annotations':[" + nested("https://a.example", 0) + "]", "null"),
              delta("'annotations':[" + nested("https://b.example", 9) + "]", "null"),
              delta("", "'stop'"), "[DONE]");
      case RESPONSES ->
          Flow.of(
              "{'type':'response.created','response':{'id':'resp_1','model':'m','status':'in_progress'}}",
              "{'type':'response.output_item.added','output_index':0,'item':{'type':'message','id':'msg_1'}}",
              said("Green. 🍏 "), said("Ripe."), added(flat("https://a.example", 0), 0),
              added(flat("https://b.example", 9), 1),
              "{'type':'response.completed','response':{'id':'resp_1','model':'m','status':'completed'}}");
      case MESSAGES ->
          Flow.of(
              "{'type':'message_start','message':{'id':'msg_1','model':'m','usage':{}}}",
              "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
              block("{'type':'citations_delta','citation':" + found("https://a.example") + "}"),
              block("{'type':'text_delta','text':'Green. 🍏 '}"), block("{'type':'text_delta','text':'Ripe.'}"),
              block("{'type':'citations_delta','citation':" + found("https://b.example") + "}"),
              "{'type':'content_block_stop','index':0}",
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{}}",
              "{'type':'message_stop'}");
      case GEMINI ->
          Flow.of(
              candidate("{'text':'Green. 🍏 '}]},'groundingMetadata':{'groundingChunks':["
                  + chunk("https://a.example") + "]}"),
              candidate("{'text':'Ripe.'}]},'finishReason':'STOP','groundingMetadata':{'groundingChunks':["
                  + chunk("https://b.example") + "],'groundingSupports':[" + support(0, 0) + ","
                  + support(1, 12) + "]}"));
    };
  }
}
