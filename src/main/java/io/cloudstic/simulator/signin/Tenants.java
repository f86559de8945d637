package io.cloudstic.simulator.signin;

import io.cloudstic.simulator.drive.AccountType;
import java.util.Optional;
import java.util.Set;

/** Which tenant values fit an account and a registration. Immutable. */
final class Tenants {
  /** The tenant of all personal accounts. */
  private static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

  private final SignInSettings settings;

  Tenants(SignInSettings settings) {
    this.settings = settings;
  }

  /** Why this tenant is refused, if it is. */
  Optional<SignInError> problem(String tenant) {
    if (settings.tenant() != null && !settings.tenant().equalsIgnoreCase(tenant)) {
      return Optional.of(
          new SignInError(
              "invalid_request",
              50194,
              "Application is not configured as a multi-tenant application."));
    }
    if (settings.accountType() == AccountType.PERSONAL) {
      boolean fits = Set.of("common", "consumers", PERSONAL).contains(tenant);
      return fits
          ? Optional.empty()
          : Optional.of(
              new SignInError(
                  "invalid_request",
                  9002331,
                  "Application is configured for use by Microsoft Account users only."));
    }
    return tenant.equals("consumers") || tenant.equals(PERSONAL)
        ? Optional.of(
            new SignInError(
                "invalid_request",
                9002346,
                "Application is configured for use by Azure Active Directory users only."))
        : Optional.empty();
  }

  /** Whether a token can be had there without a user. */
  boolean allowsApplications(String tenant) {
    return settings.accountType() == AccountType.BUSINESS
        && !tenant.equals("common")
        && !tenant.equals("organizations");
  }
}
