using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Services;

/// <summary>What a Request-URI names.</summary>
/// <param name="Kind">Which of the things there are.</param>
/// <param name="Account">The user, when <see cref="TargetKind.User"/>.</param>
public readonly record struct Target(TargetKind Kind, Account? Account = null)
{
    /// <summary>The methods a target takes, for Allow; only what is built.</summary>
    public string Allow => Kind switch
    {
        TargetKind.User => "INVITE, ACK, CANCEL, BYE, MESSAGE, PUBLISH, OPTIONS",
        TargetKind.DeferredFunction => "INVITE, ACK, CANCEL, BYE, OPTIONS",
        TargetKind.Registrar => "REGISTER, OPTIONS",
        _ => "OPTIONS",
    };

    /// <summary>The option tags a target knows, for Supported; only what is built.</summary>
    public string Supported => Kind switch
    {
        TargetKind.DeferredFunction => $"{RecipientListInvite}, {Timer}",
        TargetKind.User => Timer,
        _ => string.Empty,
    };

    /// <summary>INVITE with a list of URIs (RFC 5366).</summary>
    public const string RecipientListInvite = "recipient-list-invite";

    /// <summary>Session timers (RFC 4028).</summary>
    public const string Timer = "timer";
}
