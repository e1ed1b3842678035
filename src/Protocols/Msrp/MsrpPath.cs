using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// The value of To-Path, From-Path and <c>a=path</c>: one URI, or several where relays stand between (RFC 4975 5.1,
/// RFC 4976). The first is the next hop, the last the endpoint.
/// </summary>
public sealed class MsrpPath : IEquatable<MsrpPath>
{
    /// <summary>More hops than any deployment has; longer paths are refused.</summary>
    public const int MaxUris = 16;

    private readonly byte[] _octets;

    private MsrpPath(ImmutableArray<MsrpUri> uris)
    {
        Uris = uris;
        Text = string.Join(' ', uris.Select(uri => uri.Text));
        _octets = Encoding.ASCII.GetBytes(Text);
    }

    /// <summary>Makes the path of an endpoint without relays.</summary>
    public MsrpPath(MsrpUri uri)
        : this([uri])
    {
    }

    /// <summary>The URIs, next hop first.</summary>
    public ImmutableArray<MsrpUri> Uris { get; }

    /// <summary>The URI to connect to, and the To-Path of a response.</summary>
    public MsrpUri First => Uris[0];

    /// <summary>The URI of the endpoint.</summary>
    public MsrpUri Last => Uris[^1];

    /// <summary>Whether no relay stands between: then a 200 is the endpoint's own (profile D12).</summary>
    public bool IsDirect => Uris.Length == 1;

    /// <summary>The path as written into frames.</summary>
    public string Text { get; }

    /// <summary><see cref="Text"/> as octets.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>Reads a path.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MsrpPath? path)
    {
        path = null;
        return Ascii.IsValid(text) && TryParse(Encoding.ASCII.GetString(text), out path);
    }

    /// <summary>Reads a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MsrpPath? path)
    {
        path = null;
        string[] parts = text.Split(' ', MaxUris + 1, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > MaxUris)
        {
            return false;
        }

        ImmutableArray<MsrpUri>.Builder uris = ImmutableArray.CreateBuilder<MsrpUri>(parts.Length);
        foreach (string part in parts)
        {
            if (!MsrpUri.TryParse(part, out MsrpUri? uri))
            {
                return false;
            }

            uris.Add(uri);
        }

        path = new MsrpPath(uris.MoveToImmutable());
        return true;
    }

    /// <summary>The leftmost URI of a path header, as octets: what a response or REPORT is sent back to
    /// (RFC 4975 7.2).</summary>
    public static ReadOnlySpan<byte> Leftmost(ReadOnlySpan<byte> path)
    {
        int space = path.IndexOf((byte)' ');
        return space < 0 ? path : path[..space];
    }

    /// <summary>Whether all URIs match in order (RFC 4975 6.1).</summary>
    public bool Equals(MsrpPath? other) => other is not null && Uris.AsSpan().SequenceEqual(other.Uris.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MsrpPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Uris.Length, Last);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
