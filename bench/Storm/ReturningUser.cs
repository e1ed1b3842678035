using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip.Dialogs;

namespace PosteRestante.Bench.Storm;

/// <summary>One user who comes back: takes what is pushed, and notes when it came. On the loop of the core.</summary>
internal sealed class ReturningUser(ReturningCore core) : IMsrpSessionHandler, ISipDialogUser
{
    private const int MaxOctets = 64 * 1024;

    private readonly HashSet<string> _received = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SipDialog? _dialog;
    private MsrpSession? _media;

    /// <summary>When its PUBLISH was sent.</summary>
    public TimeSpan PublishedAt { get; set; }

    /// <summary>When its first message was there; null before.</summary>
    public TimeSpan? FirstAt { get; private set; }

    /// <summary>Ends with the session, whose end says that all is confirmed.</summary>
    public Task Over => _over.Task;

    /// <summary>Messages that came, repeats apart.</summary>
    public int Received => _received.Count;

    /// <summary>Takes what its session is made of.</summary>
    public void Begin(MsrpSession media, SipDialog? dialog) => (_media, _dialog) = (media, dialog);

    /// <inheritdoc/>
    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) => MsrpReception.Accept(new MsrpBufferSink(
        message.AnnouncedLength,
        MaxOctets,
        _ =>
        {
            FirstAt ??= core.Now;
            if (_received.Add(message.MessageId))
            {
                core.Received();
            }

            return ValueTask.FromResult(MsrpStatusCode.Ok);
        }));

    /// <inheritdoc/>
    public void OnEstablished(MsrpSession session)
    {
        // Then the service sends.
    }

    /// <inheritdoc/>
    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        // It sends nothing.
    }

    /// <inheritdoc/>
    public void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        // See OnSent.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end) => _ = _dialog?.ByeAsync();

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end)
    {
        _media?.Close();
        _over.TrySetResult();
    }
}
