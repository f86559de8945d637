package io.cloudstic.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.signin.Tokens;

/**
 * The JSON of a plain OAuth 2 token with a sign-in behind it.
 *
 * @param tokens where the sign-in happens
 * @param clientId the application that signs in
 */
record TokenFile(Tokens tokens, String clientId) {
  static final String READ = "offline_access User.Read Files.Read";
  static final String WRITE = "offline_access User.Read Files.ReadWrite";

  String toJson(String scope) {
    Tokens.Pair pair = tokens.signIn(clientId, scope);
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.put("access_token", pair.access());
    file.put("token_type", "Bearer");
    file.put("refresh_token", pair.refresh());
    file.put("expiry", pair.expiry().toString());
    return file.toString();
  }
}
