/**
 * The cryptography of the restic format, as its design document (doc/design.rst) describes it.
 *
 * <p>An <em>envelope</em> is the one form in which anything encrypted is stored: {@code IV (16) ||
 * AES-256-CTR ciphertext || Poly1305-AES tag (16)}. The <em>master key</em> seals and opens every
 * envelope of a repository; it never changes. A <em>key file</em> holds the master key inside an
 * envelope under a <em>user key</em>, which scrypt derives from a password; a repository has one
 * key file for each password.
 */
package io.cloudstic.restic.crypto;
