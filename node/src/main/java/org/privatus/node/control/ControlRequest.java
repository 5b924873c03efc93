package org.privatus.node.control;

/// What a node can be asked. As a line of JSON: `{"type":"add-contact","name":"bob","address":"pvp…"}`, the type
/// being the record's
/// name in lower case with dashes.
///
/// Names are those of the address book; a request from a stranger is named by its [RequestView#id]. Texts and
/// addresses come as
/// the user gave them: the node judges them.
public sealed interface ControlRequest {
    /// Own address: the person's, or the node's as `KEY@HOST:PORT`. Answered by [ControlReply.Address].
    record Identify(boolean node) implements ControlRequest {}

    /// Answered by [ControlReply.Done].
    record AddContact(String name, String address) implements ControlRequest {}

    /// Answered by [ControlReply.Contacts].
    record Contacts() implements ControlRequest {}

    /// Answered by [ControlReply.Done].
    record Rename(String name, String newName) implements ControlRequest {}

    /// Takes a person out of the address book; what was said stays until it is deleted. Answered by
    /// [ControlReply.Done].
    record Remove(String name) implements ControlRequest {}

    /// From now on everything from this person is dropped in silence. Answered by [ControlReply.Done].
    record Block(String name) implements ControlRequest {}

    /// Answered by [ControlReply.Acknowledged], or after `timeoutMillis` by [ControlReply.Queued].
    record Send(String name, String text, long timeoutMillis) implements ControlRequest {}

    /// Incoming messages with a sequence above `afterSequence`, oldest first; the last `limit` there are when
    /// `afterSequence` is
    /// negative. Answered by [ControlReply.Messages].
    record Inbox(long afterSequence, int limit) implements ControlRequest {}

    /// A stream of [ControlReply.Message], ended by closing the connection.
    record Follow(long afterSequence) implements ControlRequest {}

    /// Own messages without acknowledgement, oldest first. Answered by [ControlReply.Messages].
    record Outbox(int limit) implements ControlRequest {}

    /// Strangers who wrote. Answered by [ControlReply.Requests].
    record Requests() implements ControlRequest {}

    /// Takes a stranger into the address book, under `name`. Answered by [ControlReply.Done].
    record Accept(String id, String name) implements ControlRequest {}

    /// Turns a stranger down, who is not told. Answered by [ControlReply.Done].
    record Reject(String id) implements ControlRequest {}

    /// Answered by [ControlReply.Status].
    record Status() implements ControlRequest {}

    /// The last attempts to reach a person. Answered by [ControlReply.Attempts].
    record Why(String name) implements ControlRequest {}

    /// Ends the node. Answered by [ControlReply.Done] before it does.
    record Stop() implements ControlRequest {}

    /// Answered by [ControlReply.Version].
    record Version() implements ControlRequest {}
}
