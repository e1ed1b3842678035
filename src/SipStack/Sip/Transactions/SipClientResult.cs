using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>What came of a request: a final response, or why there is none.</summary>
/// <param name="Response">The final response; null when it failed.</param>
/// <param name="Failure">Why there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SipClientResult(SipMessage? Response, SipTransactionFailure Failure)
{
    /// <summary>Whether a final response came.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    public bool IsAnswered => Response is not null;

    /// <summary>Whether it is a 2xx.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    public bool IsSuccess => Response is { StatusCode: >= 200 and < 300 };
}
