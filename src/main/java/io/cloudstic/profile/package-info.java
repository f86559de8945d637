/**
 * Profiles: named settings in the file {@code profiles.yaml} of the configuration directory.
 *
 * <p>A <em>profile</em> says what is backed up where, when, and what is kept of it. Its
 * <em>settings</em> stand in for flags that are not given. It holds no secret: a <em>secret
 * reference</em> says where one is found when it is needed. The file belongs to the user: what is
 * added or removed leaves every other line, comments too, as it is.
 */
package io.cloudstic.profile;
