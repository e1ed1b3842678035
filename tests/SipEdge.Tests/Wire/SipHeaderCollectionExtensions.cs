using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Header fields as test material.</summary>
internal static class SipHeaderCollectionExtensions
{
    /// <summary>The values of all fields of a name, in order.</summary>
    public static IReadOnlyList<string> ToList(this SipHeaderCollection headers, SipHeaderName name)
    {
        var values = new List<string>();
        foreach (var header in headers)
        {
            if (header.Name == name)
            {
                values.Add(header.ToText());
            }
        }

        return values;
    }
}
