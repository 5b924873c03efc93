/// One run on several JVMs, on one machine or on many: the shards of package `shard`, one per process. Read [ClusterRun] first.
///
/// Pekko Cluster says who is there and who is lost ([ClusterNode]); the coordinator is the first shard, hands out the others with
/// a description of the run, and puts the results together. Windows are exchanged all-to-all, beside the cluster's own
/// connections, over a [BatchTransport]: Aeron or Artery. The actor system of the cluster has real threads and clocks; the
/// simulated ones know nothing of it.
///
/// Not here: what a run is ([RunReader] turns the coordinator's bytes into a program). Nothing is encrypted and nobody is
/// authenticated: a cluster belongs on a network that its owner trusts.
@NullMarked
package org.privatus.simulation.cluster;

import org.jspecify.annotations.NullMarked;
