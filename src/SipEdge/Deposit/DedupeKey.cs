using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Deposit.Large;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>
/// What makes two arrivals the same message: sender and IMDN Message-ID, or without one Call-ID, CSeq and From tag; in both
/// cases with Content-Type and body, never with other headers, which proxies change. Call-ID alone would drop real messages:
/// there are senders that reuse it. A SHA-256 over the fields, each with its length.
/// </summary>
/// <remarks>
/// Belongs to one thread: the edge loop. As the CSeq counts, a repeat of what was stored must never be challenged: the UAC would
/// try again with the next CSeq (RFC 3261 22.2). See <see cref="SenderView.IsRepeat"/>.
/// </remarks>
public sealed class DedupeKey : IDisposable
{
    private const byte ByImdnMessageId = 1;
    private const byte ByTransaction = 2;
    private const byte ByMsrpMessage = 3;

    private const int UsualOctets = 512;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // All fields but the body, put together so that they are hashed at once: a call of the hash costs more than its octets.
    private byte[] _fields = new byte[UsualOctets];
    private int _length;

    /// <summary>The key of a pager message.</summary>
    /// <param name="message">The MESSAGE.</param>
    /// <param name="sender">The sender in normal form.</param>
    /// <param name="imdnMessageId">The IMDN Message-ID; empty when there is none.</param>
    public ImmutableArray<byte> Of(SipMessage message, string sender, string imdnMessageId)
    {
        ArgumentNullException.ThrowIfNull(message);
        _length = 0;
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

        var body = message.Body.Span;
        Field(message.TryGet(SipHeaderName.ContentType, out var type) ? type.Span : []);
        Number((uint)body.Length);
        _hash.AppendData(_fields.AsSpan(0, _length));
        _hash.AppendData(body);
        return ImmutableCollectionsMarshal.AsImmutableArray(_hash.GetHashAndReset());
    }

    /// <summary>The key of a large message: Call-ID, From tag and MSRP Message-ID in place of the transaction.</summary>
    /// <param name="invite">Its session.</param>
    /// <param name="message">Its SEND.</param>
    /// <param name="length">Octets of its body.</param>
    /// <param name="hash">The SHA-256 of its body.</param>
    /// <param name="imdnMessageId">The IMDN Message-ID; empty when there is none.</param>
    internal ImmutableArray<byte> OfLarge(
        LargeDepositInvite invite, MsrpIncomingMessage message, long length, ImmutableArray<byte> hash, string imdnMessageId)
    {
        _length = 0;
        if (imdnMessageId.Length > 0)
        {
            Kind(ByImdnMessageId);
            Text(invite.Sender.Aor);
            Text(imdnMessageId);
        }
        else
        {
            Kind(ByMsrpMessage);
            Text(invite.CallId);
            Text(invite.FromTag);
            Text(message.MessageId);
        }

        Text(message.ContentType);
        Number((uint)(length >> 32));
        Number((uint)length);
        Field(hash.AsSpan());
        _hash.AppendData(_fields.AsSpan(0, _length));
        return ImmutableCollectionsMarshal.AsImmutableArray(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Kind(byte kind) => Room(1)[0] = kind;

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((uint)length);
        Encoding.UTF8.GetBytes(text, Room(length));
    }

    private void Field(ReadOnlySpan<byte> value)
    {
        Number((uint)value.Length);
        value.CopyTo(Room(value.Length));
    }

    private void Number(uint number) => BinaryPrimitives.WriteUInt32BigEndian(Room(sizeof(uint)), number);

    private Span<byte> Room(int length)
    {
        if (_fields.Length - _length < length)
        {
            Array.Resize(ref _fields, Math.Max(_fields.Length * 2, _length + length));
        }

        var room = _fields.AsSpan(_length, length);
        _length += length;
        return room;
    }
}
