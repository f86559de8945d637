/**
 * The Camel component {@code restic:}, whose operations are the stages of a repository.
 *
 * <p>An <em>operation</em> is the path of the endpoint, such as {@code restic:seal}; each is one
 * small producer. The <em>session</em> that they work in travels as an exchange property, so that
 * several runs, into several repositories, can use the same routes at the same time. The producers
 * only translate between messages and the plain classes that do the work.
 */
package io.cloudstic.restic.camel;
