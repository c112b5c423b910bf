// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The library. What is exported here is its public face; everything else may change.
@NullMarked
module dev.auriga {
  requires static transitive org.jspecify;
  requires java.net.http;
  requires transitive tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;

  exports dev.auriga;
  exports dev.auriga.capability;
  exports dev.auriga.completion;
  exports dev.auriga.config;
  exports dev.auriga.consensus;
  exports dev.auriga.consensus.answer;
  exports dev.auriga.consensus.calibration;
  exports dev.auriga.consensus.claim;
  exports dev.auriga.consensus.likeness;
  exports dev.auriga.consensus.recorded;
  exports dev.auriga.consensus.value;
  exports dev.auriga.dialect;
  exports dev.auriga.dialect.anthropic;
  exports dev.auriga.dialect.gemini;
  exports dev.auriga.dialect.names;
  exports dev.auriga.dialect.openai;
  exports dev.auriga.dialect.responses;
  exports dev.auriga.dialect.router;
  exports dev.auriga.engine;
  exports dev.auriga.guard;
  exports dev.auriga.ledger;
  exports dev.auriga.observe;
  exports dev.auriga.provider;
  exports dev.auriga.reasoning;
  exports dev.auriga.records;
  exports dev.auriga.resilience;
  exports dev.auriga.route;
  exports dev.auriga.tokens;
  exports dev.auriga.validation;
  exports dev.auriga.validation.stream;
  exports dev.auriga.validation.syntax;
}
