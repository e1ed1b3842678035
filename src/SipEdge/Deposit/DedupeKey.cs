using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>
/// What makes two arrivals the same message: sender and IMDN Message-ID, or without one Call-ID, CSeq and From tag; in both
/// cases with Content-Type and body, never with other headers, which proxies change. Call-ID alone would drop real messages:
/// there are senders that reuse it. A SHA-256 over the fields, each with its length.
/// </summary>
/// <remarks>Belongs to one thread: the edge loop.</remarks>
public sealed class DedupeKey : IDisposable
{
    private const byte ByImdnMessageId = 1;
    private const byte ByTransaction = 2;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The key of a pager message.</summary>
    /// <param name="message">The MESSAGE.</param>
    /// <param name="sender">The sender in normal form.</param>
    /// <param name="imdnMessageId">The IMDN Message-ID; empty when there is none.</param>
    public ImmutableArray<byte> Of(SipMessage message, string sender, string imdnMessageId)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (imdnMessageId.Length > 0)
        {
            Kind(ByImdnMessageId);
            Text(sender);
            Text(imdnMessageId);
        }
        else
        {
            Kind(ByTransaction);
            Field(message.CallId.Span);
            Number(message.CSeq.Number);
            Field(message.From.Tag.Span);
        }

        Field(message.TryGet(SipHeaderName.ContentType, out var type) ? type.Span : []);
        Field(message.Body.Span);
        return ImmutableCollectionsMarshal.AsImmutableArray(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Kind(byte kind) => _hash.AppendData([kind]);

    private void Text(string text)
    {
        Span<byte> octets = stackalloc byte[256];
        Field(Encoding.UTF8.TryGetBytes(text, octets, out var written) ? octets[..written] : Encoding.UTF8.GetBytes(text));
    }

    private void Field(ReadOnlySpan<byte> value)
    {
        Number((uint)value.Length);
        _hash.AppendData(value);
    }

    private void Number(uint number)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        _hash.AppendData(octets);
    }
}
