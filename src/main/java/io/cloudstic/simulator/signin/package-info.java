/**
 * The look-alike of the Microsoft identity platform's OAuth 2 endpoints.
 *
 * <p>A <em>sign-in</em> is what the user agreed to; the authorization <em>code</em> or the
 * <em>device code</em> stands for it until it is redeemed, once. A <em>family</em> is the chain of
 * refresh tokens that descend from one sign-in. The user of this look-alike always agrees, at once
 * in the browser and after a few polls on a device, unless told to decline.
 */
package io.cloudstic.simulator.signin;
