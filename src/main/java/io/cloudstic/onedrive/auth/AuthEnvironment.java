package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import io.cloudstic.run.Stop;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What signing in needs of the world.
 *
 * @param clock the time
 * @param stop the wish to stop, which also waits
 * @param random for states and verifiers
 * @param sender makes the requests to the authority
 * @param say shows a line to the person, on stderr: prompts and warnings
 * @param terminal where a person can type, or null when there is none
 * @param variables the environment's variables by name, to find a browser
 */
public record AuthEnvironment(
    Clock clock,
    Stop stop,
    SecureRandom random,
    HTTPRequestSender sender,
    Consumer<String> say,
    InputStream terminal,
    UnaryOperator<String> variables) {

  /**
   * The real world.
   *
   * @param terminal where a person can type, or null when there is none
   * @param variables the environment's variables by name; null for what is not set
   */
  public static AuthEnvironment system(
      Clock clock,
      Stop stop,
      Consumer<String> say,
      InputStream terminal,
      UnaryOperator<String> variables) {
    return new AuthEnvironment(
        clock, stop, new SecureRandom(), new JdkSender(stop), say, terminal, variables);
  }
}
