/**
 * Signing in to Microsoft (Entra ID, and the personal accounts behind it).
 *
 * <p>An <em>access token</em> opens Graph for about an hour; a <em>refresh token</em> gets the next
 * one, and each reply may bring a new refresh token (<em>rotation</em>). Both are kept as one
 * <em>token</em> in the <em>token file</em>, in the JSON of Go's {@code oauth2} package. A
 * <em>sign-in</em> is what a person does in a browser; <em>app-only</em> means that an organisation
 * has let the program itself in, with a secret or a certificate and without a person. A
 * <em>grant</em> is a standing permission to get tokens: a stored refresh token, or app-only
 * credentials. A <em>token source</em> hands out access tokens and renews them from a grant, once
 * for all who wait.
 *
 * <p>The <em>authority</em> is the sign-in service; <em>tenant</em> names an organisation there, or
 * one of the words {@code common}, {@code organizations}, {@code consumers}. A <em>cloud</em> is
 * one of Microsoft's separate worlds, each with its own authority and Graph.
 *
 * <p>Tokens, codes and secrets leave this package only through {@link
 * io.cloudstic.onedrive.auth.TokenSource}; no exception and no {@code toString} holds one.
 */
package io.cloudstic.onedrive.auth;
