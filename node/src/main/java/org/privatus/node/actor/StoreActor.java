package org.privatus.node.actor;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.identity.PersonKey;
import org.privatus.node.store.Attempt;
import org.privatus.node.store.Committed;
import org.privatus.node.store.MessageStore;
import org.privatus.node.store.StoreReply;
import org.privatus.node.store.StoreTransaction;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredState;

/// The door to the store: transactions and questions go in, replies come back as messages of whoever asked. The work is
/// done on the store's own thread.
final class StoreActor {
    /// What the store is told.
    sealed interface Command {}

    /// Store all of it or nothing.
    record Commit<M>(
            StoreTransaction transaction, Function<StoreReply<Committed>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// Everything to go on from.
    record Load<M>(int marksPerPerson, Function<StoreReply<StoredState>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// Incoming texts after a position, oldest first.
    record Inbox<M>(
            long after, int limit, Function<StoreReply<List<StoredMessage>>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// The last incoming texts, oldest first.
    record Latest<M>(int limit, Function<StoreReply<List<StoredMessage>>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// Texts that wait for their writers to be accepted, oldest first.
    record Held<M>(int limit, Function<StoreReply<List<StoredMessage>>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// Own texts without acknowledgement, oldest first.
    record Outbox<M>(int limit, Function<StoreReply<List<StoredMessage>>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    /// The last attempts to reach a person, latest first.
    record Attempts<M>(
            PersonKey person, int limit, Function<StoreReply<List<Attempt>>, M> answer, ActorRef<? super M> replyTo)
            implements Command {}

    private final MessageStore store;

    private StoreActor(MessageStore store) {
        this.store = store;
    }

    /// @param store stays its opener's: it is not closed here
    static Behavior<Command> create(MessageStore store) {
        return Behaviors.receiveMessage(new StoreActor(store)::onMessage);
    }

    private Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Commit<?> commit -> commit(commit);
            case Load<?> load -> load(load);
            case Inbox<?> inbox -> inbox(inbox);
            case Latest<?> latest -> latest(latest);
            case Held<?> held -> held(held);
            case Outbox<?> outbox -> outbox(outbox);
            case Attempts<?> attempts -> attempts(attempts);
        }
        return Behaviors.same();
    }

    private <M> void commit(Commit<M> commit) {
        store.submit(commit.transaction(), to(commit.answer(), commit.replyTo()));
    }

    private <M> void load(Load<M> load) {
        store.load(load.marksPerPerson(), to(load.answer(), load.replyTo()));
    }

    private <M> void inbox(Inbox<M> inbox) {
        store.inbox(inbox.after(), inbox.limit(), to(inbox.answer(), inbox.replyTo()));
    }

    private <M> void latest(Latest<M> latest) {
        store.latest(latest.limit(), to(latest.answer(), latest.replyTo()));
    }

    private <M> void held(Held<M> held) {
        store.held(held.limit(), to(held.answer(), held.replyTo()));
    }

    private <M> void outbox(Outbox<M> outbox) {
        store.outbox(outbox.limit(), to(outbox.answer(), outbox.replyTo()));
    }

    private <M> void attempts(Attempts<M> attempts) {
        store.attempts(attempts.person(), attempts.limit(), to(attempts.answer(), attempts.replyTo()));
    }

    private static <T, M> Consumer<StoreReply<T>> to(Function<StoreReply<T>, M> answer, ActorRef<? super M> replyTo) {
        return reply -> replyTo.tell(answer.apply(reply));
    }
}
