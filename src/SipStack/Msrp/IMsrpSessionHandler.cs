using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>What the owner of a session is told. All calls come on the loop; they must return soon.</summary>
public interface IMsrpSessionHandler
{
    /// <summary>Both sides are connected and may send: the active side's first SEND was answered, or came.</summary>
    void OnEstablished(MsrpSession session);

    /// <summary>A message begins to arrive.</summary>
    /// <returns>Where it goes, or why it is refused.</returns>
    MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message);

    /// <summary>The outcome of a message that was sent is known. Called once for each message that was taken.</summary>
    void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome);

    /// <summary>REPORTs of the peer cover all of a message (then <paramref name="status"/> is a success), or one says
    /// that it failed. Called once at most for each message with <see cref="MsrpOutgoingMessage.SuccessReport"/>.</summary>
    void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status);

    /// <summary>The session is over. Called once; nothing is called after it.</summary>
    void OnEnded(MsrpSession session, MsrpSessionEnd end);
}
