using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Push;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>A user agent that registers as a test decides, and is pushed to.</summary>
internal sealed class RawRegistrant(RunningService service, string user) : IDisposable
{
    private readonly string _mark = RawSip.NextMark();

    /// <summary>The user agent.</summary>
    public RawCallee Callee { get; } = new(service, user);

    /// <summary>Where it is, as a Contact.</summary>
    public string Contact => $"<sip:{user}@{Callee.Sip.Local}>";

    /// <summary>Registers, and gives the answer.</summary>
    /// <param name="contacts">The value of Contact; null for no such field.</param>
    /// <param name="sequence">The CSeq number.</param>
    /// <param name="headers">Further lines.</param>
    /// <param name="to">The address; null for the user's own.</param>
    /// <param name="callId">The Call-ID; null for the one this agent keeps.</param>
    /// <param name="domain">The host of the Request-URI.</param>
    public Task<SipMessage> RegisterAsync(
        string? contacts, int sequence, string headers = "", string? to = null, string? callId = null, string domain = "example.net") =>
        Callee.Sip.ExchangeAsync(Callee.Sip
            .Request(
                "REGISTER",
                $"sip:{domain}",
                $"P-Asserted-Identity: <{Callee.Aor}>\n{(contacts is null ? string.Empty : $"Contact: {contacts}\n")}{headers}",
                from: Callee.Aor,
                mark: callId ?? _mark)
            .Replace($"To: <sip:{domain}>", $"To: <{to ?? Callee.Aor}>", StringComparison.Ordinal)
            .Replace("CSeq: 1 ", $"CSeq: {sequence} ", StringComparison.Ordinal));

    /// <summary>The bindings of an answer, sorted.</summary>
    public static List<string> BindingsOf(SipMessage answer)
    {
        answer.StatusCode.ShouldBe(200, answer.ToString());
        var bindings = new List<string>();
        foreach (var value in answer.GetValues(SipHeaderName.Contact))
        {
            bindings.Add(value.ToString());
        }

        return bindings;
    }

    public void Dispose() => Callee.Dispose();
}
