package org.tlsrpt.collector.store;

/**
 * Everything about a domain that is in the tables of reports has been deleted. Published before the
 * erasure counts as done: who keeps something else about the domain deletes it before returning,
 * and is told again if that fails.
 *
 * @param domain A-labels, lower case, without final dot
 */
public record DomainErased(String domain) {}
