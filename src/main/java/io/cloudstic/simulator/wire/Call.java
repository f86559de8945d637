package io.cloudstic.simulator.wire;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param method in upper case
 * @param target the raw path and query
 * @param headers by lower-case name
 * @param body never null
 * @param effects what the fault plan holds ready for this call
 */
public record Call(
    String method, URI target, Map<String, String> headers, byte[] body, List<Effect> effects) {

  /** A header, or null. */
  public String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The query's parameters, decoded; a name that comes twice has its last value. */
  public Map<String, String> query() {
    return form(target.getRawQuery());
  }

  /** The parameters of a form in the body. */
  public Map<String, String> form() {
    return form(new String(body, StandardCharsets.UTF_8));
  }

  /** The effect of this kind, if the plan holds one. */
  public <T extends Effect> Optional<T> effect(Class<T> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Whether the plan holds exactly this effect. */
  public boolean has(Effect effect) {
    return effects.contains(effect);
  }

  /** The answer that the plan prescribes, if any. */
  public Optional<Reply> scripted() {
    return effect(Effect.Answer.class).map(Effect.Answer::reply);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.put(decode(name), decode(value));
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
