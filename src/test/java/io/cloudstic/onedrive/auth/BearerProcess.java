package io.cloudstic.onedrive.auth;

import io.cloudstic.run.Stop;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A process of its own that wants an access token: token file, authority, and the time. */
final class BearerProcess {
  private BearerProcess() {}

  public static void main(String[] args) {
    Stop stop = new Stop();
    Clock clock = Clock.fixed(Instant.parse(args[2]), ZoneOffset.UTC);
    Authority authority = new Authority(new JdkSender(stop), stop, clock);
    URI endpoint = URI.create(args[1] + "/common/oauth2/v2.0/token");
    Grant grant =
        new StoredGrant(
            new TokenFile(Path.of(args[0]), stop, warning -> {}),
            () ->
                new TokenEndpoint(
                    authority,
                    TokenEndpoint.Client.ofPublic(endpoint, AuthorizationServer.CLIENT_ID)));
    System.out.println(new GrantTokenSource(grant, clock).bearer());
  }
}
