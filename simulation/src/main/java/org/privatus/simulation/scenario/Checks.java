package org.privatus.simulation.scenario;

import java.time.Duration;
import java.util.Optional;

/// What must hold in a run. A check that fails makes the run end with exit code 3.
///
/// @param acknowledgedKept no message whose sender was told of its arrival is missing, and none is shown twice
/// @param allDelivered every message is shown by the end of the run
/// @param noPlaintext no datagram contains a text that a person wrote
/// @param noCrashes no actor fails
/// @param lookupsAnswered least share of DHT requests that are answered, at the end, over all nodes
/// @param lookupsFound least share of lookups that find the node they look for, where the workload is lookups
/// @param queuesBounded no queue of a node is longer than its own limit, asked each `interval`
/// @param recovery longest time after a fault until each person's node has a circuit again
/// @param ready longest time after the start until each person can be reached
/// @param interval of looks at the nodes
public record Checks(
        boolean acknowledgedKept,
        boolean allDelivered,
        boolean noPlaintext,
        boolean noCrashes,
        Optional<Double> lookupsAnswered,
        Optional<Double> lookupsFound,
        boolean queuesBounded,
        Optional<Duration> recovery,
        Optional<Duration> ready,
        Duration interval) {}
