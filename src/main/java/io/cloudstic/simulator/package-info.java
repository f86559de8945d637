/**
 * A look-alike of Microsoft sign-in, Microsoft Graph's drives and their storage host, on loopback
 * addresses: for the demonstration, for people who edit routes, and for tests.
 *
 * <p>It must not help the client: feeds come in no order and repeat themselves, pages are of any
 * size, links have several forms, download URLs expire and live on an origin of their own that
 * refuses tokens, and calls are counted and throttled. It shares no code with the client.
 *
 * <ul>
 *   <li>{@code drive}: the drive in memory and its history
 *   <li>{@code graph}, {@code storage}, {@code signin}: one site each
 *   <li>{@code wire}: origins, calls, replies, the fault plan, statistics
 * </ul>
 */
package io.cloudstic.simulator;
