/// When nodes come and go, as pure functions of (seed, node, how often before): every shard knows it without asking, and nothing is
/// kept. Read [Churn] first. Starting and stopping nodes is not here.
@NullMarked
package org.privatus.simulation.churn;

import org.jspecify.annotations.NullMarked;
