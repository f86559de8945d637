/**
 * The conversation with Microsoft Graph and with the storage hosts behind it, without Camel.
 *
 * <p>An <em>attempt</em> is one HTTP request; a <em>call</em> is what the caller wants done, in one
 * or more attempts. A <em>fault</em> is <em>passing</em> when another attempt may succeed. A
 * <em>throttle</em> is an answer that asks us to wait, and concerns every worker: the <em>gate</em>
 * raises a <em>fence</em>, a moment before which nobody sends anything. A <em>download</em> is one
 * file's content, in one or more attempts; its <em>mark</em> says how far its bytes could be
 * checked against what Graph says of the file.
 */
package io.cloudstic.onedrive.client;
