package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.UsageException;

/**
 * How a user gets a client id of their own. Flags of the Azure CLI as in {@code az ad app create
 * --help}; an app for personal accounts must ask for access tokens of version 2
 * (microsoft-graph-docs#21685).
 */
final class AppRegistration {
  private AppRegistration() {}

  /** The failure of everything that needs a client id when there is none. */
  static UsageException missing(Cloud cloud) {
    return new UsageException(
        "no client id: Microsoft asks every program for the id of a registered app, and this build"
            + " has none of its own",
        steps(cloud));
  }

  /** The way to a client id in two minutes, by hand and by command. */
  static String steps(Cloud cloud) {
    boolean personal = cloud == Cloud.GLOBAL;
    return """
        register one (two minutes, free of charge), in either way:

        In the browser
          1. Open %s, sign in, choose App registrations, then New registration.
          2. Name: cloudstic. Supported account types: %s.
          3. Redirect URI: choose "Public client/native (mobile & desktop)" and enter http://localhost
          4. Register. Under Authentication, set "Allow public client flows" to Yes and save.
          5. From Overview, copy the Application (client) ID.
          No permission has to be added: they are asked for when you sign in. There is no secret.%s

        With the Azure CLI
          %saz login --allow-no-subscriptions
          az ad app create --display-name cloudstic \\
            --sign-in-audience %s \\
            --requested-access-token-version 2 \\
            --is-fallback-public-client true \\
            --public-client-redirect-uris http://localhost \\
            --query appId --output tsv

        Then
          export ONEDRIVE_CLIENT_ID=the-id   (or set onedrive.client-id in application.properties)
          cloudstic auth login"""
        .formatted(
            cloud.portal(),
            personal
                ? "any Entra ID tenant and personal Microsoft accounts"
                : "any Entra ID tenant (multitenant)",
            personal
                ? "\n  (A personal account without a directory gets one with a free Azure account.)"
                : "",
            personal ? "" : "az cloud set --name " + cloud.azureCliName() + "\n  ",
            personal ? "AzureADandPersonalMicrosoftAccount" : "AzureADMultipleOrgs");
  }
}
