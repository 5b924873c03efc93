package org.privatus.node.messaging.core;

import org.privatus.crypto.compute.Job;

/// Work that {@link Conversations} gives away and gets back.
abstract sealed class MessagingJob extends Job
        permits HelloJob, WelcomeJob, IntroduceJob, AcceptJob, RecogniseJob, ExchangeJob {}
