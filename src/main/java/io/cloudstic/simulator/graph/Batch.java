package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Answers {@code $batch}: up to twenty calls in one, answered in any order. Thread-safe. */
final class Batch {
  private static final int MOST_REQUESTS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Errors errors;
  private final Function<Call, Reply> site;
  private final long seed;

  /** Batches whose parts this site answers. */
  Batch(Errors errors, Function<Call, Reply> site, long seed) {
    this.errors = errors;
    this.site = site;
    this.seed = seed;
  }

  Reply answer(Call call) {
    try {
      JsonNode requests = JSON.readTree(call.body()).path("requests");
      Set<String> ids = new HashSet<>();
      for (JsonNode request : requests) {
        ids.add(request.path("id").asText());
      }
      if (requests.isEmpty() || requests.size() > MOST_REQUESTS) {
        return errors.reply(400, "BadRequest", "A batch has 1 to 20 requests.");
      }
      if (ids.size() != requests.size()) {
        return errors.reply(400, "BadRequest", "Request ids must be unique.");
      }
      return Reply.json(200, JSON.writeValueAsBytes(answer(call, requests)));
    } catch (IOException e) {
      return errors.reply(400, "BadRequest", "Invalid batch payload format.");
    }
  }

  private ObjectNode answer(Call call, JsonNode requests) throws IOException {
    Map<String, Integer> statuses = new HashMap<>();
    List<ObjectNode> answers = new ArrayList<>();
    for (JsonNode request : requests) {
      boolean failedBefore = false;
      for (JsonNode dependency : request.path("dependsOn")) {
        failedBefore |= statuses.getOrDefault(dependency.asText(), 424) >= 400;
      }
      Reply reply =
          failedBefore
              ? errors.reply(424, "FailedDependency", "A request it depends on failed.")
              : site.apply(part(call, request));
      String id = request.path("id").asText();
      statuses.put(id, reply.status());
      answers.add(document(id, reply));
    }
    Collections.shuffle(answers, new Random(seed + answers.size()));
    ObjectNode all = JSON.createObjectNode();
    ArrayNode responses = all.putArray("responses");
    answers.forEach(responses::add);
    return all;
  }

  /** A part inherits the token, not the other headers nor the faults. */
  private static Call part(Call call, JsonNode request) {
    Map<String, String> headers = new HashMap<>();
    headers.put("authorization", call.header("authorization"));
    request
        .path("headers")
        .fields()
        .forEachRemaining(
            header ->
                headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
    URI target;
    try {
      target = URI.create("/v1.0" + request.path("url").asText());
    } catch (IllegalArgumentException e) {
      target = URI.create("/v1.0/invalid");
    }
    return new Call(request.path("method").asText(), target, headers, new byte[0], List.of());
  }

  private static ObjectNode document(String id, Reply reply) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("id", id);
    answer.put("status", reply.status());
    ObjectNode headers = answer.putObject("headers");
    reply.headers().forEach(headers::put);
    byte[] bytes = reply.bytes();
    if (bytes != null && bytes.length > 0) {
      answer.set("body", JSON.readTree(bytes));
    }
    return answer;
  }
}
