/**
 * How often anybody may call: token buckets (Bucket4j) by class of call and by user, address or
 * scope; in memory, and on PostgreSQL shared by all nodes. Uses {@code access, config, datasource,
 * job, metrics, problem}.
 */
package org.mdlibs.registry.limit;
