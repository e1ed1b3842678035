using System.Collections.Immutable;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>
/// A session that brings large messages: the dialog, the MSRP session and the messages that come over it, each of which is
/// deposited by itself. Whatever ends one ends the others; what was acknowledged stays. On the loop.
/// </summary>
internal sealed class LargeDepositSession : IMsrpSessionHandler, ISipDialogUser
{
    private readonly LargeDeposits _deposits;
    private readonly LargeDepositInvite _invite;
    private readonly IUserMailbox _mailbox;
    private readonly LoopTimer _idle;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _stored = [];
    private MsrpSession? _msrp;
    private SessionKeeper? _keeper;
    private TimeSpan _touchedAt;
    private int _messages;
    private int _running;
    private int _holds;
    private bool _isDraining;

    public LargeDepositSession(LargeDeposits deposits, LargeDepositInvite invite, IUserMailbox mailbox)
    {
        _deposits = deposits;
        _invite = invite;
        _mailbox = mailbox;
        _idle = deposits.Loop.CreateTimer(static state => ((LargeDepositSession)state!).Watch(), this);
    }

    /// <summary>The 200, once it is sent: its fields are kept with every message.</summary>
    public ReadOnlyMemory<byte> Success { get; set; }

    /// <summary>Runs until the sender is done, is gone, or brings nothing any more.</summary>
    /// <param name="dialog">The dialog that a 200 made.</param>
    /// <param name="msrp">The MSRP session.</param>
    /// <param name="keeper">Keeps the dialog as it was agreed.</param>
    public async Task RunAsync(SipDialog dialog, MsrpSession msrp, SessionKeeper keeper)
    {
        _keeper = keeper;
        _msrp = msrp;
        Touch();
        Watch();
        await _over.Task;
        _idle.Stop();
        msrp.Close();
        _ = await dialog.ByeAsync(); // changes nothing when the sender's BYE came first
        if (dialog.PeerBye is { } bye && _stored.Count > 0)
        {
            await EndSessionAsync([.. _stored], SessionFragments.OfBye(bye));
        }
    }

    /// <summary>The node is leaving: what has begun may end, nothing more begins.</summary>
    public void Drain()
    {
        _isDraining = true;
        EndIfDrained();
    }

    /// <summary>Something came.</summary>
    public void Touch() => _touchedAt = _deposits.Loop.Uptime;

    /// <summary>Whether a message may reach to <paramref name="end"/>; holds room for it in the mailbox.</summary>
    public bool MayGrow(ref long held, long end)
    {
        if (end <= held)
        {
            return true;
        }

        if (end > _deposits.MaxBytes || !_deposits.Rooms.TryHold(_invite.Mailbox.Value, end - held))
        {
            return false;
        }

        held = end;
        return true;
    }

    /// <summary>Reads no more from the sender until <see cref="Unhold"/>.</summary>
    public void Hold()
    {
        if (_holds++ == 0)
        {
            _msrp?.PauseReading();
        }
    }

    /// <summary>Undoes one <see cref="Hold"/>.</summary>
    public void Unhold()
    {
        Touch();
        if (--_holds == 0)
        {
            _msrp?.ResumeReading();
        }
    }

    /// <summary>Makes a message durable: its body, then its deposit.</summary>
    public async ValueTask<DepositOutcome> StoreAsync(MsrpIncomingMessage message, IBodyWriter body, long length, ReadOnlyMemory<byte> head)
    {
        var hash = await body.SealAsync(length);
        var request = _deposits.Describe(_invite with { Success = Success }, message, length, hash, head);
        try
        {
            var receipt = await BodyDeposit.StoreAsync(_mailbox, _invite.Mailbox.Value, request, body, length);
            if (receipt.Outcome == DepositOutcome.Stored)
            {
                _stored.Add(receipt.MessageKey);
            }

            return receipt.Outcome;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            LogNotStored(failure);
            return DepositOutcome.StoreUnavailable;
        }
    }

    /// <summary>A message is stored or given up.</summary>
    public void OnMessageEnded(ref long held, bool isStored)
    {
        _deposits.Rooms.Release(_invite.Mailbox.Value, held, isStored);
        held = 0;
        _running--;
        Touch();
        EndIfDrained();
    }

    public void LogNotStored(Exception failure) => _deposits.LogNotStored(failure);

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEstablished(MsrpSession session) => Touch();

    /// <inheritdoc/>
    MsrpReception IMsrpSessionHandler.OnMessage(MsrpSession session, MsrpIncomingMessage message)
    {
        Touch();
        if (_isDraining
            || _messages >= _deposits.Options.MaxMessages
            || message.AnnouncedLength > _deposits.MaxBytes
            || !_deposits.Rooms.HasRoom(_invite.Mailbox.Value))
        {
            return MsrpReception.Refuse(MsrpStatusCode.StopMessage);
        }

        if (!LargeDeposits.TryReadType(message.ContentType, out var isCpim))
        {
            return MsrpReception.Refuse(MsrpStatusCode.UnsupportedMediaType);
        }

        if (_deposits.Bodies.TryBegin() is not { } body)
        {
            return MsrpReception.Refuse(MsrpStatusCode.StopMessage);
        }

        _messages++;
        _running++;
        return MsrpReception.Accept(new LargeMessageSink(this, message, body, isCpim));
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        // Nothing is sent.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        // Nothing is sent.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end) => _over.TrySetResult();

    /// <inheritdoc/>
    void ISipDialogUser.OnReInvite(SipDialog dialog, SipServerTransaction transaction) => _keeper!.OnReInvite(transaction);

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end) => _over.TrySetResult(); // RFC 3261 15.1.2

    // A session with a message under way is watched by the receiver, which gives up what does not move.
    private void Watch()
    {
        var left = _touchedAt + _deposits.Options.IdleTimeout - _deposits.Loop.Uptime;
        if (_running == 0 && left <= TimeSpan.Zero)
        {
            _over.TrySetResult();
            return;
        }

        _idle.Start(left > TimeSpan.Zero ? left : _deposits.Options.IdleTimeout);
    }

    private void EndIfDrained()
    {
        if (_isDraining && _running == 0)
        {
            // In a turn of its own: the answer to the last chunk goes out first.
            _deposits.Loop.Post(static state => ((LargeDepositSession)state!)._over.TrySetResult(), this);
        }
    }

    private async ValueTask EndSessionAsync(ImmutableArray<string> messages, ImmutableArray<byte> bye)
    {
        try
        {
            await _mailbox.EndSessionAsync(new SessionEnd { MessageKeys = messages, Bye = bye });
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            LogNotStored(failure);
        }
    }
}
