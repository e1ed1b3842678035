using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.Client.Sessions;

/// <summary>Says what an answer means to a person.</summary>
internal static class AnswerText
{
    /// <summary>The reason phrase, and the text of the Warning if there is one (RFC 3261 20.43).</summary>
    public static string Of(SipMessage response)
    {
        var phrase = response.ReasonPhrase.ToString();
        if (response.GetText(SipHeaderName.Warning) is not { } warning)
        {
            return phrase;
        }

        var quote = warning.IndexOf('"', StringComparison.Ordinal);
        return quote < 0 ? phrase : $"{phrase}: {warning[(quote + 1)..].TrimEnd('"')}";
    }

    /// <summary>Why no answer came, and what to look at.</summary>
    public static string Of(SipTransactionFailure failure) => failure switch
    {
        SipTransactionFailure.Timeout => "no answer came in time; is the service running at that address?",
        SipTransactionFailure.Unreachable => "the server cannot be reached; is the service running at that address?",
        SipTransactionFailure.FlowLost => "the connection was lost before an answer came",
        _ => failure.ToString(),
    };
}
