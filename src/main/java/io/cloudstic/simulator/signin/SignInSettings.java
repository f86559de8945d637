package io.cloudstic.simulator.signin;

import io.cloudstic.simulator.drive.AccountType;
import java.time.Clock;
import java.time.Duration;

/**
 * How sign-in behaves.
 *
 * @param url the authority as clients know it, without a tenant
 * @param accountType whose tokens these are, and which tenants fit
 * @param clientId the only registered application, or null for any
 * @param clientSecret what an application without a user must show; null for any
 * @param tenant the only tenant of a single-tenant registration, or null
 * @param rotation what a refresh does to refresh tokens
 * @param accessTokenLife of access tokens
 * @param refreshTokenLife of refresh tokens
 * @param devicePolls polls of the device flow that find the user not yet done
 */
public record SignInSettings(
    String url,
    AccountType accountType,
    String clientId,
    String clientSecret,
    String tenant,
    Rotation rotation,
    Duration accessTokenLife,
    Duration refreshTokenLife,
    int devicePolls,
    long seed,
    Clock clock) {}
