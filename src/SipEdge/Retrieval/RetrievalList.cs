using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>The messages that a retrieval names (DM-12.1.1-1), in the order of the list.</summary>
internal sealed class RetrievalList
{
    private RetrievalList(ImmutableArray<string> messageKeys, int asked)
    {
        MessageKeys = messageKeys;
        Asked = asked;
    }

    /// <summary>The keys of what can be Message-IDs of this service, each once. Whose they are is not known here.</summary>
    public ImmutableArray<string> MessageKeys { get; }

    /// <summary>How many different URIs were listed.</summary>
    public int Asked { get; }

    /// <summary>Takes the URIs of the entries. One that is no Message-ID of <paramref name="host"/> is as good as unknown (D3).</summary>
    public static RetrievalList Of(List<string> uris, string host)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var uri in uris)
        {
            // The same URI in another spelling is the same URI (RFC 5363 4.1): a key is compared as such.
            var key = KeyOf(uri, host);
            if (seen.Add(key ?? uri) && key is not null)
            {
                keys.Add(key);
            }
        }

        return new RetrievalList(keys.ToImmutable(), seen.Count);
    }

    // D16: the user part with case, the host without. Parameters and headers of the URI do not change what it names.
    private static string? KeyOf(string text, string host)
    {
        var isOurs = SipUri.TryParse(text, out var uri)
            && uri.Scheme == SipUriScheme.Sip
            && uri.Port < 0
            && uri.Password.Length == 0
            && string.Equals(uri.Host.ToString(), host, StringComparison.OrdinalIgnoreCase);
        return isOurs && MessageKey.TryParse(SipUri.Unescape(uri.User), out var key) ? key.Value : null;
    }
}
