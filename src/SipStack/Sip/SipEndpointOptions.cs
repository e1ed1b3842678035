using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip;

/// <summary>The options of a whole SIP stack; each part may as well be bound from its own section.</summary>
public sealed class SipEndpointOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip";

    /// <summary>The limits of messages.</summary>
    public SipParserOptions Parser { get; set; } = new();

    /// <summary>The limits of transports.</summary>
    public SipTransportOptions Transport { get; set; } = new();

    /// <summary>The timers.</summary>
    public SipTimers Timers { get; set; } = new();

    /// <summary>The limits of transactions.</summary>
    public SipTransactionOptions Transactions { get; set; } = new();

    /// <summary>The limits of dialogs.</summary>
    public SipDialogOptions Dialogs { get; set; } = new();
}
