package io.cloudstic.camel;

import java.util.List;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** The endpoints that a step sends to, as far as the file says it. */
final class Sends {
  private Sends() {}

  /** The URIs, without those that are made of each message. */
  static List<String> of(ProcessorDefinition<?> step) {
    if (step instanceof SendDefinition<?> send) {
      return List.of(send.getEndpointUri());
    }
    if (step instanceof ToDynamicDefinition dynamic
        && dynamic.getUri() != null
        && !dynamic.getUri().contains("${")) {
      return List.of(dynamic.getUri());
    }
    return List.of();
  }
}
